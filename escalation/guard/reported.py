"""Where does a check show the opposite of what the user reported?

"She says it works on Wi-Fi" beside a check that failed over Wi-Fi. Both may be true at different moments, so
both go along and nothing is resolved here; the line says that they differ. Judged only where both sides say
plainly whether something works, about the same thing, and the report speaks of the present.
"""

import re
from collections.abc import Iterator

from escalation.guard.findings import Finding
from escalation.knowledge.state import Diagnostic, Fact, KnowledgeState
from escalation.knowledge.words import Part, Standing

_COMPARED = 60  # lines of either kind; more are a log
_SHARED = 0.6  # of what the report is about must be what was checked
_PAST = re.compile(
    r"\b(?:was|were|had|worked|used to|until|before|previously|yesterday|last|"
    r"war|hatte|ging|gestern|bis|était|avant|hier|antes|ayer|funcionaba)\b"
)
_WORKS = re.compile(
    r"\b(?:works?|working|fine|ok|okay|good|reachable|up|online|active|enabled|valid|loads?|opens?|succeeds?|"
    r"succeeded|successful|success|passed|passes|connects|connected|responds|answers|possible|allowed|"
    r"geht|funktioniert|läuft|marche|fonctionne|funciona)\b"
)
_FAILS = re.compile(
    r"\b(?:fails?|failed|failing|failure|errors?|broken|down|offline|unreachable|refused|rejected|denied|"
    r"blocked|locked|disabled|inactive|invalid|expired|lost|drops?|dropped|dropping|disconnects?|"
    r"disconnected|times out|timed out|timeouts?|hangs|crash(?:es|ed)?|unavailable|impossible|loss|"
    r"kaputt|fehler|gesperrt|panne|erreur|falla)\b"
)
_DENIED = re.compile(
    r"\b(?:not?|never|without|cannot|can't|zero|nicht|kein\w*|ohne|ne|pas|sans|sin)\b|n't\b|\b0 ?%"
)
_NEAR = 24  # characters before a word in which a "not" turns it round
_EMPTY = (
    "the a an and or of to in on at for with from by over via is are was were be been it its this that i we "
    "he she they you my our your his her their user users customer says said reports reported claims tells "
    "told according still also just now very all any only does did do has have had can will when while me "
    "him them there here everything nothing something try tried test tested check checked"
)
_SMALL = frozenset(_EMPTY.split())


def reported_otherwise(state: KnowledgeState) -> Iterator[Finding]:
    """This will name each reported line that a checked one speaks against, with the first that does."""
    checked = [each for each in (*_facts(state), *_diagnostics(state)) if each[1] is not None][:_COMPARED]
    reports = [each for each in state.facts if each.standing is Standing.REPORTED][:_COMPARED]
    for report in reports:
        said = works(report.statement)
        if said is None or _PAST.search(_plain(report.statement)):
            continue
        about = _about(report.statement)
        for text, shown in checked:
            if shown is not said and _same(about, _about(text)):
                yield _finding(report, text)
                break


def works(text: str) -> bool | None:
    """Whether a text says that something works, or that it does not; None where it says neither or both."""
    plain = _plain(text)
    said = {
        good is not _turned(plain, found.start())
        for good, pattern in ((True, _WORKS), (False, _FAILS))
        for found in pattern.finditer(plain)
    }
    return said.pop() if len(said) == 1 else None


def _turned(plain: str, start: int) -> bool:
    return bool(_DENIED.search(plain[max(0, start - _NEAR) : start]))


def _facts(state: KnowledgeState) -> Iterator[tuple[str, bool | None]]:
    for fact in state.facts:
        said = works(fact.statement)
        if fact.standing is Standing.CONFIRMED:
            yield fact.statement, said
        elif fact.standing is Standing.RULED_OUT:
            yield fact.statement, None if said is None else not said


def _diagnostics(state: KnowledgeState) -> Iterator[tuple[str, bool | None]]:
    for each in state.diagnostics:
        yield _said(each), works(f"{each.observation or each.check} {'error' if each.error_code else ''}")


def _said(check: Diagnostic) -> str:
    return ": ".join(filter(None, (check.check, check.observation)))


def _finding(report: Fact, against: str) -> Finding:
    short = against if len(against) <= 60 else f"{against[:59]}…"
    message = f"The user reports this; the check “{short}” shows the opposite. Both go along. Which holds?"
    return Finding(code="reported_otherwise", part=Part.FACTS, item_id=report.id, message=message)


def _same(report: frozenset[str], check: frozenset[str]) -> bool:
    return bool(report) and len(report & check) >= _SHARED * len(report)


def _about(text: str) -> frozenset[str]:
    """The words that name the thing: without those that say its state, and a plural is its singular."""
    bare = _DENIED.sub(" ", _FAILS.sub(" ", _WORKS.sub(" ", _plain(text))))
    words = set(re.findall(r"\w+", bare.replace("-", ""))) - _SMALL
    return frozenset(word.removesuffix("s") if len(word) > 3 else word for word in words)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())
