"""A draft is saved revision by revision; nothing is overwritten and no evidence is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from escalation.capture import draft as drafts
from escalation.capture.draft import Edit, TooMuch
from escalation.capture.paste import paste
from escalation.capture.reroute import reroute
from escalation.capture.take_files import Upload, take_files
from escalation.capture.window import Stale
from escalation.knowledge.state import Availability, Business, Fact, Moment
from escalation.lifecycle.table import NotAllowedNow
from escalation.models import Handoff, Template
from tests import builders
from tests.builders import NOW, scene

pytestmark = pytest.mark.django_db


def save(handoff: Handoff, state, by: User, *, revision: int = 0, **values) -> Handoff:
    edit = Edit(state=state, revision=revision, **values)
    return drafts.save(handoff=handoff, edit=edit, by=by, now=NOW + timedelta(seconds=5))


def test_a_save_is_there_when_the_draft_is_opened_again(draft: Handoff, agent: User):
    save(
        draft, replace(scene(), summary="It is worse now"), agent, answers={"impact": "1"}, active_seconds=40
    )

    again = Handoff.objects.get(pk=draft.pk)
    assert drafts.state_of(again).summary == again.summary == "It is worse now"
    assert (again.revision, again.answers, again.active_seconds) == (1, {"impact": "1"}, 40)


def test_a_save_from_an_older_revision_is_refused_and_writes_nothing(draft: Handoff, agent: User):
    save(draft, replace(scene(), summary="first window"), agent)

    with pytest.raises(Stale) as refused:
        save(draft, replace(scene(), summary="second window"), agent, revision=0)

    assert refused.value.theirs == 1
    assert Handoff.objects.get(pk=draft.pk).summary == "first window"


def test_a_save_upon_what_was_just_read_is_one_statement(
    draft: Handoff, agent: User, django_assert_num_queries
):
    first = save(draft, scene(), agent)

    with django_assert_num_queries(1):
        save(first, replace(scene(), summary="It is worse now"), agent, revision=1, extras={"cost": "4711"})

    again = Handoff.objects.get(pk=draft.pk)
    assert (again.summary, again.revision, again.extras) == ("It is worse now", 2, {"cost": "4711"})


def test_a_draft_sent_since_it_was_read_is_not_written(draft: Handoff, agent: User):
    read = save(draft, scene(), agent)
    Handoff.objects.filter(pk=draft.pk).update(status="queued", confirmed_at=NOW)

    with pytest.raises(NotAllowedNow):
        save(read, replace(scene(), summary="too late"), agent, revision=1)

    assert Handoff.objects.get(pk=draft.pk).summary == scene().summary


def test_what_was_changed_since_the_draft_was_read_stays(draft: Handoff, agent: User):
    read = save(draft, scene(), agent, extras={"cost": "4711"})
    newer = Template.objects.create(route=draft.route, version=99, published_at=NOW)
    Handoff.objects.filter(pk=draft.pk).update(template=newer, extras={"site": "Berlin"})

    save(read, replace(scene(), summary="later"), agent, revision=1, extras={"cost": "1"})

    again = Handoff.objects.get(pk=draft.pk)
    assert (again.summary, again.template) == ("later", newer)
    assert again.extras == {"site": "Berlin", "cost": "1"}


def test_evidence_stays_with_its_item_although_a_form_carries_none(draft: Handoff, agent: User):
    state = scene()
    bare = replace(state, diagnostics=tuple(replace(each, evidence=()) for each in state.diagnostics))

    saved = save(draft, bare, agent)

    assert drafts.state_of(saved).diagnostics[0].evidence == state.diagnostics[0].evidence


def test_words_are_kept_and_what_they_mean_stands_beside_them(draft: Handoff, agent: User):
    typed = replace(
        scene(),
        availability=(Availability(id="new", words="8–5 Eastern, prefers Slack"),),
        business=(Business(id="b", affected="Finance", deadline=Moment(words="tomorrow noon")),),
    )

    state = drafts.state_of(save(draft, typed, agent))

    available = state.availability[0]
    assert available.words == "8–5 Eastern, prefers Slack"
    assert available.windows[0].zone == "America/New_York"
    assert available.channel == "slack"
    deadline = state.business[0].deadline
    assert deadline is not None
    assert deadline.at is not None
    assert deadline.at > NOW


def test_another_person_cannot_change_it(draft: Handoff, stranger: User):
    with pytest.raises(NotAllowedNow):
        save(draft, scene(), stranger)


def test_what_was_sent_no_longer_changes(delivered: Handoff, agent: User):
    with pytest.raises(NotAllowedNow):
        save(delivered, scene(), agent)


def test_more_lines_than_anybody_reads_are_refused_in_words(draft: Handoff, agent: User):
    many = tuple(Fact(id=f"f{number}", statement="x") for number in range(501))

    with pytest.raises(TooMuch, match="at most 500 lines"):
        save(draft, replace(scene(), facts=many), agent)


def test_a_discarded_draft_can_be_taken_up_again(draft: Handoff, agent: User):
    drafts.discard(handoff=draft, by=agent, now=NOW)
    assert not Handoff.objects.drafts_of(agent).exists()

    drafts.restore(handoff=draft, by=agent, now=NOW)
    assert Handoff.objects.drafts_of(agent).get() == draft


WINDOW, OTHER = "0123456789abcdef", "fedcba9876543210"


def test_a_window_whose_answer_was_lost_goes_on_from_its_own_save(draft: Handoff, agent: User):
    save(draft, replace(scene(), summary="It fai"), agent, request=f"{WINDOW}.1")

    save(draft, replace(scene(), summary="It fails again"), agent, revision=0, request=f"{WINDOW}.2")

    again = Handoff.objects.get(pk=draft.pk)
    assert (again.summary, again.revision) == ("It fails again", 2)


@pytest.mark.parametrize("number", [1, 2])
def test_a_request_that_comes_late_or_twice_changes_nothing(draft: Handoff, agent: User, number: int):
    save(draft, replace(scene(), summary="newer"), agent, request=f"{WINDOW}.2")

    late = save(draft, replace(scene(), summary="older"), agent, request=f"{WINDOW}.{number}")

    assert (late.summary, late.revision) == ("newer", 1)
    assert Handoff.objects.get(pk=draft.pk).summary == "newer"


@pytest.mark.parametrize("request_after", [f"{OTHER}.9", "", "made up", f"{WINDOW}.", f"{WINDOW}.9 "])
def test_nobody_else_goes_on_from_a_save_that_they_have_not_seen(
    draft: Handoff, agent: User, request_after: str
):
    save(draft, replace(scene(), summary="first"), agent, request=f"{WINDOW}.1")

    with pytest.raises(Stale):
        save(draft, replace(scene(), summary="second"), agent, revision=0, request=request_after)


def test_a_window_does_not_go_over_what_was_handed_over_since(draft: Handoff, agent: User):
    saved = save(draft, scene(), agent, request=f"{WINDOW}.1")
    saved.revision += 1  # as an answer that a colleague gave does, see reception.consult
    saved.save(update_fields=["revision"])

    with pytest.raises(Stale):
        save(draft, scene(), agent, revision=0, request=f"{WINDOW}.2")


REFUSED = b"08:00:01 api ERROR 502 upstream refused\n"


def test_a_save_does_not_go_over_what_a_file_has_suggested_since(draft: Handoff, agent: User):
    opened = save(draft, scene(), agent)  # two windows show this revision
    take_files(handoff=opened, uploads=(Upload(name="api.log", body=REFUSED),), item="", by=agent, now=NOW)

    with pytest.raises(Stale):
        save(opened, replace(scene(), summary="typed meanwhile"), agent, revision=1)

    found = drafts.state_of(Handoff.objects.get(pk=draft.pk)).diagnostics
    assert any("upstream refused" in each.observation for each in found)


def test_not_even_the_window_that_pasted_goes_over_what_the_paste_suggested(draft: Handoff, agent: User):
    edit = Edit(state=scene(), revision=0, request=f"{WINDOW}.1")
    pasted = paste(
        handoff=draft, edit=edit, text="I restarted the mail service but it did not help.", by=agent, now=NOW
    )
    assert pasted.count

    with pytest.raises(Stale):
        save(draft, scene(), agent, revision=0, request=f"{WINDOW}.2")


def test_a_save_made_for_one_receiver_is_not_taken_for_the_next(draft: Handoff, agent: User):
    opened = save(draft, scene(), agent, answers={"assignment_group": "g-17"})
    other = builders.route(name="elsewhere", source=draft.route.source, target=builders.connection("jira"))
    reroute(handoff=opened, route=other, by=agent)

    with pytest.raises(Stale):
        save(opened, scene(), agent, revision=1, answers={"assignment_group": "g-17"})

    assert Handoff.objects.get(pk=draft.pk).answers == {}
