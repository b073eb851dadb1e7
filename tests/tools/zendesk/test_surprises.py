"""An answer that is JSON and not Zendesk's is told as one that cannot be understood."""

import pytest

from escalation.tools.zendesk import receiver, source
from escalation.transport.credentials import Basic
from escalation.transport.errors import Unavailable
from escalation.transport.opening import open_door
from tests.tools.transport.loopback import Reply, serving


@pytest.mark.parametrize("body", [b'{"hello": "world"}', b"[]", b'"text"', b"7"])
@pytest.mark.parametrize(
    "call",
    [lambda door: receiver.catalog(door, cursor=""), lambda door: source.conversation(door, "4711")],
    ids=["a list", "a record"],
)
def test_an_answer_of_another_shape_waits_and_is_no_error_of_ours(call, body):
    with serving() as server:
        server.replies.append(Reply(body=body))
        who = Basic(user="agent@acme.example/token", password="x")
        door = open_door(base_url=server.address, credentials=who, allow_private=True)

        with pytest.raises(Unavailable, match="could not be understood"):
            call(door)
