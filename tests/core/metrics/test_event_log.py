"""The figures of an incident event log, on a small log of our own and on the public one."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from escalation.metrics.event_log import NotALog, figures, incidents, ping_pong
from tests.recorded import ROOT

LOG = ROOT / "fixtures/metrics/incident_event_log.csv"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_only_incidents_that_were_closed_and_resolved_after_opening_count():
    assert [each.number for each in incidents(rows(LOG))] == ["INC1", "INC2", "INC3"]


def test_blanks_between_two_stays_with_one_group_are_no_change_of_hands():
    _, second, _ = incidents(rows(LOG))

    assert second.groups == ("Desk", "Network", "Desk")
    assert second.ping_pong


def test_the_figures_of_the_small_log():
    found = figures(incidents(rows(LOG)))

    assert found.reassigned == pytest.approx(2 / 3)
    assert found.ping_pong == pytest.approx(1 / 3)
    assert [(each.reassignments, each.median_hours, each.made_sla) for each in found.classes] == [
        (0, 2.0, 1.0),
        (2, 48.0, 0.0),
        (6, 240.0, 0.0),
    ]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [("ABA", True), ("AABBA", True), ("ABCA", False), ("ABC", False), ("AB", False), ("CABAC", True)],
)
def test_ping_pong_is_going_back_to_who_has_just_given_it_away(groups, expected):
    assert ping_pong(groups) is expected


def test_a_log_without_a_needed_column_is_refused_by_its_name():
    with pytest.raises(NotALog, match="assignment_group"):
        incidents([{name: value for name, value in rows(LOG)[0].items() if name != "assignment_group"}])


def test_a_log_in_which_nothing_was_closed_has_no_figures():
    with pytest.raises(NotALog, match="no incident"):
        figures(incidents(rows(LOG)[:1]))


def test_the_public_log_gives_its_published_figures(shared):
    found = figures(incidents(rows(shared / "eval" / "incident_event_log.csv")))

    hours = {each.reassignments: round(each.median_hours, 1) for each in found.classes}
    assert found.incidents == 861
    assert round(found.reassigned * 100, 1) == 45.4
    assert round(found.ping_pong * 100, 1) == 9.8
    assert (hours[0], hours[6]) == (44.6, 379.0)


def test_the_command_prints_the_figures():
    said = StringIO()

    call_command("metrics", "--event-log", str(LOG), stdout=said)

    assert "reassigned at least once       66.7%" in said.getvalue()
    assert "6+" in said.getvalue()


def test_the_command_says_that_a_file_is_no_log(tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")

    with pytest.raises(CommandError, match="no incident event log"):
        call_command("metrics", "--event-log", str(other))
