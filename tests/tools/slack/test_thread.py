"""A permalink becomes a thread of plain messages."""

import json

import pytest
from werkzeug.wrappers import Request, Response

from escalation.practice.adapter import PracticeAdapter
from escalation.tools.slack import source
from escalation.tools.slack.thread import conversation_of, permalink
from escalation.transport.credentials import Bearer
from escalation.transport.errors import NotFound, Refused, Unauthorised, Unavailable
from escalation.transport.opening import open_door
from tests import recorded

THREAD = json.loads((recorded.ROOT / "fixtures/tools/slack/thread.json").read_text())
LINK = "https://acme.slack.com/archives/C0HELP/p1795441200000100"
PEOPLE = {
    "U01PRIYA": {"id": "U01PRIYA", "real_name": "Priya Raman", "tz": "America/New_York"},
    "U02TOM": {"id": "U02TOM", "real_name": "Tom Berg", "tz": "Europe/Berlin"},
}


class Workspace:
    """Answers as Slack does: 200 always, and ``ok`` says the rest."""

    def __init__(self):
        self.asked = []
        self.thread = [THREAD]
        self.refuse_people = False

    def __call__(self, environ, start_response):
        request = Request(environ)
        self.asked.append((request.path, dict(request.args), request.headers["Authorization"]))
        return Response(json.dumps(self._answer(request)), mimetype="application/json")(
            environ, start_response
        )

    def _answer(self, request):
        if request.path == "/api/conversations.replies":
            return self.thread.pop(0)
        if self.refuse_people:
            return {"ok": False, "error": "missing_scope", "needed": "users:read"}
        user = PEOPLE.get(request.args["user"])
        return {"ok": True, "user": user} if user else {"ok": False, "error": "user_not_found"}


@pytest.fixture
def workspace():
    return Workspace()


@pytest.fixture
def door(workspace):
    door = open_door(base_url="https://acme.slack.com", credentials=Bearer(token="xoxb-1"))
    door.session.mount("https://", PracticeAdapter(workspace))
    return door


@pytest.mark.parametrize(
    ("text", "ts"),
    [
        (LINK, "1795441200.000100"),
        (f"see <{LINK}>", "1795441200.000100"),
        (f"{LINK[:-16]}1795441260000200?thread_ts=1795441200.000100&cid=C0HELP", "1795441200.000100"),
        ("https://acme.enterprise.slack.com/archives/C0HELP/p1795441200000100", "1795441200.000100"),
    ],
)
def test_a_permalink_leads_to_the_message_that_begins_the_thread(text, ts):
    place = permalink(text)

    assert (place.channel, place.ts) == ("C0HELP", ts)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://acme.slack.com/archives/C0HELP",
        "https://slack.com.evil.example/archives/C0HELP/p1795441200000100",
        "https://evil.example/?https:/acme.slack.com/archives/C0HELP/p1795441200000100",
        "#it-help",
    ],
)
def test_what_is_no_permalink_is_no_reference(text):
    assert source.reference_of(text) == ""


def test_a_thread_is_read_with_names_zone_files_and_edits_and_without_noise(door, workspace):
    conversation = source.conversation(door, LINK)

    assert [(each.author, each.text) for each in conversation.messages] == [
        (
            "Priya Raman",
            "Hi @Tom Berg, finance dashboard says https://finance-dash.example.com/close > *FD-4031*",
        ),
        ("Tom Berg", "since when? cc @here #it-help"),
        ("Status page", "All systems operational"),
    ]
    assert conversation.messages[0].files == ("console.png",)
    assert conversation.messages[0].edited_at is None
    assert conversation.messages[1].edited_at.isoformat() == "2026-11-23T13:41:40+00:00"
    assert conversation.messages[0].at.isoformat() == "2026-11-23T13:40:00+00:00"
    assert conversation.zone == "America/New_York"
    assert workspace.asked[0][2] == "Bearer xoxb-1"
    assert workspace.asked[0][1]["ts"] == "1795441200.000100"  # fmt: skip


def test_a_long_thread_is_read_page_by_page(door, workspace):
    more = {**THREAD, "messages": THREAD["messages"][:1], "response_metadata": {"next_cursor": "abc"}}
    workspace.thread = [more, {**THREAD, "messages": THREAD["messages"][1:2]}]

    conversation = source.conversation(door, LINK)

    assert len(conversation.messages) == 2
    cursors = [args.get("cursor") for path, args, _ in workspace.asked if path.endswith("replies")]
    assert cursors == [None, "abc"]


def test_people_that_may_not_be_seen_stay_ids(door, workspace):
    workspace.refuse_people = True

    assert source.conversation(door, LINK).messages[0].author == "U01PRIYA"


@pytest.mark.parametrize(
    ("error", "raised", "said"),
    [
        ("invalid_auth", Unauthorised, "connect Slack again"),
        ("missing_scope", Unauthorised, "channels:history"),
        ("not_in_channel", NotFound, "invite it"),
        ("thread_not_found", NotFound, "no such thread"),
        ("ratelimited", Unavailable, "for now"),
        ("something_new", Refused, "something_new"),
    ],
)
def test_ok_false_is_an_error_and_says_what_to_do(door, workspace, error, raised, said):
    workspace.thread = [{"ok": False, "error": error, "needed": "channels:history"}]

    with pytest.raises(raised, match=said):
        source.conversation(door, LINK)


def test_what_is_no_link_is_not_asked_for(door, workspace):
    with pytest.raises(NotFound):
        source.conversation(door, "https://acme.example/1")
    assert workspace.asked == []


REPLIES = recorded.files("recorded/slack/api/conversations.replies.json")


@pytest.mark.parametrize("file", REPLIES, ids=lambda each: each.stem)
def test_recorded_answers_are_read(shared, file):
    messages = json.loads(file.read_text())["messages"]

    conversation_of(messages, people={}, place=permalink(LINK))
