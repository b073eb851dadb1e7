"""A post stands in the channel once, is found by what people do not see, and a thread is read back."""

from dataclasses import replace

import pytest

from escalation.practice.world.into_slack import DESK_CHANNEL
from escalation.practice.world.links import slack_user_id
from escalation.tools.contract import Post
from escalation.tools.slack import chat, interpret, upkeep
from escalation.transport.errors import Ambiguous, NotFound, Refused, Unavailable
from tests.tools.bench import NOW

FIRST = Post(
    place=DESK_CHANNEL, text="Delivered as <INC1> & waiting", key="a" * 32, url="https://b.example/1"
)


def test_a_post_whose_answer_was_lost_is_found_and_there_is_one(slack, slack_door):
    slack.fault(method="POST", path="/api/chat.postMessage", lose_answer=True)
    with pytest.raises(Ambiguous):
        chat.post(slack_door, post=FIRST)

    found = chat.find_post(slack_door, post=FIRST, since=NOW)

    (message,) = [one["message"] for one in slack.tool.store.all("message") if one["channel"] == DESK_CHANNEL]
    assert found is not None
    assert found.note_ids == (message["ts"],)
    assert found.remote.remote_id == f"{DESK_CHANNEL}/{message['ts']}"
    assert message["text"] == "Delivered as &lt;INC1&gt; &amp; waiting\n<https://b.example/1>"
    assert chat.find_post(slack_door, post=replace(FIRST, key="b" * 32), since=NOW) is None


def test_a_later_post_goes_into_the_thread_and_is_found_there(slack_door):
    thread = chat.post(slack_door, post=FIRST).remote.remote_id
    later = replace(FIRST, text="Resolved", key="c" * 32, thread=thread)
    assert chat.find_post(slack_door, post=later, since=NOW) is None

    written = chat.post(slack_door, post=later)

    assert written.remote.remote_id == thread
    assert chat.find_post(slack_door, post=later, since=NOW) == written
    assert [each.text for each in chat.read(slack_door, remote_id=thread)][1].startswith("Resolved")


def test_what_lies_behind_too_many_messages_is_not_called_absent(slack_door, monkeypatch):
    for key in "abc":
        chat.post(slack_door, post=replace(FIRST, key=key * 32))
    monkeypatch.setattr(chat, "PAGE", 1)
    monkeypatch.setattr(chat, "MOST_PAGES", 2)

    with pytest.raises(Unavailable, match="looks through"):
        chat.find_post(slack_door, post=FIRST, since=NOW)


def test_a_thread_is_read_as_notes_with_names_that_stay_the_same(slack, slack_door):
    thread = chat.post(slack_door, post=FIRST).remote.remote_id
    channel, ts = thread.split("/")
    page = slack.tool.flask.test_client()
    page.post(f"/archives/{channel}/{ts}", data={"by": slack_user_id("priya"), "text": "It works again"})

    ours, said = chat.read(slack_door, remote_id=thread)

    assert (said.text, said.author, said.internal) == ("It works again", "Priya Raman", True)
    assert said.key == f"message:{said.note_id}"
    assert ours.note_id == ts
    assert chat.read(slack_door, remote_id=thread) == (ours, said)


@pytest.mark.parametrize("thread", ["", "C04DESK001", "/1.000000", "C04DESK001/1.000000"])
def test_what_is_no_thread_is_not_found(slack_door, thread):
    with pytest.raises(NotFound):
        chat.read(slack_door, remote_id=thread)


def test_channels_are_those_in_which_the_app_is(slack, slack_door, monkeypatch):
    slack.tool.store.put("channel", "C0OTHER", {"id": "C0OTHER", "name": "elsewhere", "is_member": False})
    monkeypatch.setattr(chat, "PAGE", 2)

    names = [each.name for each in chat.channels(slack_door)]

    assert "service-desk" in names
    assert "elsewhere" not in names
    assert names == sorted(names)


def test_the_connection_test_names_each_scope_that_is_missing(slack_door, monkeypatch):
    assert upkeep.check(slack_door) == ()

    monkeypatch.setattr("escalation.practice.slack.app.SCOPES", ("channels:history", "users:read"))
    lacks = upkeep.check(slack_door)

    assert [each.what.split()[5] for each in lacks] == [
        *("groups:history", "channels:read", "groups:read", "chat:write")
    ]


def test_an_app_in_no_channel_is_told_how_to_be_invited(slack, slack_door):
    for one in slack.tool.store.all("channel"):
        slack.tool.store.put("channel", one["id"], {**one, "is_member": False})

    (lack,) = upkeep.check(slack_door)

    assert "/invite" in lack.fix


def test_slack_is_told_by_hand_and_the_sentence_says_where(slack_door):
    with pytest.raises(Refused, match="Event Subscriptions"):
        upkeep.listen(slack_door, url="https://b.example/hooks/slack/1/", secret="s")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"type":"url_verification","challenge":"abc"}', "abc"),
        (b'{"type":"url_verification"}', None),
        (b'{"type":"event_callback","challenge":"abc"}', None),
        (b"{", None),
    ],
)
def test_only_the_trial_of_an_address_has_a_challenge(body, said):
    assert interpret.greeting(body=body) == said
