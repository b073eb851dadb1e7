"""How does the card read as a work note with headings and lists?

A journal shows HTML between [code] and [/code], where the instance allows it; a route's rules say whether it
does, for elsewhere readers would see the tags. Every text is escaped, its square brackets too, so nothing
from outside can end the block or begin an element. Pure. Source: ServiceNow product documentation, "Journal
fields", property ``glide.ui.security.allow_codetag``.
"""

import re
from html import escape
from itertools import groupby
from typing import Final

from escalation.knowledge.state import KnowledgeState
from escalation.tools.servicenow.vocabulary import LIMITS
from escalation.translation.given import Given
from escalation.translation.sections import BELIEVED, Text, whole

_LIMIT: Final = LIMITS["work_notes"]
_LEAST: Final = 64  # no text is fitted into less
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9./_%?=&:#@,;+~-]{1,1000}")
_BRACKETS: Final = str.maketrans({"[": "&#91;", "]": "&#93;"})


def card(state: KnowledgeState, given: Given) -> tuple[Text, str]:
    """This will return the card as it reads, and the note that shows it, within the journal's limit."""
    room = _LIMIT
    while True:
        text = whole(state, given, limit=room, title_limit=LIMITS["short_description"])
        note = written(text)
        if len(note) <= _LIMIT or room <= _LEAST:
            return text, note
        room = room * 2 // 3


def written(text: Text) -> str:
    """This will write the sections as HTML; what is only believed stands in a frame."""
    parts: list[str] = []
    for heading, lines in groupby(text.lines, key=lambda each: each.heading):
        listed = "".join(f"<li>{_shown(each.text)}</li>" for each in lines)
        section = f"<h4>{_shown(heading)}</h4><ul>{listed}</ul>"
        parts.append(f"<blockquote>{section}</blockquote>" if heading == BELIEVED else section)
    if text.tail:
        parts.append(f"<p>{_shown(text.tail)}</p>")
    return f"[code]{''.join(parts)}[/code]" if parts else ""


def _shown(text: str) -> str:
    parts: list[str] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        address = _escaped(found[0].rstrip(".,;:"))
        link = f'<a href="{address}" target="_blank" rel="noopener noreferrer">{address}</a>'
        parts += [_escaped(text[end : found.start()]), link]
        end = found.start() + len(found[0].rstrip(".,;:"))
    return "".join((*parts, _escaped(text[end:]))).replace("\n", "<br>")


def _escaped(text: str) -> str:
    return escape(text).translate(_BRACKETS)
