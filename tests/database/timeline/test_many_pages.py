"""Fifty open pages: each gets every line once, also those that broke off and came back together."""

import json
from io import StringIO

import pytest
from django.core.management import call_command


@pytest.mark.django_db(transaction=True)
def test_pages_that_come_back_together_get_each_line_once(database_url, settings):
    settings.DATABASE_URL = database_url
    out = StringIO()

    # What is promised in milliseconds is for `make bench-live`, where nothing else runs.
    call_command(
        "bench_live",
        pages=8,
        held=48,
        windows=0,
        updates=6,
        per_second=20.0,
        lateness_may_be=60_000,
        stdout=out,
    )

    figures = {each["name"]: each for each in map(json.loads, out.getvalue().splitlines())}
    assert figures["live.storm_pages_with_gap_or_repeat.48"]["value"] == 0
    assert figures["live.received_ms_p99.8"]["ratio"] > 0
    assert figures["live.threads.48"]["value"] < 30
