"""No call of ours, and no answer of a practice tool, breaks what the vendors publish of their APIs.

Two ways. A mock gives the description's own examples as answers, which fit no question: our connectors have
to notice that. Then Prism stands before the practice tool, which remembers, and judges question and answer.
What neither can see is listed in docs/adding-a-tool.md.
"""

import re
import socket
from urllib.parse import urlsplit

import pytest

from escalation.practice.tool import Plan, build
from escalation.practice.world.links import slack_ts
from escalation.practice.world.stories import threads
from escalation.practice.world.times import story_now
from escalation.transport.errors import Refused, TransportError
from tests.practice.loopback import served
from tests.vendors import prism
from tests.vendors.vendors import KEY, NOW, SLACK, VENDORS, Vendor, calls, payload

CASES = [pytest.param(each, id=each.kind) for each in VENDORS if prism.described(each.description)]
PERMALINK = "https://acme.slack.com/archives/C061EG9SL/p1482960137003543"
# The examples' own ids, and what a mock that answers the same to every search must be told in our words.
EXAMPLES = {
    "zendesk": ("35436", "35436", {"find": "Zendesk ignored the search for the external id"}),
    "jira": ("10002", "", {"find": "Jira ignored the search for the label"}),
    "slack": ("", PERMALINK, {}),
}
# Method and path of what our connectors ask, ids as "*".
ASKED = {
    "zendesk": {
        "GET /api/v2/groups",
        "GET /api/v2/incremental/tickets/cursor",
        "GET /api/v2/organizations/*",
        "GET /api/v2/satisfaction_ratings",
        "GET /api/v2/search",
        "GET /api/v2/ticket_fields",
        "GET /api/v2/tickets",
        "GET /api/v2/tickets/*",
        "GET /api/v2/tickets/*/audits",
        "GET /api/v2/tickets/*/comments",
        "GET /api/v2/tickets/show_many",
        "GET /api/v2/users/me",
        "GET /api/v2/users/search",
        "GET /api/v2/users/show_many",
        "GET /api/v2/webhooks",
        "POST /api/v2/tickets",
        "PUT /api/v2/tickets/*",
        "PUT /api/v2/tickets/*/tags",
    },
    "jira": {
        "GET /rest/api/3/issue/*",
        "GET /rest/api/3/issue/*/comment",
        "GET /rest/api/3/issue/*/remotelink",
        "GET /rest/api/3/issue/*/transitions",
        "GET /rest/api/3/issue/createmeta/PLAT/issuetypes",
        "GET /rest/api/3/issue/createmeta/PLAT/issuetypes/*",
        "GET /rest/api/3/mypermissions",
        "GET /rest/api/3/myself",
        "GET /rest/api/3/project/PLAT/components",
        "GET /rest/api/3/search/jql",
        "GET /rest/api/3/user/search",
        "POST /rest/api/3/issue",
        "POST /rest/api/3/issue/*/comment",
        "POST /rest/api/3/issue/*/remotelink",
        "POST /rest/api/3/issue/*/transitions",
    },
    "slack": {"GET /api/conversations.replies", "GET /api/users.info"},
}
# One call that the description forbids, so that silence means something.
WRONG = {
    "zendesk": lambda door: door.session.ask(
        "POST", f"{door.base_url}/api/v2/tickets", body={"ticket": {"comment": {}, "priority": "soon"}}
    ),
    "jira": lambda door: door.session.ask(
        "POST", f"{door.base_url}/rest/api/3/issue", body={"fields": "none"}
    ),
    "slack": lambda door: door.session.ask(
        "GET", f"{door.base_url}/api/conversations.replies", params={"ts": "yesterday"}
    ),
}


def objections(vendor: Vendor, heard: prism.Heard) -> list[str]:
    return [each for each in heard.objections if not any(path in each for path in vendor.beyond)]


def shape(call: str) -> str:
    # Not the 3 of the API's version.
    return re.sub(r"/(\d{2,}|\d$)(?=/|$)", "/*", call)


@pytest.mark.parametrize("vendor", CASES)
def test_every_call_of_ours_is_one_that_the_vendor_describes(vendor, tmp_path):
    mended = vendor.mended(prism.described(vendor.description)[0], tmp_path)
    record, reference, expected = EXAMPLES[vendor.kind]
    refused = {}
    with prism.mock(mended) as address:
        door = vendor.door(address)
        heard = prism.listening(door, vendor.respelled)
        for name, call in calls(vendor, door, record=record, reference=reference).items():
            try:
                call()
            except Refused as refusal:
                refused[name] = str(refusal).partition(";")[0]
        seen = objections(vendor, heard)
        with pytest.raises(TransportError):
            WRONG[vendor.kind](door)

    assert len(heard.objections) > len(seen)  # it does look
    assert seen == []
    assert {shape(each) for each in heard.calls} >= ASKED[vendor.kind]
    assert refused == expected


@pytest.mark.parametrize("vendor", [each for each in CASES if each.values[0] is SLACK])
def test_nothing_of_prism_runs_on_after_its_test(vendor, tmp_path):
    with prism.mock(vendor.mended(prism.described(vendor.description)[0], tmp_path)) as address:
        place = urlsplit(address)
        socket.create_connection((place.hostname, place.port), timeout=5).close()

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((place.hostname, place.port), timeout=5)


@pytest.mark.parametrize("vendor", [each for each in CASES if each.values[0] is not SLACK])
def test_question_and_answer_hold_while_the_practice_tool_remembers(vendor, tmp_path):
    mended = vendor.mended(prism.described(vendor.description)[0], tmp_path)
    tool = build(vendor.kind, Plan(clock=lambda: NOW, send=lambda *_: 200, with_world=True))
    with served(tool) as practice, prism.before(practice, mended) as address:
        door = vendor.door(address)
        heard = prism.listening(door, vendor.respelled)
        made = vendor.tool.receiver.create(door, payload=payload(vendor), key=KEY).remote
        for call in calls(vendor, door, record=made.remote_id, reference=made.remote_id).values():
            call()
        found = vendor.tool.receiver.find(door, key=KEY)
        said = [each.text for each in vendor.tool.mirror.read(door, remote_id=made.remote_id)]
    tool.close()

    assert objections(vendor, heard) == []
    assert made in found
    assert {"Seen.", "Hello."} <= set(said)


@pytest.mark.parametrize("vendor", [each for each in CASES if each.values[0] is SLACK])
def test_a_thread_of_the_practice_slack_is_as_described(vendor, tmp_path):
    mended = vendor.mended(prism.described(vendor.description)[0], tmp_path)
    tool = build("slack", Plan(clock=lambda: NOW, send=lambda *_: 200, with_world=True))
    finance = next(each for each in threads() if each.key == "finance")
    ts = slack_ts(finance, 0, now=story_now(NOW)).replace(".", "")
    with served(tool) as practice, prism.before(practice, mended) as address:
        door = vendor.door(address)
        heard = prism.listening(door, vendor.respelled)
        said = vendor.tool.source.conversation(
            door, f"https://acme.slack.com/archives/{finance.channel}/p{ts}"
        )
    tool.close()

    assert objections(vendor, heard) == []
    assert len(said.messages) > 1
