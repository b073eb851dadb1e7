"""By when does it have to work again?

A deadline is a time with a word that makes it one: "by Friday noon", "close starts tomorrow", "bis
morgen". A time alone is only a time.
"""

import re
from datetime import datetime, timedelta

from escalation.extraction.moments import moments
from escalation.extraction.times import CLOSING, OPENING, Span
from escalation.knowledge.state import Moment

_BEFORE = re.compile(
    r"(?:\b(?:by|before|until|due|due (?:on|by|at)|deadline(?: is| on)?:?|no later than|latest(?: by)?|"
    r"in time for|ahead of|for|need(?:s|ed)? (?:it|this|them)|"
    r"goes live|go-?live(?: is| on)?|release(?: is| on)?|launch(?: is| on)?|(?:starts?|begins?|closes|"
    r"ends|runs|happens|is|are|scheduled)(?: (?:on|at|for|from))?|"
    r"bis(?: spätestens)?(?: zum)?|spätestens(?: am)?|frist:?|avant|d['’]ici|au plus tard|antes de(?:l)?|"
    r"a más tardar|voor|uiterlijk)|までに?)\s*(?:the |le |la |el )?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s?(?:at the latest|is the deadline|deadline|spätestens|latest|までに?|au plus tard|a más tardar)",
    re.IGNORECASE,
)
_STARTS = re.compile(
    r"\b(?:starts?|begins?|opens?|kicks? off|goes live|go-?live|beginnt|startet|commence|empieza|begint)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(r"\b(?:is|are|for|until|before|ends)\s*(?:the )?$", re.IGNORECASE)
_BUSINESS = re.compile(
    r"\b(?:deadline|close|closing|payroll|audit|release|launch|go-?live|due|meeting|demo|presentation|"
    r"filing|report(?:ing)?|invoic\w+|month[- ]end|quarter[- ]end|"
    r"year[- ]end|cut-?off|shipping|payment|monatsabschluss|abschluss|clôture|cierre|frist|abgabe|"
    r"need(?:s|ed)?|must|has to|have to)\b",
    re.IGNORECASE,
)


def deadline(text: str, *, said_at: datetime, zone: str) -> Moment | None:
    """This will return the first deadline said in ``text``, resolved; None when there is none."""
    for start, end, span in moments(text, said_at=said_at, zone=zone):
        lead = text[max(0, start - 40) : start]
        cue = _BEFORE.search(lead)
        whole = start <= 2 and end >= len(text.rstrip(" .!")) - 2  # the field holds nothing but the time
        if not (
            whole or _AFTER.match(text, end) or (cue and (_BUSINESS.search(text) or not _WEAK.search(lead)))
        ):
            continue
        if span.end < said_at - timedelta(days=1):
            continue  # "fixed before Monday" of last week is history
        begins = max(0, start - 40) + cue.start() if cue else start
        words = text[begins:end].strip()
        return Moment(words=words, at=_point(span, starts=_STARTS.search(text[begins:start]) is not None))
    return None


def _point(span: Span, *, starts: bool) -> datetime:
    """A clock time as it is; a whole day means its opening when something starts, else its close."""
    if span.start == span.end or span.end - span.start < timedelta(hours=20):
        return span.start if starts or span.start == span.end else span.end
    if starts:
        return span.start.replace(hour=OPENING.hour, minute=OPENING.minute)
    last = span.end - timedelta(minutes=1)
    return last.replace(hour=CLOSING.hour, minute=CLOSING.minute)
