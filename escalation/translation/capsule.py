"""How does a whole handoff travel as one file, and as a text that anybody can read?

JSON with the name of its schema for another Baton, Markdown for people and mail. Nothing in it needs a
connection. Words of people are data: in Markdown every sign that could mean something is escaped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from escalation.knowledge.codec import Malformed, from_json, to_json
from escalation.knowledge.state import KnowledgeState
from escalation.knowledge.words import PART_TITLES, Part
from escalation.translation.lines import line, quote
from escalation.translation.plain import flat

SCHEMA = "baton.capsule/1"
_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>#|!~&])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Passed:
    """One thing that happened, as the timeline says it."""

    at: datetime
    title: str
    text: str = ""
    sayable: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """One question that was asked back; ``answer`` is "" while it is open."""

    question: str
    answer: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Journey:
    """Everything of a handoff but the knowledge state."""

    sender: str
    receiver: str
    number: str = ""  # the record in the receiver's tool
    status: str = ""
    packed_at: datetime
    cause: str = ""
    fix: str = ""
    redacted: bool = False
    lines: tuple[Passed, ...] = ()
    questions: tuple[Answered, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Capsule:
    """One handoff, whole."""

    journey: Journey
    state: KnowledgeState


_JOURNEY: TypeAdapter[Journey] = TypeAdapter(Journey)


def capsule_to_json(capsule: Capsule) -> dict[str, Any]:
    """This will return the capsule as plain JSON values."""
    journey = _JOURNEY.dump_python(capsule.journey, mode="json")
    return {"schema": SCHEMA, "journey": journey, "state": to_json(capsule.state)}


def capsule_from_json(values: Any) -> Capsule:
    """This will read a capsule back; raises ``Malformed``, which names the place."""
    if not isinstance(values, dict) or values.get("schema") != SCHEMA:
        raise Malformed(f"This is not a capsule: a capsule says schema {SCHEMA}.")
    if set(values) != {"schema", "journey", "state"}:
        raise Malformed("A capsule holds schema, journey and state, and nothing else.")
    try:
        journey = _JOURNEY.validate_python(values["journey"], extra="forbid")
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise Malformed(f"journey.{place}: {first['msg']}") from error
    return Capsule(journey=journey, state=from_json(values["state"]))


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One line, and the words of others that it rests on."""

    words: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """One heading with its lines, as plain text."""

    title: str
    lines: tuple[Said, ...]


def sections(capsule: Capsule) -> tuple[Section, ...]:
    """This will lay the capsule out for a person; a guess says in its own line that it is unproven."""
    journey, asked = capsule.journey, capsule.state.ask
    whole = (
        Section(title="Asked", lines=_plainly(asked)),
        *(Section(title=PART_TITLES[part], lines=tuple(_part(capsule, part))) for part in Part),
        Section(
            title="Asked back",
            lines=_plainly(*(f"{each.question} → {each.answer or 'open'}" for each in journey.questions)),
        ),
        Section(title="What it was", lines=_plainly(journey.cause, journey.fix)),
        Section(title="What happened", lines=_plainly(*map(_passed, journey.lines))),
    )
    return tuple(each for each in whole if each.lines)


def head(capsule: Capsule) -> str:
    """This will say in one line whose handoff it is, and how it stood when it was packed."""
    journey = capsule.journey
    said = (
        f"{journey.sender} → {journey.receiver}",
        journey.number,
        journey.status,
        f"packed {journey.packed_at:%Y-%m-%d %H:%M %Z}",
    )
    return " · ".join(flat(each) for each in said if each)


def markdown(capsule: Capsule) -> str:
    """This will write the capsule as Markdown."""
    blocks = [f"# {_plain(capsule.state.summary)}", _plain(head(capsule))]
    for each in sections(capsule):
        blocks += [f"## {each.title}", "\n".join(_marked(entry) for entry in each.lines)]
    return "\n\n".join(blocks) + "\n"


def _part(capsule: Capsule, part: Part) -> Iterator[Said]:
    today = capsule.journey.packed_at.date()
    for item in capsule.state.part(part):
        quotes = tuple(flat(text) for each in item.evidence if (text := quote(each)))
        yield Said(words=flat(line(item, today=today)), quotes=quotes)


def _plainly(*texts: str) -> tuple[Said, ...]:
    return tuple(Said(words=flat(each)) for each in texts if each)


def _marked(said: Said) -> str:
    return "\n".join((f"- {_plain(said.words)}", *(f"  - {_plain(each)}" for each in said.quotes)))


def _passed(each: Passed) -> str:
    text = each.text and f"— {each.text}"
    return " ".join(filter(None, (f"{each.at:%Y-%m-%d %H:%M %Z}", each.title, text)))


def _plain(text: str) -> str:
    return _MEANS_SOMETHING.sub(r"\\\1", text)
