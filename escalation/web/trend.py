"""How did a figure move over twelve weeks, and what was published meanwhile?"""

from datetime import UTC, datetime, time, timedelta

from escalation.metrics.figures import Form, Metric
from escalation.metrics.read import Period, Week, weeks
from escalation.models import RuleSet, Template
from escalation.web.chart import Chart, Happening, Value, chart
from escalation.web.looked import Looked

WEEKS = 12


def twelve_weeks(choice: Looked) -> tuple[Week, ...]:
    """This will return the figures of twelve calendar weeks; the last day looked at lies in the last."""
    period = Period(since=_since(choice), before=choice.ends, until=choice.now)
    return weeks(route_ids=choice.route_ids, period=period, kind=choice.kind)


def drawn(metric: Metric, found: tuple[Week, ...], happened: tuple[Happening, ...]) -> Chart:
    """This will lay one figure out as a chart."""
    values = tuple(
        Value(at=datetime.combine(week.starts, time(), UTC), value=week.figures[metric.key].value)
        for week in found
    )
    return chart(
        values=values, happened=happened, top=1.0 if metric.form in {Form.SHARE, Form.PART} else None
    )


def publications(choice: Looked) -> tuple[Happening, ...]:
    """This will return the rules and templates that were published in those weeks."""
    found: list[Happening] = []
    for kind, word in ((RuleSet, "Rules"), (Template, "Template")):
        rows = kind.objects.filter(
            route__in=choice.route_ids, published_at__gte=_since(choice), published_at__lt=choice.ends
        )
        found += [
            Happening(
                at=row.published_at, title=f"{word} {row.version} of {row.route}: {row.note or 'no note'}"
            )
            for row in rows.select_related("route")
            if row.published_at
        ]
    return tuple(found)


def _since(choice: Looked) -> datetime:
    last = choice.ends - timedelta(days=1)
    return last - timedelta(days=last.weekday()) - timedelta(weeks=WEEKS - 1)
