"""Does the measurement of the preview write a world of the size it says, and hold its promise against it?"""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from escalation.models import CatalogRow, Handoff, Lesson

pytestmark = pytest.mark.django_db


def test_the_preview_is_measured_on_the_forms_own_save() -> None:
    printed = StringIO()
    call_command("bench_preview", entries=300, lessons=20, saves=3, p95_may_be=60_000.0, stdout=printed)
    figures = {each["name"]: each for each in map(json.loads, printed.getvalue().splitlines())}
    assert figures["preview.server_p95"]["holds"] is True
    assert figures["preview.server_p50"]["value"] <= figures["preview.server_p95"]["value"]
    assert figures["preview.lines"]["value"] >= 10
    assert (CatalogRow.objects.count(), Lesson.objects.count()) == (300, 20)
    assert "word2x2" in json.dumps(Handoff.objects.get().state)


def test_a_broken_promise_ends_the_command_with_its_name() -> None:
    with pytest.raises(CommandError, match=r"preview\.server_p95"):
        call_command("bench_preview", entries=50, lessons=0, saves=2, p95_may_be=0.001, stdout=StringIO())
