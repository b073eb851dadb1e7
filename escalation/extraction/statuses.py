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
        r"responds?|responded|response|code|an?|the|with|see|saw|seeing)(?:\s{1,2}(?:an?|the|me|us|with|"
        r"back|error|http|code|:))"
        r"{0,3}[\s:=(]{1,3}(?P<value>4(?:0[0-9]|1[0-8]|2[1-9]|31|51)|5(?:0[0-9]|1[01]|"
        r"2[0-7]))\b(?![\w.,%°]*\d|\s?(?:ms|mb|kb|gb|users?|files?|rows?|times|%|px|people|records?|"
        r"bytes?|lines?|items?|regions?|x\b))",
        accept=_is_status,
    ),
    rule(
        EntityKind.HTTP_STATUS,
        r"(?<![\w.,:/-])(?P<value>[1-5]\d\d)(?=[ :,-]{1,3}(?:error|page|response|internal|bad|"
        r"not[ -]found|forbidden|unauthor\w+|gateway|"
        r"service unavailable|method not|request timeout|conflict|gone|too many|unprocessable|"
        r"moved permanently|found\b|not modified|OK\b|created|no content|status|fehler|erreur)s?\b)",
        accept=lambda match: (
            _is_status(match)
            and (
                int(match["value"]) >= 400
                or re.match(r" (?:ok|moved|found|not mod|created|no c)", after(match)) is not None
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
)
