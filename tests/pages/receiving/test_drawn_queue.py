"""The queue's lines are drawn without templates: what is in them stays text, and says what it is."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from escalation.web.drawn_queue import QueueLine, rows, waited
from escalation.web.lists import HandoffLine
from tests import builders

NOW = builders.NOW
LINE = HandoffLine(
    id=UUID(int=7),
    summary="Dashboard does not load",
    ask="Find what changed",
    status="delivered",
    status_title="Delivered",
    source_number="#35436",
    remote_number="INC0012345",
    receiver="Infrastructure",
    sender="Service Desk",
    author="Lena Okafor",
    last="",
    last_at=None,
    due_at=NOW + timedelta(hours=2),
    overdue=False,
    confirmed_at=NOW - timedelta(minutes=5),
    saved_at=NOW,
    impact="high",
    reachable=True,
    reach="until 17:00",
)


def drawn(**changes) -> str:
    return rows([QueueLine(line=replace(LINE, **changes), waits="us")], now=NOW)


def test_a_line_says_what_a_receiver_asks_of_it():
    with timezone.override("UTC"):
        html = drawn()

    assert '<tr id="waits-00000000-0000-0000-0000-000000000007">' in html
    assert ">Find what changed</a>" in html
    assert "INC0012345 · #35436 · Service Desk, Lena Okafor · Dashboard does not load" in html
    assert 'data-says="Impact">High<' in html
    assert 'class="tight reach-now" data-says="User">until 17:00<' in html
    assert f"{LINE.due_at:%a %H:%M}</td>" in html


@pytest.mark.parametrize(
    "field", ["summary", "ask", "status_title", "remote_number", "sender", "author", "reach"]
)
def test_no_text_of_a_line_becomes_markup(field):
    html = drawn(**{field: "<script>'\"&"})

    assert "<script>" not in html
    assert "&lt;script&gt;&#x27;&quot;&amp;" in html


def test_without_an_ask_the_summary_is_said_once_and_a_long_one_is_cut():
    html = drawn(ask="", summary="x" * 200)

    assert html.count("x" * 139) == 1
    assert f"{'x' * 139}…</a>" in html


def test_what_is_missing_is_a_dash_and_what_is_late_says_so():
    assert drawn(impact="", due_at=None).count(">–<") == 2
    assert ", overdue</td>" in drawn(overdue=True)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(5, "now"), (60, "1 min"), (7_199, "119 min"), (7_200, "2 h"), (172_799, "47 h"), (172_800, "2 d")],
)
def test_waiting_is_said_in_its_largest_unit(seconds, said):
    assert waited(NOW - timedelta(seconds=seconds), now=NOW) == said


def test_what_was_never_sent_does_not_wait():
    assert waited(None, now=NOW) == ""
