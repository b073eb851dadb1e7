"""How does a whole state read as one plain text, for a tool that has no field for most of it?

Read by somebody who has never seen the case, so in the receiver's order: ask first, then belief, proof,
trials, impact, reachability. Headings stand alone in capitals at the start of a line, where no text from
outside can stand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from escalation.knowledge.state import Diagnostic, Fact, KnowledgeState
from escalation.knowledge.words import Part
from escalation.translation.fitting import Line, fit
from escalation.translation.given import Given
from escalation.translation.lines import file_line, is_proven, line, quote
from escalation.translation.plain import cut, flat
from escalation.translation.tool_names import called

ASK, BELIEVED, PROVEN, REPORTED = "ASK", "BELIEVED (UNPROVEN)", "PROVEN", "REPORTED, NOT CHECKED"
TRIED, IMPACT, REACH = "TRIED, AND RESULT", "IMPACT AND DEADLINE", "REACHABILITY"
FILES, EVIDENCE, LINKS = "FILES", "EVIDENCE", "LINKS"


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A text with the items it holds whole, the items it holds shortened, and the items left out."""

    text: str
    items: tuple[str, ...] = ()
    shortened: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    cut: bool = False
    lines: tuple[Line, ...] = ()  # what the text is made of, for a tool that has markup of its own
    tail: str = ""  # says that something is missing


def title(state: KnowledgeState, *, limit: int) -> Text:
    """This will return one line that names the case: the summary, or else the first thing that is known."""
    named, item = flat(state.summary), ""
    if not named:
        named, item = next(_titles(state), ("Escalation", ""))
    return Text(text=cut(named, limit), items=(item,) if item else (), cut=len(named) > limit)


def whole(state: KnowledgeState, given: Given, *, limit: int, title_limit: int) -> Text:
    """This will return the state as one text of at most ``limit`` characters.

    A summary longer than ``title_limit`` is cut in the title and therefore stands here in full.
    """
    lines = [*_summary(state, title_limit), *_lines(state, given)]
    where = flat(state.investigation_url)
    tail = "[Shortened to fit this field." + (f" In full: {cut(where, 300)}]" if where else "]")
    fitted = fit(lines, limit=limit, tail=tail)
    dropped = {each.item for each in fitted.dropped if not each.spare}
    placed = dict.fromkeys(each.item for each in lines if each.item and each.item not in dropped)
    return Text(
        text=fitted.text,
        items=tuple(placed),
        shortened=tuple(dict.fromkeys(each.item for each in fitted.shortened if each.item)),
        dropped=tuple(dict.fromkeys(each.item for each in fitted.dropped if each.item)),
        cut=bool(fitted.shortened or fitted.dropped),
        lines=fitted.lines,
        tail=fitted.tail,
    )


def _titles(state: KnowledgeState) -> Iterator[tuple[str, str]]:
    for part in (Part.DIAGNOSTICS, Part.FACTS, Part.BUSINESS):
        for item in state.part(part):
            text = flat(line(item, today=date.min))
            if text:
                yield text, item.id
    for text in (state.ask, state.source.number if state.source else ""):
        if flat(text):
            yield flat(text), ""


def _summary(state: KnowledgeState, title_limit: int) -> Iterator[Line]:
    if len(flat(state.summary)) > title_limit:
        yield Line(heading="SUMMARY", text=flat(state.summary))


def _lines(state: KnowledgeState, given: Given) -> Iterator[Line]:
    today = given.now.date()
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
    yield from (Line(heading=FILES, text=file_line(each), item=each.id) for each in state.files)
    yield from _evidence(state, today)
    yield from _links(state, given)


def _part(state: KnowledgeState, part: Part, heading: str, today: date) -> Iterator[Line]:
    for item in state.part(part):
        text = line(item, today=today)
        if text:
            yield Line(heading=heading, text=text, item=item.id)


def _evidence(state: KnowledgeState, today: date) -> Iterator[Line]:
    seen: set[str] = set()
    for item in (item for part in Part for item in state.part(part)):
        said = line(item, today=today).casefold()
        for evidence in item.evidence:
            text = quote(evidence)
            # A line that was taken over word for word is its own evidence.
            if text and text not in seen and flat(evidence.quote).casefold() not in said:
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
        parts = [f"{called(source.tool)} {number}".strip(), flat(source.url), who and f"requester {who}"]
        if flat(source.priority):
            parts.append(f"priority there: {flat(source.priority)}")
        yield Line(heading=LINKS, text=" — ".join(each for each in parts if each))
        for url in source.thread_urls:
            yield Line(heading=LINKS, text=f"Thread: {flat(url)}", spare=True)
    if flat(state.investigation_url):
        by = f" by {flat(given.sender)}" if flat(given.sender) else ""
        yield Line(heading=LINKS, text=f"Investigation{by}: {flat(state.investigation_url)}")
