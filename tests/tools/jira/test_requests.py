"""An issue of a service project is a request of a type, so that its customers find it; named in words."""

import pytest

from escalation.practice.jira import vocabulary
from escalation.tools.jira import receiver, site
from escalation.transport.errors import Refused
from tests.builders import scene
from tests.tools.jira.test_calls import KEY
from tests.tools.jira.test_translate import given

SUPPORT = {"project": "SUP", "issuetype": "Incident"}
FIELD = vocabulary.REQUEST_TYPE


@pytest.fixture
def door(jira_door):
    return jira_door


def created(door, name):
    defaults = {**SUPPORT, "requesttype": name}
    draft = receiver.translate(scene(), given(defaults=defaults, key=KEY, links={}, entries={})).draft
    shown = next(each for each in draft.fields if each.name == "requesttype")
    assert (shown.label, shown.shown) == ("Request type", name)
    return receiver.create(door, payload=draft.payload(), key=KEY)


def held(door, proof):
    path = site.issue_path(proof.remote.remote_id)
    return site.get(door, path, fields=FIELD)["fields"].get(FIELD)


def test_an_issue_is_a_request_of_the_type_that_the_rules_name(door):
    proof = created(door, "report a system problem")

    assert held(door, proof)["requestType"] == {"id": "25", "name": "Report a system problem"}
    assert not {"requesttype", FIELD} & set(proof.ignored)
    assert receiver.find(door, key=KEY) == (proof.remote,)


def test_a_type_that_the_desk_has_not_is_said_before_anything_is_made(door):
    with pytest.raises(
        Refused, match="SUP has no request type “Order”; it offers Report a system problem, Ask"
    ):
        created(door, "Order")
    assert receiver.find(door, key=KEY) == ()


def test_a_screen_without_the_field_loses_the_type_and_not_the_issue(door, monkeypatch):
    bare = tuple(each for each in vocabulary.screen_of("service_desk", "10012") if each != FIELD)
    monkeypatch.setattr(vocabulary, "screen_of", lambda *_: bare)

    proof = created(door, "Ask a question")

    assert "requesttype" in proof.ignored
    assert held(door, proof) is None


def test_a_project_that_is_no_service_desk_refuses_a_type_of_request(door):
    draft = receiver.translate(scene(), given(defaults={"requesttype": "Ask a question"}, key=KEY)).draft

    with pytest.raises(Refused):
        receiver.create(door, payload=draft.payload(), key=KEY)
    assert receiver.find(door, key=KEY) == ()
