"""Other people's clients understand the practice tools, so they have not drifted into a dialect of ours."""

import pysnc
import pytest
import requests
from zenpy import Zenpy
from zenpy.lib.api_objects import Comment, Ticket
from zenpy.lib.exception import APIException, RecordNotFoundException

from escalation.practice import credentials
from escalation.practice.adapter import PracticeAdapter


@pytest.fixture
def zenpy_client(zendesk):
    session = requests.Session()
    session.mount("https://", PracticeAdapter(zendesk.tool.application))
    return Zenpy(
        subdomain="practice",
        email=credentials.ZENDESK_INTEGRATION_EMAIL,
        token=credentials.ZENDESK_API_TOKEN,
        session=session,
        disable_cache=True,
    )


@pytest.fixture
def pysnc_client(servicenow):
    return pysnc.ServiceNowClient(
        "https://practice.service-now.example", servicenow.session, auto_retry=False
    )


def test_zenpy_opens_reads_and_changes_a_ticket(zenpy_client):
    audit = zenpy_client.tickets.create(Ticket(subject="Printer", description="Jam", tags=["print"]))
    ticket = zenpy_client.tickets(id=audit.ticket.id)
    ticket.comment = Comment(body="looked at it", public=False)
    ticket.status = "open"
    zenpy_client.tickets.update(ticket)

    comments = list(zenpy_client.tickets.comments(ticket=ticket.id))
    assert [(one.plain_body, one.public) for one in comments] == [("Jam", True), ("looked at it", False)]
    assert comments[1].author.email == credentials.ZENDESK_INTEGRATION_EMAIL
    assert zenpy_client.tickets(id=ticket.id).status == "open"
    assert [one.ticket_id for one in zenpy_client.tickets.audits(ticket.id)] == [ticket.id] * 2


def test_zenpy_pages_searches_and_exports(zenpy_client, clock):
    start = clock()
    for number in range(5):
        zenpy_client.tickets.create(Ticket(subject=f"t{number}", description="x", external_id="baton:1"))
    clock.now = clock.now.replace(hour=20)

    assert len(list(zenpy_client.tickets(cursor_pagination=2))) == 5
    assert len(list(zenpy_client.search(type="ticket", external_id="baton:1"))) == 5
    exported = zenpy_client.tickets.incremental(start_time=start, paginate_by_time=False)
    assert [one.subject for one in exported] == [f"t{number}" for number in range(5)]


def test_zenpy_knows_the_refusals(zenpy_client):
    with pytest.raises(RecordNotFoundException):
        zenpy_client.tickets(id=999999)
    with pytest.raises(APIException):
        zenpy_client.tickets.create(Ticket(subject="no text"))


def test_pysnc_inserts_reads_updates_and_queries(pysnc_client):
    incident = pysnc_client.GlideRecord("incident")
    incident.initialize()
    incident.short_description = "Dashboard empty"
    incident.correlation_id = "baton:9"
    sys_id = incident.insert()

    found = pysnc_client.GlideRecord("incident")
    found.add_query("correlation_id", "baton:9")
    found.query()
    assert found.next()
    assert found.get_value("sys_id") == sys_id
    assert found.get_display_value("state") == "New"

    found.set_value("state", "2")
    assert found.update()
    again = pysnc_client.GlideRecord("incident")
    assert again.get(sys_id)
    assert again.get_value("state") == "2"
    assert not pysnc_client.GlideRecord("incident").get("f" * 32)


def test_pysnc_walks_through_pages_in_order(pysnc_client):
    for number in range(7):
        record = pysnc_client.GlideRecord("incident")
        record.initialize()
        record.short_description = f"i{number}"
        record.insert()

    rows = pysnc_client.GlideRecord("incident", batch_size=3)
    rows.order_by_desc("short_description")
    rows.query()

    assert rows.get_row_count() == 7
    assert [row.get_value("short_description") for row in rows] == [
        f"i{number}" for number in reversed(range(7))
    ]


def test_pysnc_attaches_a_file(pysnc_client):
    record = pysnc_client.GlideRecord("incident")
    record.initialize()
    record.insert()
    record.add_attachment("console.txt", b"CORS", content_type="text/plain")

    files = record.get_attachments()
    assert [one.file_name for one in files] == ["console.txt"]
