"""Our calls against the practice Jira, as Cloud and as Data Center."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escalation.linking.entries import EntryKind
from escalation.practice import credentials
from escalation.practice.adapter import PracticeAdapter
from escalation.practice.jira import vocabulary
from escalation.tools.jira import adf, interpret, links, mirror, receiver, rights, site, upkeep
from escalation.tools.updates import RemoteState, UpdateKind
from escalation.translation.rules import Rules
from escalation.transport.credentials import Bearer
from escalation.transport.errors import NotFound, Refused, Unauthorised
from escalation.transport.opening import open_door
from tests.builders import scene
from tests.tools.jira.test_translate import given

KEY = "3f2b8c527f5e4b369c2e1a2b3c4d5e6f"
NEEDED = {"customfield_10041": '{"value": "Production"}'}
FLAVOURS = ("cloud", "data-center")


@pytest.fixture
def data_center(jira):
    door = open_door(
        base_url="https://jira.acme.example",
        credentials=Bearer(token=credentials.JIRA_PERSONAL_TOKEN),
        settings={"project": "PLAT", "flavour": "data-center"},
        our_user="Baton",
    )
    door.session.mount("https://", PracticeAdapter(jira.tool.application))
    return door


@pytest.fixture(params=FLAVOURS)
def door(request, jira_door, data_center):
    return {"cloud": jira_door, "data-center": data_center}[request.param]


def payload(door, **changes):
    defaults = {**NEEDED, "flavour": str(site.flavour_of(door))}
    draft = receiver.translate(scene(), given(defaults=defaults, key=KEY, links={}, entries={})).draft
    return {**draft.payload(), **changes}


@pytest.fixture
def issue(door):
    return receiver.create(door, payload=payload(door), key=KEY).remote.remote_id


def ask(door, method, path, **body):
    """What somebody at the receiver does."""
    return door.session.ask(method, site.address(door, path), body=body or None).json


def comment(door, issue, text):
    body = adf.plain_document(text) if site.flavour_of(door) == "cloud" else text
    return ask(door, "POST", f"/issue/{issue}/comment", body=body)["id"]


def transition(door, issue, status, **fields):
    known = ask(door, "GET", f"/issue/{issue}/transitions")["transitions"]
    number = next(each["id"] for each in known if each["to"]["name"] == status)
    ask(door, "POST", f"/issue/{issue}/transitions", transition={"id": number}, fields=fields)


def states(door, issue):
    return [each for each in mirror.read(door, remote_id=issue) if each.kind is UpdateKind.STATE]


def test_a_created_issue_holds_what_was_confirmed_and_is_found_by_its_key(door):
    proof = receiver.create(door, payload=payload(door), key=KEY)

    assert proof.ignored == ()
    assert proof.remote.number.startswith("PLAT-")
    assert proof.remote.url == f"{door.base_url}/browse/{proof.remote.number}"
    assert receiver.find(door, key=KEY) == (proof.remote,)


def test_the_links_of_the_draft_are_made_beside_the_issue_and_found_again(door, issue):
    (wanted,) = links.links_of(payload(door))
    assert links.find_link(door, remote_id=issue, link=wanted) == ""

    links.add_link(door, remote_id=issue, link=wanted)
    moved = replace(wanted, url="https://acme.zendesk.com/agent/tickets/1", onward=True)
    links.add_link(door, remote_id=issue, link=moved)

    (link,) = ask(door, "GET", f"/issue/{issue}/remotelink")
    assert (link["globalId"], link["relationship"]) == (f"baton={KEY}:source", "escalated to")
    assert link["object"]["title"] == "Zendesk #4711"
    assert links.find_link(door, remote_id=issue, link=moved) == str(link["id"])
    assert links.find_link(door, remote_id=issue, link=wanted) == ""


def test_an_issue_of_the_connections_project_needs_no_project_in_the_rules(door):
    sent = payload(door)
    del sent["project"]

    assert receiver.create(door, payload=sent, key=KEY).remote.number.startswith("PLAT-")


def test_what_the_screen_lacks_is_left_out_and_named(door):
    identity = {"name": "nobody"} if site.flavour_of(door) == "data-center" else {"accountId": "nobody"}
    sent = payload(door, reporter=identity, versions=[{"id": "999999"}])

    proof = receiver.create(door, payload=sent, key=KEY)

    assert set(proof.ignored) == {"reporter", "versions"}


def test_what_an_issue_can_not_do_without_is_refused_in_jiras_words(door):
    sent = payload(door)
    del sent["customfield_10041"]

    with pytest.raises(Refused, match="Found in"):
        receiver.create(door, payload=sent, key=KEY)
    assert receiver.find(door, key=KEY) == ()


def test_a_document_is_not_sent_to_a_data_center(jira_door, data_center):
    with pytest.raises(Refused, match='"flavour" to "data-center"'):
        receiver.create(data_center, payload=payload(jira_door), key=KEY)


def test_a_clone_that_took_our_label_along_is_not_ours(door, issue):
    cloned = {
        "project": {"key": "PLAT"},
        "issuetype": {"name": "Task"},
        "summary": "CLONE",
        "labels": [f"baton-{KEY}"],
    }
    ask(door, "POST", "/issue", fields=cloned)

    assert [each.remote_id for each in receiver.find(door, key=KEY)] == [issue]


def test_a_fresh_issue_may_hide_from_the_search(jira, door):
    jira.fault(search_lag_s=60)
    receiver.create(door, payload=payload(door), key=KEY)

    assert receiver.find(door, key=KEY) == ()
    jira.clock.now += timedelta(seconds=90)
    assert len(receiver.find(door, key=KEY)) == 1


def test_a_dead_token_is_never_taken_for_an_empty_search(jira):
    dead = jira.door(user=credentials.JIRA_EMAIL, password="revoked", project="PLAT")

    for call in (
        lambda: receiver.find(dead, key=KEY),
        lambda: mirror.read(dead, remote_id="10000"),
        lambda: receiver.catalog(dead, cursor=""),
        lambda: mirror.poll(dead, cursor="", now=jira.clock()),
    ):
        with pytest.raises(Unauthorised):
            call()


def test_a_note_is_internal_carries_its_key_and_is_found_by_it(door, issue):
    proof = mirror.note(door, remote_id=issue, text="The user can test\nuntil 17:00.", key="n1", public=False)

    assert mirror.find_note(door, remote_id=issue, key="n1") == proof.note_ids[0]
    assert mirror.find_note(door, remote_id=issue, key="n2") == ""
    kept = ask(door, "GET", f"/issue/{issue}/comment?expand=properties")["comments"][0]
    properties = {each["key"]: each["value"] for each in kept["properties"]}
    assert properties["sd.public.comment"] == {"internal": True}


def test_a_note_comes_back_in_its_own_words(door, issue):
    said = "Line [one] *kept*\n- https://acme.example/a_b?c=1"
    proof = mirror.note(door, remote_id=issue, text=said, key="n1", public=False)

    (note,) = [each for each in mirror.read(door, remote_id=issue) if each.kind is UpdateKind.NOTE]
    assert note.text.split() == said.split()
    assert note.note_id == proof.note_ids[0]
    assert note.author == "Baton"
    assert note.internal


def test_a_comment_on_an_issue_that_is_gone_says_so(door):
    for number in ("99999999", "../myself", "PLAT-1?x=1"):
        with pytest.raises(NotFound):
            mirror.note(door, remote_id=number, text="x", key="n1", public=False)


def test_states_come_by_category_and_a_resolution_that_fixed_nothing_is_not_resolved(door, issue):
    assert [each.state for each in states(door, issue)] == [RemoteState.NEW]
    transition(door, issue, "In Progress")
    assert [(each.state, each.words) for each in states(door, issue)] == [
        (RemoteState.WORKING, "In Progress")
    ]

    transition(door, issue, "Done", resolution={"name": "Won't Do"})

    (ended,) = states(door, issue)
    assert ended.state is RemoteState.CANCELLED
    assert ended.words == "Done (Won't Do)"


def test_a_state_has_the_same_key_until_it_changes_and_another_when_it_comes_back(door, issue):
    transition(door, issue, "In Progress")
    first = states(door, issue)
    assert states(door, issue) == first

    transition(door, issue, "Done", resolution={"name": "Done"})
    (done,) = states(door, issue)
    assert (done.state, done.words) == (RemoteState.RESOLVED, "Done")
    back = ask(door, "GET", f"/issue/{issue}/transitions")["transitions"][0]
    ask(door, "POST", f"/issue/{issue}/transitions", transition={"id": back["id"]})

    (again,) = states(door, issue)
    assert again.key not in {first[0].key, done.key}


def test_a_poll_sees_issues_of_ours_only_and_overlaps(jira, door, issue):
    other = {"project": {"key": "PLAT"}, "issuetype": {"name": "Task"}, "summary": "not ours"}
    ask(door, "POST", "/issue", fields=other)
    comment(door, issue, "Found it")

    first = mirror.poll(door, cursor="", now=jira.clock())
    second = mirror.poll(door, cursor=first.cursor, now=jira.clock())

    assert {each.remote_id for each in first.updates} == {issue}
    assert "Found it" in [each.text for each in first.updates]
    assert {each.key for each in second.updates} == {each.key for each in first.updates}


def test_the_catalog_holds_components_and_versions_with_their_dates(door):
    entries, cursor = {}, ""
    while True:
        page = receiver.catalog(door, cursor=cursor)
        entries |= {each.name: each for each in page.entries}
        cursor = page.cursor
        if not cursor:
            break

    assert entries["API Gateway"].kind is EntryKind.COMPONENT
    assert entries["API Gateway"].id.startswith("PLAT/component/")
    assert entries["2.4.1"].released_at.date().isoformat() == "2026-11-21"
    assert entries["2.5.0"].released_at is None
    assert "2.2.0" not in entries


def test_a_version_is_related_to_the_components_it_names(jira, door):
    row = next(each for each in jira.tool.store.all("version") if each["name"] == "2.4.1")
    said = "API gateway: header policies. Not the order service gateways"
    jira.tool.store.put("version", row["id"], {**row, "description": said})

    components = receiver.catalog(door, cursor="").entries
    versions = {each.name: each for each in receiver.catalog(door, cursor="PLAT/versions").entries}

    names = {each.id: each.name for each in components}
    assert [names[each] for each in versions["2.4.1"].related] == ["API Gateway", "Order Service"]
    assert versions["2.4.0"].related == ()


def test_somebody_is_found_by_address_and_nobody_by_a_part_of_it(door):
    email = credentials.JIRA_EMAIL

    assert list(receiver.people(door, emails=(email.upper(),))) == [email.upper()]
    assert receiver.people(door, emails=(email.split("@")[0], f"{email}.example")) == {}


def test_the_check_names_a_required_field_that_nobody_can_be_asked_for_until_the_rules_fill_it(
    door, monkeypatch
):
    demanded = vocabulary.required("software", vocabulary.BUG) | {"assignee"}
    monkeypatch.setattr(vocabulary, "required", lambda *_: demanded)

    assert [each.what for each in upkeep.check(door)] == [
        "PLAT requires “Assignee” (assignee) of every Bug; Baton has nothing for it."
    ]
    filled = {**door.settings, "filled_by_rules": "assignee"}
    assert upkeep.check(site_with(door, filled)) == ()


@pytest.mark.parametrize("right", ["CREATE_ATTACHMENTS", "TRANSITION_ISSUES", "BROWSE_PROJECTS"])
def test_the_check_names_each_permission_that_was_taken_away(jira, door, right):
    assert upkeep.check(door) == ()
    jira.tool.store.put("withheld", f"PLAT/{right}", {})

    (lack,) = upkeep.check(door)

    assert right.split("_")[0].title() in lack.what
    assert "permission scheme" in lack.fix
    assert rights.missing(door, defaults={"project": "PLAT"}) == (lack,)
    assert rights.missing(door, defaults={"project": "SUP"}) == ()


def test_the_check_names_a_dead_token_a_missing_project_and_an_unknown_one(jira, door):
    dead = jira.door(user=credentials.JIRA_EMAIL, password="revoked", project="PLAT")

    (lack,) = upkeep.check(dead)
    assert "credentials" in lack.what
    (lack,) = upkeep.check(site_with(door, {**door.settings, "project": ""}))
    assert lack.what == "The connection names no project."
    (lack, *_) = upkeep.check(site_with(door, {**door.settings, "project": "GONE"}))
    assert lack.what == "It does not see the project GONE."


def site_with(door, settings):
    return type(door)(session=door.session, base_url=door.base_url, settings=settings, our_user=door.our_user)


def test_jira_calls_us_once_registered_and_what_it_says_is_the_same_as_what_is_read(jira, door, issue):
    url = "https://baton.example/hooks/jira/1/"
    assert upkeep.listen(door, url=url, secret="first") == "first"
    assert upkeep.listen(door, url=url, secret="second") == "second"
    number = comment(door, issue, "Rolled back [eu-1] on stage.")
    jira.settle()

    seen = []
    for _, headers, body in jira.posts:
        interpret.verify(headers=headers, body=body, secret="second", now=jira.clock())
        seen.extend(interpret.interpret(headers=headers, body=body))

    (read,) = [each for each in mirror.read(door, remote_id=issue) if each.kind is UpdateKind.NOTE]
    assert {each.key for each in seen} == {read.key} == {f"note:{number}"}
    assert len(seen) == (1 if site.flavour_of(door) == "cloud" else 2)


def test_a_webhook_from_earlier_that_lacks_an_event_is_named_and_set_anew(jira, door):
    url = "https://baton.example/hooks/jira/1/"
    assert upkeep.unheard(door, url=url) == ()
    upkeep.listen(door, url=url, secret="first")
    assert upkeep.unheard(door, url=url) == ()
    (hook,) = jira.tool.store.all("webhook")
    jira.tool.store.put("webhook", hook["id"], {**hook, "events": hook["events"][:-1]})

    (lack,) = upkeep.unheard(door, url=url)

    assert lack.what == "Jira's webhook does not call Baton for comment_deleted."
    upkeep.listen(door, url=url, secret="second")
    assert upkeep.unheard(door, url=url) == ()
    jira.fault(path="*webhook*", status=403)
    assert upkeep.unheard(door, url=url) == ()


def test_a_priority_of_another_scheme_reaches_the_issue(door):
    rules = Rules(
        defaults={"project": "PLAT", "issuetype": "Task", "flavour": str(site.flavour_of(door))},
        values={"priority": {"high/high": "Low"}},
    )
    draft = receiver.translate(scene(), given(rules=rules, key=KEY, links={}, entries={})).draft

    proof = receiver.create(door, payload=draft.payload(), key=KEY)

    assert proof.kept["priority"]["name"] == "Low"
    assert proof.ignored == ()
