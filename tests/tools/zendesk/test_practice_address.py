"""A Zendesk that stands on loopback under a plain address, as `make run` starts it."""

import threading
from dataclasses import replace

import pytest
from werkzeug.serving import make_server

from escalation.practice import credentials
from escalation.tools.zendesk import files, source
from escalation.transport.credentials import Basic
from escalation.transport.errors import NotFound
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


@pytest.fixture
def door(address):
    return open_door(
        base_url=address,
        credentials=Basic(
            user=f"{credentials.ZENDESK_INTEGRATION_EMAIL}/token", password=credentials.ZENDESK_API_TOKEN
        ),
        allow_private=True,
    )


def test_zenpy_reaches_it_and_follows_its_pages(address, door):
    tickets = source.open_tickets(door)

    assert len(tickets) >= 10
    assert source.conversation(door, tickets[0].reference).messages
    assert tickets[0].url.startswith(address)


def test_its_files_are_read_there_and_from_no_plain_address_elsewhere(door):
    (file,) = files.files(door, remote_id="35431")

    assert files.fetch(door, file=file).startswith(b'{"log"')
    with pytest.raises(NotFound):
        files.fetch(door, file=replace(file, address="http://elsewhere.example/checkout.har"))
