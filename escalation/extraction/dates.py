"""Where does a text name a day: by the calendar, by its name, or from today?

What the words mean in absolute time is the business of ``times``.
"""

import re

from escalation.extraction.calendar_words import (
    DAY_NAME,
    MONTH,
    MONTHS,
    NEXT,
    PAST,
    THIS,
    WEEKDAY,
    WEEKDAY_SHORT,
)
from escalation.extraction.clocks import CLOCK_SEEN, HALF
from escalation.extraction.kinds import EntityKind
from escalation.extraction.pattern import Rule, after, before, rule

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL = r"(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"(?:19|20)\d\d"
_CLOCK24 = r"\d\d:\d\d(?::\d\d)?"
_AND_DAY = r" ?(?:-|–|to|and|till|,|/|&) ?"


def _is_calendar(match: re.Match[str]) -> bool:
    numbers = [int(part) for part in re.findall(r"\d+", match["value"])]
    if len(numbers) != 3:
        return True
    year = next((number for number in numbers if number > 1900), None)
    rest = [number for number in numbers if number != year] if year else numbers
    small = sorted(rest)[:2]
    return small[0] >= 1 and small[0] <= 12 and small[1] <= 31


def _is_release(match: re.Match[str]) -> bool:
    """``release 2026.11.4``: programs number themselves by the day too."""
    named = re.search(r"(?:release|version|build|firmware|\bv)\.?:? ?$", before(match)) is not None
    return named and match["s"] == "."


def _is_day_and_month(match: re.Match[str]) -> bool:
    first, second = (int(part) for part in re.findall(r"\d+", match["value"]))
    return 1 <= min(first, second) <= 12 and max(first, second) <= 31


def _is_relative(match: re.Match[str]) -> bool:
    lead, follow = before(match), after(match)
    said = match["value"].lower()
    if said == "morgen":
        return re.search(r"(?:guten|goede[n]?|am|jeden)\s$", lead) is None
    if said in ("hier", "mañana"):
        return (
            re.search(r"(?:depuis|d['’]|dès|encore|jusqu['’]|para|hasta|desde|de)\s?$", lead) is not None
            or re.match(r"\s(?:matin|soir|après|à \d|vers \d|por|a las)", follow) is not None
        )
    return (
        re.match(r"['’]s (?:date|world|standards)", follow) is None
        and re.match(r"[-_.]\w|\(", follow) is None
    )


def _is_plain_may(match: re.Match[str]) -> bool:
    """A month's name that is another word here: "it may 3 times", "mar 2 files"."""
    return (
        re.match(r"(?:may|mar|jun|dec|sun|gen|mag|ago|dic|jan)\b", match["value"]) is not None
        and match["value"][0].islower()
        and not re.search(_YEAR, match["value"])
    )


def _is_month_alone(match: re.Match[str]) -> bool:
    """Short month names are also people ("by Jan"): only "in", "since" and the like make them months."""
    said = match["value"].lower()
    sure = match["p"].lower() in {
        "in",
        "since",
        "last",
        "next",
        "until",
        "during",
        "early",
        "late",
        "mid",
        "end of",
    }
    return re.fullmatch(MONTH, said) is not None and (len(said) > 4 or sure)


RULES: tuple[Rule, ...] = (
    rule(
        EntityKind.DATE,
        rf"(?<![\w.-])(?P<value>{DAY_NAME},? (?:{MONTH})\.? {_DAY} {_CLOCK24} (?:[a-z]{{2,5}} )?{_YEAR})\b",
    ),
    # "Dec  2 23:59:59 2026 GMT", as certificates and C programs print it.
    rule(
        EntityKind.DATE,
        rf"(?<![\w.-])(?P<value>(?-i:[A-Z])[a-z]{{2}} {{1,2}}{_DAY} {_CLOCK24} {_YEAR}(?: (?-i:GMT|"
        rf"UTC))?)\b",
        accept=lambda match: match["value"][:3].lower() in MONTHS,
    ),
    rule(
        EntityKind.DATE,
        rf"(?<![\w.:/-])(?P<value>{_YEAR}(?P<s>[-/.])(?:0?[1-9]|1[0-2])(?P=s){_DAY})(?!\d|"
        rf"(?P=s)\d(?!\d\.\d\d\.))",
        accept=lambda match: _is_calendar(match) and not _is_release(match),
    ),
    rule(
        EntityKind.DATE,
        r"(?<![\w.:/-])(?P<value>\d{1,2}(?P<s>[/.-])\d{1,2}(?P=s)(?:19|20)\d\d)(?!\d|[./-]\d)",
        accept=_is_calendar,
    ),
    # "29.11.26 17:31:02", two figures for the year before a clock.
    rule(
        EntityKind.DATE,
        r"(?<![\w.:/-])(?P<value>(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.\d\d)(?=,? (?:um "
        r")?\d{1,2}:\d\d)",
    ),
    rule(
        EntityKind.DATE,
        r"(?<![\w.:/-])(?P<value>\d{1,2}(?P<s>[/-])\d{1,2}(?P=s)\d\d)(?!\d|[./-]\d|\w)",
        accept=_is_calendar,
    ),
    rule(
        EntityKind.DATE,
        rf"(?<![\w.-])(?P<value>(?:{DAY_NAME}\.?,? (?:the )?)?(?:{MONTH})\.? {{1,2}}{_DAY}{_ORDINAL}(?:,? "
        rf"{_YEAR}|, ?'\d\d)?)(?![\w:%]|\.\d|/\d| ?(?:ms|mb|gb|users?|times)\b)",
        accept=lambda match: not _is_plain_may(match),
    ),
    rule(
        EntityKind.DATE,
        rf"(?<![\w.:-])(?P<value>(?:{DAY_NAME}\.?,? (?:den |le |the )?)?{_DAY}{_ORDINAL}[ -/](?:of |de |"
        rf"d')?(?:{MONTH})\.?(?:(?:,? | de |[-/]){_YEAR}|[-/]\d\d)?)(?![\w])",
        accept=lambda match: not _is_plain_may(match),
    ),
    rule(
        EntityKind.DATE,
        rf"(?<![\w.-])(?P<value>(?-i:[A-Z])\w{{2,9}}\.?,? {_YEAR})\b(?!-)",
        accept=lambda match: re.fullmatch(rf"(?:{MONTH})\.?,? \d{{4}}", match["value"].lower()) is not None,
    ),
    rule(
        EntityKind.DATE,
        r"\b(?P<p>in|since|last|next|by|until|during|early|late|mid|end of|of|from|before|after|im|seit|"
        r"en|depuis|desde) (?P<value>(?-i:[A-Z])\w{2,9})\b(?! \d)",
        accept=_is_month_alone,
    ),
    rule(EntityKind.DATE, r"(?:\d{4}年)?\d{1,2}月\d{1,2}日"),
    rule(
        EntityKind.DATE,
        r"\b(?:on|by|since|until|before|after|from|am|bis|seit|vom|le|el|"
        r"op) (?:the )?(?P<value>\d{1,2}/\d{1,2}|\d{1,2}\.\d{1,2}\.)(?![\w/]|\.\d)",
        accept=_is_day_and_month,
    ),
    # "seen 11/25, 11/26 and again today": a day over twelve leaves no doubt which is the month.
    rule(
        EntityKind.DATE,
        r"(?<![\w.:/-])(?P<value>(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])|(?:1[3-9]|2[0-35-9]|"
        r"3[01])/(?:0?[1-9]|"
        r"1[0-2]))(?=[.,;)](?:\s|$)|\s(?:and|or|at|around|to|until|on|in|again|was|um|gegen|bis|"
        r"und|à|vers|et|[-–])\s|\s?$)",
        accept=lambda match: re.search(r"[^\W\d_][,:]?\s$|\d,\s$|\($", before(match)) is not None,
    ),
    rule(
        EntityKind.DATE,
        r"(?<![\w.,:/-])(?P<value>\d{1,2}\.\d{1,2}\.)(?= ?(?:um|gegen|ab|bis|–|-|und|,|morgens|"
        r"abends|at|om|vers)\b)",
        accept=_is_day_and_month,
    ),
    rule(
        EntityKind.DATE,
        rf"(?<![\w'’-])(?P<value>(?:(?:{PAST}|{THIS}|{NEXT}) )?(?:{WEEKDAY})s?)(?![\w-])",
    ),
    # "Tue to Thu", "Tue and Thu".
    rule(
        EntityKind.DATE,
        rf"(?<![\w-])(?P<value>(?-i:{WEEKDAY_SHORT}))(?={_AND_DAY}(?-i:{WEEKDAY_SHORT})\b)",
    ),
    rule(
        EntityKind.DATE,
        rf"(?<=Mon|Tue|Wed|Thu|Fri|Sat|Sun){_AND_DAY}(?P<value>(?-i:{WEEKDAY_SHORT}))(?![\w-])",
    ),
    rule(
        EntityKind.DATE,
        rf"\b(?:on|by|last|next|until|this|since|from|for|before) (?P<value>(?-i:{WEEKDAY_SHORT}))(?![\w-])",
    ),
    # "all hands Wed 10:00", "review Thu 3pm": before an hour.
    rule(
        EntityKind.DATE,
        rf"(?<![\w-])(?P<value>(?-i:{WEEKDAY_SHORT}))(?=,? (?:at )?(?:{CLOCK_SEEN}|"
        rf"\d{{1,2}}{HALF})(?!:\d))",
    ),
    rule(
        EntityKind.DATE,
        r"(?<![\w/.-])(?P<value>(?:the )?day (?:before yesterday|after tomorrow)|yesterday|today|tonight|"
        r"tomm?orr?ow|gestern|vorgestern|heute|übermorgen|morgen|"
        r"avant-hier|aujourd['’]hui|après-demain|demain|hier|ayer|hoy|anteayer|pasado mañana|mañana|"
        r"gisteren|vandaag|overmorgen|ieri|oggi|domani|ontem|hoje|amanhã)(?!\w)",
        accept=_is_relative,
    ),
    rule(EntityKind.DATE, r"一昨日|昨日|今日|本日|明日|明後日|先週|今週|来週|先月|今月|来月|週末"),
    rule(
        EntityKind.DATE,
        rf"(?<![\w-])(?P<value>(?:(?:{PAST}|{NEXT}) (?:business |working )?(?:weekend|week-end|week|"
        rf"month|quarter|night|year|wochenende|woche|monat|quartal|nacht|jahr|maand|jaar)|"
        r"this (?:morning|afternoon|evening|weekend|week|month)|diese woche|dieses wochenende|deze week|"
        r"(?:la semaine|le mois|le week-end|l['’]année) (?:derni[eè]re?|prochaine?|passée?)|"
        r"cette semaine|ce matin|"
        r"(?:la semana|el mes|el fin de semana|el año) (?:pasad[oa]|próxim[oa]|que viene)|esta (?:semana|"
        r"mañana)|la próxima semana))(?!\w)",
    ),
)
