"""How does text from outside become text that a tool can only show, never obey?

Every value of a draft passes through ``flat`` or ``block``: what is typed into an item can neither
break a line it stands in, nor look like a heading of ours, nor switch on a tool's own markup.
"""

import re
import unicodedata
from functools import lru_cache

# ServiceNow renders [code]…[/code] in journals as HTML where the instance allows it; case does not matter.
_CODE_TAG = re.compile(r"\[\s*(/?)\s*code\s*\]", re.IGNORECASE)
# Bidirectional overrides and isolates reorder what a reader sees (CVE-2021-42574); U+2028/9 break lines.
_HIDDEN = dict.fromkeys(
    [0x061C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_BREAKS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_ELLIPSIS = "…"
SHORT = 500  # characters; what is longer is not remembered


def block(text: str) -> str:
    """This will return the text with newlines kept and everything else that is not for the eye taken out."""
    return _short_block(text) if len(text) <= SHORT else _block(text)


def _block(text: str) -> str:
    text = _BREAKS.sub("\n", text).replace("\t", "    ").translate(_HIDDEN)
    # Almost every text is printable throughout; asking that once is far cheaper than asking each character.
    if not text.replace("\n", "").isprintable():
        text = text.translate({ord(each): None for each in set(text) if not _visible(each)})
    # Until nothing changes: taking one tag out may bring the halves of another together.
    while "[" in text and (plain := _CODE_TAG.sub(r"(\1code)", text)) != text:
        text = plain
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


# A record is written anew at every pause in typing, and of its lines one has changed.
_short_block = lru_cache(maxsize=4096)(_block)


def flat(text: str) -> str:
    """This will return the text on one line."""
    return " ".join(block(text).split())


def indented(text: str, *, by: str = "  ") -> str:
    """This will return the text with every line after the first pushed in, so that none looks like ours."""
    first, *rest = block(text).strip().split("\n")
    return "\n".join([first.strip(), *(by + line.strip() for line in rest if line.strip())])


def cut(text: str, limit: int) -> str:
    """This will return the text within ``limit`` characters, ending in "…" where something is missing."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    at_word = kept.rsplit(None, 1)[0] if " " in kept[limit // 2 :] else kept
    return at_word.rstrip() + _ELLIPSIS


def _visible(character: str) -> bool:
    # Cc control, Cs lone surrogate (cannot be written as UTF-8), Co private use, Cn unassigned.
    return character == "\n" or unicodedata.category(character) not in {"Cc", "Cs", "Co", "Cn"}
