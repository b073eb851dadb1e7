"""How is text written and read as Jira's wiki markup, Data Center's format, and that of every webhook?

Here text from outside could be obeyed: every character that means something is escaped on the way out.
Pure. Source: Atlassian support, "Wiki Markup for the rich text editor".
"""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from escalation.tools.jira.vocabulary import HEADINGS
from escalation.translation.fitting import Line
from escalation.translation.plain import block
from escalation.translation.sections import BELIEVED, Text

_SPECIAL: Final = re.compile(r"[\\{}\[\]*_?+^~!|#]")
# "-struck-" and "---"; "(x)" and ":)" become pictures.
_DASH: Final = re.compile(r"(?<![^\s(])-|(?<=-)-")
_PICTURE: Final = re.compile(r"\((?=[!xyin/?+*-][^)\s]{0,6}\))|[:;](?=[()DPp](?:\s|$))")
# Of an address only what no mark begins with is left alone.
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9./_%?=&:#@,;+-]{1,1000}")
_LINE_MARKUP: Final = re.compile(r"^(\s*)(h[1-6]|bq)\.", re.MULTILINE)

_TAG: Final = re.compile(r"\{(?:code|noformat|quote|panel|color)(?::[^{}\n]{0,300})?\}")
_ESCAPED: Final = re.compile(r"\\([\\{}\[\]*_?+^~!|#()\-:;.])")
_HELD: Final = re.compile(r"\ue000(\d{1,6})\ue001")


def written(text: Text) -> str:
    """This will write a whole state: headings, lists, a panel around what is only believed."""
    parts: list[str] = []
    for heading, lines in groupby(text.lines, key=lambda each: each.heading):
        listed = _list(list(lines))
        title = HEADINGS.get(heading, heading)
        if heading == BELIEVED:
            listed = f"{{panel}}\n{listed}\n{{panel}}"
        parts.append(f"h3. {title}\n{listed}")
    if text.tail:
        parts.append(escaped(text.tail))
    return "\n\n".join(parts)


def escaped(text: str) -> str:
    """This will return the text so that Jira shows it as it stands; an address stays one, to be followed."""
    parts: list[str] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        parts += [_escaped(text[end : found.start()]), found[0]]
        end = found.end()
    return "".join((*parts, _escaped(text[end:])))


def _escaped(text: str) -> str:
    text = _SPECIAL.sub(r"\\\g<0>", text)
    text = _PICTURE.sub(r"\\\g<0>", _DASH.sub(r"\\\g<0>", text))
    return _LINE_MARKUP.sub(r"\1\2\\.", text)


def plain(text: str) -> str:
    """This will read markup as a person reads the page: without the marks."""
    kept: list[str] = []

    def hold(found: re.Match[str]) -> str:
        kept.append(found[1])
        return f"\ue000{len(kept) - 1}\ue001"

    # block() takes characters of private use out, so the ones that hold a place are ours alone.
    text = re.sub(r"\\\\(?=\s|$)", "\n", block(text), flags=re.MULTILINE)
    text = _TAG.sub("", _ESCAPED.sub(hold, text))
    text = re.sub(r"\[~accountid:[^\]\n]{1,100}\]", "@somebody", text)
    text = re.sub(r"\[~([^\]\n]{1,100})\]", r"@\1", text)
    text = re.sub(r"\[([^\]|\n]{1,300})\|([^\]|\n]{1,1000})(?:\|[^\]\n]{0,100})?\]", r"\1 (\2)", text)
    text = re.sub(r"\[((?:https?|mailto)[^\]\s|]{1,1000})\]", r"\1", text)
    text = re.sub(r"^(?:h[1-6]|bq)\.[ \t]+", "", text, flags=re.MULTILINE)
    text = re.sub(r"^[*#-]{1,6}[ \t]+", "- ", text, flags=re.MULTILINE)
    text = re.sub(r"\{\{([^{}\n]{1,300})\}\}", r"\1", text)
    text = re.sub(r"(?<![\w*])\*(\S(?:[^*\n]{0,300}\S)?)\*(?![\w*])", r"\1", text)
    text = re.sub(r"(?<!\S)!([^!\s|]{1,200}\.\w{2,5})(?:\|[^!\n]{0,100})?!", r"\1", text)
    return block(_HELD.sub(lambda found: kept[int(found[1])] if int(found[1]) < len(kept) else "", text))


def _list(lines: Sequence[Line]) -> str:
    return "\n".join(f"* {_item(each.text)}" for each in lines)


def _item(text: str) -> str:
    """One line; what runs over more than two lines is a log and stands as it is, unread."""
    first, *rest = text.split("\n")
    if len(rest) < 2:
        return r" \\ ".join(escaped(each.strip()) for each in text.split("\n"))
    log = "\n".join(each.removeprefix("  ") for each in rest)
    log = re.sub(r"\{(?=noformat)", "{ ", log, flags=re.IGNORECASE)
    return f"{escaped(first)}\n{{noformat}}\n{log}\n{{noformat}}"
