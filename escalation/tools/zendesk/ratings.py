"""How content were users with their tickets (``rating.Ratings``)?

Zendesk has two systems, of which an account uses one: the older "satisfaction rating", good or bad, and CSAT
surveys with a scale. Both are read, so that an account which changes over loses nothing. Source: Zendesk
developer documentation, "Satisfaction ratings", "CSAT survey responses".

A survey's response exists from the moment users are asked, so a recent answer may hang on an old response.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from escalation.tools.rating import Rated, Readout
from escalation.tools.zendesk.lists import PAGE, listed
from escalation.tools.zendesk.shapes import Document, by_id, documents, moment, text
from escalation.translation.plain import flat
from escalation.transport.door import Door
from escalation.transport.errors import Refused, TransportError, Unauthorised

SURVEY: Final = "survey"
LEGACY: Final = "rating"
KIND_FIELD: Final = "kind_field"  # of the connection: the ticket field that says what a ticket is about
MOST_PAGES: Final = 100
_SURVEYS: Final = "/api/v2/guide/survey_responses"
_RATINGS: Final = "/api/v2/satisfaction_ratings"
# Zendesk itself counts 4 and 5 of a scale of five as content, and the upper one of two.
_CONTENT_OF: Final = {2: 2, 3: 3, 5: 4}
_TICKET: Final = "zen:ticket:"


def ratings(door: Door, *, since: datetime) -> Readout:
    """This will read every rating of that time."""
    seconds = int(since.timestamp())
    return _both(
        door,
        survey={"filter[created_at_start]": str(seconds * 1000)},
        legacy={"score": "received", "start_time": str(seconds)},
    )


def ratings_of(door: Door, *, ticket: str) -> Readout:
    """This will read what was said of one ticket; the older system says it on the ticket itself."""
    if not (ticket.isascii() and ticket.isdigit()):
        return Readout(ratings=(), way="")
    asked = {"filter[subject_zrns]": f"{_TICKET}{ticket}"}
    found, why = _tried(door, _SURVEYS, "survey_responses", asked)
    said = tuple(_answers(found))
    if any(each.ticket == ticket for each in said):
        return Readout(ratings=tuple(each for each in said if each.ticket == ticket), way=SURVEY)
    short = _member(_got(door, f"/api/v2/tickets/{ticket}.json"), "ticket").get("satisfaction_rating")
    number = text(short.get("id")) if isinstance(short, Mapping) else ""
    if not number.isdigit():
        return Readout(ratings=(), way="", words=why)
    whole = _member(_got(door, f"{_RATINGS}/{number}.json"), "satisfaction_rating")
    return Readout(ratings=tuple(_scores([whole])), way=LEGACY)


def kinds_of(door: Door, *, tickets: tuple[str, ...]) -> Mapping[str, str]:
    """This will return what each ticket is about: by the field the connection names, else by its type."""
    field = text(door.settings.get(KIND_FIELD))
    names = _options(door, field) if field.isdigit() else {}
    numbers = [each for each in tickets if each.isascii() and each.isdigit()]
    kinds: dict[str, str] = {}
    for start in range(0, len(numbers), PAGE):
        params = {"ids": ",".join(numbers[start : start + PAGE])}
        answer = door.session.ask("GET", f"{door.base_url}/api/v2/tickets/show_many.json", params=params)
        for number, ticket in by_id(documents(_object(answer.json).get("tickets"))).items():
            kind = _of_field(ticket, field, names) if field else text(ticket.get("type")).capitalize()
            if kind:
                kinds[number] = kind
    return kinds


def _both(door: Door, *, survey: dict[str, str], legacy: dict[str, str]) -> Readout:
    responses, no_surveys = _tried(door, _SURVEYS, "survey_responses", survey)
    older, no_ratings = _tried(door, _RATINGS, "satisfaction_ratings", legacy)
    answers, scores = tuple(_answers(responses)), tuple(_scores(older))
    if no_surveys and no_ratings:
        why = f"Zendesk shows Baton neither survey answers ({no_surveys}) nor ratings ({no_ratings})."
        return Readout(ratings=(), way="", words=why)
    full = next((each for each in (responses, older) if len(each) >= PAGE * MOST_PAGES), None)
    words = "" if full is None else f"More than {PAGE * MOST_PAGES:,} ratings at once; the rest was left out."
    way = SURVEY if answers else LEGACY if scores else ""
    return Readout(ratings=(*answers, *scores), way=way, words=words)


def _tried(door: Door, path: str, member: str, params: dict[str, str]) -> tuple[list[Document], str]:
    """All pages, or why an account has none: a plan without surveys, a client without that right."""
    found: list[Document] = []
    try:
        for each in listed(door, path, member, most_pages=MOST_PAGES, params=params):
            found.append(each)  # noqa: PERF402 - what was read before a refusal counts
    except (Refused, Unauthorised) as error:
        return found, str(error)
    return found, ""


def _answers(responses: list[Document]) -> Iterator[Rated]:
    for each in responses:
        ticket = next(filter(None, map(_number_of, documents(each.get("subjects")))), "")
        answer = next((one for one in documents(each.get("answers")) if _is_rating(one)), None)
        at = moment(answer.get("updated_at")) or moment(answer.get("created_at")) if answer else None
        if answer is None or not ticket or at is None or not text(each.get("id")):
            continue  # asked, and not answered yet
        yield Rated(rating_id=text(each.get("id")), ticket=ticket, good=_is_good(answer), at=at)


def _number_of(subject: Document) -> str:
    name = text(subject.get("zrn")) or text(subject.get("id"))
    number = name.removeprefix(_TICKET)
    about_a_ticket = name.startswith(_TICKET) or "ticket" in text(subject.get("type"))
    return number if about_a_ticket and number.isdigit() else ""


def _is_rating(answer: Document) -> bool:
    return text(answer.get("type")) == "rating_scale" and isinstance(answer.get("rating"), int | float)


def _is_good(answer: Document) -> bool:
    category = text(answer.get("rating_category"))
    if category:
        return category == "good"
    options = len(documents(_object(answer.get("question")).get("options"))) or 5
    return float(answer["rating"]) >= _CONTENT_OF.get(options, options / 2)


def _scores(rows: list[Document]) -> Iterator[Rated]:
    for each in rows:
        score, ticket = text(each.get("score")).partition("_")[0], text(each.get("ticket_id"))
        at = moment(each.get("updated_at")) or moment(each.get("created_at"))
        if score in {"good", "bad"} and ticket and at is not None:
            # A ticket has one of these: whoever changes it gets a new id, and has said one thing.
            yield Rated(rating_id=f"ticket:{ticket}", ticket=ticket, good=score == "good", at=at)


def _options(door: Door, field: str) -> dict[str, str]:
    """Tag of each option of a drop-down to its name; a field that is none shows its own value."""
    try:
        found = _member(_got(door, f"/api/v2/ticket_fields/{field}.json"), "ticket_field")
    except TransportError:
        return {}
    options = documents(found.get("custom_field_options"))
    return {text(each.get("value")): flat(text(each.get("name"))) for each in options}


def _of_field(ticket: Document, field: str, names: Mapping[str, str]) -> str:
    values = by_id(documents(ticket.get("custom_fields")))
    value = flat(text(values.get(field, {}).get("value")))
    return names.get(value) or value


def _got(door: Door, path: str) -> Document:
    return _object(door.session.ask("GET", f"{door.base_url}{path}").json)


def _member(body: Document, name: str) -> Document:
    return _object(body.get(name))


def _object(value: Any) -> Document:
    return value if isinstance(value, Mapping) else {}
