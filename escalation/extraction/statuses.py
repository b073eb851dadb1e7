"""Which numbers are an HTTP status? One that exists, beside words of the web or of an answer."""

import re

from escalation.extraction.kinds import EntityKind
from escalation.extraction.pattern import Rule, after, before, rule

KNOWN_STATUS = frozenset(
    {
        *range(100, 104),
        *range(200, 209),
        226,
        *range(300, 309),
        *range(400, 419),
        *range(421, 430),
        431,
        440,
        444,
        449,
        451,
    }
    | {499, *range(500, 512), *range(520, 531), 598, 599}
)


def _is_status(match: re.Match[str]) -> bool:
    lead = before(match, 30)
    return int(match["value"]) in KNOWN_STATUS and not re.search(r"exit(?:ed)?[\w ]{0,12}$", lead)


# Words of the web: where none stands, a bare "200" or a second number is no status.
_WEB = re.compile(
    r"https?\b|\bapis?\b|endpoint|webhook|\bcurl\b|\bwget\b|nginx|apache|haproxy|\bproxy\b|gateway|\burls?\b|"
    r"\brequests?\b|\bresponses?\b|access log|\bGET\b|\bPOST\b|\bPUT\b|server|browser|\bpages?\b|website|"
    r"portal|\bcdn\b|\brest\b|\bcalls?\b|upstream|token|\blogin\b|anfrage|requête|seite|página|apns|push",
    re.IGNORECASE,
)
_NEARBY = 600


def _is_web(match: re.Match[str]) -> bool:
    text = match.string
    return _WEB.search(text, max(0, match.start() - _NEARBY), match.end() + _NEARBY) is not None


def _follows_status(match: re.Match[str]) -> bool:
    known = all(int(match[name]) in KNOWN_STATUS for name in ("first", "value"))
    return known and int(match["first"]) >= 400 and _is_status(match) and _is_web(match)


RULES: tuple[Rule, ...] = (
    rule(
        EntityKind.HTTP_STATUS,
        r"\bHTTPS?(?:/\d(?:\.\d)?)?\"?[\s:,]{0,3}(?:(?:error|status|code|response|returned|get|post|"
        r"fehler|is|was)[\s:=]{1,3}){0,3}(?P<value>[1-5]\d\d)\b(?!\.\d)",
        accept=_is_status,
    ),
    rule(
        EntityKind.HTTP_STATUS,
        r"\b(?:status|statuscode|status_code|http_code|response(?:[ _]code)?|httpcode)[ _]?(?:code|"
        r"line)?[\"']?[\s:=>]{1,4}(?:code[\s:=]{1,3}|of |is |was )?[\"']?(?P<value>[1-5]\d\d)\b(?!\.\d|\w)",
        accept=_is_status,
    ),
    rule(
        EntityKind.HTTP_STATUS,
        r"\b(?:error|errors|fehler|erreur|returns?|returned|returning|gets?|got|getting|receiv(?:e|ed|es|"
        r"ing)|throws?|threw|gives?|gave|giving|"
        r"responds?|responded|response|answers?|answered|answering|shows?|showed|says?|said|renvoie|"
        r"donne|da|da un|"
        r"liefert|meldet|gibt|bekomme|erhalte|recibo|devuelve|código|statut|code|an?|the|with|see|saw|"
        r"seeing)(?:\s{1,2}(?:an?|the|me|us|with|"
        r"back|error|http|code|:))"
        r"{0,3}[\s:=(]{1,3}(?P<value>4(?:0[0-9]|1[0-8]|2[1-9]|31|51)|5(?:0[0-9]|1[01]|"
        r"2[0-7]))(?:(?=s\b)|\b)(?![\w.,%°]*\d|\s?(?:ms|mb|kb|gb|users?|files?|rows?|times|%|px|people|"
        r"records?|"
        r"bytes?|lines?|items?|regions?|x\b))",
        accept=_is_status,
    ),
    rule(
        EntityKind.HTTP_STATUS,
        r"(?<![a-z0-9_.,:/-])(?P<value>[1-5]\d\d)(?=[ :,-]{1,3}(?:error|page(?!s)|response|internal|bad|"
        r"not[ -]found|partial content|accepted\b|see other|payload too|length required|precondition|"
        r"forbidden|unauthor\w+|gateway|proxy auth\w+|payment required|not acceptable|expectation failed|"
        r"range not sat\w+|unsupported media|uri too long|misdirected|locked\b|failed dependency|too early|"
        r"upgrade required|request header|unavailable for legal|not implemented|insufficient storage|"
        r"loop detected|"
        r"network auth\w+|temporary redirect|permanent redirect|"
        r"service unavailable|method not|request timeout|conflict|gone|too many|unprocessable|"
        r"moved permanently|found\b|not modified|OK\b|created|no content|status|fehler|erreur)s?\b|"
        r"\s?エラー|\s?が返)",
        accept=lambda match: (
            _is_status(match)
            and (
                int(match["value"]) >= 400
                or re.match(r" (?:ok|moved|found|not mod|created|no c|partial|accepted\b|see)", after(match))
                is not None
            )
        ),
    ),
    rule(
        EntityKind.HTTP_STATUS,
        r"\"(?:code|status|statusCode|error_code)\"\s?:\s?\"?(?P<value>[45]\d\d)\b",
        accept=_is_status,
    ),
    # An access log: "GET /health HTTP/1.1" 503
    rule(
        EntityKind.HTTP_STATUS,
        r"(?-i:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) [^\"\s]{1,300}(?: HTTP/[\d.]{1,3})?\"? "
        r"(?P<value>[1-5]\d\d)\b(?![.:]\d)",
        accept=_is_status,
    ),
    # "a 429 and then 503", "502/504", "401 or 403": the second of two, where the first is one.
    rule(
        EntityKind.HTTP_STATUS,
        r"(?<![\w.,:/#-])(?P<first>[45]\d\d)(?:s|es)?(?:,|/|\s?->|\s?→|\s(?:\w{1,12}\s)?(?:and|or|then|"
        r"und|oder|et|ou|y|"
        r"o|puis|dann)(?:\s(?:then|also|later|sometimes|a|an|dann|"
        r"even))?)\s?(?P<value>[1-5]\d\d)(?![\w%]|[.,:]\d)",
        accept=_follows_status,
    ),
    # "now gives 200.", "the answer is 499", "came back with 204": at the end of what is said.
    rule(
        EntityKind.HTTP_STATUS,
        r"\b(?:gives?|gave|returns?|returned|gets?|got|answers?|answered|(?:answer|status|code|response|"
        r"result) (?:is|was)|with|back|now|status|still|"
        r"(?:dies|died|fails|failed|ends|ended|stops|stopped) (?:at|with|in|on)|(?:is|was|a|an|"
        r"the)(?= [23]\d\d))"
        r"(?: (?:me|us|a|an|the|with|back|now|again|only|still|always)){0,2} (?P<value>[2-5]\d\d)"
        r"(?=[.,;:!?)]?(?:\s|$))(?!\s(?:\w+s\b|mb|kb|gb|ms|%|times|of\b))",
        accept=lambda match: _is_status(match) and _is_web(match),
    ),
    # "lots of 499s", "a 301 loop".
    rule(
        EntityKind.HTTP_STATUS,
        r"(?<![\w.,:/#$€£-])(?P<value>[45]\d\d)['’]?s\b(?!\s(?:series|model|range))",
        accept=lambda match: _is_status(match) and _is_web(match),
    ),
    rule(
        EntityKind.HTTP_STATUS,
        r"(?<![\w.,:/#$€£-])(?P<value>30[1-8])(?= (?:loops?|redirects?|responses?|to (?:/|http)))",
        accept=_is_status,
    ),
    # "GET /ready → 503"
    rule(
        EntityKind.HTTP_STATUS,
        r"(?:→|->|=>|⇒) ?\"?(?P<value>[1-5]\d\d)(?![\w%]|[.,:]\d)",
        accept=lambda match: _is_status(match) and _is_web(match),
    ),
    # "Bad Gateway 502".
    rule(
        EntityKind.HTTP_STATUS,
        r"\b(?:bad gateway|bad request|not found|forbidden|unauthori[sz]ed|service unavailable|"
        r"gateway time-?out|"
        r"internal server error|too many requests|not acceptable|payload too large)[ :(]{1,2}"
        r"(?P<value>[45]\d\d)(?![\w%]|[.,:]\d)",
        accept=_is_status,
    ),
    # "AccessDenied (403)": after the name of the fault.
    rule(
        EntityKind.HTTP_STATUS,
        r"(?<=[a-z]) ?\((?P<value>[45]\d\d)\)",
        accept=lambda match: (
            _is_status(match)
            and re.search(
                r"(?:denied|found|forbidden|unauthori[sz]ed|unavailable|conflict|request|error|"
                r"timeout|gateway|gone|exceeded|requests)$",
                before(match).rstrip(" ("),
            )
            is not None
        ),
    ),
    # haproxy's log: backend/server, five timers, status, bytes.
    rule(
        EntityKind.HTTP_STATUS,
        r" [\w.-]{1,60}/[\w.<>-]{1,60} (?:-?\d{1,8}/){2,4}-?\+?\d{1,8} (?P<value>[1-5]\d\d) \d",
        accept=_is_status,
    ),
)
