"""Every page, asked by the author, a teammate, the receiver, a stranger and nobody."""

from uuid import UUID

import pytest
from django.test import Client

from escalation.models import Handoff
from tests import builders

pytestmark = pytest.mark.django_db

NOBODY = UUID("00000000-0000-4000-8000-000000000000")
DRAFT_PAGES = ("edit", "review", "pick/cmdb_ci")
DRAFT_PRESSES = ("save", "discard", "edit", "review")
SENT_PAGES = ("", "/news", "/intake")
SENT_PRESSES = ("lines/2/told", "lines/2/note", f"deliveries/{NOBODY}/retry")
RECEIVERS_PRESSES = ("accept", "start", "resolve", "return")
ROLE_PAGES = {"/desk": "level_one", "/start": "level_one", "/queue": "level_two", "/connections": "owner"}


def at(handoff: Handoff, *rest: str) -> str:
    return "/".join((f"/handoffs/{handoff.pk}", *rest))


@pytest.fixture
def everybody(author, teammate, receiver, stranger):
    """Author, teammate, receiver, stranger."""
    return author, teammate, receiver, stranger


@pytest.mark.parametrize("address", DRAFT_PAGES)
def test_a_draft_is_its_authors_alone(browser_of, draft, everybody, address):
    people = dict(zip(everybody, (200, 404, 404, 404), strict=True))

    seen = {person: browser_of(person).get(at(draft, address)).status_code for person in people}

    assert seen == people


@pytest.mark.parametrize("press", DRAFT_PRESSES)
def test_nobody_else_can_press_anything_on_a_draft(browser_of, draft, everybody, press):
    answers = {browser_of(person).post(at(draft, press)).status_code for person in everybody[1:]}

    draft.refresh_from_db()
    assert answers == {404}
    assert (draft.status, draft.revision) == ("draft", 0)


@pytest.mark.parametrize("address", SENT_PAGES)
def test_what_is_sent_is_seen_by_both_teams_and_no_stranger(browser_of, sent, everybody, address):
    people = dict(zip(everybody, (200, 200, 200, 404), strict=True))

    seen = {person: browser_of(person).get(f"/handoffs/{sent.pk}{address}").status_code for person in people}

    assert seen == people


@pytest.mark.parametrize("press", [*SENT_PRESSES, *RECEIVERS_PRESSES])
def test_a_stranger_can_press_nothing(browser_of, sent, stranger, press):
    assert browser_of(stranger).post(at(sent, press), {"reason": "wrong_team"}).status_code == 404


@pytest.mark.parametrize("press", RECEIVERS_PRESSES)
def test_only_the_receiving_team_can_answer(browser_of, sent, author, teammate, press):
    answers = {
        browser_of(person).post(at(sent, press), {"reason": "wrong_team"}).status_code
        for person in (author, teammate)
    }

    sent.refresh_from_db()
    assert answers == {404}
    assert sent.status == "delivered"


@pytest.mark.parametrize("press", [*DRAFT_PRESSES[:2], *SENT_PRESSES, *RECEIVERS_PRESSES])
def test_a_change_cannot_be_made_by_a_link(browser_of, sent, author, press):
    assert browser_of(author).get(at(sent, press)).status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/desk",
        "/queue",
        "/figures",
        "/connections",
        "/start",
        *(f"/handoffs/{NOBODY}/{a}" for a in DRAFT_PAGES),
    ],
)
def test_whoever_is_not_logged_in_is_asked_to(db, address):
    answer = Client().get(address)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/login?next=")


def test_a_handoff_that_does_not_exist_looks_like_one_of_strangers(page):
    assert page.get(f"/handoffs/{NOBODY}").status_code == 404


@pytest.mark.parametrize("address", ROLE_PAGES)
def test_a_page_of_a_role_does_not_exist_for_others(browser_of, desk_to_ops, address):
    roles = ("level_one", "level_two", "lead", "owner")
    people = {role: builders.person(role, team=desk_to_ops.sender, role=role) for role in roles}

    seen = {role for role, person in people.items() if browser_of(person).get(address).status_code == 200}

    also = {"/queue": {"lead"}}.get(address, set())
    assert seen == {ROLE_PAGES[address]} | also


@pytest.mark.parametrize(
    ("role", "first"),
    [("level_one", "/desk"), ("level_two", "/queue"), ("lead", "/figures"), ("owner", "/connections")],
)
def test_each_role_starts_on_its_page(browser_of, desk_to_ops, role, first):
    person = builders.person(role, team=desk_to_ops.sender, role=role)

    assert browser_of(person).get("/")["Location"] == first


def test_somebody_without_a_team_is_told_whom_to_ask(browser_of, stranger):
    assert "given you a team" in browser_of(stranger).get("/").content.decode()


@pytest.mark.parametrize("address", ["/login", "/desk", "/handoffs/{pk}/edit", "/handoffs/{pk}/review"])
def test_every_page_forbids_what_is_not_its_own(page, draft, address):
    answer = page.get(address.format(pk=draft.pk), follow=True)

    policy = answer["Content-Security-Policy"]
    html = answer.content.decode()
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert " style=" not in html
    assert "<style" not in html
    assert "onclick" not in html
    assert "<script>" not in html
