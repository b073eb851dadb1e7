"""What was reviewed is what is owed, byte for byte, or nothing is sent."""

import json
from dataclasses import replace

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from escalation.capture.answering import named_answers
from escalation.capture.files import NewFile, keep_file
from escalation.capture.holds import Held
from escalation.capture.preview import preview
from escalation.capture.submit import Changed, submit
from escalation.knowledge.codec import from_json, to_json
from escalation.knowledge.state import KnowledgeState
from escalation.knowledge.words import Origin
from escalation.lifecycle.table import NotAllowedNow
from escalation.models import CatalogRow, Delivery, Handoff, Lesson, Snapshot
from escalation.timeline.read import lines
from escalation.translation.draft import Translation
from escalation.upkeep.publish import publish_rules
from tests.builders import NOW, scene

pytestmark = pytest.mark.django_db


def send(handoff: Handoff, by: User, *, reason: str = "") -> Handoff:
    reviewed = preview(handoff=handoff).draft.fingerprint()
    return submit(handoff=handoff, fingerprint=reviewed, by=by, now=NOW, reason=reason)


def test_the_bytes_that_were_previewed_are_the_bytes_that_are_owed(draft: Handoff, agent: User):
    seen = preview(handoff=draft).draft

    handoff = submit(handoff=draft, fingerprint=seen.fingerprint(), by=agent, now=NOW)

    owed = Delivery.objects.get(handoff=handoff)
    assert bytes(owed.body) == seen.body()
    assert owed.fingerprint == seen.fingerprint()
    assert owed.key in json.loads(owed.body)["correlation_id"].replace("-", "")
    assert handoff.status == "queued"
    assert [line.kind for line in lines(handoff=handoff)] == ["confirmed"]


def test_sending_reads_and_writes_nothing_twice(draft: Handoff, agent: User):
    seen = preview(handoff=draft).draft.fingerprint()

    with CaptureQueriesContext(connection) as asked:
        submit(handoff=draft, fingerprint=seen, by=agent, now=NOW)

    statements = [each["sql"] for each in asked]
    for once in ('FROM "escalation_ruleset"', 'FROM "escalation_attachment"', 'UPDATE "escalation_handoff"'):
        assert sum(once in each for each in statements) == 1, once
    assert not any("remote_id = ANY" in each and "retired_at" in each for each in statements)  # linked before
    assert len(statements) <= 13


def test_a_file_is_named_in_the_record_and_owed_behind_it(draft: Handoff, agent: User):
    file = NewFile(name="console.har", content_type="application/json", body=b"{}", stripped="cookies")
    keep_file(handoff=draft, file=file, by=agent, now=NOW)

    handoff = send(draft, agent)

    record, attached = Delivery.objects.filter(handoff=handoff, kind__in=["create", "file"]).order_by(
        "position"
    )
    assert "console.har (2 bytes; cookies)" in json.loads(record.body)["description"]
    assert json.loads(attached.body)["name"] == "console.har"
    assert Snapshot.objects.get(handoff=handoff).state["files"][0]["name"] == "console.har"


def test_looking_twice_gives_the_same_bytes(draft: Handoff):
    assert preview(handoff=draft) == preview(handoff=draft)


def test_rules_published_afterwards_change_nothing_that_was_confirmed(draft: Handoff, agent: User):
    handoff = send(draft, agent)
    before = bytes(Delivery.objects.get(handoff=handoff).body)

    publish_rules(route=handoff.route, body={"default_impact": "low"}, note="", by=agent, now=NOW)

    assert bytes(Delivery.objects.get(handoff=handoff).body) == before
    assert Snapshot.objects.get(handoff=handoff).rule_set.version == 1


def test_a_record_that_changed_since_the_review_is_not_sent(draft: Handoff, agent: User):
    reviewed = preview(handoff=draft).draft.fingerprint()
    draft.state = to_json(replace(scene(), summary="Something else"))
    draft.save()

    with pytest.raises(Changed):
        submit(handoff=draft, fingerprint=reviewed, by=agent, now=NOW)

    assert not Delivery.objects.exists()
    assert Handoff.objects.get(pk=draft.pk).status == "draft"


def test_sending_twice_sends_once(draft: Handoff, agent: User):
    reviewed = preview(handoff=draft).draft.fingerprint()
    submit(handoff=draft, fingerprint=reviewed, by=agent, now=NOW)

    with pytest.raises(NotAllowedNow):
        submit(handoff=draft, fingerprint=reviewed, by=agent, now=NOW)

    assert Delivery.objects.count() == 1


def test_a_suggestion_that_nobody_accepted_does_not_leave(draft: Handoff, agent: User):
    state = scene()
    found = replace(state.facts[0], statement="The moon is made of cheese", origin=Origin.FOUND)
    draft.state = to_json(replace(state, facts=(found, *state.facts[1:])))
    draft.save()

    handoff = send(draft, agent)

    assert b"cheese" not in bytes(Delivery.objects.get(handoff=handoff).body)
    assert "cheese" not in json.dumps(handoff.snapshot.state)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (replace(scene(), summary=" "), "Say in one line what is wrong"),
        (replace(scene(), ask=""), "Say what you need back"),
        (KnowledgeState(summary="Broken", ask="Mend it"), "Add at least one line"),
    ],
)
def test_what_the_receiver_cannot_do_without_is_asked_for(
    draft: Handoff, agent: User, state: KnowledgeState, words: str
):
    draft.state = to_json(state)
    draft.save()

    with pytest.raises(Held, match=words):
        send(draft, agent)


@pytest.mark.parametrize(
    ("state", "past"),
    [
        (replace(scene(), summary=" "), ["no summary"]),
        (replace(scene(), summary="", ask=""), ["no summary", "no ask"]),
        (KnowledgeState(summary="Broken", ask="Mend it"), ["no line"]),
    ],
)
def test_a_reason_sends_it_without_and_is_kept(
    draft: Handoff, agent: User, state: KnowledgeState, past: list[str]
):
    draft.state = to_json(state)
    draft.save()

    handoff = send(draft, agent, reason="The shop is on fire")

    line = handoff.entries.get(kind="confirmed")
    assert (line.details["override"], line.details["past"]) == ("The shop is on fire", past)
    assert line.text == f"All the same ({', '.join(past)}), because: The shop is on fire"
    assert handoff.summary  # lists can name it


def test_a_stranger_cannot_send_it(draft: Handoff, stranger: User):
    with pytest.raises(NotAllowedNow):
        send(draft, stranger)


def test_what_is_as_good_as_named_is_learned(draft: Handoff, agent: User, gateway: CatalogRow):
    handoff = send(draft, agent)

    assert Lesson.objects.get(reference=str(handoff.pk)).remote_ids == [gateway.remote_id]


def test_what_a_person_chose_is_learned(draft: Handoff, agent: User, gateway: CatalogRow):
    other = CatalogRow.objects.create(
        connection=draft.route.target,
        remote_id="d" * 32,
        kind="configuration_item",
        name="Ledger",
        synced_at=NOW,
    )
    draft.answers = {"cmdb_ci": other.remote_id}
    draft.save()

    handoff = send(draft, agent)

    assert Lesson.objects.get(reference=str(handoff.pk)).remote_ids == [other.remote_id]


def test_what_a_person_chose_and_the_tool_retired_meanwhile_is_asked_anew(
    draft: Handoff, gateway: CatalogRow
):
    old = CatalogRow.objects.create(
        connection=draft.route.target, remote_id="d" * 32, kind="configuration_item", name="Ledger",
        synced_at=NOW,
    )  # fmt: skip
    draft.answers = {"cmdb_ci": old.remote_id}
    draft.save()
    chosen = preview(handoff=draft)
    old.retired_at = NOW
    old.save()

    again = preview(handoff=draft)

    assert _filed(chosen) == old.remote_id
    assert _filed(again) == gateway.remote_id
    assert [each.what for each in again.losses if "Ledger" in each.what] == [
        "“Ledger”, which was chosen here, is retired in ServiceNow meanwhile and not filled in. Choose again."
    ]
    assert named_answers(draft) == ({}, {})


def _filed(translation: Translation) -> object:
    return next((each.value for each in translation.draft.fields if each.name == "cmdb_ci"), None)


def test_the_snapshot_reads_back_as_what_was_stated(draft: Handoff, agent: User):
    handoff = send(draft, agent)

    state = from_json(handoff.snapshot.state)
    assert replace(state, investigation_url="") == scene()


def test_the_record_leads_back_to_the_whole_investigation(draft: Handoff, agent: User):
    handoff = send(draft, agent)

    address = f"{settings.PUBLIC_URL}/handoffs/{handoff.pk}"
    assert from_json(handoff.snapshot.state).investigation_url == address
    assert address in json.loads(Delivery.objects.get(handoff=handoff).body)["description"]
