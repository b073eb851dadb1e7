"""Which answers to open questions does a posted form give?

A question is answered by one of its candidates, by "leave empty", or by the name of anything the
receiver's tool knows. Unanswered stays unanswered: nothing is guessed on the way. What may be kept of it,
``capture.answering`` says.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from escalation.capture.answering import offered
from escalation.models import CatalogRow, Handoff
from escalation.web.sheet import WHOLE


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
    values = offered(said, handoff=handoff)
    refused = len(values) < len(said)
    if WHOLE not in posted:  # the questions stand at the page's end
        values = {**handoff.answers, **values}
    if refused:
        messages.append(f"An answer is not among what {connection.name} offers now. Please choose again.")
    return Answers(values=values, messages=tuple(messages))
