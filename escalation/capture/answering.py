"""Which answers to open questions may a draft keep, and which names does the receiver's tool offer?

A question is answered by one of its candidates, by "leave empty" (""), or by anything the receiver's tool
knows. What was not asked, and an id that the tool does not have, never reach the record, whoever says it.
"""

from collections.abc import Mapping

from escalation.capture.preview import NoReceiver, preview, standing
from escalation.models import CatalogRow, Connection, Handoff

MOST_FOUND = 8


def offered(said: Mapping[str, str], *, handoff: Handoff) -> dict[str, str]:
    """This will keep the answers that may be kept: those of the last save, and new ones to what is asked."""
    if said.items() <= handoff.answers.items():
        return dict(said)
    try:
        questions = preview(handoff=handoff).questions
        asked = {each.field: {choice.value for choice in each.choices} for each in questions}
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


def found_by_name(*, connection: Connection, words: str, like: tuple[str, ...]) -> tuple[CatalogRow, ...]:
    """This will look up names that contain the words, of the same kinds as the entries in ``like``."""
    rows = CatalogRow.objects.filter(connection=connection, name__icontains=words, retired_at=None)
    kinds = CatalogRow.objects.filter(connection=connection, remote_id__in=like).values_list(
        "kind", flat=True
    )
    if known := set(kinds):
        rows = rows.filter(kind__in=known)
    return tuple(rows.order_by("name")[:MOST_FOUND])


def named_answers(handoff: Handoff) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """This will return the answers that stand, and for each that is a catalog entry its name.

    One that was chosen and is retired meanwhile stands no more: the question is open again.
    """
    rows = CatalogRow.objects.filter(
        connection=handoff.route.target, remote_id__in=[each for each in handoff.answers.values() if each]
    ).values_list("remote_id", "name", "retired_at")
    found = {remote_id: (name, retired_at) for remote_id, name, retired_at in rows}
    gone = {remote_id: name for remote_id, (name, retired_at) in found.items() if retired_at is not None}
    return standing(handoff.answers, gone), {key: name for key, (name, _) in found.items() if key not in gone}
