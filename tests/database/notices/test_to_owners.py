"""Owners hear that a tool changed under a route, that a draft wants them, that a review is overdue."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from escalation.models import Drift, Membership, Notice, NoticeKind, Route
from escalation.timeline.to_owners import tell_overdue
from escalation.upkeep import bench
from escalation.upkeep.findings import Finding
from escalation.upkeep.keep_findings import write
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
OWNER = Membership.Role.OWNER
KINDS = (Drift.Kind.FIELD_GONE, Drift.Kind.FIELD_REQUIRED)
GONE = Finding(
    kind=Drift.Kind.FIELD_GONE, field="caused_by", what="No field caused_by.", fix="Bring it back."
)
DEMANDED = Finding(
    kind=Drift.Kind.FIELD_REQUIRED, field="site", what="It requires Site.", fix="Give a default."
)


@pytest.fixture
def kenji(desk_to_ops: Route) -> User:
    return builders.person("kenji", team=desk_to_ops.sender, role=OWNER)


@pytest.fixture
def olga(desk_to_ops: Route) -> User:
    return builders.person("olga", team=desk_to_ops.receiver, role=OWNER)


def told(kind: NoticeKind) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind=kind).order_by("user__username", "pk")
    return list(rows.values_list("user__username", "title"))


def test_whoever_answers_for_the_route_hears_once_what_one_look_found(desk_to_ops, kenji, olga):
    desk_to_ops.owner = kenji
    desk_to_ops.save()
    User.objects.filter(pk=kenji.pk).update(email="kenji@example.com")

    for at in (NOW, NOW + timedelta(hours=12), NOW + timedelta(days=2)):
        write(desk_to_ops, (GONE, DEMANDED), kinds=KINDS, now=at)

    assert told(NoticeKind.DRIFTED) == [("kenji", f"{desk_to_ops.target} has changed under {desk_to_ops}")]
    notice = Notice.objects.get()
    assert notice.text == "No field caused_by. And 1 more. Bring it back."
    assert notice.address == f"/routes/{desk_to_ops.pk}#drift"
    assert notice.mail_at is not None


def test_what_is_mended_and_comes_again_another_day_is_told_again(desk_to_ops, kenji):
    write(desk_to_ops, (GONE,), kinds=KINDS, now=NOW)
    write(desk_to_ops, (), kinds=KINDS, now=NOW + timedelta(hours=12))
    write(desk_to_ops, (GONE,), kinds=KINDS, now=NOW + timedelta(days=1))

    assert len(told(NoticeKind.DRIFTED)) == 2


def test_of_a_route_nobody_answers_for_all_owners_of_its_teams_hear(desk_to_ops, kenji, olga):
    builders.person("ines", team=desk_to_ops.sender, role=Membership.Role.LEAD)

    write(desk_to_ops, (GONE,), kinds=KINDS, now=NOW)

    assert [name for name, _ in told(NoticeKind.DRIFTED)] == ["kenji", "olga"]


def test_a_draft_that_wants_a_second_person_is_told_to_the_others(desk_to_ops, kenji, olga):
    typed = bench.Typed(what="rules", fields={"note": "People come to the desk"})
    draft = bench.save(route=desk_to_ops, typed=typed, by=kenji, now=NOW)

    bench.ask(draft=draft, by=kenji, now=NOW)

    assert told(NoticeKind.WAITS) == [("olga", f"{desk_to_ops}: new rules wait for a second person")]
    assert Notice.objects.get().text == "People come to the desk"


def test_a_review_that_is_overdue_is_told_once_for_its_day(desk_to_ops, kenji):
    today = NOW.date()
    desk_to_ops.review_by = today
    desk_to_ops.save()
    tell_overdue(today=today, now=NOW)
    assert told(NoticeKind.WAITS) == []

    for days in (1, 2):
        tell_overdue(today=today + timedelta(days=days), now=NOW + timedelta(days=days))

    assert told(NoticeKind.WAITS) == [("kenji", f"{desk_to_ops}: review overdue since {today:%-d %b %Y}")]


def test_what_is_about_routes_counts_by_its_place(desk_to_ops, kenji):
    write(desk_to_ops, (GONE,), kinds=KINDS, now=NOW)
    write(desk_to_ops, (GONE, DEMANDED), kinds=KINDS, now=NOW + timedelta(hours=1))
    desk_to_ops.review_by = NOW.date() - timedelta(days=1)
    desk_to_ops.save()
    tell_overdue(today=NOW.date(), now=NOW)

    assert Notice.objects.unread_by(kenji).count() == 3
    assert Notice.objects.unread_by(kenji).handoffs() == 2
