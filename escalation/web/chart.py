"""Where do the points of a small line chart lie? Plain numbers for a template that draws them as SVG.

The picture carries nothing that the table behind it does not say: it is for seeing a trend at a glance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WIDTH, HEIGHT = 640, 170
LEFT, RIGHT, TOP, BOTTOM = 62, 14, 16, 26
LABEL_WIDTH = 14
_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """One value to draw; None where nothing was measured."""

    at: datetime
    value: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """Something that may explain a turn of the line."""

    at: datetime
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One place on the chart."""

    x: float
    y: float
    at: datetime
    value: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One happening on the chart, numbered as in the list below it."""

    x: float
    label_x: float  # beside the one before, where two came on one day
    number: int
    at: datetime
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One level of the scale."""

    y: float
    value: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A chart as its template draws it."""

    points: tuple[Point, ...]
    scale: tuple[Line, ...]
    marks: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM

    @property
    def path(self) -> str:
        """The line through the points, as SVG wants it."""
        return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in self.points)


def chart(*, values: Sequence[Value], happened: Sequence[Happening], top: float | None = None) -> Chart:
    """This will lay the values out from left to right by time; ``top`` fixes the scale, as 1 for shares."""
    known = [(each.at, each.value) for each in values if each.value is not None]
    moments = [each.at for each in values]
    if not known:
        return Chart(points=(), scale=(), marks=())
    first, last = min(moments), max(moments)
    highest = top or _round_up(max(value for _, value in known))
    points = (Point(x=_x(at, first, last), y=_y(value, highest), at=at, value=value) for at, value in known)
    seen = [each for each in happened if first <= each.at <= last]
    marks: list[Mark] = []
    for number, each in enumerate(sorted(seen, key=lambda each: each.at), start=1):
        x = _x(each.at, first, last)
        label_x = max(x, marks[-1].label_x + LABEL_WIDTH) if marks else x
        marks.append(Mark(x=x, label_x=label_x, number=number, at=each.at, title=each.title))
    levels = (0.0, highest / 2, highest)
    return Chart(
        points=tuple(points),
        scale=tuple(Line(y=_y(level, highest), value=level) for level in levels),
        marks=tuple(marks),
    )


def _x(at: datetime, first: datetime, last: datetime) -> float:
    inner = WIDTH - LEFT - RIGHT
    whole = (last - first).total_seconds()
    return round(LEFT + inner * ((at - first).total_seconds() / whole if whole else 0.5), 1)


def _y(value: float, highest: float) -> float:
    inner = HEIGHT - TOP - BOTTOM
    return round(HEIGHT - BOTTOM - inner * min(value / highest, 1), 1)


def _round_up(value: float) -> float:
    """The next round number, so that the scale can be read."""
    if value <= 0:
        return 1.0
    unit = 1.0
    while value > unit * 10:
        unit *= 10
    while value <= unit:
        unit /= 10
    return next(step * unit for step in _STEPS if value <= step * unit)
