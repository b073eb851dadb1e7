"""How does one item read as a line of plain text?

Used by every tool that has no field for a part and writes it into a text. A hypothesis says in its
own line that it is unproven, wherever the line ends up.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from escalation.knowledge.state import (
    Availability,
    Business,
    Diagnostic,
    Evidence,
    Fact,
    File,
    Hypothesis,
    Item,
    Remediation,
)
from escalation.knowledge.words import Channel, Origin, Outcome, Standing
from escalation.translation.plain import flat, indented
from escalation.translation.times import said, utc, window
from escalation.translation.tool_names import called

STANDINGS: dict[Standing, str] = {
    Standing.CONFIRMED: "",
    Standing.RULED_OUT: "Ruled out: ",
    Standing.REPORTED: "Reported: ",
    Standing.NOT_CHECKED: "Not checked: ",
}
OUTCOMES: dict[Outcome, str] = {
    Outcome.NO_CHANGE: "no change",
    Outcome.PARTLY: "partly better",
    Outcome.WORSE: "worse",
    Outcome.FIXED_FOR_A_WHILE: "fixed for a while",
    Outcome.UNKNOWN: "result not observed",
}
CHANNELS: dict[Channel, str] = {
    Channel.SLACK: "Slack",
    Channel.PHONE: "phone",
    Channel.EMAIL: "e-mail",
    Channel.TEAMS: "Teams",
    Channel.IN_PERSON: "in person",
    Channel.TICKET: "the ticket",
}


def line(item: Item, *, today: date) -> str:
    """This will return the item as text; "" when it says nothing. Later lines are indented."""
    return _WRITERS[type(item)](item, today)


def is_proven(item: Fact | Diagnostic) -> bool:
    """This will say whether a person checked it: what extraction found alone proves nothing."""
    if item.origin is Origin.FOUND:
        return False
    return isinstance(item, Diagnostic) or item.standing in {Standing.CONFIRMED, Standing.RULED_OUT}


def check(item: Diagnostic) -> str:
    """This will return what was checked and what was seen."""
    what, seen = indented(item.check), indented(item.observation)
    if not (what and seen):
        return what or seen
    return f"{what} {seen}" if what.endswith((".", "!", "?", ":")) else f"{what}: {seen}"


def unsaid_count(item: Business) -> int | None:
    """This will return how many are affected, where the words do not say it already."""
    said_already = re.findall(r"\d+", re.sub(r"(?<=\d)[,.\u00a0 ](?=\d{3})", "", item.affected))
    return None if str(item.affected_count) in said_already else item.affected_count


def file_line(file: File) -> str:
    """This will name a file with its size and what was taken out of it."""
    size = f"{file.size} bytes" if file.size < 1000 else f"{file.size / 1000:.0f} kB"
    if file.size >= 1_000_000:
        size = f"{file.size / 1_000_000:.1f} MB"
    aside = "; ".join(each for each in (size, flat(file.stripped)) if each)
    return f"{flat(file.name)} ({aside})"


def quote(evidence: Evidence) -> str:
    """This will return a quoted line with who said it, where and when; "" without a quote."""
    words = flat(evidence.quote)
    if not words:
        return ""
    where = [flat(evidence.author), called(evidence.tool), utc(evidence.at) if evidence.at else ""]
    return _joined(f"“{words}”", ", ".join(each for each in where if each), flat(evidence.permalink))


def _joined(*parts: str) -> str:
    return " — ".join(each for each in parts if each)


def _fact(item: Fact, _: date) -> str:
    statement = indented(item.statement)
    if not statement:
        return ""
    how = flat(item.how_verified)
    return f"{STANDINGS[item.standing]}{statement}" + (f" [verified: {how}]" if how else "")


def _diagnostic(item: Diagnostic, _: date) -> str:
    text = check(item)
    code = flat(item.error_code)
    when = said(item.when) if item.when else ""
    parts = [f"error code {code}" if code and code not in text else "", when]
    tail = ", ".join(each for each in parts if each)
    if not text:
        return tail
    return f"{text} [{tail}]" if tail else text


def _remediation(item: Remediation, _: date) -> str:
    step = indented(item.step)
    if not step:
        return ""
    when = f", {said(item.when)}" if item.when and said(item.when) else ""
    outcome = OUTCOMES[item.outcome]
    if step.rstrip(" .!").casefold().endswith(outcome):
        return f"{step}{when}"  # taken over word for word from somebody who told the step and its result
    return f"{step} → {outcome}{when}"


def _hypothesis(item: Hypothesis, _: date) -> str:
    statement = indented(item.statement)
    if not statement:
        return ""
    because, wrong_if = flat(item.because), flat(item.wrong_if)
    return (
        f"UNPROVEN, {item.confidence.value} confidence: {statement}"
        + (f" [because: {because}]" if because else "")
        + (f" [would be wrong if: {wrong_if}]" if wrong_if else "")
    )


def _business(item: Business, _: date) -> str:
    count = unsaid_count(item)
    parts = [
        indented(item.affected),
        "" if count is None else f"{count} affected",
        f"impact {item.impact.value}" if item.impact else "",
        f"urgency {item.urgency.value}" if item.urgency else "",
        f"deadline: {said(item.deadline)}" if item.deadline and said(item.deadline) else "",
        flat(item.priority_reason),
    ]
    return "; ".join(each for each in parts if each)


def _availability(item: Availability, today: date) -> str:
    parts = [indented(item.words), *(window(each, today=today) for each in item.windows)]
    how = CHANNELS[item.channel] if item.channel else ""
    parts.append(" ".join(each for each in (how and f"by {how}", flat(item.handle)) if each))
    if item.can_test is not None:
        parts.append("can test a fix" if item.can_test else "cannot test a fix")
    return "; ".join(each for each in parts if each)


_WRITERS: dict[type[Item], Callable[[Any, date], str]] = {
    Fact: _fact,
    Diagnostic: _diagnostic,
    Remediation: _remediation,
    Hypothesis: _hypothesis,
    Business: _business,
    Availability: _availability,
}
