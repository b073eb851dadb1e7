"""Whoever presses while the page still loads sends what the browser has by then; the rest is not lost."""

from dataclasses import replace

import pytest
from django.test import Client

from escalation.capture.draft import state_of
from escalation.models import Handoff
from tests.pages.posting import fields_in, fields_of

pytestmark = pytest.mark.django_db

HALF = "The page was still loading when you pressed"


def cuts(html: str) -> list[int]:
    """Every place where a field of the form ends, and one in the middle of each."""
    start, end = html.index('id="sheet"'), html.index('name="whole"')
    ends = [at for at in range(start, end) if html[at] == ">"]
    return ends[40::9]


def stored(handoff: Handoff):
    handoff.refresh_from_db()
    return state_of(handoff)


def test_a_press_on_a_half_loaded_page_takes_nothing_away(page: Client, draft: Handoff):
    before = stored(draft)
    html = page.get(f"/handoffs/{draft.pk}/edit").content.decode()
    assert len(cuts(html)) > 50

    for cut in cuts(html):
        draft.refresh_from_db()
        fields = fields_in(html[:cut]) | {"revision": str(draft.revision), "do": "review"}
        answer = page.post(f"/handoffs/{draft.pk}/edit", fields)

        assert answer.status_code == 302
        assert not answer["Location"].endswith("/review")
        assert replace(stored(draft), summary=before.summary) == before
        assert stored(draft).summary == before.summary


def test_what_had_arrived_is_saved_and_the_person_is_told(page: Client, draft: Handoff):
    whole = fields_of(page, draft)
    half = {key: value for key, value in whole.items() if not key.startswith(("availability", "whole"))}

    answer = page.post(
        f"/handoffs/{draft.pk}/edit", half | {"ask": "Say what changed", "do": "review"}, follow=True
    )

    assert HALF in answer.content.decode()
    assert stored(draft).ask == "Say what changed"


def test_answers_that_had_not_arrived_stay(page: Client, draft: Handoff):
    Handoff.objects.filter(pk=draft.pk).update(answers={"assignment_group": ""})
    half = {key: value for key, value in fields_of(page, draft).items() if key != "whole"}
    half = {key: value for key, value in half.items() if not key.startswith(("answer-", "availability"))}

    page.post(f"/handoffs/{draft.pk}/edit", half | {"do": "save"})

    draft.refresh_from_db()
    assert draft.answers == {"assignment_group": ""}


def test_the_whole_page_goes_on_to_the_review(page: Client, draft: Handoff):
    answer = page.post(f"/handoffs/{draft.pk}/edit", fields_of(page, draft) | {"do": "review"})

    assert answer["Location"].endswith("/review")
