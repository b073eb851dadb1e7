"""How does a long text fit a short field without anything vanishing unsaid?

Long lines are shortened before any line is left out, evidence goes before items, and every line that
suffers is named, so that the caller can say so in a loss.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from escalation.translation.plain import cut

_CAPS = (2000, 1200, 800, 500, 350, 250, 180, 120)  # a line shorter than that says nothing


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line under a heading; ``item`` is the id of the item it stands for."""

    heading: str
    text: str
    item: str = ""
    spare: bool = False  # goes first when room is short


@dataclass(frozen=True, kw_only=True, slots=True)
class Fitted:
    """The text, the lines it holds, the lines that were shortened and the lines that were left out."""

    text: str
    lines: tuple[Line, ...] = ()  # as they stand in the text, for a tool that has markup of its own
    tail: str = ""
    shortened: tuple[Line, ...] = ()
    dropped: tuple[Line, ...] = ()


def fit(lines: Sequence[Line], *, limit: int, tail: str) -> Fitted:
    """This will write the lines under their headings within ``limit`` characters.

    ``tail`` is the line that ends a text from which something was left out.
    """
    whole = _text(lines)
    if len(whole) <= limit:
        return Fitted(text=whole, lines=tuple(lines))
    room = limit - len(tail) - 2
    short, out = list(lines), set[int]()
    for spare in (True, False):  # what is spare has gone before anything else suffers
        short = _shortened(short, out, room=room, spare=spare)
        out |= _to_leave_out(short, out, room=room, spare=spare)
    kept = [each for place, each in enumerate(short) if place not in out]
    return Fitted(
        text="\n\n".join(part for part in (_text(kept), tail) if part),
        lines=tuple(kept),
        tail=tail,
        shortened=tuple(
            each for place, each in enumerate(lines) if place not in out and short[place].text != each.text
        ),
        dropped=tuple(lines[place] for place in sorted(out)),
    )


def _shortened(lines: Sequence[Line], out: set[int], *, room: int, spare: bool) -> list[Line]:
    """The lines of one kind cut to the longest cap that makes room, or to the shortest there is."""
    short = list(lines)
    for cap in _CAPS:
        if _length(short, out) <= room:
            break
        short = [replace(each, text=cut(each.text, cap)) if each.spare is spare else each for each in lines]
    return short


def _to_leave_out(lines: Sequence[Line], out: set[int], *, room: int, spare: bool) -> set[int]:
    """The places of the lines of one kind that must go, the last ones first."""
    length, more = _length(lines, out), set[int]()
    for place in reversed(range(len(lines))):
        if length <= room:
            break
        if lines[place].spare is spare:
            more.add(place)
            length -= len(lines[place].text) + 3  # "- " before it and the line's end
    return more


def _length(lines: Sequence[Line], out: set[int]) -> int:
    return len(_text([each for place, each in enumerate(lines) if place not in out]))


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(_written(lines)).strip("\n")


def _written(lines: Sequence[Line]) -> Iterator[str]:
    heading = ""
    for each in lines:
        if each.heading != heading:
            heading = each.heading
            yield f"\n{heading}"
        yield f"- {each.text}"
