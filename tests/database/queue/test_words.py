"""PostgreSQL keeps the words of what is confirmed, whoever writes it."""

import pytest
from django.contrib.postgres.search import SearchQuery

from escalation.models import Entry, Handoff, SearchText
from tests import builders

pytestmark = pytest.mark.django_db


def found(words: str) -> list:
    query = SearchQuery(words, config="simple", search_type="raw")
    return list(SearchText.objects.filter(words=query).values_list("handoff_id", flat=True))


def test_a_draft_has_no_words_and_a_confirmed_handoff_has_all_of_them(draft):
    before = found("cors")
    draft.status, draft.confirmed_at = "queued", builders.NOW
    draft.save()

    assert before == []
    assert found("cors & priya & dash:*") == [draft.pk]


def test_numbers_and_later_notes_are_found_too(delivered):
    Entry.objects.create(
        handoff=delivered,
        sequence=1,
        kind="note",
        text="Rolled the gateway policy back",
        happened_at=builders.NOW,
        recorded_at=builders.NOW,
    )

    assert found("inc001:* & rolled") == [delivered.pk]


def test_a_changed_number_keeps_what_was_written_since(delivered):
    Entry.objects.create(
        handoff=delivered,
        sequence=1,
        kind="note",
        text="Rolled the gateway policy back",
        happened_at=builders.NOW,
        recorded_at=builders.NOW,
    )
    Handoff.objects.filter(pk=delivered.pk).update(remote_number="INC777")

    assert found("inc777 & rolled") == [delivered.pk]
    assert found("inc0012345") == []


def test_a_very_long_text_never_keeps_a_handoff_from_being_confirmed(draft):
    draft.state["summary"] = " ".join(f"word{number}" for number in range(200_000))
    draft.status, draft.confirmed_at = "queued", builders.NOW
    draft.save()

    assert found("word17") == [draft.pk]
