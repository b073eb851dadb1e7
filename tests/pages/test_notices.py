"""The bell, the list, the choices, and the link that stops mails."""

import pytest
from django.test import Client

from escalation.models import Drift, Entry, Membership, Notice, NoticeChoice, NoticeHours, NoticeKind
from escalation.timeline.record import Line, record
from escalation.timeline.unsubscribe import ALL, token_for
from escalation.upkeep.findings import Finding
from escalation.upkeep.keep_findings import write
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned(sent) -> Notice:
    line = Line(kind=Entry.Kind.BOUNCED, happened_at=NOW, who="Ann", text="<b>Wrong</b> team")
    record(handoff=sent, line=line, now=NOW)
    return Notice.objects.get(user=sent.author, kind=NoticeKind.RETURNED)


def choices(**changes: str) -> dict[str, str]:
    values = {f"{kind}-mail": "never" for kind in NoticeKind.values}
    return values | {"zone": "Europe/Berlin", "digest_at": "07:30"} | changes


def test_the_bell_counts_what_is_unread_and_opening_one_reads_it(page, sent, returned):
    before = page.get("/notices").content.decode()
    answer = page.post(f"/notices/{returned.pk}")

    assert 'aria-label="Notices, news of 1 thing"' in before
    assert "&lt;b&gt;Wrong&lt;/b&gt; team" in before
    assert answer["Location"] == returned.address
    assert page.get("/notices/unread").json()["unread"] == 0


def test_many_lines_of_one_handoff_are_one_thing_to_look_at(page, sent, returned):
    for words in ("First", "Second"):
        record(handoff=sent, line=Line(kind=Entry.Kind.STUCK, happened_at=NOW, text=words), now=NOW)

    html = page.get("/notices").content.decode()

    assert page.get("/notices/unread").json()["unread"] == 1
    assert html.count('<li class="unread">') == 1
    assert '<span class="tag">3 new</span>' in html
    assert "2 before" in html
    assert html.index("Second") < html.index("First") < html.index("returned it")


def test_news_of_a_route_stand_under_its_name_and_its_page_reads_them(browser_of, desk_to_ops):
    owner = builders.person("kenji", team=desk_to_ops.sender, role=Membership.Role.OWNER)
    found = Finding(
        kind=Drift.Kind.FIELD_GONE, field="site", what="No field <b>site</b>.", fix="Bring it back."
    )
    write(desk_to_ops, (found,), kinds=(found.kind,), now=NOW)
    page = browser_of(owner)

    html = page.get("/notices").content.decode()

    assert f"{desk_to_ops.target} has changed under {desk_to_ops}" in html
    assert "No field &lt;b&gt;site&lt;/b&gt;. Bring it back." in html
    assert page.get("/notices/unread").json()["unread"] == 1
    page.get(f"/routes/{desk_to_ops.pk}")
    assert page.get("/notices/unread").json()["unread"] == 0


@pytest.mark.parametrize("where", ["", "/intake", "?sayable=on"])
def test_whoever_opens_a_handoff_has_been_told_of_it(page, sent, returned, where):
    page.get(f"/handoffs/{sent.pk}{where}")

    assert page.get("/notices/unread").json()["unread"] == 0


def test_news_that_come_onto_an_open_page_are_read_there_by_that_person_alone(
    page, browser_of, sent, returned, receiver
):
    Notice.objects.create(
        user=receiver, handoff=sent, kind="word", cause="x", title="x", address="/", made_at=NOW
    )

    answer = page.post(f"/handoffs/{sent.pk}/seen")

    assert answer.status_code == 204
    assert page.get("/notices/unread").json()["unread"] == 0
    assert browser_of(receiver).get("/notices/unread").json()["unread"] == 1


def test_everything_can_be_marked_as_read(page, returned):
    page.post("/notices/read")

    assert Notice.objects.get().read_at is not None


def test_nobody_opens_or_counts_what_others_were_told(browser_of, returned, receiver):
    other = browser_of(receiver)

    assert other.post(f"/notices/{returned.pk}").status_code == 404
    assert other.get("/notices/unread").json()["unread"] == 0
    assert "Wrong" not in other.get("/notices").content.decode()


def test_who_was_told_nothing_reads_when_that_changes(page):
    assert "Nothing yet." in page.get("/notices").content.decode()


def test_choices_are_kept_and_shown_again(page, author):
    page.post(
        "/notices/settings",
        choices(
            **{"silent-page": "on", "silent-mail": "digest", "quiet_from": "18:00", "quiet_until": "08:00"}
        ),
    )

    kept = NoticeChoice.objects.get(user=author, kind="silent")
    hours = NoticeHours.objects.get(user=author)
    assert (kept.page, kept.mail) == (True, "digest")
    assert (hours.zone, f"{hours.quiet_from:%H:%M}") == ("Europe/Berlin", "18:00")
    html = page.get("/notices/settings").content.decode()
    assert 'value="18:00"' in html
    assert '<option value="digest" selected>' in html


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"quiet_from": "18:00"}, "Give both ends"),
        ({"zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"slack_user": "@lena"}, "A member id starts with U or W"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_kept(page, author, changes, words):
    answer = page.post("/notices/settings", choices(**changes))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not NoticeChoice.objects.exists()


def test_the_link_in_a_mail_stops_that_kind_without_an_account(author):
    address = f"/notices/stop/{token_for(user_id=author.pk, kind='silent')}"
    nobody = Client(enforce_csrf_checks=True)

    assert nobody.get(address).status_code == 200
    assert not NoticeChoice.objects.exists()  # a scanner that looks stops nothing
    assert nobody.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    kept = NoticeChoice.objects.get()
    assert (kept.kind, kept.mail, kept.page) == ("silent", "never", True)


def test_one_link_stops_all_mails_and_leaves_the_page_as_it_was(author):
    NoticeChoice.objects.create(user=author, kind="word", page=False, mail="digest")

    Client().post(f"/notices/stop/{token_for(user_id=author.pk, kind=ALL)}")

    assert set(NoticeChoice.objects.values_list("mail", flat=True)) == {"never"}
    assert NoticeChoice.objects.get(kind="word").page is False


@pytest.mark.parametrize("token", ["x", "WzEsImFsbCJd:1:forged", "WzEsImFsbCJd"])
def test_a_forged_link_stops_nothing(db, token):
    assert Client().post(f"/notices/stop/{token}").status_code == 403
    assert not NoticeChoice.objects.exists()
