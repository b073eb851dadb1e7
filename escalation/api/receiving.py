"""What does a receiver do with a handoff by the API, and how does either side open it again?"""

from typing import Any
from uuid import UUID

from escalation.api.bodies import (
    PromiseSerializer,
    ReadBackSerializer,
    ReopenSerializer,
    ReturnSerializer,
    VerdictSerializer,
    WordsBackSerializer,
)
from escalation.api.press import HandoffPress, press
from escalation.lifecycle.reasons import BounceReason
from escalation.models import Handoff
from escalation.models.access_token import Scope
from escalation.reception import accept as accepting
from escalation.reception import bounce as bouncing
from escalation.reception import promise as promising
from escalation.reception import read_back as reading_back
from escalation.reception import reopen as reopening
from escalation.reception import resolve as resolving
from escalation.reception import start as starting
from escalation.reception.prevented import prevented
from escalation.reception.verdict import Found


class Received(HandoffPress):
    """A press of the receiving team."""

    writes = Scope.RECEIVE

    def find(self, pk: UUID) -> Handoff:
        """Return what is addressed to a team of the person."""
        return self.received(pk)


@press(ReadBackSerializer)
class Accept(Received):
    """Take the handoff on, with one line that says the ask back."""

    def act(self, handoff: Handoff, said: dict[str, Any]) -> None:
        """Accept it."""
        accepting.accept(handoff=handoff, by=self.person, now=self.now, **said)


@press()
class Start(Received):
    """Say that diagnosing has started."""

    def act(self, handoff: Handoff, said: dict[str, Any]) -> None:  # noqa: ARG002
        """Mark it."""
        starting.start(handoff=handoff, by=self.person, now=self.now)


@press(WordsBackSerializer)
class ReadBack(Received):
    """Say the ask back in one line, or better than before."""

    def act(self, handoff: Handoff, said: dict[str, Any]) -> None:
        """Say it."""
        reading_back.read_back(handoff=handoff, words=said["read_back"], by=self.person, now=self.now)


@press(PromiseSerializer)
class Promise(Received):
    """Promise the next word: “16:30”, “in 2 hours”, “Friday”, by the receiving team's clock."""

    def act(self, handoff: Handoff, said: dict[str, Any]) -> None:
        """Promise it."""
        promising.promise(handoff=handoff, words=said["by"], by=self.person, now=self.now)


@press(VerdictSerializer)
class Resolve(Received):
    """Resolve the handoff with its cause and fix."""

    def act(self, handoff: Handoff, said: dict[str, Any]) -> None:
        """Resolve it."""
        resolving.resolve(handoff=handoff, by=self.person, now=self.now, found=Found(**said))


@press(ReturnSerializer)
class Return(Received):
    """Return the handoff to its sender with a coded reason."""

    def act(self, handoff: Handoff, said: dict[str, Any]) -> None:
        """Return it."""
        missing = prevented(handoff=handoff, asked=said["prevented_by"], words=said["prevented_words"])
        reason = BounceReason(said["reason"])
        returned = bouncing.Returned(reason=reason, words=said["words"], prevented=missing)
        bouncing.bounce(handoff=handoff, by=self.person, now=self.now, returned=returned)


@press(ReopenSerializer)
class Reopen(HandoffPress):
    """Open an ended handoff again, with one line that says why; either side may."""

    writes = Scope.SEND

    def act(self, handoff: Handoff, said: dict[str, Any]) -> None:
        """Open it."""
        reopening.reopen(handoff=handoff, why=said["why"], by=self.person, now=self.now)
