"""How is a figure written on a page? Presentation only, as in ``baton``."""

from django import template

from escalation.metrics.comparing import Beside
from escalation.metrics.figures import Form, Metric
from escalation.templatetags.baton import percent

register = template.Library()


@register.filter
def measured(value: float | None, metric: Metric) -> str:
    """This will write a value in its figure's unit; an en dash when nothing was measured."""
    if value is None:
        return "–"
    match metric.form:
        case Form.SPAN:
            return span(value)
        case Form.SHARE | Form.PART:
            return percent(value)
        case Form.COUNT:
            return f"{value:.0f}"


def span(seconds: float) -> str:
    """This will write "2.8 s", "45 s", "2.4 min", "44 min" or "3.5 h"; charts.js writes the same.

    One digit where the whole number is small: two and three minutes may be a fifth apart or a half.
    """
    for unit, length, until in (("s", 1, 60), ("min", 60, 7200)):
        if seconds < until:
            count = seconds / length
            return f"{count:.1f} {unit}" if round(count, 1) < 10 else f"{count:.0f} {unit}"
    return f"{seconds / 3600:.1f} h"


@register.filter
def change(row: Beside) -> str:
    """This will write how a figure moved: "−32%", of shares "+7 points"; "" when nothing can be said.

    A share's change is no percentage: from 2% to 9% is seven points, and "+337%" would frighten for nothing.
    """
    if row.metric.form is Form.COUNT:
        return "must be 0" if row.verdict else ""
    if row.change is None:
        return ""
    if row.metric.form is Form.SPAN:
        return f"{row.change:+.0%}".replace("-", "−")
    points = round(row.change * 100)
    return f"{points:+d} point{'' if abs(points) == 1 else 's'}".replace("-", "−")


@register.filter
def moved(row: Beside) -> str:
    """This will write how a figure moved and which way that is: "−32% better", "+1 point", "must be 0"."""
    verdict = row.verdict if row.metric.form is not Form.COUNT else ""
    return f"{change(row)} {verdict}".strip()


@register.filter
def minutes(seconds: float | None) -> str:
    """This will write seconds as minutes with one digit: here they are set against each other."""
    return "–" if seconds is None else f"{seconds / 60:.1f} min".replace("-", "−")


@register.filter
def hours(seconds: float) -> str:
    """This will write seconds as whole hours, below ten with one digit; the page says which way it went."""
    whole = abs(seconds) / 3600
    return f"{whole:.0f} h" if whole >= 10 else f"{whole:.1f} h"
