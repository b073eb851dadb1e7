"""What a service desk takes is raised as a request of a type, once, and found again whatever was lost."""

import pytest

from escalation.practice import credentials
from escalation.practice.jira import vocabulary
from escalation.practice.jira.app import account_id
from escalation.tools.jira import past, raising, receiver, rights, schema, site
from escalation.tools.jira.vocabulary import PROPERTY, Flavour
from escalation.transport.credentials import Bearer
from escalation.transport.errors import Ambiguous, Refused
from tests.builders import scene
from tests.tools.jira.test_calls import KEY, site_with
from tests.tools.jira.test_translate import given

SUPPORT = {"project": "SUP"}
FIELD = vocabulary.REQUEST_TYPE
LABEL = f"baton-{KEY}"
RAISED = "/rest/servicedeskapi/request"


@pytest.fixture
def door(jira_door):
    return jira_door


def drafted(name, **more):
    wanted = given(defaults={**SUPPORT, "requesttype": name}, key=KEY, links={}, entries={}, **more)
    return receiver.translate(scene(), wanted)


def payload(name="Report a system problem", **more):
    return drafted(name, **more).draft.payload()


def held(door, proof_or_remote, *names):
    remote = getattr(proof_or_remote, "remote", proof_or_remote)
    wanted = ",".join((FIELD, *names))
    return site.get(door, site.issue_path(remote.remote_id), fields=wanted, properties=PROPERTY)


def test_the_draft_shows_the_type_and_the_reference_and_leaves_the_issue_type_to_the_desk():
    shown = {each.name: (each.label, each.shown) for each in drafted("Ask a question").draft.fields}

    assert shown["requesttype"] == ("Request type", "Ask a question")
    assert shown["reference"] == ("Reference", LABEL)
    assert "issuetype" not in shown


def test_a_request_of_the_type_that_the_rules_name_is_raised_in_the_desk(door):
    proof = receiver.create(door, payload=payload("report a system problem"), key=KEY)

    issue = held(door, proof, "issuetype", "labels", "priority")
    assert issue["fields"][FIELD]["requestType"] == {"id": "25", "name": "Report a system problem"}
    assert issue["fields"]["issuetype"]["name"] == "Incident"
    assert set(issue["fields"]["labels"]) == {"baton", LABEL}
    # The form has no priority: it is set afterwards, with the property that says it is ours.
    assert issue["fields"]["priority"]["name"] == "Highest"
    assert issue["properties"][PROPERTY] == {"id": KEY}
    # What neither the form nor an agent's screen has is named, and nothing else is.
    assert proof.ignored == ("environment",)
    assert receiver.find(door, key=KEY) == (proof.remote,)


def test_a_request_is_raised_for_the_requester_where_jira_knows_them(door):
    person = next(iter(receiver.people(door, emails=(credentials.JIRA_EMAIL,)).values()))
    source = scene().source
    said = payload(people={source.requester_email: person})

    proof = receiver.create(door, payload=said, key=KEY)

    assert held(door, proof, "reporter")["fields"]["reporter"]["accountId"] == person
    assert "reporter" not in proof.ignored


def test_a_requester_who_is_no_customer_of_the_desk_costs_the_name_and_not_the_request(door):
    said = payload(people={scene().source.requester_email: account_id("nobody")})

    proof = receiver.create(door, payload=said, key=KEY)

    assert "reporter" in proof.ignored
    assert receiver.find(door, key=KEY) == (proof.remote,)


def test_whoever_it_is_raised_for_can_read_it_and_the_preview_says_so():
    told = [
        each.what
        for each in drafted("Ask a question", people={scene().source.requester_email: "712020:1"}).losses
    ]

    assert any("can read it on the portal" in each for each in told)


@pytest.mark.parametrize("name", ["Report a system problem", "Ask a question"])
def test_after_a_lost_answer_the_request_is_found_by_its_key_and_finished_once(jira, door, name):
    jira.fault(method="POST", path=RAISED, lose_answer=True)
    with pytest.raises(Ambiguous):
        receiver.create(door, payload=payload(name), key=KEY)

    (there,) = receiver.find(door, key=KEY)
    assert PROPERTY not in held(door, there)["properties"]
    for _ in range(2):
        raising.finish(door, remote=there, payload=payload(name), key=KEY)

    issue = held(door, there, "labels", "priority")
    assert set(issue["fields"]["labels"]) == {"baton", LABEL}
    assert issue["fields"]["priority"]["name"] == "Highest"
    assert issue["properties"][PROPERTY] == {"id": KEY}
    assert receiver.find(door, key=KEY) == (there,)


@pytest.mark.parametrize("fault", [{"status": 400}, {"status": 403}, {"status": 429}, {"lose_answer": True}])
def test_a_request_whose_labels_were_not_taken_is_looked_for_and_not_raised_again(jira, door, fault):
    jira.fault(method="PUT", path="/rest/api/3/issue/*", **fault)

    with pytest.raises(Ambiguous):
        receiver.create(door, payload=payload(), key=KEY)
    jira.tool.faults.clear()

    (there,) = receiver.find(door, key=KEY)
    raising.finish(door, remote=there, payload=payload(), key=KEY)
    assert set(held(door, there, "labels")["fields"]["labels"]) == {"baton", LABEL}


def test_finishing_an_issue_or_a_finished_request_asks_jira_to_change_nothing(jira, door):
    proof = receiver.create(door, payload=payload(), key=KEY)
    jira.fault(method="PUT", status=500)

    assert raising.finish(door, remote=proof.remote, payload=payload(), key=KEY).remote == proof.remote
    plain = {"summary": "An issue"}
    assert raising.finish(door, remote=proof.remote, payload=plain, key=KEY).remote == proof.remote


def test_a_form_by_which_nothing_could_be_found_again_is_said_before_anything_is_raised(door, monkeypatch):
    monkeypatch.setitem(vocabulary.REQUEST_FORMS, "25", ("10012", ("summary",)))

    with pytest.raises(Refused, match="neither Description nor Labels"):
        receiver.create(door, payload=payload(), key=KEY)
    assert receiver.find(door, key=KEY) == ()


def test_a_type_that_the_desk_has_not_is_said_before_anything_is_made(door):
    with pytest.raises(
        Refused, match="SUP has no request type “Order”; it offers Report a system problem, Ask"
    ):
        receiver.create(door, payload=payload("Order"), key=KEY)
    assert receiver.find(door, key=KEY) == ()


def test_a_project_that_is_no_service_desk_refuses_a_type_of_request(door):
    said = {**payload(), "project": {"key": "PLAT"}}

    with pytest.raises(Refused, match="PLAT is no service desk"):
        receiver.create(door, payload=said, key=KEY)
    assert receiver.find(door, key=KEY) == ()


def test_what_the_form_demands_is_asked_for_and_an_agents_fields_are_not(door, monkeypatch):
    rules = {**SUPPORT, "requesttype": "Report a system problem"}
    form = ("summary", "description", "duedate")
    monkeypatch.setitem(vocabulary.REQUEST_FORMS, "25", ("10012", form))

    offered = {each.name: each for each in schema.fields(door, defaults=rules)}

    assert offered["summary"].required
    assert {"duedate", "priority", "labels"} <= offered.keys()
    assert not offered["priority"].required


def test_a_data_center_makes_an_issue_of_it_and_names_the_type_as_not_taken(jira):
    defaults = {**SUPPORT, "issuetype": "Incident", "requesttype": "Ask a question", "flavour": "data-center"}
    token = Bearer(token=credentials.JIRA_PERSONAL_TOKEN)
    door = jira.opened(token, flavour=Flavour.DATA_CENTER, project="SUP")
    wanted = given(defaults=defaults, key=KEY, links={}, entries={})

    proof = receiver.create(door, payload=receiver.translate(scene(), wanted).draft.payload(), key=KEY)

    assert "requesttype" in proof.ignored
    assert receiver.find(door, key=KEY) == (proof.remote,)


def test_the_right_to_label_a_request_is_asked_for_where_the_rules_raise_one(jira, door):
    jira.tool.store.put("withheld", "SUP/EDIT_ISSUES", {})

    (lack,) = rights.missing(door, defaults={**SUPPORT, "requesttype": "Ask a question"})

    assert "label the request" in lack.what
    assert rights.missing(door, defaults=SUPPORT) == ()


def test_past_is_read_of_a_desk_too(jira, door):
    desk = site_with(door, {**door.settings, "project": "SUP"})

    page = past.past(desk, cursor="", since=jira.clock().replace(year=2025), now=jira.clock())

    assert all(each.number.startswith("SUP-") for each in page.records)
