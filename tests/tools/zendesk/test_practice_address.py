"""A Zendesk that stands on loopback under a plain address, as `make run` starts it."""

import threading

import pytest
from werkzeug.serving import make_server

from escalation.practice import credentials
from escalation.tools.zendesk import source
from escalation.transport.credentials import Basic
from escalation.transport.opening import open_door


@pytest.fixture
def address(zendesk):
    server = make_server("127.0.0.1", 0, zendesk.tool.application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_zenpy_reaches_it_and_follows_its_pages(address):
    door = open_door(
        base_url=address,
        credentials=Basic(
            user=f"{credentials.ZENDESK_INTEGRATION_EMAIL}/token", password=credentials.ZENDESK_API_TOKEN
        ),
        allow_private=True,
    )

    tickets = source.open_tickets(door)

    assert len(tickets) >= 10
    assert source.conversation(door, tickets[0].reference).messages
    assert tickets[0].url.startswith(address)
