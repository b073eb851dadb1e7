"""How is a figure written on a page? Presentation only, as in ``baton``."""

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
def minutes(seconds: float | None) -> str:
    """This will write seconds as minutes with one digit: here they are set against each other."""
    return "–" if seconds is None else f"{seconds / 60:.1f} min".replace("-", "−")


@register.filter
def hours(seconds: float) -> str:
    """This will write seconds as whole hours, below ten with one digit; the page says which way it went."""
    whole = abs(seconds) / 3600
    return f"{whole:.0f} h" if whole >= 10 else f"{whole:.1f} h"
