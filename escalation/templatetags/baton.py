"""Which small things do our templates need that Django's do not offer?

Presentation only: a tag that reads the database would hide a query from its view.
"""

import re
from datetime import datetime
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

from escalation.translation.tool_names import called

register = template.Library()
_MARKED = re.compile(r"(‹redacted: [^‹›]{1,60}›)")  # as guard.redaction writes it


@register.simple_tag
@lru_cache(maxsize=256, typed=True)  # a filled form draws ninety, of a dozen kinds
def icon(name: str, label: str = "") -> SafeString:
    """This will draw a symbol of static/icons.svg; without a label it is decoration."""
    sheet = static("icons.svg")
    if label:
        return format_html(
            '<svg class="icon icon-{0}" role="img" aria-label="{1}"><use href="{2}#{0}"></use></svg>',
            name,
            label,
            sheet,
        )
    return format_html(
        '<svg class="icon icon-{0}" aria-hidden="true"><use href="{1}#{0}"></use></svg>', name, sheet
    )


@register.filter
def percent(share: float | None) -> str:
    """This will say a probability as a whole percentage; "" when there is none."""
    return "" if share is None else f"{share:.0%}"


@register.filter
def masks_shown(text: object) -> SafeString:
    """This will mark what was taken out of a text ("‹redacted: password›"), to be seen at a glance."""
    pieces = _MARKED.split(str(text or ""))
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<span class="masked">{}</span>', each) if n % 2 else each,)
            for n, each in enumerate(pieces)
        ),
    )


@register.filter
def web_address(text: str | None) -> str:
    """This will return the address when a browser may open it, else "": no tool's text is trusted."""
    return text if text and text.startswith(("https://", "http://")) else ""


@register.filter
def tool_name(kind: str) -> str:
    """This will say a tool's short word as people write its name."""
    return called(kind)


@register.filter
def ago(at: datetime) -> str:
    """This will say how long ago that was, as a person says it; of less than a minute nobody counts."""
    said = timesince(at)
    return "just now" if said.startswith("0") else f"{said} ago"


@register.filter
def duration(seconds: float | None) -> str:
    """This will say a span as "42 s", "12 min" or "3.5 h"; an en dash when nothing was measured."""
    if seconds is None:
        return "–"
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 2 * 60 * 60 else f"{seconds / 3600:.1f} h"
