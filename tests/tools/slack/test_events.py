"""Every event whose shape is recorded is read: as news of its thread, or by name as none of ours."""

import json

import pytest

from escalation.tools.slack import interpret
from escalation.tools.updates import Hint, UpdateKind
from tests import recorded

EVENTS = recorded.files("recorded/slack/events/*.json")
# The recorded ones have empty values: these are put in by the member's name.
FILLED = {
    "type": "event_callback",
    "event_id": "Ev0AAAA0001",
    "channel": "C0HELP",
    "ts": "1795441260.000200",
    "thread_ts": "1795441200.000100",
}
IN_A_THREAD = "C0HELP/1795441200.000100"
ALONE = "C0HELP/1795441260.000200"
# What each is about: a thread that is read again, or the words by which it is put aside.
MEANS = {
    "MessageBotPayload": IN_A_THREAD,
    "MessageChangedPayload": IN_A_THREAD,
    "MessageDeletedPayload": IN_A_THREAD,
    "MessageEkmAccessDeniedPayload": ALONE,
    "MessageFileSharePayload": IN_A_THREAD,
    "MessageMePayload": ALONE,
    "MessagePayload": IN_A_THREAD,
    "MessageRepliedPayload": ALONE,  # the message that was replied to begins the thread
    "MessageThreadBroadcastPayload": IN_A_THREAD,
    "MessageChannelArchivePayload": "channel_archive",
    "MessageChannelJoinPayload": "channel_join",
    "MessageChannelLeavePayload": "channel_leave",
    "MessageChannelNamePayload": "channel_name",
    "MessageChannelPostingPermissionsPayload": "channel_posting_permissions",
    "MessageChannelPurposePayload": "channel_purpose",
    "MessageChannelTopicPayload": "channel_topic",
    "MessageChannelUnarchivePayload": "channel_unarchive",
    "MessageGroupTopicPayload": "group_topic",
    "FileSharedPayload": "file_shared",
    "AppRateLimitedPayload": "app_rate_limited",
    "TokensRevokedPayload": "tokens_revoked",
}


def filled(value, name=""):
    if isinstance(value, dict):
        return {key: filled(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, name) for each in value]
    return FILLED.get(name, f"a {name}") if value == "" else value


@pytest.mark.parametrize("file", EVENTS, ids=lambda each: each.stem)
def test_every_recorded_event_is_read(shared, file):
    body = json.dumps(filled(json.loads(file.read_text()))).encode()

    (seen,) = interpret.interpret(headers={}, body=body)

    if isinstance(seen, Hint):
        assert (seen.remote_id, seen.event_id) == (MEANS[file.stem], "Ev0AAAA0001")
    else:
        assert (seen.kind, seen.remote_id, seen.words) == (UpdateKind.UNKNOWN, "", MEANS[file.stem])
        assert seen.key == "event:Ev0AAAA0001"


def test_that_slack_holds_events_back_comes_without_an_event_and_is_named():
    body = b'{"token":"","team_id":"T1","minute_rate_limited":1795441200,"type":"app_rate_limited"}'

    (seen,) = interpret.interpret(headers={}, body=body)

    assert seen.words == "app_rate_limited"
