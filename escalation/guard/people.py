"""Which words of a case name the people in it?

Those who wrote what it rests on, its requester, and whoever is called by a handle or a mail address. Names
are taken whole and in parts, for people are called by their first names. Pure.
"""

import re

from escalation.knowledge.state import KnowledgeState
from escalation.knowledge.words import Part, Role

KIND = "person"
_MAIL = r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}"
# "@priya.raman", and not what stands behind a package's name ("dash@2.4.1").
_HANDLE = r"(?<![\w@./-])@[^\W\d][\w.-]*\w"
_SHORTEST = 3  # letters of a name's part


def naming(state: KnowledgeState) -> re.Pattern[str]:
    """This will return a pattern of everything in the state's texts that names a person."""
    quoted = [each for part in Part for item in state.part(part) for each in item.evidence]
    known = [each.author for each in quoted if each.author_role is not Role.OTHER]
    known += [each.handle for each in state.availability]
    known.append(state.source.requester if state.source else "")
    # Of the others, a colleague or a program, the name counts as a whole; of a file it is none of a person's.
    others = [each.author for each in quoted if each.author_role is Role.OTHER and each.tool != "file"]
    names = {*known, *others}
    parts = {part for name in known for part in re.split(r"[\s,]+", name) if _is_name(part)}
    said = sorted(({each.strip() for each in names} | parts) - {""}, key=len, reverse=True)
    words = [rf"(?<!\w){re.escape(each)}(?!\w)" for each in said]
    return re.compile("|".join([_MAIL, _HANDLE, *words]))


def _is_name(part: str) -> bool:
    return len(part) >= _SHORTEST and part[0].isupper() and part.replace("-", "").replace("'", "").isalpha()
