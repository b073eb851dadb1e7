"""Which words tell what a sentence of a support conversation is about?

Each line of ``cue_words/*.txt`` is one cue: a weight, a tab, a pattern over the lower-cased sentence.
It votes for the part its file is named after, or, in ``none.txt``, against the sentence being
evidence. The weights are judgement, not a fit: 1 leans, 2 is usual, 3 is nearly certain. A cue must
hold in any trade; words of one product or one tracker do not belong there.
"""

import re
from dataclasses import dataclass
from importlib.resources import files

from escalation.extraction.needs import Needs, may_match, needs, pieces
from escalation.knowledge.words import Part

# Steps people take against a fault, as past participles ("rebooted", "have rolled back").
DONE = (
    r"(?:tried|re-?started|rebooted|re-?installed|un-?installed|installed|cleared|flushed|deleted|"
    r"removed|disabled|enabled|changed|switched|replaced|updated|upgraded|downgraded|rolled back|"
    r"reverted|reset|re-?created|re-?built|re-?configured|re-?imaged|re-?mapped|re-?connected|"
    r"disconnected|unplugged|swapped|moved|patched|applied|added|edited|modified|adjusted|increased|"
    r"decreased|reduced|re-?registered|re-?deployed|re-?imported|re-?synced|synced|logged (?:out|off|"
    r"in again)|signed (?:out|in again)|power[ -]?cycled|cleaned|purged|renamed|set up|re-?issued|"
    r"renewed|unlocked|re-?assigned|whitelisted|raised|lowered|widened|extended|bumped|restored|"
    r"granted|revoked|suspended|resumed|re-?set up|re-?wrote|re-?ran|re-?\w{3,12}ed(?! (?:to|that)\b)|"
    r"exchanged|cleaned up|rolled out|turned (?:off|on)|switched (?:off|on)|scaled (?:up|down|to)|"
    r"bypassed|copied|worked around|killed|stopped and started|bounced|recycled|ran (?:a |"
    r"the )?(?:repair|update|fix|scan|cleanup|dpkg|sudo|apt\S*|sfc|chkdsk|gpupdate))"
)
# What is said of a thing that does not do what it should: "won't", "no longer", "fails to".
BROKEN = (
    r"(?:(?:do|does|did|is|are|was|were|has|have|wo|ca|would|could|should)(?:n['’]?t| not)|cannot|can not|"
    r"never|no longer|not|unable to|fails? to|failed to|refus(?:es|ed|ing) to|stopp?(?:ed|s)|impossible to)"
)
# Who does things in a ticket: the writer, the user, the desk.
WHO = (
    r"(?:i|we|i['’]ve|we['’]ve|ive|he|she|they|the user|user|customer|caller|l1|level one|support|"
    r"technician|our team)"
)
# What a path or URL is called says nothing about the sentence: "\\\\files\\audit" is no audit.
_ADDRESS = re.compile(r"(?:\b[a-z]{2,10}://|\\\\|\b[a-z]:\\)\S+")
_MACROS = {"<DONE>": DONE, "<BROKEN>": BROKEN, "<I>": WHO}


@dataclass(frozen=True, kw_only=True, slots=True)
class Cue:
    """A pattern that votes ``weight`` for ``part``; None votes against the sentence being evidence."""

    part: Part | None
    weight: float
    pattern: re.Pattern[str]
    wanted: Needs


def _cues(part: Part | None) -> tuple[Cue, ...]:
    name = f"{part.value if part else 'none'}.txt"
    rows = (files(__package__) / "cue_words" / name).read_text(encoding="utf-8").splitlines()
    return tuple(_cue(part, row) for row in rows if row and not row.startswith("#"))


def _cue(part: Part | None, row: str) -> Cue:
    weight, _, pattern = row.partition("\t")
    for name, words in _MACROS.items():
        pattern = pattern.replace(name, words)
    compiled = re.compile(pattern)
    return Cue(part=part, weight=float(weight), pattern=compiled, wanted=needs(compiled))


def votes(text: str) -> dict[Part | None, float]:
    """This will add up the weights of every cue that ``text`` holds, by part."""
    lowered = _ADDRESS.sub("•", text.lower())
    held = pieces(lowered)
    found: dict[Part | None, float] = {}
    for cue in CUES:
        if may_match(cue.wanted, held) and cue.pattern.search(lowered):
            found[cue.part] = found.get(cue.part, 0.0) + cue.weight
    return found


CUES: tuple[Cue, ...] = tuple(cue for part in (*Part, None) for cue in _cues(part))
