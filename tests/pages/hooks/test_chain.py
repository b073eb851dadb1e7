"""Zendesk → ServiceNow → Jira with the real connectors: what engineering says reaches both tiers, once."""

from typing import Any

import pytest

from escalation.inbound.poll import poll_all
from escalation.lifecycle.words import Status
from escalation.models import CatalogRow, Entry, Lesson
from tests.pages.hooks.chain import FOUND, Company, Hops

pytestmark = pytest.mark.django_db

SAID = "The gateway drops Origin since 2.4.1; the rollback is running."


def engineer_comments(company: Company, hops: Hops, text: str) -> None:
    company.clock.forward(30)
    document = {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}],
    }
    path = f"/rest/api/3/issue/{hops.second.remote_id}/comment"
    company.ask(hops.engineering, "POST", path, {"body": document})


def work_notes(company: Company, hops: Hops) -> str:
    path = f"/api/now/v2/table/incident/{hops.first.remote_id}"
    shown = company.ask(hops.operations, "GET", f"{path}?sysparm_display_value=true")["result"]
    assert SAID not in shown["comments"]
    return str(shown["work_notes"])


def ticket_notes(company: Company, hops: Hops) -> list[dict[str, Any]]:
    path = f"/api/v2/tickets/{hops.first.source_reference}/comments.json"
    found: list[dict[str, Any]] = company.ask(hops.desk, "GET", path)["comments"]
    return found


def assert_told_once(company: Company, hops: Hops) -> None:
    assert work_notes(company, hops).count(SAID) == 1
    told = [each for each in ticket_notes(company, hops) if SAID in each["body"]]
    assert [each["public"] for each in told] == [False]
    for handoff in (hops.first, hops.second):
        notes = handoff.entries.filter(kind=Entry.Kind.NOTE).exclude(text=FOUND)
        assert [each.text for each in notes] == [SAID]


def test_the_issue_names_the_component_and_the_version_of_last_weekend(company: Company, hops: Hops) -> None:
    issue = company.ask(hops.engineering, "GET", f"/rest/api/3/issue/{hops.second.remote_id}")["fields"]

    assert [each["name"] for each in issue["components"]] == ["API Gateway"]
    assert [each["name"] for each in issue["versions"]] == ["2.4.1"]
    assert not hops.second.entries.filter(kind=Entry.Kind.FIELD_IGNORED).exists()
    lesson = Lesson.objects.get(connection=hops.engineering)
    learned = CatalogRow.objects.filter(remote_id__in=lesson.remote_ids)
    assert [each.name for each in learned] == ["API Gateway"]


@pytest.mark.parametrize("webhooks", ["once", "three times", "backwards", "switched off"])
def test_what_engineering_says_reaches_operations_and_the_desk_once(
    company: Company, hops: Hops, webhooks: str
) -> None:
    # Somebody at engineering, not Baton, writes: the practice tool has one account, told apart by its words.
    engineer_comments(company, hops, SAID)
    if webhooks == "switched off":
        for each in company.tools.values():
            assert each.outgoing.wait_until_idle()
        company.posts.clear()
    else:
        company.hand_over(times=3 if webhooks == "three times" else 1, backwards=webhooks == "backwards")
    for _ in range(3):
        poll_all(now=company.clock())
        company.hand_over(times=2)

    assert_told_once(company, hops)


def test_an_issue_that_ends_without_a_fix_is_not_told_as_fixed(company: Company, hops: Hops) -> None:
    path = f"/rest/api/3/issue/{hops.second.remote_id}/transitions"
    known = company.ask(hops.engineering, "GET", path)["transitions"]
    number = next(each["id"] for each in known if each["to"]["statusCategory"]["key"] == "done")
    company.clock.forward(30)
    body = {"transition": {"id": number}, "fields": {"resolution": {"name": "Won't Do"}}}
    company.ask(hops.engineering, "POST", path, body)

    company.hand_over()

    hops.second.refresh_from_db()
    hops.first.refresh_from_db()
    assert hops.second.status == Status.BOUNCED
    assert hops.first.status == Status.DELIVERED
    assert "it ended without a fix" in work_notes(company, hops)
    assert any("it ended without a fix" in each["body"] for each in ticket_notes(company, hops))
