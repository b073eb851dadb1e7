"""The page says what only writing shows, and keeps what came of trying it."""

import pytest
from django.test import Client

from escalation.models import Membership, Route
from escalation.tools.servicenow import trial
from escalation.tools.trying import Tried
from escalation.transport.errors import Unavailable
from tests import builders
from tests.builders import NOW


@pytest.fixture
def page(browser_of, desk_to_ops: Route) -> Client:
    return browser_of(builders.person("kenji", team=desk_to_ops.sender, role=Membership.Role.OWNER))


def tried(page: Client, route: Route, monkeypatch: pytest.MonkeyPatch, outcome: Tried | Exception) -> str:
    def answer(door, *, key):
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(trial, "try_writing", answer)
    return page.post(f"/connections/{route.target_id}/write", follow=True).content.decode()


def test_a_test_that_only_read_says_so(page: Client, desk_to_ops: Route) -> None:
    desk_to_ops.target.note_test((), at=NOW)

    html = page.get(f"/connections/{desk_to_ops.target_id}").content.decode()

    assert "nothing is missing of what reading shows" in html
    assert "whether it may create incidents" in html
    assert "Not tried yet: the test above does not write." in html
    assert "Baton creates one incident" in html


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Tried(), ["takes what Baton writes", "all of it was taken.", "Nothing is left behind."]),
        (
            Tried(left="INC1 stays there, cancelled."),
            ["all of it was taken.", "INC1 stays there, cancelled."],
        ),
        (Tried(lacks=(("No files.", "Allow them."),)), ["1 thing missing.", "No files.", "Allow them."]),
        (Tried(left="It may stand there.", unsure=True), ["no answer came.", "It may stand there."]),
    ],
    ids=["clean", "left", "lacking", "unsure"],
)
def test_what_came_of_it_stays_on_the_page(page, desk_to_ops, monkeypatch, outcome, said) -> None:
    now = tried(page, desk_to_ops, monkeypatch, outcome)
    later = page.get(f"/connections/{desk_to_ops.target_id}").content.decode()

    assert all(each in now for each in said)
    assert all(each in later for each in said[1:])


def test_a_tool_that_is_away_wrote_nothing(page, desk_to_ops, monkeypatch) -> None:
    html = tried(page, desk_to_ops, monkeypatch, Unavailable("The tool is not available for now."))

    assert "Nothing was written to" in html
    assert "Not tried yet" in html


def test_a_chat_has_nothing_to_try(page: Client) -> None:
    chat = builders.connection("slack")

    html = page.post(f"/connections/{chat.pk}/write", follow=True).content.decode()

    assert "offers no way to try writing" in html
    assert "What only writing shows" not in html
