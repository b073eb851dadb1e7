"""What do the incident's texts say, and what of the state do they hold?

The description is read by somebody who has never seen the case: ask first, then belief, proof, trials,
impact, reachability. The first work note says the same as one paragraph, for whoever only skims the
activity stream. Plain text only: ServiceNow shows HTML as text. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from escalation.knowledge.state import Diagnostic, Fact, Hypothesis, KnowledgeState
from escalation.knowledge.words import Part
from escalation.linking.entries import EntryKind
from escalation.tools.servicenow.vocabulary import LIMITS
from escalation.translation.fitting import Line, fit
from escalation.translation.given import Given
from escalation.translation.lines import OUTCOMES, is_proven, line, quote
from escalation.translation.plain import cut, flat
from escalation.translation.times import utc

ASK, BELIEVED, PROVEN, REPORTED = "ASK", "BELIEVED (UNPROVEN)", "PROVEN", "REPORTED, NOT CHECKED"
TRIED, IMPACT, REACH = "TRIED, AND RESULT", "IMPACT AND DEADLINE", "REACHABILITY"
EVIDENCE, LINKS = "EVIDENCE", "LINKS"


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A text with the items it holds whole, the items it holds shortened, and the items left out."""

    text: str
    items: tuple[str, ...] = ()
    shortened: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    cut: bool = False


def short_description(state: KnowledgeState) -> Text:
    """This will return the title: the summary, or else the first thing that is known."""
    title, item = flat(state.summary), ""
    if not title:
        title, item = next(_titles(state), ("Escalation", ""))
    limit = LIMITS["short_description"]
    return Text(text=cut(title, limit), items=(item,) if item else (), cut=len(title) > limit)


def description(state: KnowledgeState, given: Given) -> Text:
    """This will return the description within its limit."""
    lines = list(_lines(state, given))
    where = flat(state.investigation_url)
    tail = "[Shortened to fit this field." + (f" In full: {cut(where, 300)}]" if where else "]")
    fitted = fit(lines, limit=LIMITS["description"], tail=tail)
    dropped = {each.item for each in fitted.dropped if not each.spare}
    placed = dict.fromkeys(each.item for each in lines if each.item and each.item not in dropped)
    return Text(
        text=fitted.text,
        items=tuple(placed),
        shortened=tuple(dict.fromkeys(each.item for each in fitted.shortened if each.item)),
        dropped=tuple(dict.fromkeys(each.item for each in fitted.dropped if each.item)),
        cut=bool(fitted.shortened or fitted.dropped),
    )


def work_note(state: KnowledgeState, given: Given) -> Text:
    """This will return the first internal note, "" when there is nothing to assess."""
    said = [sentence for sentence in _sentences(state, given) if sentence]
    text = " ".join(said)
    return Text(text=cut(text, LIMITS["work_notes"]), cut=len(text) > LIMITS["work_notes"])


def _titles(state: KnowledgeState) -> Iterator[tuple[str, str]]:
    for part in (Part.DIAGNOSTICS, Part.FACTS, Part.BUSINESS):
        for item in state.part(part):
            text = flat(line(item, today=date.min))
            if text:
                yield text, item.id
    for text in (state.ask, state.source.number if state.source else ""):
        if flat(text):
            yield flat(text), ""


def _lines(state: KnowledgeState, given: Given) -> Iterator[Line]:
    today = given.now.date()
    if len(flat(state.summary)) > LIMITS["short_description"]:
        yield Line(heading="SUMMARY", text=flat(state.summary))
    if flat(state.ask):
        yield Line(heading=ASK, text=flat(state.ask))
    yield from _part(state, Part.HYPOTHESIS, BELIEVED, today)
    checked: tuple[Fact | Diagnostic, ...] = (*state.facts, *state.diagnostics)
    proven = [each for each in checked if is_proven(each)]
    reported = [each for each in checked if not is_proven(each)]
    for heading, items in ((PROVEN, proven), (REPORTED, reported)):
        for item in items:
            text = line(item, today=today)
            if text:
                yield Line(heading=heading, text=text, item=item.id)
    yield from _part(state, Part.REMEDIATION, TRIED, today)
    yield from _part(state, Part.BUSINESS, IMPACT, today)
    yield from _part(state, Part.AVAILABILITY, REACH, today)
    yield from _evidence(state)
    yield from _links(state, given)


def _part(state: KnowledgeState, part: Part, heading: str, today: date) -> Iterator[Line]:
    for item in state.part(part):
        text = line(item, today=today)
        if text:
            yield Line(heading=heading, text=text, item=item.id)


def _evidence(state: KnowledgeState) -> Iterator[Line]:
    seen: set[str] = set()
    for item in (item for part in Part for item in state.part(part)):
        for text in map(quote, item.evidence):
            if text and text not in seen:
                seen.add(text)
                yield Line(heading=EVIDENCE, text=text, item=item.id, spare=True)


def _links(state: KnowledgeState, given: Given) -> Iterator[Line]:
    source = state.source
    if source is not None:
        who = ", ".join(
            each
            for each in map(flat, (source.requester, source.requester_email, source.organisation))
            if each
        )
        number = flat(source.number or source.reference)
        parts = [f"{flat(source.tool)} {number}".strip(), flat(source.url), who and f"requester {who}"]
        if flat(source.priority):
            parts.append(f"priority there: {flat(source.priority)}")
        yield Line(heading=LINKS, text=" — ".join(each for each in parts if each))
        for url in source.thread_urls:
            yield Line(heading=LINKS, text=f"Thread: {flat(url)}", spare=True)
    if flat(state.investigation_url):
        by = f" by {flat(given.sender)}" if flat(given.sender) else ""
        yield Line(heading=LINKS, text=f"Investigation{by}: {flat(state.investigation_url)}")


def _sentences(state: KnowledgeState, given: Given) -> Iterator[str]:
    today = given.now.date()
    yield _listed("Pre-validated", [line(each, today=today) for each in state.facts if is_proven(each)])
    for each in state.diagnostics:
        code, check = flat(each.error_code), flat(each.check).rstrip(".")
        if code:
            yield _sentence(f"User reports error code {code}" + (f" when: {check}" if check else ""))
    tried = [f"{flat(each.step)} ({OUTCOMES[each.outcome]})" for each in state.remediation if flat(each.step)]
    yield _listed("Tried", tried)
    for belief in state.hypothesis:
        yield _assessment(belief)
    yield _change(given)
    yield _listed("User available", [line(each, today=today) for each in state.availability])
    if flat(state.ask):
        yield _sentence(f"Ask: {flat(state.ask)}")


def _assessment(belief: Hypothesis) -> str:
    statement = flat(belief.statement).rstrip(".")
    return _sentence(f"Level One assessment: {statement} (unproven)") if statement else ""


def _change(given: Given) -> str:
    """The change that is linked surely enough to be filled in; where it is a question it is not named."""
    best = next(iter(given.links.get(EntryKind.CHANGE, ())), None)
    sure = best.entry_id if best and best.score >= given.rules.fill_at else ""
    entry = given.entries.get(given.answers.get("caused_by", sure))
    if entry is None:
        return ""
    ended = entry.ends_at or entry.starts_at
    return _sentence(f"Related change: {flat(entry.name)}" + (f", implemented {utc(ended)}" if ended else ""))


def _listed(title: str, said: list[str]) -> str:
    kept = [flat(each).rstrip(".") for each in said if flat(each)]
    return _sentence(f"{title}: {'; '.join(kept)}") if kept else ""


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "。")) else f"{text}."
