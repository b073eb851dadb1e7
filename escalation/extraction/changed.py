"""Does a sentence tell of a change that was there before the trouble, and not of a step against it?

"We moved the gateway to the new uplink on Saturday night" and "moved the user to the other gateway" have the
same verb. What tells them apart is when it was done (before anybody wrote about the trouble), under which
number (a change has one, a repair hardly ever), and who did it (a provider, another team). What went
against the trouble says so itself: it restarts, clears or tries something, or tells how it went.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from escalation.extraction.days import AGO
from escalation.extraction.kinds import Entity, EntityKind
from escalation.extraction.outcomes import tells_outcome
from escalation.extraction.times import Span, resolve

_ALTERED = re.compile(
    r"\b(?:moved|migrated|switched|changed|upgraded|updated|downgraded|enabled|disabled|activated|"
    r"deactivated|"
    r"rotated|renewed|replaced|renamed|added|removed|deployed|rolled out|released|introduced|installed|"
    r"patched|"
    r"raised|lowered|tightened|hardened|extended|split|merged|consolidated|decommissioned|retired|"
    r"turned (?:on|"
    r"off)|pushed|went live|cut over|swapped|relocated|rewired|implemented|published|imported|converted|"
    r"re-?enrolled|re-?organi[sz]ed|re-?addressed|re-?numbered|put (?:in|live)|taken (?:over|out of)|"
    r"um(?:ge)?(?:stellt|zogen|baut|hängt|nannt|benannt)|umgestellt|verschoben|verlegt|migriert|aktiviert|"
    r"deaktiviert|aktualisiert|(?:an)?gehoben|geändert|(?:aus)?getauscht|eingespielt|ausgerollt|erneuert|"
    r"eingeführt|abgeschaltet|freigeschaltet|auf \S+ gebracht|ersetzt|installiert|eingebaut|angepasst|"
    r"migrée?s?|activée?s?|désactivée?s?|changée?s?|remplacée?s?|déplacée?s?|basculée?s?|déployée?s?|"
    r"renouvelée?s?|modifiée?s?|mise?s? à jour|passée?s? (?:en|à|de|sur)|ajoutée?s?|supprimée?s?|"
    r"installée?s?|"
    r"(?:des?)?activ(?:ó|aron|ad[oa]s?)|cambi(?:ó|aron|ad[oa]s?)|actualiz(?:ó|aron|ad[oa]s?)|"
    r"migr(?:ó|aron|ad[oa]s?)|movi(?:ó|eron)|renov(?:ó|aron)|instal(?:ó|aron|ad[oa]s?)|sustituy(?:ó|eron))\b"
    r"|(?:変更|移行|更新|交換|導入|切り替え)(?:し|され|まし)"
)
_REPAIRED = re.compile(
    r"\b(?:tried|re-?start\w*|re-?boot\w*|power[ -]?cycl\w*|re-?install\w*|clear\w*|flush\w*|reset\w*|"
    r"re-?plug\w*|"
    r"unplug\w*|kill\w*|clean\w*|log(?:ged)? (?:out|off)|re-?tr(?:y|ied)|re-?ran|rolled back|revert\w*|"
    r"restor\w*|"
    r"work-?around|meanwhile|for now|temporarily|as a test|neu gestartet|neugestartet|zurückge\w+|probe\w*|"
    r"versuch\w*|geleert|redémarr\w*|réinstall\w*|réinitial\w*|vidée?|essay\w*|reinici\w*|reinstal\w*|"
    r"borr(?:é|ado)|limpi\w*|prob(?:é|ado|amos))\b|再起動|再インストール|試し"
)
_SUPPOSED = re.compile(
    r"\b(?:i|we) (?:think|guess|suspect|believe|bet|assume)\b|\b(?:probably|maybe|perhaps|likely|"
    r"might|must have|could have|vermut\w*|wahrscheinlich|vielleicht|probablement|peut-être|quizás?|"
    r"probablemente)\b|\?\s*$"
)
_OTHERS = re.compile(
    r"\b(?:(?:the|our|their|your|an?|some) )?(?:\w+ ){0,2}?(?:providers?|vendors?|carriers?|isps?|hosters?|"
    r"suppliers?|manufacturers?|contractors?|electricians?|landlords?|admins?|secops|netops|sysops|devops|"
    r"(?<!of )(?:platform|network|security|infra(?:structure)?|identity|database|storage|cloud|facilities|"
    r"other|db|web|mail|iam|sre|ops) (?:team|guys|people|group|folks)|head ?office|microsoft|google|amazon)\s"
    r"(?:has |have |had |just |apparently )?(?=\w+(?:ed|t)\b|put\b|took\b)|"
    r"\b(?:lieferant|hersteller|dienstleister|anbieter|provider|netzwerkteam|netzteam|vermieter|elektriker|"
    r"techniker der|le fournisseur|le prestataire|l['’]hébergeur|l['’]opérateur|el proveedor|la operadora)\b"
)
_NUMBERED = re.compile(
    r"\b(?:chg|change|cr|crq|rfc)[ #:-]{0,3}\d{3,}\b|\b(?:in|with|by|as part of) (?:the )?"
    r"(?:release|version|sprint|change|update|rollout|migration)\s+v?\d"
)
_LONG_AGO = re.compile(
    r"\b(?:last (?:night|week|weekend|month|year|quarter)|(?:over|at|on) the weekend|yesterday|"
    r"(?:am|übers|letztes?|vergangenes?) wochenende|letzte (?:nacht|woche)|gestern|vorgestern|heute nacht|"
    r"vergangene nacht|hier soir|cette nuit|le week-?end|la semaine dernière|anoche|ayer|"
    r"el fin de semana|la semana pasada)\b|昨日|先週|昨夜|週末"
)
_WEEKDAY_ONLY = re.compile(r"[^\W\d_]+\.?")
_ALREADY = timedelta(hours=6)  # "last night" ends with the morning in which somebody writes


def told_of_before(
    text: str, *, named: Iterable[Entity], at: datetime | None, began: datetime | None, zone: str
) -> float:
    """This will say how surely ``text`` tells of a change before the trouble: 0 not at all, 1 surely.

    ``at`` is when it was said and ``began`` when the conversation began; both aware, or None.
    """
    lowered = text.lower()
    if not _ALTERED.search(lowered) or _REPAIRED.search(lowered) or _SUPPOSED.search(lowered):
        return 0.0
    if tells_outcome(text):
        return 0.0
    others = _OTHERS.search(lowered) is not None
    if _NUMBERED.search(lowered) or _is_before(lowered, named, at=at, began=began, zone=zone):
        return 1.0
    return 0.5 if others else 0.0


def _is_before(
    lowered: str, named: Iterable[Entity], *, at: datetime | None, began: datetime | None, zone: str
) -> bool:
    days = [each for each in named if each.kind == EntityKind.DATE]
    spoken = [each.value for each in days or named if each.kind in (EntityKind.DATE, EntityKind.TIME_WINDOW)]
    if at is None or began is None:
        return bool(days) or _LONG_AGO.search(lowered) is not None
    spoken += [match[0] for match in (*_LONG_AGO.finditer(lowered), *AGO.finditer(lowered))]
    spans = [span for words in spoken if (span := _looking_back(words, at, zone)) is not None]
    return bool(spans) and all(span.end <= began or span.start < began - _ALREADY for span in spans)


def _looking_back(words: str, at: datetime, zone: str) -> Span | None:
    """What was done on "Saturday" was done on the last one."""
    found = resolve(words, said_at=at, zone=zone)
    if found is None or found.start <= at or not _WEEKDAY_ONLY.fullmatch(words.strip()):
        return found
    week = timedelta(days=7)
    return Span(start=found.start - week, end=found.end - week, words=words)
