"""A form saves and shows its card while the receiver's names are still being read in."""

from collections.abc import Iterator
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from escalation.catalog import index
from escalation.models import Handoff

LONG = 10.0


@pytest.fixture
def read_in(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """A catalog that is read in when the event is set."""
    settings.LINKS_PATIENCE_S = 0
    may_end = Event()

    def build(_connection_id: UUID, version: int) -> index.Indexed:
        assert may_end.wait(LONG)
        return index.Indexed.of((), version=version)

    monkeypatch.setattr(index, "_build", build)
    yield may_end
    may_end.set()


def test_a_draft_is_saved_and_the_page_says_what_is_missing(page: Client, draft: Handoff, read_in: Event):
    shown = page.get(reverse("edit", args=[draft.pk])).content.decode()

    assert "data-reading-in" in shown
    assert "are being read in" in shown
    assert "what it calls these things is not found yet" in shown


def test_the_page_stops_saying_so_when_they_are(page: Client, draft: Handoff, read_in: Event, settings: Any):
    page.get(reverse("edit", args=[draft.pk]))
    read_in.set()
    settings.LINKS_PATIENCE_S = LONG

    assert "read in" not in page.get(reverse("edit", args=[draft.pk])).content.decode()
