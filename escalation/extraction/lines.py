"""What is each line of a message: prose, log, code, quotation, signature, heading?

Only prose and logs are evidence. Quoted replies repeat what another message already says, and
signatures and disclaimers say nothing about the problem.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class LineKind(StrEnum):
    """What a line is."""

    PROSE = "prose"
    LOG = "log"
    CODE = "code"
    HEADING = "heading"
    QUOTE = "quote"
    SIGNATURE = "signature"
    BLANK = "blank"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line, without its line break; ``heading`` is the template heading it stands under."""

    kind: LineKind
    start: int
    end: int
    heading: str = ""


_LEVEL = r"(?-i:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|SEVERE|CRITICAL|CRIT|ALERT|EMERG)"
_LOG = re.compile(
    rf"\s{{0,40}}(?:\[?\d{{4}}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d|\d\d/\d\d/\d\d \d\d:\d\d:\d\d|"
    rf"\[?\d\d:\d\d:\d\d[.,\]]|"
    rf"(?-i:[A-Z][a-z]{{2}}) [ \d]\d \d\d:\d\d:\d\d|\[[^\]\n]{{0,40}}\]?\s{{0,4}}\[?{_LEVEL}\]?\b|"
    rf"\[?{_LEVEL}(?:\]|:| -|\s{{1,6}}[|:\[])|"
    r"at [\w.$<>/]{2,200} ?\([^()\n]{0,200}\)|caused by: |exception in |traceback \(most|"
    r"file \"[^\"\n]{1,300}\", line \d|"
    r"(?-i:[VDIWEF]/[\w.]{1,40} ?[(:])|(?:[a-z_$][\w$]{0,60}\.){1,10}(?-i:[A-Z])\w{0,80}(?:Exception|"
    r"Error)\b|(?-i:[A-Z]\w{1,60}(?:Exception|Error)):|"
    r"(?:uncaught |unhandled |fatal |parse |syntax |runtime |internal |server |script |script )?(?:error|"
    r"exception)(?: \d{1,6})?(?: -\d{1,6})?\s?(?::|\(\d)|"
    r"error (?:using|in) (?:==> )?[\w/.]{2,100} (?:at \d|\(line)|error in ==>|\?\?\? error|dyld: |"
    r"referenced from: |reason: |trace/bpt|segmentation fault|core dumped|"
    r"\*\*\* |e: |w: |n: |err:|npm err!|make(?:\[\d\])?: \*\*\*|fatal: |panic: |kernel: |warning: |"
    r"(?:http/\d(?:\.\d)? [1-5]\d\d\b)|< http/|"
    r"thread \d|\d{1,4}\s+0x[0-9a-f]{6,16}|#\d{1,3}\s{1,4}(?:0x)?[0-9a-f]|process exit|exit code|"
    r"reply from \d|request timed out|\d{1,3}% packet loss|ping request could not|"
    r"access to \w{1,20} at ['‘]|(?:get|post|put|patch|delete|options) https?://\S|"
    r"refused to (?:load|execute|connect|apply) |failed to load resource|mixed content: |"
    r"[245]\d\d[ -]#?[245]\.\d{1,3}\.\d{1,3}\s|<[^>\s]{3,120}@[^>\s]{3,120}>: (?:host|mail)|"
    r"\*\*+ server can't find|could not resolve host|curl: \(\d)",
    re.IGNORECASE,
)
_PROMPT = re.compile(
    r"\s{0,8}(?:[\w.-]{1,40}[@:][\w.~/-]{1,60}(?: \w{1,30})?[$#] ?\S|[$#] (?:\w|\.{0,2}/\w)|"
    r"[a-z]:\\[^>\n]{0,60}> ?\w|"
    r">> \w)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\s{0,80}(?:[{}\])(]{1,4}[;,]?\s*$|</?[a-z!][^>\n]{0,200}>?|//|/\*|\*/|#include|import [\w.{]|"
    r"from \w+ import |package [\w.]+;|"
    r"(?:var|let|const|function|def|class|public|private|protected|static|return|select|insert|update|"
    r"create table|if|for|while|switch|try|else|elseif|end)\b"
    r"[^.?!]{0,200}[;{(:]\s*$|(?:var|let|const) \w+ ?=|function ?\w{0,40}\(|end;?$|"
    r"[\w.$\[\](){}'\"]{1,80} ?=[ =>]?[^=\n]{0,300}[;,({]\s*$|[\w.$]{2,80}\([^)\n]{0,200}\);?\s*$|"
    r"\"[\w.-]{1,60}\" ?: ?|\[code\]|\{code|\{noformat|```|cfg\.\w)",
    re.IGNORECASE,
)
_QUOTE_START = re.compile(
    r"\s{0,4}(?:on .{4,120} wrote:|am .{4,120} schrieb.{0,80}:|le .{4,120} a écrit ?:|"
    r"el .{4,120} escribió:|op .{4,120} schreef.{0,80}:|"
    r"-{2,}\s?(?:original|forwarded|ursprüngliche|message d'origine|weitergeleitete|"
    r"oorspronkelijk).{0,40}|_{10,}|begin forwarded message:)\s*$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"\s{0,4}(?:-- ?$|—\s?$|sent from my |get outlook for |von meinem .{2,20} gesendet|envoyé de mon |"
    r"enviado desde mi|"
    r"(?:this|the information in this|diese) (?:e-?mail|message|communication|"
    r"nachricht)\b.{0,80}(?:confidential|intended|vertraulich|privileged)|"
    r"disclaimer\b|confidentiality notice|ce (?:message|courriel) .{0,60}confidentiel|"
    r"(?:best|kind|warm|many thanks and|mit freundlichen|viele|beste|freundliche|liebe|bien) ?(?:regards|"
    r"wishes|grüße[n]?|grüssen?|cordialement|groeten)|"
    r"(?:schöne|herzliche|mit besten|mit freundlichem) (?:grüße[n]?|grüssen?|gruß|gruss)|"
    r"(?:bien à vous|un (?:cordial )?saludo|atentamente|yours (?:sincerely|faithfully|truly)|all the best|"
    r"thank you in advance|thanks in advance|merci d['’]avance)\b.{0,30}$|"
    r"(?:best|cheers|regards|greetings|greetz|lg|vg|gr(?:uß|uss)|br),? ?(?-i:[A-Z])?[\w.-]{0,20}$|"
    r"/(?-i:[A-Z])\w{1,20}$|"
    r"regards,?$|cheers,?$|mfg$|lg$|cordialement,?$|saludos,?$|met vriendelijke groet|sincerely,?$|"
    r"thanks,? ?(?:and )?(?:regards)?,?$)",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"\s{0,4}(?:from|to|cc|bcc|sent|date|subject|von|an|gesendet|betreff|de|à|envoyé|objet|para|asunto): ?\S",
    re.IGNORECASE,
)
# The headings of the templates that trackers and service desks give their users, by what follows.
_HEADINGS = {
    "steps": (
        "steps to reproduce, reproduction steps, how to reproduce, steps, repro steps, to "
        "reproduce, test case, schritte, étapes"
    ),
    "expected": (
        "expected result, expected results, expected behavior, expected behaviour, expected, "
        "erwartet, résultat attendu, what should happen"
    ),
    "actual": (
        "actual result, actual results, actual behavior, actual behaviour, actual, result, what "
        "happens, tatsächlich, résultat obtenu, symptoms, problem, issue, problem description, "
        "description"
    ),
    "environment": (
        "environment, test environment, environment details, system info, platform, setup, configuration, "
        "umgebung, environnement, versions, device info"
    ),
    "output": (
        "logs, log, error log, stack trace, stacktrace, output, console output, crash log, error, "
        "error message, console"
    ),
    "tried": (
        "workaround, attempted, tried, what i tried, troubleshooting, steps taken, actions taken, "
        "bereits versucht"
    ),
    "impact": ("impact, business impact, priority, auswirkung"),
    "cause": ("cause, root cause, hypothesis, suspected cause, assessment, ursache"),
    "availability": ("availability, contact, reachable, erreichbarkeit"),
    "other": ("sample code, code, attachments, notes, additional information, references, thanks"),
}
HEADINGS: dict[str, str] = {
    heading: name for name, listed in _HEADINGS.items() for heading in listed.split(", ")
}
_TRACED = re.compile(r"\s*error (?:in|using)", re.IGNORECASE)
SHORT = 60  # characters: longer than that, a line below a command is prose
_CONTACT = re.compile(
    r"\b(?:phone|tel|telefon|mobile?|fax|e-?mail|web|www|office|address|from|sent|to|von|an)\b", re.IGNORECASE
)
_BARE = re.compile(r"[\s*#=_:.-]+")


def lines(text: str) -> tuple[Line, ...]:
    """This will classify the lines of a message, in order; blank lines in a row count as one."""
    read: list[Line] = []
    state, heading = "", ""
    for start, end in _spans(text):
        line = text[start:end]
        if not line.strip():
            if read and read[-1].kind != LineKind.BLANK:
                read.append(Line(kind=LineKind.BLANK, start=start, end=end, heading=heading))
            continue
        if state == "signature" and _resumes(line):
            state = ""
        kind = _kind(line, state=state, alone=not read)
        heading = _heading(line, kind, heading)
        state = _state(line, kind, state)
        read.append(Line(kind=kind, start=start, end=end, heading=heading))
    return tuple(_joined(read, text))


def _heading(line: str, kind: LineKind, heading: str) -> str:
    """The heading that counts from this line on: one of its own, or one before a colon."""
    if kind == LineKind.HEADING:
        return HEADINGS[_key(line)]
    inline = re.match(r"\W{0,8}([\w ]{3,28}?)\W{0,4}[:=]", line)
    return HEADINGS.get(inline[1].lower(), heading) if inline else heading


def _state(line: str, kind: LineKind, state: str) -> str:
    if kind == LineKind.QUOTE and _QUOTE_START.match(line[:300]):
        return "quote"
    if kind == LineKind.SIGNATURE:
        return "signature"
    if line.strip() in ("```", "{code}", "{noformat}"):
        return "" if state == "fence" else "fence"
    return state


def _resumes(line: str) -> bool:
    """In trackers the text goes on below the regards, under a heading of its own."""
    return re.fullmatch(r"\s*[\w ]{3,30}:\s*", line) is not None and not _CONTACT.search(line)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for piece in text.split("\n"):
        yield start, start + len(piece)
        start += len(piece) + 1


def _kind(line: str, *, state: str, alone: bool) -> LineKind:
    stripped = line[:600].strip()
    if not stripped:
        return LineKind.BLANK
    if state in ("quote", "signature"):
        return LineKind(state)
    if _is_quote(line, alone=alone):
        return LineKind.QUOTE
    if _SIGNATURE.match(line[:300]) and not alone:
        return LineKind.SIGNATURE
    if _key(stripped) in HEADINGS:
        return LineKind.HEADING
    return _machine_kind(line, state=state)


def _machine_kind(line: str, *, state: str) -> LineKind:
    if _LOG.match(line[:600]) or _is_machine_made(line) or _is_row(line) or _PROMPT.match(line[:300]):
        return LineKind.LOG
    return LineKind.CODE if state == "fence" or _CODE.match(line[:600]) else LineKind.PROSE


def _is_quote(line: str, *, alone: bool) -> bool:
    """A quoted reply, or the mail headers above one."""
    if re.match(r"\s{0,4}(?:>|\|\s)(?!\s?\w+\s?\(main\))", line) or _QUOTE_START.match(line[:300]):
        return True
    if not _HEADER.match(line[:200]) or len(line) > 160 or re.search(r"[.!?] \w", line):
        return False
    return alone or re.match(r"\s*(?:from|sent|von|gesendet|cc|to)\b", line, re.IGNORECASE) is not None


def _is_machine_made(line: str) -> bool:
    """A long line that is mostly paths, quotes and punctuation was not typed by a person."""
    if len(line) < 200:
        return False
    sample = line[:1000]
    return sum(not (letter.isalnum() or letter in " ,.'’") for letter in sample) > len(sample) * 0.09


def _is_row(line: str) -> bool:
    """A row of a printed table: mostly numbers, set apart by more than one blank or by bars."""
    fields = re.split(r"\s{2,}|\t|\s?\|\s?", line.strip()[:300])
    numbers = sum(
        re.fullmatch(r"[-+<>~]?\d[\d.,:]*\s?(?:%|[a-z]{1,3})?", field.lower()) is not None for field in fields
    )
    return len(fields) >= 4 and numbers >= 3


def _key(line: str) -> str:
    return _BARE.sub(" ", line[:60]).strip().lower() if len(line) <= 60 else ""


def _joined(read: list[Line], text: str) -> Iterator[Line]:
    """Code between two lines of a log belongs to the log: traces print the source they failed in."""
    before: Line | None = None
    for index, line in enumerate(read):
        if line.kind == LineKind.BLANK:
            yield line
            continue
        behind = next((other for other in read[index + 1 : index + 3] if other.kind != LineKind.BLANK), None)
        if line.kind in (LineKind.CODE, LineKind.PROSE) and _is_part_of_a_log(text, line, before, behind):
            yield Line(kind=LineKind.LOG, start=line.start, end=line.end, heading=line.heading)
        else:
            yield line
        before = line


def _is_part_of_a_log(text: str, line: Line, before: Line | None, behind: Line | None) -> bool:
    if text[line.start : line.end].strip().lower() == "[code]":
        return False  # where a tracker's export left code out
    above = before if before is not None and before.kind == LineKind.LOG else None
    below = behind if behind is not None and behind.kind == LineKind.LOG else None
    if above is not None and line.kind == LineKind.PROSE and _is_output(text, line, above):
        return True
    traced = any(each is not None and _TRACED.match(text[each.start : each.end]) for each in (above, below))
    return (above is not None and below is not None) or (traced and line.kind == LineKind.CODE)


def _is_output(text: str, line: Line, above: Line) -> bool:
    """What a command printed: a short line directly below its prompt; or what an "Error using …" says."""
    below = line.start == above.end + 1 and line.end - line.start < SHORT
    printed = _PROMPT.match(text[above.start : above.end]) or _TRACED.match(text[above.start : above.end])
    return below and printed is not None
