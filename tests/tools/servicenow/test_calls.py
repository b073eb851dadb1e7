"""Our calls against the practice ServiceNow."""

import pytest

from escalation.linking.entries import EntryKind
from escalation.practice import credentials
from escalation.tools.polling import Place
from escalation.tools.servicenow import interpret, mirror, receiver, statuses, table, upkeep
from escalation.tools.servicenow.plain_fields import sys_id_for
from escalation.tools.servicenow.table import QueryIgnored, Search
from escalation.tools.updates import RemoteState, UpdateKind
from escalation.translation.rules import Rules
from escalation.translation.statuses import Wanted
from escalation.transport.errors import Ambiguous, NotFound, Refused, Unauthorised, Unavailable
from tests.tools.bench import NOW
from tests.tools.servicenow.test_translate import SCENE, given

KEY = "3f2b8c52-7f5e-4b36-9c2e-1a2b3c4d5e6f"
INCIDENTS = "/api/now/v2/table/incident"


def payload(**changes):
    links = {"links": {}, "people": {}}
    return {**receiver.translate(SCENE, given(key=KEY, **links)).draft.payload(), **changes}


@pytest.fixture
def door(servicenow_door):
    return servicenow_door


@pytest.fixture
def incident(door):
    return receiver.create(door, payload=payload(), key=KEY).remote.remote_id


def as_agent(servicenow, sys_id, **values):
    agent = servicenow.door(user=credentials.SERVICENOW_USER, password=credentials.SERVICENOW_PASSWORD)
    table.change(agent, "incident", sys_id, values=values, fields=("sys_id",))


def test_a_created_incident_holds_what_was_confirmed_and_is_found_by_its_key(door):
    confirmed = payload()

    proof = receiver.create(door, payload=confirmed, key=KEY)

    assert proof.ignored == ()
    assert proof.remote.remote_id == sys_id_for(KEY)
    assert proof.remote.number.startswith("INC")
    assert proof.kept["description"] == confirmed["description"]
    assert len(proof.note_ids) == 1
    assert receiver.find(door, key=KEY) == (proof.remote,)


def test_nothing_is_found_where_nothing_was_created(door):
    assert receiver.find(door, key=KEY) == ()


def test_two_records_with_one_key_are_both_found(door, incident):
    twin = payload(sys_id="f" * 32)
    receiver.create(door, payload=twin, key=KEY)

    assert {each.remote_id for each in receiver.find(door, key=KEY)} == {incident, "f" * 32}


def test_an_instance_that_drops_the_condition_is_not_taken_for_an_empty_one(door, incident):
    unreadable = Search(
        table="incident",
        query="u_no_such_field=x",
        fields=("sys_id", "u_no_such_field"),
        holds=lambda each: each.get("u_no_such_field") == "x",
    )

    with pytest.raises(QueryIgnored, match="dropped a condition"):
        table.rows(door, unreadable)


def test_a_field_that_is_silently_ignored_is_named(door):
    proof = receiver.create(door, payload=payload(u_region="emea", priority="1"), key=KEY)

    assert proof.ignored == ("u_region", "priority")


def test_the_same_record_can_not_be_created_twice(door, incident):
    with pytest.raises(Refused):
        receiver.create(door, payload=payload(), key=KEY)
    assert len(receiver.find(door, key=KEY)) == 1


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"status": 400}, Refused),
        ({"status": 401}, Unauthorised),
        ({"status": 429, "retry_after": 7}, Unavailable),
        ({"status": 503, "retry_after": 7}, Unavailable),
        ({"status": 500}, Ambiguous),
        ({"html": True}, Unavailable),
        ({"lose_answer": True}, Ambiguous),
        ({"lose_answer": "504"}, Ambiguous),
        ({"delay_s": 60}, Ambiguous),
    ],
)
def test_each_way_to_fail_is_told_apart(servicenow, door, fault, error):
    servicenow.fault(method="POST", path=INCIDENTS, **fault)

    with pytest.raises(error) as raised:
        receiver.create(door, payload=payload(), key=KEY)

    if "retry_after" in fault:
        assert raised.value.wait_s == 7


def test_a_lost_answer_is_resolved_by_finding(servicenow, door):
    servicenow.fault(method="POST", path=INCIDENTS, lose_answer=True)
    with pytest.raises(Ambiguous):
        receiver.create(door, payload=payload(), key=KEY)

    assert [each.remote_id for each in receiver.find(door, key=KEY)] == [sys_id_for(KEY)]


def test_a_note_is_internal_unless_said_otherwise_and_found_by_its_key(door, incident):
    proof = mirror.note(door, remote_id=incident, text="The user can test now.", key="n1", public=False)

    notes = {each.note_id: each for each in mirror.read(door, remote_id=incident) if each.note_id}
    ours = notes[proof.note_ids[0]]
    assert (ours.text, ours.internal) == ("The user can test now.", True)
    assert mirror.find_note(door, remote_id=incident, key="n1") == proof.note_ids[0]
    assert mirror.find_note(door, remote_id=incident, key="n2") == ""


def test_a_journal_is_given_the_new_entry_alone_so_nothing_multiplies(door, incident):
    said = ("First finding", "Second finding", "Third finding")
    for place, text in enumerate(said):
        mirror.note(door, remote_id=incident, text=text, key=f"n{place}", public=False)
        statuses.set_status(door, remote_id=incident, wanted=Wanted(status="In Progress"), key=f"s{place}")

    shown = table.row(door, "incident", incident, fields=("work_notes",))["work_notes"]["display_value"]
    notes = [each.text for each in mirror.read(door, remote_id=incident) if each.kind is UpdateKind.NOTE]

    assert [shown.count(text) for text in said] == [1, 1, 1]
    assert [notes.count(text) for text in said] == [1, 1, 1]


def test_a_name_where_a_reference_wants_a_record_is_named_as_not_taken(door):
    proof = receiver.create(door, payload=payload(assignment_group="Network Operations"), key=KEY)

    assert proof.ignored == ("assignment_group",)
    assert not proof.kept["assignment_group"]


def test_a_public_note_goes_to_the_caller(door, incident):
    mirror.note(door, remote_id=incident, text="We found it.", key="n1", public=True)

    public = [each for each in mirror.read(door, remote_id=incident) if not each.internal]
    assert [each.text for each in public] == ["We found it."]


def test_a_note_longer_than_the_field_keeps_its_key(door, incident):
    mirror.note(door, remote_id=incident, text="x" * 9000, key="n1", public=False)

    assert mirror.find_note(door, remote_id=incident, key="n1")


@pytest.mark.parametrize("gone", ["0" * 32, "", "../sys_user", "1^ORnumber=2"])
def test_a_note_on_a_record_that_is_gone_or_no_record_is_not_found(door, gone):
    with pytest.raises(NotFound):
        mirror.note(door, remote_id=gone, text="x", key="n1", public=False)


def test_what_level_two_does_is_read_in_order_and_reading_again_gives_the_same(servicenow, door, incident):
    as_agent(servicenow, incident, state="2", work_notes="Misconfigured CORS policy on the gateway")
    as_agent(servicenow, incident, state="6", close_code="Solution provided", close_notes="Policy corrected")

    updates = mirror.read(door, remote_id=incident)

    assert [each.at for each in updates] == sorted(each.at for each in updates)
    assert "Misconfigured CORS policy on the gateway" in [each.text for each in updates]
    state = next(each for each in updates if each.kind is UpdateKind.STATE)
    assert (state.state, state.words, state.text) == (
        RemoteState.RESOLVED,
        "Resolved (Solution provided)",
        "Policy corrected",
    )
    assert mirror.read(door, remote_id=incident) == updates


def test_on_hold_says_for_whom(servicenow, door, incident):
    as_agent(servicenow, incident, state="3", hold_reason="1", comments="Which browser is it?")

    state = next(each for each in mirror.read(door, remote_id=incident) if each.kind is UpdateKind.STATE)

    assert (state.state, state.words) == (RemoteState.WAITING, "On Hold (Awaiting Caller)")


def test_a_state_that_comes_back_is_a_new_update(servicenow, door, incident):
    def key():
        return next(
            each.key for each in mirror.read(door, remote_id=incident) if each.kind is UpdateKind.STATE
        )

    as_agent(servicenow, incident, state="2")
    before = key()
    as_agent(servicenow, incident, state="3", hold_reason="4")
    as_agent(servicenow, incident, state="2")

    assert key() != before


def test_without_a_right_to_the_journal_notes_are_read_from_what_is_shown(servicenow, incident):
    itil = servicenow.door(user=credentials.SERVICENOW_ITIL_USER, password=credentials.SERVICENOW_PASSWORD)
    mirror.note(itil, remote_id=incident, text="First line\nsecond line", key="n9", public=False)

    notes = [each for each in mirror.read(itil, remote_id=incident) if each.kind is UpdateKind.NOTE]

    assert "First line\nsecond line" in [each.text for each in notes]
    assert mirror.find_note(itil, remote_id=incident, key="n9").startswith("shown-")
    again = [each for each in mirror.read(itil, remote_id=incident) if each.kind is UpdateKind.NOTE]
    assert [each.key for each in again] == [each.key for each in notes]


def test_a_poll_brings_what_changed_since_and_overlaps(servicenow, door, incident):
    first = mirror.poll(door, cursor="", now=servicenow.clock())
    as_agent(servicenow, incident, work_notes="Looking into it")

    second = mirror.poll(door, cursor=first.cursor, now=servicenow.clock())

    assert "Looking into it" in [each.text for each in second.updates]
    assert Place.read(second.cursor).since > Place.read(first.cursor).since
    assert {each.key for each in mirror.poll(door, cursor=second.cursor, now=NOW).updates} >= {
        each.key for each in second.updates
    }


def test_a_poll_sees_only_records_of_ours(servicenow, door):
    table.insert(door, "incident", values={"short_description": "someone else's"}, fields=("sys_id",))

    assert mirror.poll(door, cursor="", now=servicenow.clock()).updates == ()


def test_a_user_outside_gmt_may_not_poll_and_the_check_says_so(servicenow):
    door = servicenow.door(
        user=credentials.SERVICENOW_ZONELESS_USER, password=credentials.SERVICENOW_PASSWORD
    )

    with pytest.raises(Refused, match="GMT"):
        mirror.poll(door, cursor="", now=NOW)
    assert any("time zone" in each.what for each in upkeep.check(door))


def test_a_connection_that_can_do_everything_lacks_nothing(door):
    assert upkeep.check(door) == ()


def test_a_missing_right_is_named_with_what_it_is_for(servicenow):
    itil = servicenow.door(user=credentials.SERVICENOW_ITIL_USER, password=credentials.SERVICENOW_PASSWORD)

    assert any("sys_journal_field" in each.what for each in upkeep.check(itil))


def test_listening_says_who_has_to_install_what(door):
    with pytest.raises(Refused, match=r"business_rule\.js"):
        upkeep.listen(door, url="https://baton.example/hooks/servicenow/1/", secret="s")


def test_a_default_of_the_rules_reaches_the_record(door):
    rules = Rules(defaults={"category": "network"})
    draft = receiver.translate(SCENE, given(key=KEY, links={}, people={}, rules=rules)).draft

    proof = receiver.create(door, payload=draft.payload(), key=KEY)

    assert proof.kept["category"] == "network"
    assert proof.ignored == ()


def test_a_post_of_the_business_rule_is_verified_and_leads_to_the_record(servicenow, door, incident):
    listener = {"url": "https://baton.example/hooks/1/", "secret": "s3cret"}
    door.session.ask("POST", f"{door.base_url}/practice/webhooks", body=listener)

    as_agent(servicenow, incident, state="2", work_notes="Looking")
    servicenow.settle()

    _, headers, body = servicenow.posts[-1]
    interpret.verify(headers=headers, body=body, secret="s3cret", now=servicenow.clock())
    seen = interpret.interpret(headers=headers, body=body)
    assert [each.remote_id for each in seen] == [incident]
    assert b"Looking" not in body


def test_the_world_becomes_a_catalog_with_hosts_and_relations(servicenow_world):
    entries, cursor = {}, ""
    while True:
        page = receiver.catalog(servicenow_world, cursor=cursor)
        entries |= {each.id: each for each in page.entries}
        cursor = page.cursor
        if not cursor:
            break

    gateway = next(each for each in entries.values() if each.name == "Finance API Gateway")
    change = next(each for each in entries.values() if each.name == "CHG0030187")
    assert gateway.kind is EntryKind.CONFIGURATION_ITEM
    assert "finance-dash.example.com" in gateway.hosts
    related = {entries[each].kind for each in gateway.related if each in entries}
    assert EntryKind.ASSIGNMENT_GROUP in related
    assert gateway.id in change.related
    assert change.ends_at is not None
    assert {each.kind for each in entries.values()} == {
        EntryKind.CONFIGURATION_ITEM,
        EntryKind.BUSINESS_SERVICE,
        EntryKind.ASSIGNMENT_GROUP,
        EntryKind.CHANGE,
    }


def test_a_caller_is_found_by_address_whatever_its_case(servicenow_world):
    anybody = Search(
        table="sys_user", query="emailISNOTEMPTY", fields=("sys_id", "email"), holds=lambda _: True, limit=1
    )
    known = table.rows(servicenow_world, anybody)[0]

    found = receiver.people(servicenow_world, emails=(known["email"].upper(),))

    assert found == {known["email"].upper(): known["sys_id"]}
