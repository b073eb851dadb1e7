"""The record that was read is the one that goes, and it is made once."""

from contextlib import suppress
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from escalation.capture import reviewed
from escalation.capture.preview import preview
from escalation.capture.submit import Changed, submit
from escalation.linking.entries import EntryKind
from escalation.models import CatalogRow, Connection, Delivery, Handoff, Lesson
from escalation.translation.rules import Rules
from tests import builders
from tests.builders import NOW, scene

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def gateway(draft: Handoff) -> CatalogRow:
    return CatalogRow.objects.create(
        connection=draft.route.target,
        remote_id="gateway",
        kind=EntryKind.CONFIGURATION_ITEM,
        name="Finance API Gateway",
        hosts=["finance-dash.example.com"],
        synced_at=NOW,
    )


def again(handoff: Handoff) -> Handoff:
    """The draft as the next request reads it."""
    return Handoff.objects.select_related("route__target", "route__sender", "route__receiver").get(
        pk=handoff.pk
    )


def links_asked(asked: CaptureQueriesContext) -> int:
    return sum("catalog_version, ARRAY" in each["sql"] for each in asked)


def test_sending_links_nothing_again(draft: Handoff, agent: User):
    seen = preview(handoff=draft).draft

    with CaptureQueriesContext(connection) as asked:
        submit(handoff=again(draft), fingerprint=seen.fingerprint(), by=agent, now=NOW)

    assert links_asked(asked) == 0
    assert bytes(Delivery.objects.get(handoff=draft).body) == seen.body()


def test_what_somebody_else_sends_meanwhile_does_not_hold_up_what_was_read(draft: Handoff, agent: User):
    seen = preview(handoff=draft).draft
    other = builders.handoff(route=draft.route, author=agent)
    submit(handoff=other, fingerprint=preview(handoff=other).draft.fingerprint(), by=agent, now=NOW)
    assert Lesson.objects.exists()

    submit(handoff=again(draft), fingerprint=seen.fingerprint(), by=agent, now=NOW)

    assert bytes(Delivery.objects.get(handoff=draft).body) == seen.body()


def test_a_record_that_was_shown_too_long_ago_is_made_anew_and_is_the_same(draft: Handoff, agent: User):
    seen = preview(handoff=draft)
    basis = reviewed.basis_of(draft, state=scene(), rules=Rules())
    for number in range(reviewed.MOST):
        reviewed.keep(Handoff(pk=UUID(int=number)), basis, seen)

    with CaptureQueriesContext(connection) as asked:
        submit(handoff=again(draft), fingerprint=seen.draft.fingerprint(), by=agent, now=NOW)

    assert links_asked(asked) == 1
    assert bytes(Delivery.objects.get(handoff=draft).body) == seen.draft.body()


def test_a_catalog_that_changed_since_has_the_record_made_anew(draft: Handoff, agent: User):
    seen = preview(handoff=draft).draft
    CatalogRow.objects.all().delete()
    Connection.objects.filter(pk=draft.route.target_id).update(catalog_version=F("catalog_version") + 1)

    with pytest.raises(Changed):
        submit(handoff=again(draft), fingerprint=seen.fingerprint(), by=agent, now=NOW)


@pytest.mark.parametrize("change", [{"answers": {"impact": "1"}}, {"extras": {"u_site": "Porto"}}], ids=str)
def test_what_was_answered_since_has_the_record_made_anew(
    draft: Handoff, agent: User, change: dict[str, object]
):
    seen = preview(handoff=draft).draft
    Handoff.objects.filter(pk=draft.pk).update(**change)

    # Whether the answer lands in the record is the tool's; that it is looked at again is what this is about.
    with CaptureQueriesContext(connection) as asked, suppress(Changed):
        submit(handoff=again(draft), fingerprint=seen.fingerprint(), by=agent, now=NOW)

    assert links_asked(asked) == 1
