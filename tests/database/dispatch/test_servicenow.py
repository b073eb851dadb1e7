"""The real connector, several workers at once, a ServiceNow that fails: one incident for each handoff."""

import threading
from collections.abc import Iterator
from random import Random

import pytest
from django.db import connection as database

from escalation.dispatch.deliver import deliver
from escalation.dispatch.relay import relay
from escalation.lifecycle.words import Status
from escalation.models import Delivery, Entry, Handoff, Receipt
from tests import builders
from tests.database import owing, real
from tests.database.fakes import Engine
from tests.database.real import Site

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 4
HANDOFFS = 8


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, celery: Engine) -> Iterator[Site]:
    site = real.open_site(monkeypatch)
    yield site
    site.practice.close()


def test_the_incident_holds_what_was_confirmed_and_leads_back(site: Site) -> None:
    route = real.route()
    handoff, record = real.owed(route, builders.person("lena"))

    owing.until_done(record, site.clock)

    handoff.refresh_from_db()
    (incident,) = site.incidents(route.target)
    assert incident["correlation_id"] == f"baton:{record.key}"
    assert incident["short_description"] == owing.body(record)["short_description"]
    assert (handoff.remote_id, handoff.remote_number) == (incident["sys_id"], incident["number"])
    assert handoff.remote_url.startswith("https://acme.service-now.com/nav_to.do?uri=incident.do")


def test_a_note_goes_out_once_although_its_answer_was_lost(site: Site) -> None:
    route = real.route()
    handoff, record = real.owed(route, builders.person("lena"))
    owing.until_done(record, site.clock)
    handoff.refresh_from_db()

    note = owing.note_owed(handoff, "The user can test until 17:00.", remote_id=handoff.remote_id)
    site.practice.faults.add({"method": "PATCH", "lose_answer": True})
    owing.until_done(note, site.clock)

    assert note.attempts.count() == 2
    door = route.target.door()
    fields = {"sysparm_display_value": "true", "sysparm_fields": "work_notes,comments"}
    shown = door.session.ask("GET", f"{real.INCIDENTS}/{handoff.remote_id}", params=fields).json["result"]
    assert shown["work_notes"].count("The user can test until 17:00.") == 1
    assert shown["comments"] == ""


def test_workers_that_compete_over_a_failing_tool_make_one_incident_for_each_handoff(site: Site) -> None:
    route, author = real.route(), builders.person("lena")
    owed = [real.owed(route, author) for _ in range(HANDOFFS)]
    for fault in (
        {"status": 500},
        {"status": 503},
        {"lose_answer": True},
        {"lose_answer": "504"},
        {"html": True},
    ):
        site.practice.faults.add({"method": "POST", "share": 0.1, **fault})
    failed: list[BaseException] = []
    start = threading.Barrier(WORKERS)

    def work(seed: int) -> None:
        rows, chance = [row.pk for _, row in owed], Random(seed)
        start.wait(10)
        try:
            for _ in range(60):
                chance.shuffle(rows)
                for row in rows:
                    deliver(delivery=row, clock=site.clock)
                site.clock.forward(3)
        except BaseException as error:  # noqa: BLE001  # told by the test's own thread
            failed.append(error)
        finally:
            database.close()

    workers = [threading.Thread(target=work, args=(seed,)) for seed in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(90)

    assert failed == []
    site.practice.faults.clear()
    for _, row in owed:
        owing.until_done(row, site.clock)
    incidents = site.incidents(route.target)
    assert sorted(each["correlation_id"] for each in incidents) == sorted(
        f"baton:{row.key}" for _, row in owed
    )
    assert Receipt.objects.count() == HANDOFFS
    assert Handoff.objects.filter(status=Status.DELIVERED).count() == HANDOFFS
    assert Entry.objects.filter(kind=Entry.Kind.DELIVERED).count() == HANDOFFS


def test_workers_that_start_the_same_delivery_at_once_make_one_attempt(site: Site) -> None:
    _, record = real.owed(real.route(), builders.person("lena"))
    start = threading.Barrier(WORKERS)

    def work() -> None:
        start.wait(10)
        deliver(delivery=record.pk, clock=site.clock)
        database.close()

    workers = [threading.Thread(target=work) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)

    assert record.attempts.count() == 1
    assert Receipt.objects.count() == 1


def test_relays_that_run_at_once_share_the_rows(site: Site, celery: Engine) -> None:
    route, author = real.route(), builders.person("lena")
    rows = {str(real.owed(route, author)[1].pk) for _ in range(HANDOFFS)}
    celery.tasks.clear()
    Delivery.objects.update(queued_at=None)
    start = threading.Barrier(WORKERS)

    def work() -> None:
        start.wait(10)
        relay(now=site.clock())
        database.close()

    workers = [threading.Thread(target=work) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    asked = [kwargs["delivery"] for _, kwargs in celery.tasks]
    assert len(asked) == len(set(asked))
    assert set(asked) == rows
