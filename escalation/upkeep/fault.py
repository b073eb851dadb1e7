"""What was at fault when a handoff came back or a question was asked: template, mapping, catalog or a person?

A rule over what was asked, confirmed and translated, in a fixed order: what got lost on the way comes first,
then what nobody could know, then what the form did not ask, and a person last of all. It reads no names of
people. Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from escalation.knowledge.state import Fact, Item, KnowledgeState, headline
from escalation.knowledge.words import PART_TITLES, Part, Standing
from escalation.lifecycle.reasons import BounceReason
from escalation.models.ruling import Ruling
from escalation.translation.asking import Asking
from escalation.translation.draft import Field, Question, Translation

Fault = Ruling.Fault
FIELD = "field:"
_NOBODY_KNOWS = re.compile(
    r"\b(not known|unknown|no ?body knows|do(es)? not know|don.t know|cannot be (said|found)|no idea"
    r"|nicht bekannt|unbekannt|wei(ss|ß) niemand|inconnue?|desconocid[oa])\b|不明",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Setback:
    """One return or one question back, as the timeline has it."""

    reason: str = ""  # of a return; "" for a question
    part: str = ""  # the part it is about, where somebody said so
    item_id: str = ""
    asked: str = ""  # the form's question that should have brought it: a part, or "field:" and a name
    words: str = ""  # the question that the form should have asked
    text: str = ""
    answer: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What was confirmed, under which template, and what the translation made of it."""

    state: KnowledgeState
    asking: Asking
    translation: Translation
    answers: Mapping[str, str]  # tool field -> what a person chose
    extras: Mapping[str, str]  # field of the template -> what was typed
    placed_by: tuple[str, ...] = ()  # as the tool says it (``tools.contract.Tool``)
    named_by: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribution:
    """The fault, where it sits, and why the rule says so."""

    fault: Ruling.Fault
    place: str  # "part:facts", "field:u_site", "question:…", "map:assignment_group", "lost:facts", ""
    because: str


def attribute(setback: Setback, known: Known) -> Attribution:
    """This will name the fault; total: every setback gets one."""
    if setback.reason == BounceReason.WRONG_TEAM:
        return _wrong_team(known)
    if setback.asked.startswith(FIELD):
        return _of_field(setback.asked.removeprefix(FIELD), known)
    part = _part(setback, known.state)
    found = _lost(setback, known, part) or _not_there(setback, part)
    if found is not None:
        return found
    if part is None:
        words = " ".join((setback.words or setback.text).split())
        place = f"question:{words}" if words else ""
        return _say(Fault.NEVER_ASKED, place, "Nobody said which part of the form should have asked for it.")
    return _of_part(part, setback, known)


def _not_there(setback: Setback, part: Part | None) -> Attribution | None:
    place = f"part:{part}" if part else ""
    if setback.reason == BounceReason.KNOWN_ALREADY:
        return _say(
            Fault.DID_NOT_EXIST, "", "The receiver worked on it already; the sender had no way to know."
        )
    if _NOBODY_KNOWS.search(setback.answer):
        return _say(Fault.DID_NOT_EXIST, place, "The answer says that nobody knows.")
    return None


def _wrong_team(known: Known) -> Attribution:
    fields = {each.name: each for each in known.translation.draft.fields}
    questions = {each.field: each for each in known.translation.questions}
    where = known.placed_by
    name = next((each for each in where if each in fields or each in questions), next(iter(where), ""))
    field, question = fields.get(name), questions.get(name)
    if known.answers.get(name):
        shown = field.shown if field else known.answers[name]
        return _say(Fault.SKIPPED, f"map:{name}", f"“{shown}” was chosen by hand.")
    if field is not None and field.shown:
        return _say(Fault.MAPPING_MISSED, f"map:{name}", _filled(field))
    if question is not None and question.choices:
        return _say(Fault.MAPPING_MISSED, f"map:{name}", _offered(question))
    place = f"catalog:{name}" if name else ""
    return _say(Fault.CATALOG_LACKED, place, "Nothing in the catalog answered to what was written.")


def _filled(field: Field) -> str:
    sure = f", {field.score:.0%} sure" if field.score is not None else ""
    return f"{field.label} was filled with “{field.shown}”{sure}, and it was not theirs."


def _offered(question: Question) -> str:
    return f"“{question.choices[0].label}” was a candidate, and nothing was filled in."


def _of_field(name: str, known: Known) -> Attribution:
    field = next((each for each in known.asking.fields if each.name == name), None)
    place = f"{FIELD}{name}"
    if field is None:
        return _say(Fault.NEVER_ASKED, place, "The template of that day had no such field.")
    if known.extras.get(name, "").strip():
        return _say(
            Fault.MAPPING_MISSED, place, f"“{field.label}” was filled in, and the receiver did not find it."
        )
    return _empty(place, f"“{field.label}”", needed=field.needed, folded=False)


def _of_part(part: Part, setback: Setback, known: Known) -> Attribution:
    place, title = f"part:{part}", f"“{PART_TITLES[part]}”"
    said = [each for each in known.state.part(part) if headline(part, each).strip()]
    if not said:
        asking = known.asking
        return _empty(place, title, needed=part in asking.needs, folded=part in asking.folded)
    about = known.state.find(setback.item_id)
    if isinstance(about, Fact) and about.standing is Standing.NOT_CHECKED:
        return _say(Fault.DID_NOT_EXIST, place, "The sender said openly that it was not checked.")
    if setback.reason == BounceReason.LEVEL_ONE_CAN:
        return _say(
            Fault.DID_NOT_EXIST, place, "Level One had tried what it knew; nothing it can read says more."
        )
    return _say(Fault.NEVER_ASKED, place, f"{title} was filled in; no question of the form asks for this.")


def _empty(place: str, title: str, *, needed: bool, folded: bool) -> Attribution:
    if folded:
        return _say(Fault.NEVER_ASKED, place, f"{title} stood behind a fold.")
    if not needed:
        return _say(Fault.NEVER_ASKED, place, f"The template does not say that {title} is needed.")
    return _say(Fault.SKIPPED, place, f"The template asks for {title} as needed, and it was left empty.")


def _lost(setback: Setback, known: Known, part: Part | None) -> Attribution | None:
    for loss in known.translation.losses:
        if loss.item_id and loss.item_id == setback.item_id:
            return _say(
                Fault.MAPPING_MISSED,
                f"lost:{loss.part or part or ''}",
                f"It was confirmed and lost: {loss.what}",
            )
    return None


def _part(setback: Setback, state: KnowledgeState) -> Part | None:
    if setback.reason == BounceReason.LEVEL_ONE_CAN:
        return Part.REMEDIATION
    item: Item | None = state.find(setback.item_id) if setback.item_id else None
    for named in (setback.asked, setback.part):
        if named in set(Part):
            return Part(named)
    if item is not None:
        return next(part for part, each in state.items() if each.id == setback.item_id)
    return Part.DIAGNOSTICS if setback.reason == BounceReason.NOT_REPRODUCIBLE else None


def _say(fault: Ruling.Fault, place: str, because: str) -> Attribution:
    return Attribution(fault=fault, place=place, because=because)
