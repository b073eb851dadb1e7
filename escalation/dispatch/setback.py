"""What does an error on the way mean for a delivery, and what is said about it? Pure.

Four families of errors, four answers: wait, look before doing anything again, tell a person, or stop
until somebody mends the connection. The words say what failed, what was saved and who can fix it.
"""

from dataclasses import dataclass

from escalation.dispatch.backoff import wait_s
from escalation.dispatch.stopping import Stopping
from escalation.models import Attempt, Delivery
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools.registry import UnknownTool
from escalation.transport.errors import (
    Ambiguous,
    NotFound,
    Refused,
    TransportError,
    Unavailable,
)

LOOK_AFTER_S = 3.0
RETURNED = "The worker was asked to stop before it wrote; another one goes on."
_WHAT: dict[str, str] = {
    Delivery.Kind.CREATE: "the record",
    Delivery.Kind.FILE: "the file",
    Delivery.Kind.POST: "the post",
    Delivery.Kind.STATUS: "the status",
    Delivery.Kind.LINK: "the link",
}


class FoundTwice(Exception):
    """The tool holds more than one record with our key; the text names them."""


class TooSoon(Exception):
    """A try that got no answer may still be running in the tool; look again before doing it again."""

    def __init__(self, text: str, *, wait_s: float) -> None:
        super().__init__(text)
        self.wait_s = wait_s


# What ``of`` can judge; anything else is an error of our own.
EXPECTED = (TransportError, NotConfigured, Unreadable, UnknownTool, FoundTwice, TooSoon, Stopping)


@dataclass(frozen=True, kw_only=True, slots=True)
class Setback:
    """What a failed try leads to."""

    result: Attempt.Result  # WAIT, AMBIGUOUS or REFUSED
    words: str
    wait_s: float = 0.0
    trouble: str = ""  # what is wrong with the connection, "" when it answered as it should
    told: bool = True  # whether it is news for the timeline, where it is not the first

    @property
    def stuck(self) -> bool:
        """A person must do something before it can go on."""
        return self.result == Attempt.Result.REFUSED


def of(error: Exception, *, row: Delivery, label: str) -> Setback:
    """This will say what an error means for the row; ``label`` is the tool's name for people.

    ``row.attempts_made`` counts the try that failed; ``row.connection`` is loaded.
    """
    match error:
        case Unavailable() | Ambiguous() | TooSoon():
            return _later(error, row)
        case Stopping():
            # Nothing was written and nothing is wrong: it is due again at once, for whoever goes on.
            return Setback(result=Attempt.Result.WAIT, words=RETURNED, told=False)
        case Refused() | FoundTwice():
            failed, fix = _no(error, row, label)
            return Setback(result=Attempt.Result.REFUSED, words=_for_a_person(row, failed, fix))
        case _:
            failed = f"The connection “{row.connection.name}” does not work. {error}"
            words = _for_a_person(row, failed, f"The owner of “{row.connection.name}” can mend it")
            return Setback(result=Attempt.Result.REFUSED, words=words, trouble=str(error))


def unforeseen(error: Exception, *, row: Delivery) -> Setback:
    """This will treat an error of our own like a lost answer: nothing is known, so look first."""
    words = f"Baton met an error of its own ({type(error).__name__}); the log holds the details."
    wait = max(LOOK_AFTER_S, wait_s(tries=row.attempts_made, key=row.key))
    return Setback(result=Attempt.Result.AMBIGUOUS, words=words, wait_s=wait)


def _later(error: Unavailable | Ambiguous | TooSoon, row: Delivery) -> Setback:
    said = str(error)
    if isinstance(error, TooSoon):
        return Setback(result=Attempt.Result.WAIT, words=said, wait_s=error.wait_s)
    if isinstance(error, Unavailable):
        wait = wait_s(tries=row.attempts_made, key=row.key, asked_s=error.wait_s)
        return Setback(result=Attempt.Result.WAIT, words=said, wait_s=wait, trouble=said)
    wait = max(LOOK_AFTER_S, wait_s(tries=row.attempts_made, key=row.key))
    return Setback(result=Attempt.Result.AMBIGUOUS, words=said, wait_s=wait, trouble=said)


def _no(error: Refused | FoundTwice, row: Delivery, label: str) -> tuple[str, str]:
    """What failed, and who can mend it."""
    if isinstance(error, FoundTwice):
        return str(error), f"Somebody in {label} can take our correlation id off the ones too many"
    caretaker = f"Whoever looks after “{row.connection.name}”"
    what = _WHAT.get(row.kind, "the note")
    if isinstance(error, NotFound) and row.kind != Delivery.Kind.CREATE:
        if row.kind == Delivery.Kind.POST:
            return str(error), f"{caretaker} can invite Baton there, or choose another channel for the team"
        said = f"{label} no longer shows us the record that {what} is for."
        return said, f"{caretaker} can say where it is"
    return f"{label} did not take {what}. {error}", f"{caretaker} can change what {label} refuses"


def _for_a_person(row: Delivery, failed: str, fix: str) -> str:
    what = _WHAT.get(row.kind, "the note")
    saved = "What was confirmed" if row.kind == Delivery.Kind.CREATE else f"{what[0].upper()}{what[1:]}"
    return f"{failed} {saved} is kept here, unchanged. {fix}; then try again."
