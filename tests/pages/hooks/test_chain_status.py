"""A status goes to the tier before and to the ticket, as each route's rules name it: once, and not round."""

from typing import Any

import pytest

from escalation.inbound.poll import poll_all
from escalation.lifecycle.words import Status
from escalation.models import Delivery, Entry, Handoff
from escalation.reception.resolve import resolve
from escalation.reception.start import start
from escalation.reception.verdict import Found
from tests import builders
from tests.pages.hooks.chain import Company, Hops

pytestmark = pytest.mark.django_db

ROUTES: tuple[dict[str, Any], dict[str, Any]] = (
    {
        "later": {"waiting": "On Hold; hold_reason = Awaiting Vendor", "resolved": "In Progress"},
        "source": {"waiting": "On-hold", "working": "Open"},
    },
    {"record": {"working": "In Progress", "resolved": "Done; Resolution = Fixed"}},
)


@pytest.fixture
def statuses() -> tuple[dict[str, Any], dict[str, Any]]:
    return ROUTES


def engineer_moves(company: Company, hops: Hops, status: str, **fields: Any) -> None:
    """Somebody at engineering, whom Jira shows under the one name it has."""
    company.clock.forward(60)
    path = f"/rest/api/3/issue/{hops.second.remote_id}/transitions"
    ways = company.ask(hops.engineering, "GET", path)["transitions"]
    number = next(each["id"] for each in ways if each["to"]["name"] == status)
    company.ask(hops.engineering, "POST", path, {"transition": {"id": number}, "fields": fields})


def incident(company: Company, hops: Hops) -> tuple[str, str]:
    path = f"/api/now/v2/table/incident/{hops.first.remote_id}?sysparm_display_value=true"
    shown = company.ask(hops.operations, "GET", path)["result"]
    return shown["state"], shown["hold_reason"]


def ticket_statuses(company: Company, hops: Hops) -> list[str]:
    """Every status that the ticket was changed to, in order."""
    path = f"/api/v2/tickets/{hops.first.source_reference}/audits.json"
    audits = company.ask(hops.desk, "GET", path)["audits"]
    events = (event for audit in audits for event in audit["events"])
    return [
        each["value"] for each in events if each["type"] == "Change" and each.get("field_name") == "status"
    ]


def set_for(handoff: Handoff) -> list[str]:
    rows = handoff.deliveries.filter(kind=Delivery.Kind.STATUS).order_by("position")
    assert {each.status for each in rows} <= {"done"}, [each.reason for each in rows]
    return [each.receipt.kept["status"] for each in rows]


def news(company: Company, way: str) -> None:
    if way == "switched off":
        for each in company.tools.values():
            assert each.outgoing.wait_until_idle()
        company.posts.clear()
        for _ in range(3):
            poll_all(now=company.clock())
            company.deliver()
            company.posts.clear()
        return
    company.hand_over(times=3 if way == "three times" else 1, backwards=way == "backwards")
    poll_all(now=company.clock())
    company.hand_over()


@pytest.mark.parametrize("way", ["once", "three times", "backwards", "switched off"])
def test_a_status_goes_back_hop_by_hop_and_comes_to_rest(company: Company, hops: Hops, way: str) -> None:
    engineer_moves(company, hops, "Blocked")
    news(company, way)

    assert incident(company, hops) == ("On Hold", "Awaiting Vendor")
    assert ticket_statuses(company, hops)[-1] == "hold"
    hops.first.refresh_from_db()
    assert hops.first.status == Status.WAITING

    engineer_moves(company, hops, "Done", resolution={"name": "Fixed"})
    news(company, way)

    assert incident(company, hops)[0] == "In Progress"
    assert ticket_statuses(company, hops)[-2:] == ["hold", "open"]
    hops.first.refresh_from_db()
    hops.second.refresh_from_db()
    assert (hops.first.status, hops.second.status) == (Status.DIAGNOSING, Status.RESOLVED)
    assert set_for(hops.first) == ["On Hold", "On-hold", "In Progress", "Open"]
    assert set_for(hops.second) == []
    told = hops.first.entries.filter(kind=Entry.Kind.STATUS_SENT).count()
    assert told == 4


def test_what_a_receiver_says_here_is_so_in_its_own_record(company: Company, hops: Hops) -> None:
    mei = builders.person("mei", team=hops.second.route.receiver)
    start(handoff=hops.second, by=mei, now=company.clock())
    company.hand_over()
    issue = f"/rest/api/3/issue/{hops.second.remote_id}?fields=status,resolution"
    assert company.ask(hops.engineering, "GET", issue)["fields"]["status"]["name"] == "In Progress"

    fixed = Found(cause="A header was dropped.", fix="Rolled back.")
    resolve(handoff=hops.second, by=mei, now=company.clock(), found=fixed)
    company.hand_over()

    fields = company.ask(hops.engineering, "GET", issue)["fields"]
    assert (fields["status"]["name"], fields["resolution"]["name"]) == ("Done", "Fixed")
    assert incident(company, hops)[0] == "In Progress"
    assert set_for(hops.second) == ["In Progress", "Done"]
    ends = hops.second.entries.filter(kind=Entry.Kind.RESOLVED)
    assert ends.count() == 1


@pytest.mark.parametrize("statuses", [({}, {"record": {"resolved": "In Progress"}})])
def test_a_status_that_only_repeats_what_was_decided_here_decides_nothing(
    company: Company, hops: Hops
) -> None:
    mei = builders.person("mei", team=hops.second.route.receiver)
    fixed = Found(cause="A header was dropped.", fix="Rolled back.")
    resolve(handoff=hops.second, by=mei, now=company.clock(), found=fixed)
    company.hand_over()
    poll_all(now=company.clock())

    hops.second.refresh_from_db()
    assert set_for(hops.second) == ["In Progress"]
    assert hops.second.status == Status.RESOLVED
    assert not hops.second.entries.filter(kind=Entry.Kind.REOPENED).exists()


def test_what_the_rules_do_not_name_is_not_set(company: Company, hops: Hops) -> None:
    engineer_moves(company, hops, "Done", resolution={"name": "Won't Do"})
    company.hand_over()

    assert incident(company, hops)[0] == "New"
    assert set_for(hops.first) == []
