"""Which answers to open questions does a posted form give?

A question is answered by one of its candidates, by "leave empty", or by the name of anything the
receiver's tool knows. Unanswered stays unanswered: nothing is guessed on the way. What was not asked, and
an id that the tool does not have, never reach the record, whatever a request says.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from escalation.capture.preview import NoReceiver, preview
from escalation.models import CatalogRow, Connection, Handoff
from escalation.translation.draft import Question
from escalation.web.sheet import WHOLE

MOST_FOUND = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """The answers, and a sentence for each name that led nowhere."""

    values: Mapping[str, str]
    messages: tuple[str, ...] = ()


def answers_in(posted: QueryDict, *, handoff: Handoff) -> Answers:
    """This will read the answers; a typed name wins over a candidate that is still marked."""
    connection = handoff.route.target
    said: dict[str, str] = {}
    messages: list[str] = []
    for key in posted:
        kind, _, field = key.partition("-")
        if kind == "answer" and f"forget-{field}" not in posted:
            said[field] = str(posted.get(key))
    for key in posted:
        kind, _, field = key.partition("-")
        if kind != "other" or not (name := str(posted.get(key)).strip()):
            continue
        row = CatalogRow.objects.filter(connection=connection, name__iexact=name, retired_at=None).first()
        if row is None:
            messages.append(f"{connection.name} knows nothing called “{name}”. Pick a name from the list.")
        else:
            said[field] = row.remote_id
    values = _offered(said, handoff=handoff)
    refused = len(values) < len(said)
    if WHOLE not in posted:  # the questions stand at the page's end
        values = {**handoff.answers, **values}
    if refused:
        messages.append(f"An answer is not among what {connection.name} offers now. Please choose again.")
    return Answers(values=values, messages=tuple(messages))


def _offered(said: Mapping[str, str], *, handoff: Handoff) -> dict[str, str]:
    """The answers that may be kept: those of the last save, and new ones to what is asked."""
    if said.items() <= handoff.answers.items():
        return dict(said)
    try:
        asked = {each.field: {choice.value for choice in each.choices} for each in _questions(handoff)}
    except NoReceiver:
        asked = {}
    rows = CatalogRow.objects.filter(connection=handoff.route.target, remote_id__in=set(said.values()))
    known = {"", *rows.values_list("remote_id", flat=True)}
    return {
        field: value
        for field, value in said.items()
        if handoff.answers.get(field) == value
        or (field in handoff.answers and value in known)
        or (field in asked and value in known | asked[field])
    }


def _questions(handoff: Handoff) -> tuple[Question, ...]:
    return preview(handoff=handoff).questions


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
