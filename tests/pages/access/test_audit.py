"""Who saw, changed, sent or took away what stands in lines that nobody can change."""

import csv
from io import StringIO

import pytest
from django.db import DatabaseError, connection, transaction

from escalation.capture.preview import preview
from escalation.lifecycle.words import Status
from escalation.models import AuditLine, Membership
from escalation.web import access
from tests import builders

pytestmark = pytest.mark.django_db
Did = AuditLine.Did


@pytest.fixture
def owner(desk_to_ops):
    return builders.person("kenji", team=desk_to_ops.sender, role=Membership.Role.OWNER)


def lines() -> list[tuple[str, str, str]]:
    return list(AuditLine.objects.order_by("pk").values_list("user__username", "did", "page"))


def test_looking_sending_and_taking_away_each_leave_a_line(browser_of, author, receiver, sent):
    browser_of(receiver).get(f"/handoffs/{sent.pk}/intake", REMOTE_ADDR="10.4.4.4")
    browser_of(receiver).post(f"/handoffs/{sent.pk}/accept")
    browser_of(author).get(f"/handoffs/{sent.pk}/capsule.json")

    assert lines() == [
        ("tomas", Did.SAW, "intake"),
        ("tomas", Did.CHANGED, "accept"),
        ("lena", Did.EXPORTED, "capsule_json"),
    ]
    first = AuditLine.objects.earliest("pk")
    assert (first.handoff_id, first.come_from) == (sent.pk, "10.4.4.4")


def test_what_an_owner_sets_up_leaves_a_line(browser_of, owner, desk_to_ops):
    browser_of(owner).post(f"/routes/{desk_to_ops.pk}/vouch")

    assert lines() == [("kenji", Did.SET_UP, "route_vouch")]


def test_what_was_refused_or_is_too_small_leaves_none(browser_of, author, stranger, sent, draft):
    browser_of(stranger).get(f"/handoffs/{sent.pk}")
    browser_of(author).get(f"/handoffs/{sent.pk}/news")
    browser_of(author).get("/desk")

    assert lines() == []


def test_nothing_is_sent_whose_line_cannot_be_written(browser_of, author, draft, monkeypatch):
    fingerprint = preview(handoff=draft).draft.fingerprint()

    def full(*_, **__):
        raise OSError("the disk is full")

    monkeypatch.setattr(access, "audit", full)
    with pytest.raises(OSError, match="full"):
        browser_of(author).post(f"/handoffs/{draft.pk}/review", {"fingerprint": fingerprint})

    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    assert not draft.deliveries.exists()


@pytest.mark.parametrize(
    "change", ["UPDATE escalation_auditline SET page = 'x'", "DELETE FROM escalation_auditline"]
)
def test_the_database_lets_nobody_change_a_line(browser_of, author, sent, change):
    browser_of(author).get(f"/handoffs/{sent.pk}")

    with (
        pytest.raises(DatabaseError, match="not changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)

    assert lines() == [("lena", Did.SAW, "handoff")]


def test_the_owner_reads_what_concerns_their_teams_and_nothing_else(browser_of, owner, author, sent):
    other = builders.person("eve", team=builders.Team.objects.create(name="Another desk"))
    browser_of(author).get(f"/handoffs/{sent.pk}")
    AuditLine.objects.create(at=builders.NOW, user=other, did=Did.SAW, page="capsule", path="/elsewhere")

    shown = browser_of(owner).get("/audit", {"days": "90"}).content.decode()

    assert "Lena" in shown
    assert "/elsewhere" not in shown


def test_lines_are_found_by_kind_person_and_number(browser_of, owner, author, receiver, sent):
    browser_of(author).get(f"/handoffs/{sent.pk}")
    browser_of(receiver).post(f"/handoffs/{sent.pk}/accept")
    page = browser_of(owner)

    def found(**asked):
        return page.get("/audit", asked).content.decode().count("<tr>") - 1

    assert found() == 2
    assert found(did=Did.SAW) == 1
    assert found(words="tomas") == 1
    assert found(words=sent.remote_number or "INC0012345") == 2
    assert found(words="nobody") == -1
    assert found(did="drop table", days="many") == 2


def test_the_file_holds_the_same_lines_and_no_formula(browser_of, owner, author, sent):
    author.username = "=cmd()"
    author.save()
    browser_of(author).get(f"/handoffs/{sent.pk}")

    rows = list(csv.reader(StringIO(browser_of(owner).get("/audit.csv").content.decode())))

    assert rows[0][:3] == ["at", "person", "did"]
    assert rows[1][1:4] == ["'=cmd()", "saw", "handoff"]
    assert AuditLine.objects.latest("pk").did == Did.EXPORTED


def test_nobody_but_an_owner_reads_it(browser_of, author, receiver):
    assert {browser_of(each).get("/audit").status_code for each in (author, receiver)} == {404}
