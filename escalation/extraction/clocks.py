"""Where does a text name an hour, or a span of hours?

The clock part of a log time stamp is not something a person said and is left alone. What the words
mean in absolute time is the business of ``times``.
"""

import re

from escalation.extraction.calendar_words import DAY_NAME, ZONE
from escalation.extraction.kinds import EntityKind
from escalation.extraction.pattern import Rule, after, before, rule

HALF = r"\s?(?:a\.?m\b\.?|p\.?m\b\.?)"
_ZONE_WORD = (
    rf"(?:(?:{ZONE}|(?-i:IST|MT|UK|ET)|(?<=m )et)(?:\s(?:standard|daylight))?(?:\stime)?|(?:utc|"
    rf"gmt)\s?[+-]\s?\d{{1,2}}(?::\d\d)?|local time)\b"
)
_T = rf"\d{{1,2}}(?:[:.h]\d\d)?(?:{HALF}|\s?(?:uhr|h)\b)?"
CLOCK_SEEN = r"(?:[01]?\d|2[0-3])[:.][0-5]\d"
_SEP = r"\s?(?:-|–|—|to|till|until|and|bis|und|à|a|al?|tot|〜|～|y|et)\s?"


_ON_A_DAY = re.compile(
    rf"(?:{DAY_NAME}|today|tomorrow|morgen|heute|gestern|demain|mañana|\d)(?: (?:morning|early))?,? "
    r"(?:at|um|gegen|around|à|a las|from|ab|until|bis|before) \Z",
    re.IGNORECASE,
)


_DAY_BEHIND = re.compile(rf" (?:on |this |next |am |le |el )(?:{DAY_NAME})\b", re.IGNORECASE)


def _is_said(match: re.Match[str]) -> bool:
    """A 24-hour clock that a person said, not the clock of a log line."""
    if re.match(r"[:,]\d|\.\d|\]", after(match)):
        return False
    return (
        re.search(r"\d{4}[-/ ,t]{1,2}$|\d[./-]\d{1,4} $|[\[(]$", before(match)) is None
        and re.search(r"(?:\d{4}|\d(?:st|nd|rd|th)),? (?:at|um|à|a las) $", before(match)) is None
    )


def _is_alone(match: re.Match[str]) -> bool:
    """A clock that no word announces: not a ratio, a verse, a line of a file or the stamp of a chat."""
    lead, follow = before(match), after(match)
    if re.search(
        r"\b(?:ratio|aspect|scale|line|row|chapter|verse|score|won|lost|version|v|at line)\s?$", lead
    ):
        return False
    if re.match(r"\s?(?:ratio|aspect|format|screen|display|mix|[ap]\.?m\b|uhr|\|)|\s?[<>*]", follow):
        return False
    told = re.search(r"(?:^|[^\W\d_][,;:]?\s|[(–—~]|[぀-ヿ一-鿿])\s?$", lead)
    return told is not None and _is_said(match) and re.search(r"[^\W\d_]", lead + follow) is not None


def _is_window(match: re.Match[str]) -> bool:
    value = match["value"].lower()
    numbers = [int(number) for number in re.findall(r"\d+", value)]
    if numbers[0] > 24 or re.search(r"[:.]\d\d:\d|[,.]\d{3}", value):
        return False
    marked = re.search(rf"{HALF}|uhr|\d ?h\b|{_ZONE_WORD}", value) is not None
    return marked or value.count(":") == 2


RULES: tuple[Rule, ...] = (
    # Spans of hours first, then single clock times.
    rule(
        EntityKind.TIME_WINDOW,
        rf"(?<![\w.:/,-])(?P<value>{_T}(?:{_SEP}){_T}(?:\s?\(?{_ZONE_WORD})?)(?![\w:/%]|\.\d|\s?(?:mb|gb|"
        rf"ms|%|users|times))",
        accept=_is_window,
    ),
    rule(
        EntityKind.TIME_WINDOW,
        rf"(?<![\w.:,-])(?P<value>\d{{1,2}}(?:[:.]\d\d){{0,2}}{HALF}(?:\s?\(?{_ZONE_WORD})?)",
    ),
    rule(
        EntityKind.TIME_WINDOW,
        rf"(?<![\w.:/,-])(?P<value>\d{{1,2}}:\d\d(?::\d\d)?\s?\(?{_ZONE_WORD})",
        accept=_is_said,
    ),
    rule(
        EntityKind.TIME_WINDOW,
        rf"(?<![\w.:,/-])(?P<value>{CLOCK_SEEN} ?uhr|\d{{1,2}} ?uhr(?: ?\d\d)?|\d{{1,2}} ?h "
        rf"?[0-5]\d)(?!\w)",
    ),
    rule(EntityKind.TIME_WINDOW, r"(?<![\w.:])\d{1,2} ?o['’]clock\b"),
    rule(EntityKind.TIME_WINDOW, r"(?:(?:午前|午後)|(?<![\d.:]))\d{1,2}時(?:\d{1,2}分|半)?(?!間)"),
    rule(
        EntityKind.TIME_WINDOW,
        r"\b(?:à|demain|matin|vers|dès|après|avant|jusqu['’]à|a partir de) (?P<value>\d{1,2} ?h)(?!\w)",
    ),
    rule(
        EntityKind.TIME_WINDOW,
        rf"\b(?:at|by|before|after|until|till|around|about|since|from|@|um|gegen|ab|bis|à|vers|dès|a las|"
        rf"las|alle|om|rond)\s(?P<value>\d{{1,2}}:\d\d|\d{{1,2}}\s?(?:{_ZONE_WORD}))(?!\w|:\d)",
        accept=_is_said,
    ),
    rule(
        EntityKind.TIME_WINDOW,
        r"\b(?:at|um|à|a las|alle) (?P<value>(?:[01]?\d|2[0-3]):[0-5]\d:[0-5]\d)(?![\w:]|[.,]\d)",
        accept=_is_said,
    ),
    # "since 0615", "at 1430 hrs": the clock of wards, ships and soldiers.
    rule(
        EntityKind.TIME_WINDOW,
        r"\b(?:since|at|by|until|till|from|before|after|around|ab|um|seit|bis)"
        r" (?P<value>0\d[0-5]\d(?: ?(?:h|hrs|"
        r"hours))?|(?:1\d|2[0-3])[0-5]\d ?(?:h|hrs|hours))(?![\w%-]|[.,:]\d)",
    ),
    # "Thursday at 8.30": a point for a colon, on a day that is named; "she starts at 8.", an hour alone.
    rule(
        EntityKind.TIME_WINDOW,
        r"(?<= )(?P<value>(?:[01]?\d|2[0-3])\.[0-5]\d)(?![\d.%])",
        accept=lambda match: (
            _ON_A_DAY.search(match.string, max(0, match.start() - 60), match.start()) is not None
            or _DAY_BEHIND.match(after(match)) is not None
        ),
    ),
    rule(
        EntityKind.TIME_WINDOW,
        r"\b(?:starts?|opens?|closes?|begins?|arrives?|leaves?|leaving|meets?|back|home|over) "
        r"(?:again )?(?:at|by|"
        r"around) (?P<value>(?:[5-9]|1\d|2[0-3]))(?=[.,;!?)]?(?:\s|$))(?!\s?\w*[a-z%])",
    ),
    # A clock alone, in prose: "class starts 8:30".
    rule(
        EntityKind.TIME_WINDOW,
        r"(?<![\w.:,/*#+=-])(?P<value>(?:[01]?\d|2[0-3]):[0-5]\d(?:z\b)?)(?![\w/%]|:\S|\.\d|-\d)",
        accept=_is_alone,
    ),
    rule(
        EntityKind.TIME_WINDOW,
        r"(?<![\w-])(?:noon|midnight|midday|mitternacht|midi|minuit|mediod[ií]a|medianoche|mezzogiorno|"
        r"mezzanotte|end of (?:the )?(?:business )?day|"
        r"close of business)(?![\w-])|正午|(?<![\w-])(?-i:EOD|COB|EOB)(?![\w-])",
        accept=lambda match: not re.match(r"\s(?:libre|à quatorze)", after(match)),
    ),
)
