"""How is a figure written on a page? Presentation only, as in ``baton``."""

from datetime import date
from typing import Any

from django import template

from escalation.metrics.figures import Form, Metric
from escalation.templatetags.baton import duration, percent

register = template.Library()


@register.filter
def measured(value: float | None, metric: Metric) -> str:
    """This will write a value in its figure's unit; an en dash when nothing was measured."""
    if value is None:
        return "–"
    match metric.form:
        case Form.SPAN:
            return duration(value)
        case Form.SHARE | Form.PART:
            return percent(value)
        case Form.COUNT:
            return f"{value:.0f}"


@register.filter
def change(share: float | None) -> str:
    """This will write a relative change as "+20 %"; "" when none can be said."""
    return "" if share is None else f"{share:+.0%}".replace("%", " %").replace("-", "−")


@register.filter
def of_key(found: dict[str, object], key: str) -> object:
    """This will look a key up that only the template knows."""
    return found.get(key)


@register.simple_tag
def query_of_week(choice: Any, starts: date) -> str:
    """This will return the choice of ``web.looked`` for the week from that Monday, as part of an address."""
    return str(choice.query_of_week(starts))
