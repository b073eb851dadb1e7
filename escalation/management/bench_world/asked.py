"""What do people ask of that company's pages? Each with how much it must show at least."""

from dataclasses import dataclass, field
from typing import Final

from django.contrib.auth.models import User
from django.urls import reverse

from escalation.lifecycle.words import Status
from escalation.management.bench_world import spoken
from escalation.management.bench_world.company import VIEWS
from escalation.management.bench_world.past import open_of
from escalation.models import Handoff
from escalation.reception.find import ENDED_LOOKED_THROUGH

QUEUED: Final = b'id="waits-'
BEHIND: Final = b"<tr"
A_LINE: Final = b'id="line-'
ROWS_OF_A_PAGE: Final = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One request; ``page`` is the promise it falls under."""

    page: str
    name: str
    path: str
    filters: dict[str, str] = field(default_factory=dict)
    row: bytes = b"<h1"
    rows: int = 1


def asked_of(person: User) -> tuple[Asked, ...]:
    """This will return what the person asks of every page, over what the database holds."""
    count = Handoff.objects.count()
    return (*_figures(), *queue_asked(count), *_handoffs(person))


def queue_asked(count: int) -> tuple[Asked, ...]:
    """This will return what people ask of a queue with so many handoffs behind it."""
    one, of_a_page, waiting = count // 2, min(ROWS_OF_A_PAGE, count), min(ROWS_OF_A_PAGE, open_of(count))
    code, tenth, hundredth = spoken.error_code(one), spoken.TENTH, spoken.HUNDREDTH
    words = {
        "number": (spoken.remote_number(one), 1),
        "error_code": (code, 1),
        "code_and_common_word": (f"{code} everybody", 1),
        # Of the newest, for the planner knows that the word is common; half as many, for no block is even.
        "word_of_one_in_100": (hundredth, min(ROWS_OF_A_PAGE, count // 100, ENDED_LOOKED_THROUGH // 200)),
        "word_of_one_in_10": (tenth, min(ROWS_OF_A_PAGE, count // 10)),
        "word_of_all": ("everybody", of_a_page),
        "three_words_of_all": (spoken.EVERYWHERE, of_a_page),
        "two_that_never_meet": (" ".join(spoken.EITHER), 0),
        "two_common_words": (f"{tenth} {hundredth}", min(1, count // 100)),
        "word_of_none": ("nosuchword", 0),
    }
    views = {
        name.lower().replace(" ", "_"): dict([pair.split("=") for pair in query.split("&")])
        for name, query in VIEWS.items()
    }
    return (
        _queue("queue.open", {}, waiting),
        *(_queue(f"queue.view_{name}", filters, min(1, waiting // 20)) for name, filters in views.items()),
        _queue("queue.ended", {"status": "ended"}, min(ROWS_OF_A_PAGE, count // 2)),
        _queue("queue.reachable_first", {"reachable": "on"}, waiting),
        *(_queue(f"queue.search_{name}", {"words": asked}, rows) for name, (asked, rows) in words.items()),
    )


def _queue(name: str, filters: dict[str, str], rows: int) -> Asked:
    return Asked(page="queue", name=name, path=reverse("queue"), filters=filters, row=QUEUED, rows=rows)


def _figures() -> tuple[Asked, ...]:
    behind = {"rebuild": "rebuild", "share": "first_time_right", "part": "redone_steps", "open": "silence"}
    quarter = {"days": "90"}
    return (
        Asked(page="dashboard", name="dashboard.month", path=reverse("figures")),
        Asked(page="dashboard", name="dashboard.quarter", path=reverse("figures"), filters=quarter),
        *(
            Asked(page="drill_down", name=f"drill_down.{name}", path=reverse("figure", args=[key]))
            for name, key in behind.items()
        ),
        Asked(
            page="drill_down",
            name="drill_down.kind",
            path=reverse("figure", args=["rebuild"]),
            filters=quarter | {"by": "category", "of": "network"},
        ),
        Asked(page="drill_down", name="drill_down.sent", path=reverse("figure_sent"), filters=quarter),
    )


def _handoffs(person: User) -> tuple[Asked, ...]:
    found = Handoff.objects.received_by(person)
    asked = []
    for name, status in (("over", Status.RESOLVED), ("open", Status.DIAGNOSING)):
        row = found.filter(status=status).order_by("-confirmed_at").first()
        if row is not None:
            path = reverse("handoff", args=[row.pk])
            asked.append(Asked(page="handoff", name=f"handoff.{name}", path=path, row=A_LINE, rows=5))
    return tuple(asked)
