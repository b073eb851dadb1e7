"""Find, create and find again, for every receiver, against its practice tool."""

import pytest

from escalation.tools.registry import TOOLS
from escalation.translation.rules import Rules
from escalation.transport.errors import Ambiguous, Refused, Unauthorised, Unavailable
from tests.builders import scene
from tests.tools.contract.proofs import PROOFS
from tests.tools.servicenow.test_translate import given

KEY = "3f2b8c52-7f5e-4b36-9c2e-1a2b3c4d5e6f"
RECEIVERS = [each for each in TOOLS.values() if each.receiver is not None]
WAYS = [(tool, way) for tool in RECEIVERS for way in PROOFS[tool.kind].ways]

pytestmark = pytest.mark.parametrize(
    ("tool", "way"), WAYS, ids=[f"{tool.kind}-{way.name}" for tool, way in WAYS]
)


@pytest.fixture
def payload(tool, way):
    wanted = given(key=KEY, links={}, people={}, rules=Rules(defaults=way.defaults))
    return {**tool.receiver.translate(scene(), wanted).draft.payload(), **way.needs}


def test_with_none_one_and_two_records_find_says_so(tool, way, door, payload):
    assert tool.receiver.find(door, key=KEY) == ()

    first = tool.receiver.create(door, payload=payload, key=KEY)
    assert tool.receiver.find(door, key=KEY) == (first.remote,)

    twin = {name: value for name, value in payload.items() if name != "sys_id"}
    second = tool.receiver.create(door, payload=twin, key="another attempt")
    assert set(tool.receiver.find(door, key=KEY)) == {first.remote, second.remote}


def test_what_was_confirmed_is_what_the_tool_holds(tool, way, door, payload):
    assert tool.receiver.create(door, payload=payload, key=KEY).ignored == way.not_taken


@pytest.fixture
def create(tool, door, payload):
    return lambda: tool.receiver.create(door, payload=payload, key=KEY)


@pytest.mark.parametrize(
    "case",
    [
        ({"status": 400}, Refused),
        ({"status": 401}, Unauthorised),
        ({"status": 422}, Refused),
        ({"status": 429, "retry_after": 5}, Unavailable),
        ({"status": 503, "retry_after": 5}, Unavailable),
        ({"status": 502}, Ambiguous),
        ({"html": True}, Unavailable),
        ({"lose_answer": True}, Ambiguous),
        ({"lose_answer": "504"}, Ambiguous),
        ({"delay_s": 90}, Ambiguous),
    ],
    ids=str,
)
def test_each_way_to_fail_has_its_family_and_a_sentence(way, bench, create, case):
    fault, error = case
    bench.fault(method="POST", path=way.create_path, **fault)

    with pytest.raises(error) as raised:
        create()

    said = str(raised.value)
    assert said.endswith((".", "…"))
    assert "<" not in said
    if "retry_after" in fault:
        assert raised.value.wait_s == 5


def test_after_a_lost_answer_the_record_is_found_and_there_is_one(tool, way, bench, door, payload):
    bench.fault(method="POST", path=way.create_path, lose_answer=True)
    with pytest.raises(Ambiguous):
        tool.receiver.create(door, payload=payload, key=KEY)

    (there,) = tool.receiver.find(door, key=KEY)
    if tool.finisher is not None:
        tool.finisher.finish(door, remote=there, payload=payload, key=KEY)
    assert tool.receiver.find(door, key=KEY) == (there,)


def test_the_whole_catalog_is_read_and_ends(tool, way, door):
    cursor, pages = "", 0
    while True:
        page = tool.receiver.catalog(door, cursor=cursor)
        cursor, pages = page.cursor, pages + 1
        assert pages < 100
        if not cursor:
            break


def test_nobody_is_found_for_an_address_that_is_a_query(tool, way, door):
    hostile = ("x^active=true", 'a" type:user', "x\n@y", "", "nobody@nowhere.example")

    assert tool.receiver.people(door, emails=hostile) == {}
