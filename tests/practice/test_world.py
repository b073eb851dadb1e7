"""The practice world is one story, told as of today, and each ticket has its place in the catalog."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from escalation.practice import credentials
from escalation.practice.world import stories
from escalation.practice.world.catalog import groups, table
from escalation.practice.world.into_servicenow import item_id
from escalation.practice.world.people import PEOPLE
from escalation.practice.world.times import anchored, moment, story_now, told

from .conftest import Site

TICKETS = "/api/v2/tickets"
TABLES = "/api/now/v2/table"


@pytest.fixture
def world(start):
    login = (f"{credentials.ZENDESK_AGENT_EMAIL}/token", credentials.ZENDESK_API_TOKEN)
    return Site(start("zendesk", with_world=True), "https://practice.zendesk.example", login)


@pytest.fixture
def catalog(start):
    login = (credentials.SERVICENOW_USER, credentials.SERVICENOW_PASSWORD)
    return Site(start("servicenow", with_world=True), "https://practice.service-now.example", login)


def rows(catalog, name, **parameters):
    return catalog("GET", f"{TABLES}/{name}", params=parameters).json()["result"]


def conversation(world, ticket_id):
    return world("GET", f"{TICKETS}/{ticket_id}/comments?include=users").json()


def test_there_are_enough_tickets_in_several_languages_with_nulls_where_real(world):
    tickets = world("GET", TICKETS).json()["tickets"]
    users = {user["id"]: user for user in world("GET", "/api/v2/users").json()["users"]}

    assert len(tickets) >= 18
    spoken = {users[one["requester_id"]]["locale"][:2] for one in tickets}
    assert {"en", "de", "fr", "es", "ja"} <= spoken
    assert {None} < {one["priority"] for one in tickets}
    assert None in {one["assignee_id"] for one in tickets}
    assert sum(len(story.said) >= 2 for story in stories.stories()) >= 18


def test_the_scene_is_told_on_the_first_ticket_and_its_code_only_in_slack(world):
    said = [comment["plain_body"] for comment in conversation(world, 35436)["comments"]]
    whole = "\n".join(said)
    thread = next(one for one in stories.threads() if one.key == "finance")

    for words in (
        "finance dashboard",
        "Month-end close starts tomorrow",
        "08:00-17:00 Eastern",
        "account: active",
        "Chrome 131, supported",
        "other web apps",
        "cleared cache and cookies, tried a private window: no change",
        "blocked by CORS policy",
        "https://finance-dash.example.com/api",
        "last weekend's infrastructure change did it",
    ):
        assert words in whole, words
    assert "FDX-4031" in thread.lines[0].text
    assert "FDX-4031" not in whole
    assert re.search(r"https://halden\.slack\.com/archives/C04FINOPS1/p\d{16}", whole)


def test_the_priya_of_the_scene_has_a_zone(world):
    users = conversation(world, 35436)["users"]

    priya = next(user for user in users if user["name"] == "Priya Raman")
    assert priya["iana_time_zone"] == "America/New_York"
    assert priya["time_zone"] == "Eastern Time (US & Canada)"


def test_the_change_of_the_scene_touched_the_gateway_on_saturday_night(catalog):
    query = "ci_item.fqdn=finance-dash.example.com^ORDERBYDESCtask.work_start"
    fields = "task.number,task.work_start,task.ref_change_request.start_date,ci_item.name"

    newest = rows(catalog, "task_ci", sysparm_query=query, sysparm_fields=fields)[0]

    assert newest == {
        "task.number": "CHG0030187",
        "task.work_start": "2026-11-14 22:10:00",
        "task.ref_change_request.start_date": "2026-11-14 22:10:00",
        "ci_item.name": "Finance API Gateway",
    }


def test_the_catalog_is_whole(catalog):
    items = rows(catalog, "cmdb_ci", sysparm_fields="sys_id,name,support_group.name")
    linked = rows(catalog, "task_ci", sysparm_fields="task.number,ci_item.name")
    relations = rows(catalog, "cmdb_rel_ci", sysparm_fields="parent.name,child.name")

    assert len(items) >= 120
    assert len(rows(catalog, "sys_user_group")) >= 14
    assert len(rows(catalog, "change_request")) >= 25
    assert all(one["task.number"] and one["ci_item.name"] for one in linked)
    assert all(one["parent.name"] and one["child.name"] for one in relations)
    offerings = {name for name, _ in table("offerings")}
    assert all(one["support_group.name"] for one in items if one["name"] not in offerings)
    assert item_id("Finance API Gateway") in {one["sys_id"] for one in items}


def test_callers_are_found_in_the_catalog_by_their_address(world, catalog):
    for user in world("GET", "/api/v2/users?per_page=100").json()["users"]:
        if user["role"] == "end-user":
            found = rows(catalog, "sys_user", sysparm_query=f"email={user['email']}")
            assert [one["name"] for one in found] == [user["name"]]


def test_nothing_in_the_world_lies_in_the_future_or_keeps_a_placeholder(world):
    for ticket in world("GET", TICKETS).json()["tickets"]:
        found = conversation(world, ticket["id"])["comments"]
        stamps = [comment["created_at"] for comment in found]
        assert stamps == sorted(stamps), ticket["id"]
        assert stamps[-1] <= "2026-11-18T15:00:10Z"
        assert not any("{{" in comment["body"] + comment["html_body"] for comment in found)


def test_every_person_of_a_story_exists():
    named = {said.by for story in stories.stories() for said in story.said}
    named |= {line.by for thread in stories.threads() for line in thread.lines}
    named |= {member for group in groups().values() for member in (*group.members, group.manager)}

    assert named <= set(PEOPLE)


def test_at_least_five_tickets_have_a_thread_in_slack():
    linked = [story for story in stories.stories() if any("{{thread:" in said.text for said in story.said)]

    assert len(linked) >= 5


@pytest.mark.parametrize(
    ("now", "told_at"),
    [
        ("2026-11-18T15:00:00", "2026-11-18T15:00:00"),
        ("2026-11-20T23:30:00", "2026-11-20T23:30:00"),
        ("2026-11-21T10:00:00", "2026-11-20T16:00:00"),
        ("2026-11-22T10:00:00", "2026-11-20T16:00:00"),
        ("2026-11-23T09:00:00", "2026-11-20T16:00:00"),
        ("2026-11-23T12:00:00", "2026-11-23T12:00:00"),
    ],
)
def test_the_story_is_told_on_a_working_day(now, told_at):
    assert story_now(datetime.fromisoformat(now).replace(tzinfo=UTC)).isoformat() == f"{told_at}+00:00"


def test_last_weekend_is_the_weekend_before_whichever_day_it_is_told():
    for day in range(365):
        now = story_now(datetime(2026, 1, 1, 13, tzinfo=UTC) + timedelta(days=day))
        saturday = moment("sat 22:10", now=now)
        assert saturday.weekday() == 5
        assert timedelta(days=1) < now - saturday < timedelta(days=7)
        assert moment("sat-1 22:10", now=now) == saturday - timedelta(days=7)
        assert moment("-1d 09:00", now=now).weekday() < 5


def test_a_text_writes_its_moments_out_and_an_unreadable_one_is_refused():
    now = datetime(2026, 11, 18, 15, tzinfo=UTC)

    assert told("at {{sat 22:10|%d %b %H:%M}}", now=now) == "at 14 Nov 22:10"
    with pytest.raises(ValueError, match="not a moment"):
        moment("yesterday", now=now)


def test_all_tools_of_a_folder_share_the_moment_the_first_wrote_down(tmp_path):
    first = anchored(tmp_path, datetime(2026, 11, 18, 15, tzinfo=UTC))

    assert anchored(tmp_path, datetime(2026, 11, 19, 9, tzinfo=UTC)) == first
    assert [path.name for path in tmp_path.iterdir()] == ["anchor"]
