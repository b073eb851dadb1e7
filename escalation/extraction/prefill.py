"""Which items does a conversation already hold, and which line does each rest on?

Everything here is a suggestion with its quote: nothing is offered that was not said. What the
requester said stays reported; contradictions are shown side by side and never resolved here.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from escalation.extraction.changed import told_of_before
from escalation.extraction.contradictions import Contradiction, contradictions
from escalation.extraction.cues import DONE
from escalation.extraction.entities import entities
from escalation.extraction.items import Said, build, evidence, headline
from escalation.extraction.outcomes import outcome, tells_outcome
from escalation.extraction.place import Place
from escalation.extraction.reading import Reading, read
from escalation.extraction.sentences import READ_LIMIT, Sentence, sentences
from escalation.extraction.topic import ask_of, summary_of
from escalation.knowledge.conversation import Conversation, Message
from escalation.knowledge.state import Item, Remediation
from escalation.knowledge.state import headline as headline_of
from escalation.knowledge.words import Outcome, Part, Role

MOST_SENTENCES = 400  # of one message
MOST_CANDIDATES = 80  # more than that nobody decides one by one; the surest stay
STEPS_BACK = 8  # messages within which "same problem" still speaks of the last step
_STEP = re.compile(rf"\b{DONE}\b|^\W*\w+ing\b")
_SUGGESTION = re.compile(
    r"^\W*(?:(?:please|pls|can you|could you|would you|try to|try|then|now|just|or|maybe|yes!?|ok,?|also|"
    r"and|to) )*"
    r"(?P<step>(?:try|use|check|run|open|click|go|install|restart|reboot|clear|disable|enable|remove|"
    r"delete|update|"
    r"upgrade|reinstall|re-install|reset|log|sign|switch|change|set|add|press|start|stop|put|unplug|"
    r"connect|move)\b.{3,160}?)"
    r"(?:,? (?:please|pls))?[?.!]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A span of a message's text; ``message`` counts from the oldest."""

    message: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A suggested item with the span it was found at, a score in 0..1, and where it is said again."""

    part: Part
    item: Item
    message: int
    start: int
    end: int
    score: float
    also: tuple[Mention, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Prefill:
    """What a conversation yields, in the order in which it was said."""

    summary: str = ""
    ask: str = ""
    candidates: tuple[Candidate, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Heard:
    """A sentence that was read, with its message."""

    index: int
    sentence: Sentence
    reading: Reading
    said: Said


@dataclass(kw_only=True, slots=True)
class _Draft:
    """The candidates so far, and what an outcome may speak of."""

    candidates: list[Candidate] = field(default_factory=list)
    by_words: dict[tuple[Part, str], int] = field(default_factory=dict)
    last_step: int | None = None
    suggestion: _Heard | None = None
    announced: tuple[int, _Heard] | None = None  # "the console shows:", directly above its log


def prefill(conversation: Conversation) -> Prefill:
    """This will return the summary, the ask and the candidate items of a conversation."""
    heard = tuple(_hear(conversation))
    draft = _Draft()
    for each in heard:
        _take(draft, each)
    surest = sorted(draft.candidates, key=lambda each: -each.score)[:MOST_CANDIDATES]
    candidates = tuple(each for each in draft.candidates if each in surest)
    found = tuple((each.part, each.item) for each in candidates)
    return Prefill(
        summary=summary_of(conversation.subject, found),
        ask=ask_of(conversation, found),
        candidates=candidates,
        contradictions=contradictions(found),
    )


def _hear(conversation: Conversation) -> Iterator[_Heard]:
    steps: set[int] = set()  # messages that told of a step
    began = conversation.messages[0].at if conversation.messages else None
    for index, message in enumerate(conversation.messages):
        text = message.text[:READ_LIMIT]
        named = entities(text)
        starts = [entity.start for entity in named]
        place = replace(_place(conversation.messages, index), after_step=index - 1 in steps)
        for sentence in sentences(text)[:MOST_SENTENCES]:
            inside = named[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            changed = told_of_before(
                sentence.text, named=inside, at=message.at, began=began, zone=conversation.zone
            )
            reading = read(sentence, replace(place, named=inside, changed=changed))
            place = replace(place, before=reading.part, first=False)
            if reading.part is Part.REMEDIATION and message.role is Role.TECHNICIAN:
                steps.add(index)
            said = Said(
                sentence=sentence, message=message, words=reading.words, named=inside, zone=conversation.zone
            )
            yield _Heard(index=index, sentence=sentence, reading=reading, said=said)


def _place(messages: tuple[Message, ...], index: int) -> Place:
    before = messages[index - 1] if index else None
    other = before is not None and before.role is not messages[index].role
    asked = other and before is not None and before.role is Role.TECHNICIAN and "?" in before.text
    message = messages[index]
    return Place(
        role=message.role,
        opening=index == 0,
        answering=other,
        asked=asked,
        internal=message.role is Role.TECHNICIAN and not message.public,
    )


def _take(draft: _Draft, heard: _Heard) -> None:
    part = heard.reading.part
    if part is None:
        if heard.said.message.role is Role.TECHNICIAN and _SUGGESTION.search(heard.sentence.text):
            draft.suggestion = heard
        return
    announced, draft.announced = draft.announced, None
    if heard.sentence.log and announced is not None and announced[1].index == heard.index:
        _show(draft, announced, heard)
        return
    if _speaks_of_the_last_step(draft, heard):
        _attach(draft, heard)
        if part is Part.REMEDIATION:
            return
    _add(draft, part, heard)
    if part is Part.DIAGNOSTICS and heard.sentence.text.endswith(":"):
        draft.announced = (len(draft.candidates) - 1, heard)
    if heard.reading.also is not None:
        _add(draft, heard.reading.also, heard)


def _show(draft: _Draft, announced: tuple[int, _Heard], log: _Heard) -> None:
    """One diagnostic out of a log and the sentence that announced it."""
    index, above = announced
    item = build(Part.DIAGNOSTICS, log.said)
    draft.candidates[index] = Candidate(
        part=Part.DIAGNOSTICS,
        item=replace(item, evidence=(*item.evidence, evidence(above.said))),
        message=log.index,
        start=log.sentence.start,
        end=log.sentence.end,
        score=_score(log.reading.score),
        also=(Mention(message=above.index, start=above.sentence.start, end=above.sentence.end),),
    )


def _add(draft: _Draft, part: Part, heard: _Heard) -> None:
    item = build(part, heard.said)
    if part is Part.REMEDIATION and isinstance(item, Remediation):
        item = _with_suggestion(draft, heard, item)
    key = (part, re.sub(r"\W+", " ", headline_of(part, item).lower()).strip())
    if key in draft.by_words:
        _say_again(draft, draft.by_words[key], heard)
        return
    draft.by_words[key] = len(draft.candidates)
    if part is Part.REMEDIATION:
        draft.last_step = len(draft.candidates)
    draft.candidates.append(
        Candidate(
            part=part,
            item=item,
            message=heard.index,
            start=heard.sentence.start,
            end=heard.sentence.end,
            score=_score(heard.reading.score),
        )
    )


def _score(votes: float) -> float:
    """Votes run from 1 upwards; half a point of certainty at 1.5."""
    return round(max(votes, 0.0) / (max(votes, 0.0) + 1.5), 2)


def _say_again(draft: _Draft, index: int, heard: _Heard) -> None:
    old = draft.candidates[index]
    mention = Mention(message=heard.index, start=heard.sentence.start, end=heard.sentence.end)
    item = replace(old.item, evidence=(*old.item.evidence, evidence(heard.said)))
    draft.candidates[index] = replace(old, item=item, also=(*old.also, mention))


def _speaks_of_the_last_step(draft: _Draft, heard: _Heard) -> bool:
    """ "Same problem", "didn't help": an outcome without a step of its own, soon after one."""
    if draft.last_step is None or heard.reading.part not in (Part.REMEDIATION, Part.FACTS):
        return False
    step = draft.candidates[draft.last_step]
    near = heard.index - max(step.message, *(mention.message for mention in step.also), step.message)
    if _STEP.search(heard.sentence.text.lower()) or not tells_outcome(heard.sentence.text):
        return False
    if draft.suggestion is not None and draft.suggestion.index > step.message:
        return False  # it speaks of what was suggested since
    return near == 0 or (heard.reading.part is Part.REMEDIATION and near <= STEPS_BACK)


def _attach(draft: _Draft, heard: _Heard) -> None:
    assert draft.last_step is not None  # noqa: S101  asked by _speaks_of_the_last_step
    step = draft.candidates[draft.last_step].item
    result = outcome(heard.sentence.text)
    if isinstance(step, Remediation) and step.outcome is Outcome.UNKNOWN:
        step = replace(step, outcome=result)
    draft.candidates[draft.last_step] = replace(draft.candidates[draft.last_step], item=step)
    _say_again(draft, draft.last_step, heard)


def _with_suggestion(draft: _Draft, heard: _Heard, item: Remediation) -> Remediation:
    """An outcome that answers a suggestion means the suggested step was carried out."""
    suggestion, draft.suggestion = draft.suggestion, None
    if (
        suggestion is None
        or _STEP.search(heard.sentence.text.lower())
        or not tells_outcome(heard.sentence.text)
    ):
        return item
    if heard.said.message.role is Role.TECHNICIAN or heard.index - suggestion.index > STEPS_BACK:
        return item
    match = _SUGGESTION.search(suggestion.sentence.text)
    step = headline(match["step"]) if match else item.step
    return replace(item, step=step, evidence=(*item.evidence, evidence(suggestion.said)))
