"""How long is an answer kept for a program that asks again? A day: by then nobody waits for it."""

from datetime import datetime, timedelta

from escalation.models import KeptAnswer

KEPT_FOR = timedelta(days=1)


def forget_answers(*, now: datetime) -> int:
    """This will delete the answers that are older, with the words in them; returns how many went."""
    return KeptAnswer.objects.filter(kept_at__lt=now - KEPT_FOR).delete()[0]
