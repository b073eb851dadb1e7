"""What a project demands is known before anything is sent: asked on the form, found on the route."""

import json

import pytest
from django.contrib.auth.models import User

from escalation.capture.holds import Held
from escalation.capture.preview import advice, preview
from escalation.capture.submit import submit
from escalation.dispatch.deliver import deliver
from escalation.models import Delivery, Drift, Handoff, Lane, Route
from escalation.practice.jira import vocabulary
from escalation.upkeep.drift import check_drift
from escalation.upkeep.publish import publish_rules, publish_template
from tests import builders
from tests.builders import NOW
from tests.database import real
from tests.database.real import Site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("celery")]
FOUND_IN = vocabulary.FOUND_IN


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    return real.open_site(monkeypatch, name="jira", with_world=True)


@pytest.fixture
def route(site: Site) -> Route:
    return real.into_jira()


@pytest.fixture
def author(route: Route) -> User:
    return builders.person("lena", team=route.sender)


@pytest.fixture
def draft(route: Route, author: User) -> Handoff:
    assert look(route) == ""
    return builders.handoff(route=route, author=author)


def look(route: Route) -> str:
    return check_drift(connection=route.target, now=NOW)


def found(route: Route) -> list[tuple[str, str]]:
    return list(Drift.objects.filter(route=route, over_at=None).values_list("kind", "field"))


def rules(route: Route, **defaults: str) -> None:
    publish_rules(route=route, body={"defaults": defaults}, note="", by=None, now=NOW)


def send(handoff: Handoff) -> Handoff:
    handoff = Handoff.objects.get(pk=handoff.pk)
    reviewed = preview(handoff=handoff).draft.fingerprint()
    return submit(handoff=handoff, fingerprint=reviewed, by=handoff.author, now=NOW)


def said(handoff: Handoff, **extras: str) -> None:
    Handoff.objects.filter(pk=handoff.pk).update(extras=extras)


def test_a_field_that_the_project_demands_stops_the_draft_and_not_the_record(
    draft: Handoff, route: Route, site: Site
) -> None:
    assert found(route) == [("field_required", FOUND_IN)]
    assert [each.message for each in advice(handoff=fresh(draft)) if each.code == "extra_field"] == [
        "Found in: Acme jira takes no record without it."
    ]
    with pytest.raises(Held, match="Found in: Acme jira takes no record without it"):
        send(draft)

    said(draft, **{FOUND_IN: "Staging"})
    handoff = send(draft)

    owed = Delivery.objects.get(handoff=handoff, kind=Delivery.Kind.CREATE)
    assert json.loads(bytes(owed.body))[FOUND_IN] == {"id": "10102"}
    deliver(delivery=owed.pk, clock=site.clock)
    handoff.refresh_from_db()
    assert handoff.remote_number.startswith("PLAT-")


def fresh(handoff: Handoff) -> Handoff:
    return Handoff.objects.select_related("route__target", "route__receiver").get(pk=handoff.pk)


def test_the_record_shows_what_was_chosen_in_words(draft: Handoff) -> None:
    said(draft, **{FOUND_IN: "Test"})

    (field,) = [each for each in preview(handoff=fresh(draft)).draft.fields if each.name == FOUND_IN]

    assert (field.label, field.shown, field.because) == ("Found in", "Test", "typed for this receiver")


def test_what_the_rules_fill_is_neither_asked_for_nor_a_finding(draft: Handoff, route: Route) -> None:
    rules(route, **{FOUND_IN: '{"value": "Production"}'})
    look(route)

    assert found(route) == []
    assert send(draft).status == "queued"


def test_the_urgent_lane_asks_for_it_too_for_without_it_nothing_arrives(draft: Handoff) -> None:
    Handoff.objects.filter(pk=draft.pk).update(lane=Lane.URGENT)

    with pytest.raises(Held, match="Found in"):
        send(draft)


def test_a_template_may_word_the_question_itself(draft: Handoff, route: Route) -> None:
    field = {"name": FOUND_IN, "label": "Where", "kind": "choice", "choices": ["Production", "Test"]}
    publish_template(route=route, body={"fields": [field]}, note="", by=None, now=NOW)

    with pytest.raises(Held, match="Where: Acme jira takes no record without it"):
        send(draft)
    said(draft, **{FOUND_IN: "Test"})
    body = json.loads(bytes(Delivery.objects.get(handoff=send(draft), kind="create").body))
    assert body[FOUND_IN] == {"id": "10103"}


def test_what_is_filled_sometimes_is_a_question_where_it_came_out_empty(
    route: Route, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    demanded = vocabulary.required("software", vocabulary.BUG) | {"components"}
    monkeypatch.setattr(vocabulary, "required", lambda *_: demanded)
    look(route)
    draft = builders.handoff(route=route, author=author)

    draft = fresh(draft)

    (question,) = preview(handoff=draft).questions

    assert question.prompt == "PLAT takes no issue without Components. Which?"
    draft.answers = {"components": question.choices[0].value}
    translation = preview(handoff=draft)
    assert translation.questions == ()
    assert translation.draft.payload()["components"] == [{"id": question.choices[0].value.split("/")[-1]}]


def test_the_project_is_that_of_the_routes_own_rules(route: Route, site: Site) -> None:
    rules(route, project="SUP", issuetype="Incident")
    look(route)

    gone = {name for kind, name in found(route) if kind == "field_gone"}
    assert gone >= {"versions", "components"}
    assert ("field_required", FOUND_IN) not in found(route)


def test_a_permission_that_was_taken_away_is_a_finding_until_it_is_back(route: Route, site: Site) -> None:
    site.practice.store.put("withheld", "PLAT/CREATE_ATTACHMENTS", {})
    look(route)

    finding = Drift.objects.get(route=route, kind=Drift.Kind.RIGHT_MISSING)
    assert "“Create Attachments” in PLAT" in finding.what
    site.practice.store.remove("withheld", "PLAT/CREATE_ATTACHMENTS")
    look(route)
    finding.refresh_from_db()
    assert finding.over_at == NOW


def test_a_project_that_is_gone_is_one_finding_and_the_others_stand(route: Route) -> None:
    look(route)
    rules(route, project="GONE")
    look(route)

    assert sorted(found(route)) == [("field_required", FOUND_IN), ("right_missing", "")]
    what = Drift.objects.get(route=route, kind=Drift.Kind.RIGHT_MISSING).what
    assert what == "It does not see the project GONE."
