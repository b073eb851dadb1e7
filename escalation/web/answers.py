"""Which answers to open questions does a posted form give?

A question is answered by one of its candidates, by "leave empty", or by the name of anything the
receiver's tool knows. Unanswered stays unanswered: nothing is guessed on the way.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from escalation.models import CatalogRow, Connection

MOST_FOUND = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """The answers, and a sentence for each name that led nowhere."""

    values: Mapping[str, str]
    messages: tuple[str, ...] = ()


def answers_in(posted: QueryDict, *, connection: Connection) -> Answers:
    """This will read the answers; a typed name wins over a candidate that is still marked."""
    values: dict[str, str] = {}
    messages: list[str] = []
    for key in posted:
        kind, _, field = key.partition("-")
        if kind == "answer" and f"forget-{field}" not in posted:
            values[field] = str(posted.get(key))
    for key in posted:
        kind, _, field = key.partition("-")
        if kind != "other" or not (name := str(posted.get(key)).strip()):
            continue
        row = CatalogRow.objects.filter(connection=connection, name__iexact=name, retired_at=None).first()
        if row is None:
            messages.append(f"{connection.name} knows nothing called “{name}”. Pick a name from the list.")
        else:
            values[field] = row.remote_id
    return Answers(values=values, messages=tuple(messages))


def found_by_name(*, connection: Connection, words: str, like: tuple[str, ...]) -> tuple[CatalogRow, ...]:
    """This will look up names that contain the words, of the same kinds as the entries in ``like``."""
    rows = CatalogRow.objects.filter(connection=connection, name__icontains=words, retired_at=None)
    kinds = CatalogRow.objects.filter(connection=connection, remote_id__in=like).values_list(
        "kind", flat=True
    )
    if known := set(kinds):
        rows = rows.filter(kind__in=known)
    return tuple(rows.order_by("name")[:MOST_FOUND])


def names_of(*, connection: Connection, values: Mapping[str, str]) -> Mapping[str, str]:
    """This will return the name for each answered value that is a catalog entry."""
    rows = CatalogRow.objects.filter(
        connection=connection, remote_id__in=[each for each in values.values() if each]
    )
    return dict(rows.values_list("remote_id", "name"))
