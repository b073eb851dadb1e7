"""How are the tables of figures drawn? Their cells at once, without a template for each of them.

A page of figures holds some six hundred cells, each with a link, a number and what it was before. Rendered
one by one they were two thirds of the time the page took. Every text in them is escaped here.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.urls import reverse
from django.utils.dateformat import format as on
from django.utils.html import escape
from django.utils.safestring import SafeString

from escalation.metrics.comparing import Beside
from escalation.metrics.figures import Form, Metric
from escalation.metrics.summing import Figure
from escalation.templatetags.figures import measured, moved


def addresses(keys: Iterable[str]) -> dict[str, str]:
    """This will return where each figure opens, to be asked for once for a table."""
    return {key: reverse("figure", args=[key]) for key in keys}


def cells(row: Iterable[Beside], *, query: str, name: str, opens: Mapping[str, str]) -> SafeString:
    """This will draw the cells of one route or kind; each opens the handoffs that ``query`` chooses."""
    asked, named = escape(query), escape(name)
    drawn = (
        f'<td class="num" data-label="{escape(each.metric.title)}">'
        f"{_cell(each, f'{opens[each.metric.key]}?{asked}', named)}</td>"
        for each in row
    )
    return SafeString("".join(drawn))  # nosec


def weeks(metric: Metric, points: Iterable[tuple[date, Figure, str]]) -> SafeString:
    """This will draw the table behind a chart, which is drawn from it: Monday, figure, its choice."""
    address, title = reverse("figure", args=[metric.key]), escape(metric.title)
    return SafeString("".join(_week(metric, each, address, title) for each in points))  # nosec


def _cell(cell: Beside, address: str, name: str) -> str:
    metric = cell.metric
    if not cell.now.n:
        return "–"
    value = measured(cell.now.value, metric)
    said = f"{escape(metric.title)}, {name}: {value}, see the handoffs"
    return (
        f'<a href="{address}" aria-label="{said}">{value}</a>'
        f'<span class="sub"><span class="nowrap">of {cell.now.n}</span>{_before(cell)}</span>'
    )


def _before(cell: Beside) -> str:
    if not cell.before.n:
        return ""
    was = f'; <span class="nowrap">was {measured(cell.before.value, cell.metric)}</span>'
    if said := moved(cell):
        verdict = f" {cell.verdict}" if cell.verdict else ""
        return f'{was}, <span class="nowrap{verdict}">{said}</span>'
    return f"{was}, too few" if cell.few else was


def _week(metric: Metric, point: tuple[date, Figure, str], address: str, title: str) -> str:
    starts, figure, query = point
    day = on(starts, "j M")
    value = measured(figure.value, metric)
    opened = "–"
    if figure.n:
        said = f"{title} in the week from {day}: {value}, see the handoffs"
        opened = f'<a href="{address}?{escape(query)}" aria-label="{said}">{value}</a>'
    p90 = f'<td class="num">{measured(figure.p90, metric)}</td>' if metric.form is Form.SPAN else ""
    return (
        f'<tr data-week="{day}"{_data("value", figure.value)}{_data("p90", figure.p90)}>'
        f'<td>{on(starts, "D j M")}</td><td class="num">{opened}</td>{p90}'
        f'<td class="num">{figure.n}</td></tr>'
    )


def _data(name: str, value: float | None) -> str:
    return "" if value is None else f' data-{name}="{value}"'
