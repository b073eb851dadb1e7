"""Under which rules was a handoff confirmed? What is published afterwards changes nothing for it."""

from escalation.models import Handoff, Snapshot
from escalation.translation.rules import Rules


def confirmed_rules(handoff: Handoff) -> Rules:
    """This will return them; the defaults for a handoff that was confirmed under none."""
    # Of a snapshot nothing but this: it holds the whole record.
    body = Snapshot.objects.filter(handoff=handoff).values_list("rule_set__body", flat=True).first()
    return Rules() if body is None else Rules.model_validate(body)
