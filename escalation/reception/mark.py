"""What does the receiver find about single items: done again, wrong, or the one that decided it?"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from escalation.knowledge.codec import from_json
from escalation.models import Handoff, ItemMark
from escalation.reception.ask_back import NothingSaid
from escalation.reception.hold import received


@transaction.atomic
def mark(*, handoff: Handoff, item_id: str, kind: ItemMark.Kind, by: User, now: datetime) -> ItemMark:
    """This will mark the item; a mark that stands already stays as it is. Raises ``NothingSaid``."""
    locked = received(handoff)
    if from_json(locked.state).find(item_id) is None:
        raise NothingSaid("That line is not part of this handoff.")
    made, _ = ItemMark.objects.get_or_create(
        handoff=locked, item_id=item_id, kind=kind, defaults={"by": by, "at": now}
    )
    return made


@transaction.atomic
def unmark(*, handoff: Handoff, item_id: str, kind: ItemMark.Kind) -> None:
    """This will take the mark away, if there is one."""
    ItemMark.objects.filter(handoff=received(handoff), item_id=item_id, kind=kind).delete()
