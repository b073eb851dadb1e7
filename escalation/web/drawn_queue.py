"""How are the lines of the queue drawn? All at once, without a template for each of their cells.

Fifty lines of seven cells were half of the time the page took. Every text in them is escaped here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as on
from django.utils.safestring import SafeString

from escalation.web.lists import HandoffLine

LONGEST_ASK: Final = 140  # characters
_SPANS: Final = ((86_400 * 2, 86_400, "d"), (3_600 * 2, 3_600, "h"), (60, 60, "min"))


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueLine:
    """One handoff of the queue, and who has to move next."""

    line: HandoffLine
    waits: str


def rows(lines: Iterable[QueueLine], *, now: datetime) -> SafeString:
    """This will draw the table's rows; "" where there is none. Times are by the reader's clock."""
    return SafeString("".join(_row(each.line, each.waits, now=now) for each in lines))  # nosec


def waited(since: datetime | None, *, now: datetime) -> str:
    """This will say how long something waits in its largest unit: "4 min", "119 min", "3 h", "12 d"."""
    if since is None:
        return ""
    seconds = (now - since).total_seconds()
    found = (f"{seconds // unit:.0f} {name}" for least, unit, name in _SPANS if seconds >= least)
    return next(found, "now")


def _row(line: HandoffLine, waits: str, *, now: datetime) -> str:
    asked = line.ask or line.summary
    if len(asked) > LONGEST_ASK:
        asked = f"{asked[: LONGEST_ASK - 1]}…"
    about = f"{line.sender}, {line.author}" + (f" · {line.summary}" if line.ask else "")
    sub = " · ".join(each for each in (line.remote_number, line.source_number, about) if each)
    owed = (
        f"{on(timezone.localtime(line.due_at), 'D H:i')}{', overdue' if line.overdue else ''}"
        if line.due_at
        else "–"
    )
    impact = line.impact[:1].upper() + line.impact[1:] or "–"
    status = f'<span class="status status-{escape(line.status)}">{escape(line.status_title)}</span>'
    reach, late = " reach-now" if line.reachable else "", " overdue" if line.overdue else ""
    return (
        f'<tr id="waits-{line.id}">'
        f'<td class="tight num" data-says="Waits">{waited(line.confirmed_at, now=now)}</td>'
        f'<td><a class="title" href="{reverse("intake", args=[line.id])}">{escape(asked)}</a>'
        f'<span class="sub one-line">{escape(sub)}</span></td>'
        f'<td class="tight">{status}</td>'
        f'<td class="tight" data-says="for">{escape(waits)}</td>'
        f'<td class="tight" data-says="Impact">{escape(impact)}</td>'
        f'<td class="tight{reach}" data-says="User">{escape(line.reach)}</td>'
        f'<td class="tight{late}" data-says="Word owed by">{owed}</td></tr>'
    )
