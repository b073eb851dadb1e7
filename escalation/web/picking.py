"""How is one of many picked? From a list while it is short, by typing part of a name once it is long.

Both are the browser's own, so that keys and readers of screens know them and no script is needed. What is
likely stands first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from escalation.capture.guesses import taken_most
from escalation.models import Route
from escalation.web.posted import whole_number

SEARCHED_ABOVE = 12
MOST_MEANT = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One of them: what is posted, and what it is called beside that."""

    value: str
    title: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picker:
    """All of them, and which are likely."""

    name: str
    label: str
    options: tuple[Option, ...]
    chosen: str = ""  # a value, or whatever else was typed
    guesses: tuple[str, ...] = ()  # values, the likeliest first
    nothing: str = ""  # what it is called to pick none; "" where one has to be picked

    @property
    def searched(self) -> bool:
        """Whether there are too many to look through."""
        return len(self.options) > SEARCHED_ABOVE

    @property
    def likely(self) -> tuple[Option, ...]:
        """Those that stand first."""
        by_value = {each.value: each for each in self.options}
        return tuple(by_value[each] for each in self.guesses if each in by_value)

    @property
    def rest(self) -> tuple[Option, ...]:
        """All others, in their order."""
        return tuple(each for each in self.options if each.value not in self.guesses)


def route_options(routes: Collection[Route]) -> tuple[Option, ...]:
    """This will call each route by its receiver, too."""
    return tuple(Option(value=each.name, title=each.receiver.name) for each in routes)


def start_picker(routes: Collection[Route], *, now: datetime, typed: str = "") -> Picker:
    """This will offer where to begin: what was typed, or the receiver taken most."""
    guesses = taken_most(routes, now=now) if len(routes) > 1 else ()
    named = route_called(typed, routes)
    return Picker(
        name="route",
        label="Hand off to",
        options=route_options(routes),
        chosen=named.name if named else typed or next(iter(guesses), ""),
        guesses=guesses,
    )


def route_called(text: str, routes: Collection[Route]) -> Route | None:
    """This will return the one route of that number, name or receiver."""
    number, words = whole_number(text), text.strip().casefold()
    if number is not None:
        return next((each for each in routes if each.pk == number), None)
    by_receiver = [each for each in routes if each.receiver.name.casefold() == words]
    by_name = [each for each in routes if each.name.casefold() == words]
    found = by_name or by_receiver
    return found[0] if len(found) == 1 else None


def not_called(text: str, names: Collection[str], *, what: str) -> str:
    """This will say that nothing is called so, and what may have been meant."""
    words = text.strip().casefold()
    like = (each for each in names if words and words in each.casefold())
    meant = sorted(like, key=lambda each: (len(each), each))[:MOST_MEANT]  # the nearest first
    hint = f" Did you mean {', '.join(f'“{each}”' for each in meant)}?" if meant else " Pick one of the list."
    return f"No {what} is called “{text.strip()[:60]}”.{hint}"
