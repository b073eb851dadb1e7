"""An owner connects a tenant step by step, in the tool's words, and changes it without its secrets."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from escalation.models import Connection, Entry, Handoff, Inbox, Membership, RemoteUpdate, Route, TeamChannel
from escalation.tools import registry
from escalation.tools.contract import Place
from escalation.tools.health import Lack
from escalation.tools.servicenow import upkeep
from escalation.tools.slack import chat
from escalation.transport.errors import Unauthorised
from escalation.upkeep.lag import lag
from escalation.upkeep.trial import PATIENCE, Outcome, owe_trial, trial_of
from tests import builders
from tests.pages.posting import fields_in

SERVICENOW = {
    "name": "Halden ServiceNow",
    "base_url": "https://halden.service-now.com/",
    "our_user": "baton.integration",
    "way": "basic",
    "basic-user": "baton.integration",
    "basic-password": "sesame-open",
}


@pytest.fixture
def page(browser_of, desk_to_ops: Route) -> Client:
    return browser_of(builders.person("kenji", team=desk_to_ops.sender, role=Membership.Role.OWNER))


@pytest.fixture(autouse=True)
def healthy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "check", lambda door: ())


def add(page: Client, **changes: str) -> Any:
    said = SERVICENOW | {key.replace("__", "-"): value for key, value in changes.items()}
    return page.post("/connections/new/servicenow", said, follow=True)


def test_every_tool_that_can_be_connected_is_offered_with_what_baton_does_there(page: Client) -> None:
    html = page.get("/connections/new").content.decode()

    offered = [each for each in registry.TOOLS.values() if each.setup]
    assert {each.kind for each in offered} == {"zendesk", "servicenow", "jira", "slack"}
    for each in offered:
        assert f"/connections/new/{each.kind}" in html
        assert each.setup
        assert each.setup.plays in html


@pytest.mark.parametrize("tool", ["zendesk", "servicenow", "jira", "slack"])
def test_the_steps_lead_to_the_tenants_own_pages(page: Client, tool: str) -> None:
    setup = registry.TOOLS[tool].setup
    assert setup
    html = page.get(f"/connections/new/{tool}", {"address": setup.address}).content.decode()

    assert "{address}" not in html
    for way in setup.ways:
        assert way.label in html
        for ask in way.asks:
            assert f'name="{way.name}-{ask.name}"' in html


@pytest.mark.parametrize(
    "said", ["javascript:alert(1)", "https://a:b@acme.example", "ftp://acme.example", "//", "http://[::1"]
)
def test_what_is_no_address_is_asked_for_again(page: Client, said: str) -> None:
    answer = page.get("/connections/new/servicenow", {"address": said})

    assert answer.status_code == 422
    assert "That is no address of a tenant." in answer.content.decode()


def test_a_kept_tenant_is_tested_at_once_and_its_page_says_what_comes_next(page: Client) -> None:
    html = add(page).content.decode()

    row = Connection.objects.get(name="Halden ServiceNow")
    assert row.base_url == "https://halden.service-now.com"
    assert row.credentials == {
        "scheme": "basic",
        "way": "basic",
        "user": "baton.integration",
        "password": "sesame-open",
    }
    assert row.tested_at is not None
    assert "lacks nothing of what reading shows; writing has not been tried." in html
    assert "x_baton.secret" in html


def test_each_missing_right_stays_on_the_page_with_what_mends_it(page: Client, monkeypatch) -> None:
    lack = Lack(what="It cannot read cmdb_ci.", fix="Give it a role that does.")
    monkeypatch.setattr(upkeep, "check", lambda door: (lack,))
    add(page)

    row = Connection.objects.get(name="Halden ServiceNow")
    html = page.get(f"/connections/{row.pk}").content.decode()
    assert lack.what in html
    assert lack.fix in html


def test_a_tenant_that_lets_nobody_in_is_kept_and_says_why(page: Client, monkeypatch) -> None:
    def refuses(_door: object) -> tuple[Lack, ...]:
        raise Unauthorised("Its password is wrong.")

    monkeypatch.setattr(upkeep, "check", refuses)

    html = add(page).content.decode()

    assert "cannot be used: Its password is wrong." in html
    assert Connection.objects.filter(name="Halden ServiceNow").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"basic__password": ""}, "Still missing."),
        ({"name": "Acme servicenow"}, "There is a connection of that name already."),
        ({"base_url": "http://halden.example"}, "Over http only in your own network"),
        ({"proxy": "http://me:pw@proxy.example:3128"}, "OUTBOUND_PROXY"),
        ({"trusted": "no certificate"}, "field-error"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_kept(page: Client, changes, words) -> None:
    answer = add(page, **changes)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Connection.objects.filter(base_url__contains="halden").exists()
    assert "sesame-open" not in answer.content.decode()


def test_a_change_without_a_secret_keeps_the_one_that_is_stored(page: Client) -> None:
    add(page)
    row = Connection.objects.get(name="Halden ServiceNow")
    address = f"/connections/{row.pk}/change"
    html = page.get(address).content.decode()
    assert "sesame-open" not in html

    fields = SERVICENOW | {"basic-password": "", "name": "Halden"}
    assert page.post(address, fields).status_code == 302

    row.refresh_from_db()
    assert (row.name, row.credentials["password"]) == ("Halden", "sesame-open")


def test_another_way_to_log_in_takes_nothing_over_from_the_old_one(page: Client) -> None:
    add(page)
    row = Connection.objects.get(name="Halden ServiceNow")

    fields = SERVICENOW | {"way": "client", "client-client_id": "baton", "basic-password": ""}
    assert page.post(f"/connections/{row.pk}/change", fields).status_code == 422
    page.post(f"/connections/{row.pk}/change", fields | {"client-client_secret": "new-one"})

    row.refresh_from_db()
    assert row.credentials["scheme"] == "client_credentials"
    assert row.credentials["token_url"] == "https://halden.service-now.com/oauth_token.do"
    assert "password" not in row.credentials


def test_a_secret_that_the_tool_draws_is_entered_and_never_shown(page: Client) -> None:
    row = builders.connection("slack", base_url="https://halden.slack.com")
    address = f"/connections/{row.pk}"

    html = page.post(f"{address}/enter", {"secret": "signing-secret-of-slack"}, follow=True).content.decode()

    row.refresh_from_db()
    assert row.webhook_secret == "signing-secret-of-slack"
    assert "signing-secret-of-slack" not in html
    page.post(f"{address}/enter", {"secret": " "})
    row.refresh_from_db()
    assert row.webhook_secret == "signing-secret-of-slack"


def test_an_owner_chooses_the_channel_of_a_team_and_takes_it_back(page: Client, monkeypatch) -> None:
    row = builders.connection("slack", base_url="https://halden.slack.com")
    places = (Place(place="C1", name="service-desk"), Place(place="C2", name="major"))
    monkeypatch.setattr(chat, "channels", lambda door: places)
    (team,) = Membership.objects.filter(user__username="kenji").values_list("team", flat=True)
    address = f"/connections/{row.pk}/channels"
    assert "service-desk" in page.get(address).content.decode()

    page.post(address, {f"team-{team}": "C1"})
    page.post(address, {f"team-{team}": "C9-of-nobody"})
    assert TeamChannel.objects.get().place == "C1"

    page.post(address, {f"team-{team}": ""})
    assert not TeamChannel.objects.exists()


def test_channels_that_cannot_be_read_say_why_and_change_nothing(page: Client) -> None:
    row = builders.connection("slack", base_url="https://halden.slack.com")

    html = page.get(f"/connections/{row.pk}/channels", follow=True).content.decode()

    assert "The channels could not be read; what was chosen before stands." in html


@pytest.fixture
def arrived(desk_to_ops: Route, author) -> Handoff:
    return builders.handoff(
        route=desk_to_ops,
        author=author,
        status="delivered",
        confirmed_at=builders.NOW,
        remote_id="a" * 32,
        remote_number="INC0012345",
    )


def written(handoff: Handoff, *, at) -> None:
    note = handoff.deliveries.get(fingerprint__isnull=False, kind="note")
    note.attempts.create(number=1, started_at=at, result="done")
    note.done_at, note.status = at, "done"
    note.save()


def hear(connection: Connection, *, at: datetime, **names: str) -> None:
    event = {"event_id": "e" * 32, "table": "incident"} | names
    Inbox.objects.create(
        connection=connection,
        headers={},
        body=json.dumps(event).encode(),
        event_id=f"e{at:%S}",
        not_before=at,
        received_at=at,
    )


def test_a_check_of_the_calls_waits_then_says_whether_one_came(arrived: Handoff, author) -> None:
    target, now = arrived.route.target, builders.NOW
    assert trial_of(connection=target, now=now) is None

    owe_trial(connection=target, by=author, now=now)
    owe_trial(connection=target, by=author, now=now + timedelta(seconds=5))
    trial = trial_of(connection=target, now=now)
    assert trial
    assert trial.outcome is Outcome.WRITING
    assert arrived.deliveries.filter(kind="note").count() == 1

    written(arrived, at=now)
    trial = trial_of(connection=target, now=now + PATIENCE / 2)
    assert trial
    assert trial.outcome is Outcome.WAITING
    trial = trial_of(connection=target, now=now + 2 * PATIENCE)
    assert trial
    assert trial.outcome is Outcome.SILENT

    hear(target, sys_id="b" * 32, correlation_id=arrived.remote_id, at=now + timedelta(seconds=1))
    trial = trial_of(connection=target, now=now + 2 * PATIENCE)
    assert trial
    assert trial.outcome is Outcome.SILENT

    hear(target, sys_id=arrived.remote_id, at=now + timedelta(seconds=2))
    trial = trial_of(connection=target, now=now + 2 * PATIENCE)
    assert trial
    assert (trial.outcome, trial.after_s) == (Outcome.CALLED, 2.0)


def test_where_tickets_come_from_the_check_writes_on_the_newest_of_them(arrived: Handoff, author) -> None:
    source, now = arrived.route.source, builders.NOW
    Handoff.objects.filter(pk=arrived.pk).update(source_reference="35436", source_number="#35436")

    owe_trial(connection=arrived.route.target, by=author, now=now)
    note = owe_trial(connection=source, by=author, now=now)

    assert note
    assert (note.remote_id, note.kind, note.connection) == ("35436", "note", source)
    trial = trial_of(connection=source, now=now)
    assert trial
    assert trial.number == "#35436"


def test_only_a_tool_that_can_be_told_to_call_has_the_button_for_it(page: Client, desk_to_ops: Route) -> None:
    button = 'action="/connections/{}/listen"'
    source, target = desk_to_ops.source_id, desk_to_ops.target_id

    assert button.format(source) in page.get(f"/connections/{source}").content.decode()
    assert button.format(target) not in page.get(f"/connections/{target}").content.decode()


def test_without_a_record_of_ours_the_check_says_what_to_do_first(page: Client, desk_to_ops: Route) -> None:
    html = page.post(f"/connections/{desk_to_ops.target_id}/prove", follow=True).content.decode()

    assert "yet. Send one first, then check." in html


def test_the_lag_of_webhook_and_poll_are_told_apart(arrived: Handoff) -> None:
    target, now = arrived.route.target, builders.NOW
    for number, (way, seconds) in enumerate([("webhook", 1), ("webhook", 3), ("poll", 60), ("webhook", -5)]):
        happened = now - timedelta(minutes=number)
        RemoteUpdate.objects.create(
            handoff=arrived,
            connection=target,
            key=str(number),
            way=way,
            kind="note",
            remote_id=arrived.remote_id,
            happened_at=happened,
            applied_at=happened + timedelta(seconds=seconds),
        )
    Handoff.objects.filter(pk=arrived.pk).update(confirmed_at=now - timedelta(hours=1))

    by_webhook = lag(connection=target, way=RemoteUpdate.Way.WEBHOOK, now=now + timedelta(minutes=1))
    by_poll = lag(connection=target, way=RemoteUpdate.Way.POLL, now=now + timedelta(minutes=1))

    assert (by_webhook.changes, by_webhook.half_within_s, by_webhook.longest_s) == (3, 1.0, 3.0)
    assert (by_poll.changes, by_poll.half_within_s) == (1, 60.0)


def test_the_page_of_a_tenant_posts_what_it_shows(page: Client) -> None:
    """What a browser sends back untouched changes nothing."""
    add(page)
    row = Connection.objects.get(name="Halden ServiceNow")
    before = (row.name, row.base_url, row.our_user, row.settings, row.credentials)
    html = page.get(f"/connections/{row.pk}/change").content.decode()
    html = html.replace('<form method="post" class="stack"', '<form id="tenant" method="post"')

    page.post(f"/connections/{row.pk}/change", fields_in(html, form_id="tenant"))

    row.refresh_from_db()
    assert (row.name, row.base_url, row.our_user, row.settings, row.credentials) == before
    assert not Entry.objects.exists()
