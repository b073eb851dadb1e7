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
    for cap in _CAPS:
        short = [replace(each, text=cut(each.text, cap)) for each in lines]
        if len(_text(short)) <= room:
            break
    out = _to_leave_out(short, room=room)
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


def _to_leave_out(lines: Sequence[Line], *, room: int) -> set[int]:
    """The places of the lines that must go: spare ones first, then the last ones."""
    length = len(_text(lines))
    out: set[int] = set()
    for place in sorted(range(len(lines)), key=lambda each: (not lines[each].spare, -each)):
        if length <= room:
            break
        out.add(place)
        length -= len(lines[place].text) + 3  # "- " before it and the line's end
    return out


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(_written(lines)).strip("\n")


def _written(lines: Sequence[Line]) -> Iterator[str]:
    heading = ""
    for each in lines:
        if each.heading != heading:
            heading = each.heading
            yield f"\n{heading}"
        yield f"- {each.text}"
