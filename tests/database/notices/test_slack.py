"""What a person wants in Slack leaves as one direct message, in words that are nobody's markup."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction

from escalation.models import Connection, Entry, Notice, NoticeChoice, NoticeHours, NoticeKind
from escalation.notices.slack import post_due
from escalation.timeline.record import Line, record
from escalation.transport.door import Answer, Door
from tests import builders
from tests.builders import NOW
from tests.database.notices.test_notices import MINUTE

pytestmark = pytest.mark.django_db


@dataclass
class Slack:
    """A session that keeps what it was asked and answers as it is told."""

    says: dict[str, Any] = field(default_factory=lambda: {"ok": True})
    asked: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, method: str, url: str, *, body: Any = None, **_rest: Any) -> Answer:
        self.asked.append({"method": method, "url": url, **body})
        return Answer(status=200, headers={}, json=self.says)


@pytest.fixture
def slack(db, monkeypatch) -> Slack:
    session = Slack()
    builders.connection("slack")
    door = Door(base_url="https://acme.slack.example", session=session, our_user="baton", settings={})
    monkeypatch.setattr(Connection, "door", lambda _self: door)
    return session


@pytest.fixture
def returned(delivered, agent) -> Notice:
    NoticeHours.objects.create(user=agent, slack_user="U0LENA01")
    NoticeChoice.objects.create(user=agent, kind=NoticeKind.RETURNED, slack=True)
    with transaction.atomic():
        line = Line(kind=Entry.Kind.BOUNCED, happened_at=NOW, text="<!channel> wrong & team")
        record(handoff=delivered, line=line, now=NOW)
    return Notice.objects.get()


def test_it_leaves_once_to_the_member_alone_and_calls_nobody_else(slack, returned):
    left = [post_due(now=NOW + minute * MINUTE) for minute in range(2)]

    (message,) = slack.asked
    assert left == [1, 0]
    assert message["channel"] == "U0LENA01"
    assert "&lt;!channel&gt; wrong &amp; team" in message["text"]
    assert returned.address in message["text"]


def test_a_refusal_is_said_and_tried_again_later(slack, returned):
    slack.says = {"ok": False, "error": "missing_scope", "needed": "chat:write"}
    post_due(now=NOW)
    returned.refresh_from_db()
    slack.says = {"ok": True}

    assert "lacks the scope chat:write" in returned.trouble
    assert [post_due(now=NOW + MINUTE), post_due(now=NOW + 6 * MINUTE)] == [0, 1]


def test_without_a_slack_the_page_says_so(returned):
    post_due(now=NOW)

    returned.refresh_from_db()
    assert (returned.slack_at, returned.slacked_at) == (None, None)
    assert "No Slack is connected" in returned.trouble


def test_what_was_read_in_the_page_is_not_posted(slack, returned):
    Notice.objects.update(read_at=NOW)

    assert post_due(now=NOW) == 0
    assert slack.asked == []
