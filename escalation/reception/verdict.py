"""What was it, and was the sender's guess right? The answer goes back to where the question came from."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from escalation.lifecycle.table import NotAllowedNow
from escalation.lifecycle.words import Status
from escalation.models import Entry, Handoff, Verdict
from escalation.reception.hold import lock
from escalation.reception.who import Actor, name_of, user_of
from escalation.timeline.record import Line, record


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What the receiver says at the end; ``guess`` is a ``Verdict.Guess`` or ""."""

    cause: str = ""
    fix: str = ""
    guess: str = ""
    level_one_could: bool = False

    def text(self) -> str:
        """This will say it in lines, for the timeline."""
        lines = (
            self.cause and f"Cause: {self.cause}",
            self.fix and f"Fix: {self.fix}",
            self.guess and f"Level One's hypothesis: {Verdict.Guess(self.guess).label.lower()}",
            self.level_one_could and "Level One could have done this.",
        )
        return "\n".join(line for line in lines if line)


def keep(*, handoff: Handoff, found: Found, by: Actor, now: datetime) -> None:
    """This will write the verdict beside a locked handoff, if anything was said."""
    if found == Found():
        return
    values = asdict(found) | {"by": user_of(by), "who": name_of(by), "at": now}
    Verdict.objects.update_or_create(handoff=handoff, defaults=values)


@transaction.atomic
def give(*, handoff: Handoff, found: Found, by: Actor, now: datetime) -> Handoff:
    """This will say what it was after the tool has resolved it; raises ``NotAllowedNow``.

    The same again changes nothing; something else replaces it, and both stand on the timeline.
    """
    locked = lock(handoff)
    if locked.status != Status.RESOLVED:
        raise NotAllowedNow("Say what it was once it is resolved.")
    standing = Verdict.objects.filter(handoff=locked, **asdict(found)).exists()
    if found == Found() or standing:
        return locked
    keep(handoff=locked, found=found, by=by, now=now)
    line = Line(
        kind=Entry.Kind.LEARNED,
        happened_at=now,
        by=user_of(by),
        who=name_of(by),
        text=found.text(),
        details=asdict(found),
    )
    record(handoff=locked, line=line, now=now)
    return locked
