"""What stands behind a form at the size of a big company: its catalog, its history, and a draft under way.

Made up from a fixed seed around the scene's own catalog, so that the draft finds what it means among a
hundred thousand other names. Written into the database that the command is given.
"""

import json
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.dateparse import parse_datetime

from escalation.capture.draft import state_of
from escalation.capture.prefill import start_from_text
from escalation.knowledge.codec import to_json
from escalation.knowledge.state import KnowledgeState
from escalation.knowledge.words import Part
from escalation.linking.entries import CatalogEntry, EntryKind, Example
from escalation.management import practice_company
from escalation.management.invented import Invented
from escalation.models import CatalogRow, Connection, Handoff, Lesson, Membership, Route, Team, Template
from escalation.web.moves import carry_out
from escalation.web.sheet import Sheet

SCENE: Final = "fixtures/scene"
# Of a hundred entries: what a ServiceNow tenant of that size holds besides configuration items.
OTHERS: Final = {
    EntryKind.BUSINESS_SERVICE: 4,
    EntryKind.ASSIGNMENT_GROUP: 2,
    EntryKind.CHANGE: 4,
}
PLAIN: Final = ("kind", "name", "description", "hosts", "related")
AT_ONCE: Final = 5_000
A_YEAR, CHANGE_TAKES = timedelta(days=365), timedelta(hours=2)


def build(*, entries: int, lessons: int, now: datetime) -> Handoff:
    """This will write teams, a route, a catalog of that size, its history and the scene's draft."""
    scene = json.loads((settings.BASE_DIR / SCENE / "servicenow.line.json").read_text())
    mark = secrets.token_hex(3)  # a database that is kept holds the one of the run before
    route = _route(now, mark)
    author = User.objects.create(username=f"bench-form-{mark}", first_name="Lena", last_name="Okafor")
    Membership.objects.create(user=author, team=route.sender, role=Membership.Role.LEVEL_ONE)
    made = Invented(entries=max(0, entries - len(scene["catalog"])))
    _keep_catalog(route.target, scene["catalog"], made.catalog, now=now)
    _keep_lessons(route.target, (made.example(number) for number in range(lessons)), now=now)
    handoff = start_from_text(route=route, text=_chat(), by=author, now=parse_datetime(scene["now"]) or now)
    handoff.state = to_json(_accepted(state_of(handoff)))
    handoff.save(update_fields=["state"])
    return handoff


def _chat() -> str:
    """The scene's conversation as somebody copies it out of a chat."""
    said = json.loads((settings.BASE_DIR / SCENE / "conversation.json").read_text())["messages"]
    return "\n\n".join(f"{each['author']}  {each['at'][11:16]}\n{each['text']}" for each in said)


def _accepted(state: KnowledgeState) -> KnowledgeState:
    """The state with every suggestion accepted: the largest record the scene makes."""
    for part in Part:
        state = carry_out(state, f"accept_all:{part}:").state
    return state


def posted(handoff: Handoff, *, line: str) -> dict[str, str]:
    """This will return what a browser posts of the draft, with another word typed into the first line."""
    sheet = Sheet(handoff=handoff)
    values: dict[str, Any] = {each.html_name: each.value() for each in sheet.head}
    for view in sheet.parts:
        values |= {each.html_name: each.value() for each in view.rows.management_form}
        for row in view.rows.forms:
            values |= {each.html_name: each.value() for each in row}
    values["revision"] = handoff.revision
    first = next(name for name in values if name.startswith("facts-0-statement"))
    values[first] = f"{values[first]} {line}"
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _route(now: datetime, mark: str) -> Route:
    sender = Team.objects.create(name=f"Form desk {mark}", zone="America/New_York")
    receiver = Team.objects.create(name=f"Form operations {mark}", zone="Europe/Berlin")
    source, target = (
        Connection.objects.create(
            tool=kind, name=f"Form {kind} {mark}", base_url=f"https://{kind}.bench.example"
        )
        for kind in ("zendesk", "servicenow")
    )
    route = Route.objects.create(name="Bench", sender=sender, receiver=receiver, source=source, target=target)
    body = practice_company.TEMPLATE
    Template.objects.create(route=route, version=1, body=body, published_at=now)
    return route


def _keep_catalog(
    target: Connection, own: list[dict[str, Any]], made: tuple[CatalogEntry, ...], *, now: datetime
) -> None:
    rows = (*(_own(target, each, now) for each in own), *_made(target, made, now))
    CatalogRow.objects.bulk_create(rows, batch_size=AT_ONCE)


def _own(target: Connection, entry: dict[str, Any], now: datetime) -> CatalogRow:
    said = {
        name: entry[name] for name in ("kind", "name", "description", "hosts", "related") if name in entry
    }
    times = {name: parse_datetime(entry[name]) for name in ("starts_at", "ends_at") if name in entry}
    return CatalogRow(connection=target, remote_id=entry["id"], synced_at=now, **said, **times)


def _made(target: Connection, made: tuple[CatalogEntry, ...], now: datetime) -> Iterator[CatalogRow]:
    kinds = [kind for kind, share in OTHERS.items() for _ in range(share)]
    for number, entry in enumerate(made):
        place = number % 100
        kind = kinds[place] if place < len(kinds) else entry.kind
        began = now - A_YEAR * (number / len(made))
        yield CatalogRow(
            connection=target,
            remote_id=entry.id,
            kind=kind,
            name=entry.name,
            description=entry.description,
            hosts=list(entry.hosts) if kind is entry.kind else [],
            starts_at=began if kind is EntryKind.CHANGE else None,
            ends_at=began + CHANGE_TAKES if kind is EntryKind.CHANGE else None,
            synced_at=now,
        )


def _keep_lessons(target: Connection, examples: Iterator[Example], *, now: datetime) -> None:
    rows = (
        Lesson(
            connection=target,
            reference=each.id,
            text=each.text,
            remote_ids=list(each.entry_ids),
            learned_at=now,
        )
        for each in examples
    )
    Lesson.objects.bulk_create(rows, batch_size=AT_ONCE)
