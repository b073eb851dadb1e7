"""Which numbers and names are codes because of where a message puts them?

Programs number their messages in few ways: first in a quotation and followed by a colon ("ITMS-90683:
Missing …"), last in it ("Cannot start desktop. 1030", "… unreachable (-14)"), after a word for the cause,
or after the class of the exception. What the words around a number say is the business of ``codes``.
"""

import re

from escalation.extraction.kinds import EntityKind
from escalation.extraction.pattern import Rule, after, before, rule
from escalation.extraction.statuses import KNOWN_STATUS
from escalation.extraction.symbols import SHOWS

_WENT_WRONG = re.compile(
    r"error|fail|wrong|problem|cannot|can['’]?t|could ?n[o'’]t|denied|refused|unable|unreachable|"
    r"not |invalid|"
    r"expired|lost|"
    r"time[d-]? ?out|nicht|fehl|impossible|échou|erreur|no se pud|できません|失敗"
)
_OPENED = re.compile(r"(?:^|[\s(:=])[\"“„«'`][^\"”“»\n]{0,160}$")
# What numbers tickets, changes and articles, never messages.
_NOT_MESSAGES = re.compile(
    r"(?:INC|CHG|PRB|RITM|REQ|S?CTASK|TASK|KB|CVE|RFC|ISO|UTF|SHA|TLS|HTTP|CS|PO|SO|INV)-?\d", re.IGNORECASE
)


def _ends_a_complaint(match: re.Match[str]) -> bool:
    """The number is the last word of a message that says something went wrong."""
    value = match["value"]
    if re.fullmatch(r"(?:19|20)\d\d", value) or (value.isdigit() and int(value) in KNOWN_STATUS):
        return False  # a year; an answer of the web
    return _WENT_WRONG.search(before(match, 200)) is not None


def _ends_a_quotation(match: re.Match[str]) -> bool:
    return _ends_a_complaint(match) and _OPENED.search(before(match, 200)) is not None


def _is_all_it_says(match: re.Match[str]) -> bool:
    """A quotation that is one code: a screen is said to show it."""
    near = before(match, 64) + " " + after(match, 40)
    shown = re.search(r"display|screen|panel|anzeige|écran|pantalla|画面|表示", near)
    return shown is not None or SHOWS.search(before(match, 64)) is not None


def _numbers_a_message(match: re.Match[str]) -> bool:
    return _NOT_MESSAGES.match(match["value"]) is None


def _is_announced(match: re.Match[str]) -> bool:
    """Something with a number in it, that is no count, no clock and no status of the web."""
    value = match["value"]
    if re.match(r"\d{1,2}:\d\d", value) or (value.isdigit() and len(value) < 4):
        return False
    return re.search(r"[a-z]", value, re.IGNORECASE) is not None or len(value) > 3


RULES: tuple[Rule, ...] = (
    # "The VPN server may be unreachable (-14)", "could not be contacted. (5200)".
    rule(
        EntityKind.ERROR_CODE,
        r"(?<=[\"'\w.!…]) ?[(\[](?P<value>-?\d{1,6})[)\]](?=[.,;]?[\"'”»“]|[.,;]?\s*(?m:$))",
        accept=_ends_a_complaint,
    ),
    # "Cannot start desktop. 1030".
    rule(
        EntityKind.ERROR_CODE,
        r"[.!:,] (?P<value>-?\d{3,6})(?=[.]?[\"”»“])",
        accept=_ends_a_quotation,
    ),
    # "ITMS-90683: Missing purpose string": the number of a quoted message, or of a line.
    rule(
        EntityKind.ERROR_CODE,
        r"(?:[\"“„«`]|(?m:^))(?:error:? )?(?P<value>(?-i:[A-Z]{2,8}-?\d{3,8}[A-Z]?))(?=:\s\w| [-–] \w)",
        accept=_numbers_a_message,
    ),
    # "12514 EAP-TLS failed …" and "REFUS 57": first or last in what a screen says, and all it says: "E-07".
    rule(
        EntityKind.ERROR_CODE,
        r"[\"“„«「] ?(?P<value>\d{3,8})(?=:? (?-i:[A-Z])[\w-]+ )",
        accept=lambda match: (
            int(match["value"]) not in KNOWN_STATUS and _WENT_WRONG.search(after(match, 120)) is not None
        ),
    ),
    rule(
        EntityKind.ERROR_CODE,
        r"[\"“„«「] ?(?-i:[A-ZÀ-Ü][A-ZÀ-Ü ]{2,30}) (?P<value>-?\d{1,5})(?= ?[\"”“»」])",
    ),
    rule(
        EntityKind.ERROR_CODE,
        r"[\"“„«「『] ?(?P<value>(?-i:[A-Z]{1,4}-?\d{1,6}|\d{1,4}[A-Z]?-\d{1,4}))(?= ?[\"”“»」』])",
        accept=_is_all_it_says,
    ),
    # A field for the reason in a line of JSON, "95: Operation not supported".
    rule(
        EntityKind.ERROR_CODE,
        r"[\"']?\b(?:reason|error|err|cause|errmsg)[\"']? ?[:=] ?[\"'](?P<value>-?\d{1,6})(?=: )",
    ),
    # "error 2C-31", "fault A1/07", "Association Request Failed: 0006:0317".
    rule(
        EntityKind.ERROR_CODE,
        r"(?<![\w.-])(?:error|err|erreur|fehler|fault|alarm|störung|fallo|avería)[ :]{1,2}"
        r"(?P<value>(?-i:(?=[0-9A-Z]{0,4}[A-Z])[0-9A-Z]{1,5}(?:[-.:/][0-9A-Z]{1,5}){1,3}))(?![\w-]|\.\w)",
        accept=lambda match: re.search(r"\d", match["value"]) is not None,
    ),
    rule(
        EntityKind.ERROR_CODE,
        r"(?:failed|failure|error): (?P<value>[0-9A-F]{4}:[0-9A-F]{4})(?=[ ,.;)]|(?m:$))",
    ),
    # "failure reason 500121".
    rule(
        EntityKind.ERROR_CODE,
        r"\b(?:failure|error|reject\w*|disconnect|termination|return) reason:? (?P<value>\d{2,7})"
        r"(?![\w%]|[.:]\d)",
    ),
    # "SQL*Loader-510: Physical record …": a program of Oracle's and the number of its message.
    rule(EntityKind.ERROR_CODE, r"(?<=\w)\*(?-i:[A-Z]\w{2,12})-(?P<value>\d{1,5})(?=:)"),
    # "Q.850;cause=102", "reason=34", "status: 0xA702".
    rule(
        EntityKind.ERROR_CODE,
        r"(?<![\w.])(?:cause|reason|disconnect[ _-]?reason|fault|sub ?code)(?: ?[:=] ?|[ -]code[ :=]{1,3})"
        r"(?P<value>-?\d{1,6}|0x[0-9a-f]{1,8}|(?-i:[A-Z]{1,4}\d{2,5}))(?![\w.-]*\w|\s(?:users?|"
        r"people|calls?|times)\b)",
    ),
    rule(
        EntityKind.ERROR_CODE,
        r"\b(?:status|result|returned|return(?:ing)?|state|failed|hr)(?: (?:code|value|with))?"
        r"[ :=\[(]{1,3}(?P<value>0x[0-9a-f]{2,8})(?![\w.])",
    ),
    # "error code returned by the print processor: 2147500037".
    rule(
        EntityKind.ERROR_CODE,
        r"\b(?:error|exit|return|result|fault|status)[ -]?code (?:[a-z]{2,12} ){1,6}?[a-z]{2,12}"
        r"(?::|=| was| is) ?(?P<value>-?\d{1,10}|0x[0-9a-f]{1,8})(?![\w%]|[.:]\d)",
    ),
    # "SQL state: 40P01", and the same five letters after the class of an exception: ": 57014: canceling".
    rule(EntityKind.ERROR_CODE, r"\bsql ?state ?(?:is |[:=] ?|\[)?(?P<value>(?-i:[0-9A-Z]{5}))\b"),
    rule(
        EntityKind.ERROR_CODE,
        r"(?-i:[a-z]Exception|[a-z]Error)(?: \([^()\n]{1,20}\))?: (?P<value>(?-i:\d[0-9A-Z]{4}|"
        r"\d{1,5}))(?=: \w)",
    ),
    # "eDSError -14006", "OSStatus -34018": nothing else counts below nothing.
    rule(
        EntityKind.ERROR_CODE,
        r"(?-i:[a-z]Err(?:or)?|Status|Code|[Ee]rror|[Ff]ehler)(?: ?[:=(\[] ?| )"
        r"(?P<value>-\d{2,10})(?![\w.])",
    ),
    # FlexNet and others write two numbers, the first below nothing: "(-4,342)", "[1.5.-15]".
    rule(EntityKind.ERROR_CODE, r"\((?P<value>-\d{1,4})(?=,\d{1,5}(?::\d{1,6}[^()\n]{0,40})?\))"),
    rule(
        EntityKind.ERROR_CODE,
        r"\berror ?\[(?P<value>-?\d{1,6}(?:\.-?\d{1,6}){0,3}|0x[0-9a-f]{1,8}|(?-i:[A-Z]{1,4}-?\d{2,6}))\]",
    ),
    # systemd: "status=203/EXEC"; OpenSSL: "error:0A000086:SSL routines"; a directory: "data 52e, v4563".
    rule(EntityKind.ERROR_CODE, r"\bstatus=(?P<value>\d{1,3})(?=/[A-Z])"),
    rule(EntityKind.ERROR_CODE, r"\berror:(?P<value>[0-9A-F]{8})(?=:)"),
    rule(EntityKind.ERROR_CODE, r"\bdata (?P<value>[0-9a-f]{2,4})(?=, v[0-9a-f]{1,5}\b)"),
    # An acknowledgement of HL7: "MSA|AE|…|207^Application internal error".
    rule(EntityKind.ERROR_CODE, r"\b(?:MSA|ERR)\|[^\n^]{0,120}\|(?P<value>\d{3})(?=\^)"),
    # "(rc 5)", "Q.850 cause 38".
    rule(EntityKind.ERROR_CODE, r"\((?:rc|ret|err|errno|status) (?P<value>-?\d{1,6})\)"),
    rule(
        EntityKind.ERROR_CODE,
        r"\b(?:q\.850|isdn|release|clearing|disconnect)[a-z ]{0,12} cause (?:code |value "
        r")?(?P<value>\d{1,3})\b",
    ),
    # "error 8007000E", a result of Windows without its "0x".
    rule(
        EntityKind.ERROR_CODE,
        r"(?:error|code|fehler\w*|erreur|hresult|failed with)[ :=(]{1,3}"
        r"(?P<value>(?=[0-9A-F]*[A-F])(?:8[07]|C0)[0-9A-F]{6})(?!\w)",
    ),
    # Whatever stands where a code is announced outright: "Support code 5B00", "Message no. VL150".
    rule(
        EntityKind.ERROR_CODE,
        r"(?:\b(?:error|fault|service|support|stop|reason|failure|fehler|diagnostic)[ -]?(?:code|"
        r"nummer|number|no\.?|"
        r"nr\.?|id)|\bcode (?:d['’]erreur|erreur)|\berreur n[°o]\.?|\bc[óo]digo(?: de (?:error|fallo))?|"
        r"\bmessage (?:no\.?|number|id)|\b(?:meldungs|nachrichten)[ -]?(?:nr\.?|nummer)|"
        r"エラー(?:コード|番号)?)"
        r"(?: (?:is|was|ist|lautet|es|shown|displayed|of))?[ :：=#\"'“„«`「『(\[]{0,4}"
        r"(?P<value>(?=[a-z_.:/-]{0,12}\d)"
        r"[a-z0-9]{1,12}(?:[-_.:/][a-z0-9]{1,12}){0,4})(?![\w-]|\.\w)",
        accept=_is_announced,
    ),
    # What a terminal for cards answers: "RESP 91", "response code: 05".
    rule(EntityKind.ERROR_CODE, r"(?<![\w.])(?-i:RESP|RSP|Resp|RC)[ :=]{1,2}(?P<value>\d{2})(?![\w.:%])"),
    # "ms-client-diagnostics: 52031", "diagnostic code 1200".
    rule(
        EntityKind.ERROR_CODE,
        r"\bdiag(?:nos(?:tics?|e))?(?:[ -](?:code|id))?[:= ]{1,2}(?P<value>\d{2,6})(?![\w.:%])(?! \w+s\b)",
    ),
)
