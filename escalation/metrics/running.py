"""What does an open handoff come to at the moment somebody looks? ``metrics.tails``, said in SQL.

So that the most telling of many thousands are found where they lie, and only those shown are read.
"""

from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least

from escalation.metrics.figures import OPEN_TIME, RUNNING, Metric
from escalation.metrics.tails import SILENCE


def runs_on(metric: Metric) -> bool:
    """This will say whether the figure of an open handoff moves while nothing happens."""
    return metric.key == SILENCE or metric.key in RUNNING


def running(key: str, until: datetime) -> Any:
    """This will return an expression over measures: one of them, with what runs on until then."""
    tail = _tail(until)
    match key:
        case "silence":
            return _while_open(Greatest(tail, Coalesce(F(SILENCE), 0.0)), otherwise=F(SILENCE))
        case "open_s":
            return F(OPEN_TIME) + tail
        case "waiting_s":
            return F(key) + _where("tail_waits", tail)
        case "on_user_s":
            return F(key) + _where("tail_on_user", tail)
        case "promised_s":
            promise = ExpressionWrapper(F("route__update_within_minutes") * 60.0, output_field=FloatField())
            return F(key) + Least(tail, promise)
        case _:
            return F(key)


def _tail(until: datetime) -> Any:
    span = ExpressionWrapper(Value(until, DateTimeField()) - F("tail_at"), output_field=DurationField())
    seconds = Func(span, template="extract(epoch FROM %(expressions)s)::float8", output_field=FloatField())
    return _while_open(Greatest(seconds, Value(0.0)), otherwise=Value(0.0))


def _while_open(told: Any, *, otherwise: Any) -> Case:
    return Case(When(tail_at__isnull=False, then=told), default=otherwise, output_field=FloatField())


def _where(column: str, told: Any) -> Case:
    return Case(When(**{column: True}, then=told), default=Value(0.0), output_field=FloatField())
