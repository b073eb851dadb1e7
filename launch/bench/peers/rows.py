"""What is asked of both, row by row, and what do other products take for it?

The three numbers are the issue's: medians in milliseconds over 10,000 tickets, one request at a time, of
django-helpdesk 2.6.1, Redmine 5.0 and Request Tracker 5. The first of them is measured here again; the other
two are not installed, and what they were given is carried over to this machine by how much slower or quicker
django-helpdesk is here.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from launch.bench.peers.asking import Asked, Call, Server

THIRD: Final = 1 / 3
PAGE_OF_TABLE: Final = (
    "draw=1&start=0&length=25&search%5Bvalue%5D=&order%5B0%5D%5Bcolumn%5D=0&order%5B0%5D%5Bdir%5D=desc"
)


Proof = Callable[[Mapping[str, Any]], Call]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One thing that people do, in either product."""

    name: str
    given: tuple[int, int, int]  # ms: django-helpdesk, Redmine, Request Tracker
    of_the_best: float  # at most so much of the best peer's time
    ours: Callable[[Mapping[str, Any]], tuple[str, Sequence[tuple[Call, ...]]]]  # who asks, and the ways
    theirs: Callable[[Mapping[str, Any]], Sequence[tuple[Call, ...]]]
    # What must be there afterwards: a press that is refused leads back to the page like one that is not.
    proof: tuple[Proof, Proof] | None = None


def _json(values: Mapping[str, Any]) -> bytes:
    return json.dumps(values).encode()


def _ours_comment(world: Mapping[str, Any]) -> tuple[str, Sequence[tuple[Call, ...]]]:
    ways = [
        (Call(path=f"/handoffs/{each}/ask", form={"question": f"Which browser? ({turn})"}, status=302),)
        for turn in range(20)
        for each in world["open"]
    ]
    return "receiver", ways


def _ours_create(world: Mapping[str, Any]) -> tuple[str, Sequence[tuple[Call, ...]]]:
    ways = []
    for turn in range(500):
        body = _json({"route": world["route"], "text": f"Nobody can print in building {turn} since 9:10."})
        headers = {"Authorization": f"Bearer {world['token']}", "Content-Type": "application/json"}
        ways.append((Call(path="/api/handoffs", body=body, headers=headers, status=201),))
    return "sender", ways


def _their_table(world: Mapping[str, Any], place: str) -> tuple[Call, ...]:
    """The page, and the request by which its script fills the table: without it nobody sees a ticket."""
    searched = place == "search"
    query = _query(world["word"] if searched else "", {} if searched else {"status__in": [1, 2]})
    page = f"/tickets/?q={world['word']}" if searched else "/tickets/"
    return (
        Call(path=page, holds="ticketTable"),
        Call(path=f"/datatables_ticket_list/{query}?{PAGE_OF_TABLE}", holds='"data"'),
    )


def _query(words: str, filters: Mapping[str, Any]) -> str:
    """As its page writes down what its script asks for."""
    query = {
        "filtering": filters,
        "filtering_null": {},
        "sorting": "created",
        "sortreverse": False,
        "search_string": words,
    }
    return b64encode(_json(query)).decode()


def _their_create(world: Mapping[str, Any]) -> Sequence[tuple[Call, ...]]:
    ways = []
    for turn in range(500):
        words = f"Nobody can print in building {turn} since 9:10."
        body = _json(
            {
                "priority": 3,
                "queue": world["queue"],
                "title": words,
                "description": words,
                "submitter_email": "a@bench.example",
            }
        )
        headers = {"Content-Type": "application/json"}
        ways.append((Call(path="/api/tickets/", body=body, headers=headers, status=201),))
    return ways


def _their_comment(world: Mapping[str, Any]) -> Sequence[tuple[Call, ...]]:
    """As its page posts it: with everything that stays as it is."""
    return [
        (
            Call(
                path=f"/tickets/{each}/update/",
                form={**form, "comment": f"Which browser? ({turn})", "body": "", "submitter_email": ""},
                status=302,
            ),
        )
        for turn in range(20)
        for each, form in zip(world["tickets"], world["forms"], strict=True)
    ]


ROWS: Final = (
    Row(
        name="form",
        given=(13, 49, 67),
        of_the_best=1.0,  # it carries far more than theirs
        ours=lambda world: ("sender", [(Call(path=f"/handoffs/{world['draft']}/edit", holds="facts-0"),)]),
        theirs=lambda _: [(Call(path="/tickets/submit/", holds="id_title"),)],
    ),
    Row(
        name="ticket_page",
        given=(46, 75, 199),
        of_the_best=THIRD,
        ours=lambda world: (
            "sender",
            [(Call(path=f"/handoffs/{each}", holds="timeline"),) for each in world["handoffs"]],
        ),
        theirs=lambda world: [(Call(path=f"/tickets/{each}/", holds="Seen."),) for each in world["tickets"]],
    ),
    Row(
        name="list",
        given=(96, 58, 229),
        of_the_best=THIRD,
        ours=lambda _: ("receiver", [(Call(path="/queue", holds='id="waits-'),)]),
        theirs=lambda world: [_their_table(world, "list")],
    ),
    Row(
        name="search",
        given=(292, 62, 240),
        of_the_best=THIRD,
        ours=lambda world: ("receiver", [(Call(path=f"/queue?words={world['word']}", holds='id="waits-'),)]),
        theirs=lambda world: [_their_table(world, "search")],
    ),
    Row(
        name="dashboard",
        given=(351, 36, 115),
        of_the_best=THIRD,
        ours=lambda _: ("lead", [(Call(path="/figures", holds="Sent"),)]),
        theirs=lambda _: [(Call(path="/dashboard/"),)],
    ),
    Row(
        name="create_by_api", given=(21, 49, 373), of_the_best=THIRD, ours=_ours_create, theirs=_their_create
    ),
    Row(
        name="comment",
        given=(18, 115, 290),
        of_the_best=THIRD,
        ours=_ours_comment,
        theirs=_their_comment,
        proof=(
            lambda world: Call(path=f"/handoffs/{world['open'][0]}/intake", holds="Which browser? (0)"),
            lambda world: Call(path=f"/tickets/{world['tickets'][0]}/", holds="Which browser? (0)"),
        ),
    ),
)


def asked(
    row: Row, ours: tuple[Server, Mapping[str, Any]], theirs: tuple[Server, Mapping[str, Any]]
) -> tuple[Asked, Asked]:
    """Return the row's requests to either server."""
    (our_server, our_world), (their_server, their_world) = ours, theirs
    # Both look for a word that one in ten holds.
    their_world = {**their_world, "word": our_world["word"]}
    who, ways = row.ours(our_world)
    return (
        Asked(server=our_server, cookie=our_world[who], ways=tuple(ways)),
        Asked(server=their_server, cookie=their_world["cookie"], ways=tuple(row.theirs(their_world))),
    )
