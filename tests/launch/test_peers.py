"""A figure beside another product is of the right answer, and says which of the others was the quickest."""

import json
from base64 import b64decode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from launch.bench.peers.__main__ import _row
from launch.bench.peers.asking import Asked, Call, Server, Unexpected, by_turns
from launch.bench.peers.rows import ROWS, THIRD, Row

WORLD = {"tickets": [7], "queue": 1, "word": "kerberos"}


class Shop(BaseHTTPRequestHandler):
    """Answers with its own address and the cookie, and notes what it was asked."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        body = f"{self.path} for {self.headers['Cookie']}".encode()
        self.send_response(404 if self.path == "/gone" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def server() -> Iterator[Server]:
    Shop.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Shop) as shop:
        Thread(target=shop.serve_forever, daemon=True).start()
        yield Server(shop.server_address[1], cookie_name="session")
        shop.shutdown()


def row(name: str) -> Row:
    return next(each for each in ROWS if each.name == name)


def test_the_best_is_the_quickest_at_the_pace_of_this_machine():
    # Twice as slow as the machine of the figures: Redmine would take 116 ms for a list.
    told = _row(row("list"), 30.0, 192.0, pace=2.0)

    assert told["best"] == 116.0
    assert told["holds"] is True
    assert told["given"] == {"django_helpdesk": 96, "redmine": 58, "request_tracker": 229}
    assert _row(row("list"), 39.0, 192.0, pace=2.0)["holds"] is False


def test_the_form_may_take_as_long_as_the_best_and_everything_else_a_third():
    assert {each.name: each.of_the_best for each in ROWS} == {
        "form": 1.0,
        **dict.fromkeys(("ticket_page", "list", "search", "dashboard", "create_by_api", "comment"), THIRD),
    }


def test_both_are_asked_by_turns_and_a_way_of_two_calls_counts_both(server: Server):
    two = ((Call(path="/page"), Call(path="/table")),)
    ways = tuple((Call(path=f"/{number}", holds="session=b"),) for number in range(3))
    both = (Asked(server=server, cookie="a", ways=two), Asked(server=server, cookie="b", ways=ways))

    first, second = by_turns(both, times=2, warm=1)

    assert Shop.asked == [
        *("/page", "/table", "/0"),
        *("/page", "/table", "/1", "/page", "/table", "/2"),
    ]
    assert len(first) == len(second) == 2


@pytest.mark.parametrize("call", [Call(path="/gone"), Call(path="/there", holds="something else")], ids=str)
def test_an_error_page_gives_no_figure(server: Server, call: Call):
    with pytest.raises(Unexpected):
        server.ask(call, cookie="a")


def test_their_table_is_asked_for_as_their_page_does():
    (way,) = row("search").theirs(WORLD)

    page, table = way
    query = json.loads(b64decode(table.path.split("/")[2].partition("?")[0]))
    assert page.path == "/tickets/?q=kerberos"
    assert (query["search_string"], query["filtering"]) == ("kerberos", {})
