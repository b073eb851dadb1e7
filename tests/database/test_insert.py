"""A row that is written by the kept statement is the row that Django writes."""

from typing import Any

import pytest
from django.db import IntegrityError, models

from escalation.callers.audited import LINE
from escalation.models import AuditLine, Entry, Handoff, Inbox
from escalation.models.inbox import KEEP
from escalation.models.insert import Insert
from escalation.outbox.owe import DELIVERY
from escalation.timeline.record import ENTRY
from tests import builders

pytestmark = pytest.mark.django_db


def columns(row: models.Model) -> dict[str, Any]:
    """What the database holds of the row, but its key."""
    again = type(row)._base_manager.get(pk=row.pk)
    held = {each.attname: getattr(again, each.attname) for each in row._meta.concrete_fields}
    return {name: value for name, value in held.items() if name != row._meta.pk.attname}


def line_of(handoff: Handoff) -> dict[str, Any]:
    """An audit line with quotes, braces and percent signs in it."""
    path = "/handoffs/%s?'\"{}"
    return {
        "at": builders.NOW,
        "user": handoff.author,
        "did": "saw",
        "page": "handoff",
        "path": path,
        "token": "",
    }


def entry_of(handoff: Handoff, sequence: int) -> dict[str, Any]:
    """A timeline entry, its details nested."""
    times = {"happened_at": builders.NOW, "recorded_at": builders.NOW}
    return {"handoff": handoff, "sequence": sequence, "kind": "note", "details": {"a": [1, None]}} | times


def test_the_row_is_the_same_and_knows_that_it_is_there(draft, django_assert_num_queries):
    with django_assert_num_queries(1):
        ours = LINE.create(**line_of(draft))

    assert columns(ours) == columns(AuditLine.objects.create(**line_of(draft)))
    assert ours._state.adding is False
    ours.refresh_from_db()


def test_nested_values_come_back_as_they_were(draft):
    ours, ordinary = ENTRY.create(**entry_of(draft, 901)), Entry.objects.create(**entry_of(draft, 902))

    assert columns(ours) | {"sequence": 0} == columns(ordinary) | {"sequence": 0}


def test_a_row_with_a_key_of_its_own_is_written_once(draft):
    said = {"body": b"{}", "fingerprint": "0" * 64, "not_before": builders.NOW, "created_at": builders.NOW}
    first = DELIVERY.create(
        id=draft.pk, handoff=draft, connection=draft.route.target, kind="create", position=1, **said
    )

    assert columns(first)["body"] == b"{}"
    with pytest.raises(IntegrityError):
        DELIVERY.write(first)


def test_where_it_may_be_held_already_it_says_so(draft):
    def told() -> Inbox:
        return Inbox(
            connection=draft.route.target,
            event_id="evt-1",
            body=b"\\x00'",
            not_before=builders.NOW,
            received_at=builders.NOW,
        )

    assert [KEEP.write(told()), KEEP.write(told())] == [True, False]
    assert bytes(Inbox.objects.get().body) == b"\\x00'"


def test_a_value_that_nobody_said_is_an_error_and_not_an_empty_one(draft):
    unsaid = {name: value for name, value in line_of(draft).items() if name != "token"}

    with pytest.raises(Exception, match="DatabaseDefault"):
        Insert(AuditLine).create(**unsaid)
