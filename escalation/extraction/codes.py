"""Which numbers are an error's code: 0x80070005, "error 1603", "curl: (6)", "exit code 137"?

A number is a code only beside words that call it one: memory addresses, flags, line numbers and the
milliseconds of a log line are not.
"""

import re

from escalation.extraction import code_families, message_codes, symbols
from escalation.extraction.kinds import EntityKind
from escalation.extraction.pattern import Rule, after, before, rule
from escalation.extraction.statuses import KNOWN_STATUS
from escalation.extraction.symbols import FAULT_WORDS, SHOWS

_LINK = (
    r"(?:\s{0,3}(?:(?:code|no\.?|nr\.?|num(?:ber|éro|ero)?|#|id|value|is|was|of|with|lautet|ist|est|es|"
    r"message)\b\.?|は)){0,3}\s{0,3}[:=#(\[\"'`]{0,3}(?:-\s)?\s{0,3}"
)
# What a word for codes may be followed by: hexadecimal, a number, letters and a number.
_CALLED = (
    rf"{_LINK}(?P<value>-?0x[0-9a-f]{{1,8}}|-?\d{{1,10}}|[A-Z]{{1,8}}[-_]?\d{{2,8}}[A-Z]?)"
    r"(?![\w.]*\.\d)(?!\w)"
)
_COUNTED = re.compile(
    r"\s*(?:of\b|times?\b|out of|lines?\b|items?\b|records?\b|errors?\b|min|sec|hours?|days?|users?|%|"
    r"/\d|\.\d)"
)


def _is_hex_code(match: re.Match[str]) -> bool:
    lead = before(match, 40)
    if re.search(
        r"(?:address|addr|pointer|ptr|offset|thread|memory|\bat|@|baseaddress|object|\bpc|\bsp|"
        r"instruction)\s*(?:at\s*)?[:=(]?\s*$",
        lead,
    ):
        return False
    if re.search(rf"(?:\.\.|(?<![a-z])(?!(?:{FAULT_WORDS}|\w*rc|hr|ret|res)=)[a-z]+=)$", lead):
        return False
    digits = match[0][2:].lower().partition("-")[0]
    named = re.search(rf"{FAULT_WORDS}[^.]{{0,24}}$|[(\[\"“„«'`]$|rc=$", lead) is not None
    if len(digits) == 8:
        return re.match(r"80|87|c0|c1", digits) is not None or named
    if re.search(rf"{FAULT_WORDS}\b[^.:;\"]{{0,24}}\($", lead):
        return True
    return (
        re.search(
            r"(?:error|err|fehler\w*|erreur|errore|(?<!source )(?<!op )(?<!machine )\bcode|"
            r"hresult)\s*[:=(]?\s*$",
            lead,
        )
        is not None
    )


def _is_number_code(match: re.Match[str]) -> bool:
    value = match["value"]
    if _COUNTED.match(after(match)) or value in {"-", "0"}:
        return False
    lead = match.string[max(0, match.start() - 24) : match.start()].lower()
    if re.search(r"(?:no|(?<![\w.:])\d+|without) $", lead):
        return False
    said = match[0].lower()
    plain = value.isdigit() and len(value) == 3 and int(value) in KNOWN_STATUS and int(value) >= 400
    return not (plain and not re.search(r"exit|errno|rc\b|return|sql|ora", said))


# "code" by itself is an error's only where something failed or ended: areas, keys and events have codes too.
_CODE_OF = re.compile(
    r"(?:^\W*|[(\[,;:.!]\s?|\b(?:with|mit|avec|con|by|exit|and|gives?|gets?|shows?|says|ended|returned|"
    r"exception|is)\s"
    r"(?:an? |the |error |exit )?)$"
)
_SIGNAL = re.compile(r"0x[0-9a-f]+ \($")


def _is_plain_code(match: re.Match[str]) -> bool:
    lead = before_word(match, 48)
    told = (
        _CODE_OF.search(lead) is not None or re.search(rf"\b{FAULT_WORDS}\b[^.]{{0,30}}$", lead) is not None
    )
    return told and _SIGNAL.search(lead) is None and _is_number_code(match)


def before_word(match: re.Match[str], length: int) -> str:
    """What stands before the whole match, not only before its value, in lower case."""
    return match.string[max(0, match.start() - length) : match.start()].rpartition("\n")[2].lower()


RULES: tuple[Rule, ...] = (
    *code_families.RULES,
    *symbols.RULES,
    *message_codes.RULES,
    rule(
        EntityKind.ERROR_CODE,
        r"(?<![\w#])0x[0-9a-f]{1,8}(?:-0x[0-9a-f]{1,8}){0,3}(?!\w|\.[\w.]|\]\.)",
        accept=_is_hex_code,
    ),
    # "curl: (6)", "SocketException (10061)", "error (111)".
    rule(
        EntityKind.ERROR_CODE,
        r"(?:(?-i:[a-z0-9](?:Exception|Error))|\bcurl:|\b(?:error|errno|fehler|erreur))\s?[(\[]"
        r"(?P<value>-?\d{1,10})[)\]]",
    ),
    # "setup.exe returned 3010", "the script returned 12".
    rule(
        EntityKind.ERROR_CODE,
        r"(?:\.(?:exe|msi|bat|cmd|sh|ps1)|\b(?:installer|setup|script|command|process|step|task|"
        r"program|msi\w*|"
        r"\w{0,24}thread|job))\b[^.\n]{0,24} (?:returned|returns|is returning|exited|exits) (?:with )?"
        r"(?P<value>-?\d{1,10})(?![\w.%]|\s(?:rows?|lines?|items?|results?|records?|files?|errors?)\b)",
        accept=_is_number_code,
    ),
    # "*** [all] Error 2", "verify error:num=20", "ConnectionError 111 connecting".
    rule(EntityKind.ERROR_CODE, r"\*\*\* (?:\[[^\]\n]{1,200}\] )?error (?P<value>\d{1,3})\b"),
    rule(EntityKind.ERROR_CODE, r"\berror:num=(?P<value>\d{1,4})\b"),
    rule(EntityKind.ERROR_CODE, r"\b(?-i:[A-Z]\w{2,40}Error):? (?:Error )?(?P<value>\d{1,6})\b(?= [a-z])"),
    # "bind() failed (98: Address already in use)", "#1045 - Access denied".
    rule(EntityKind.ERROR_CODE, r"\bfailed \((?P<value>\d{1,5}): (?=[a-z])"),
    rule(EntityKind.ERROR_CODE, r"(?<![\w#&])#(?P<value>\d{4})(?= - [a-z])"),
    # The five letters of an SQLSTATE where databases print them.
    rule(
        EntityKind.ERROR_CODE,
        r"(?-i:FATAL|ERROR|PANIC):\s{1,3}(?P<value>(?-i:(?=[A-Z0-9]{0,4}\d)[0-9A-Z]{5}))(?=:?\s)",
    ),
    rule(EntityKind.ERROR_CODE, r"\((?P<value>(?-i:[A-Z0-9]\d?[A-Z]?\d[A-Z0-9]{2,3}|HY\d{3}))(?=/\d{4}\))"),
    rule(EntityKind.ERROR_CODE, r"(?<=\([A-Z0-9]{5}/)\d{4}(?=\))"),
    # What the panel of a printer says: "13.20.01", "49.4C02".
    rule(
        EntityKind.ERROR_CODE,
        r"(?<![\w.-])\d{2}\.(?:\d{2}(?:\.\d{2})?|[0-9A-F]{4})(?![\w.])",
        accept=lambda match: (
            SHOWS.search(before(match, 64)) is not None
            and (
                re.search(
                    r"printer|copier|display|panel|drucker|imprimante|impresora|mfp", before(match, 120)
                )
                is not None
                or re.match(r" (?:error|fehler|erreur)\b", after(match)) is not None
            )
        ),
    ),
    # A mail server's reply, before its enhanced code (RFC 5321, RFC 3463).
    rule(EntityKind.ERROR_CODE, r"(?<![\d.-])[45]\d\d(?=[ -]#?[45]\.\d{1,3}\.\d{1,3}\b)"),
    rule(
        EntityKind.ERROR_CODE,
        r"\bSQLSTATE\s{0,2}[:=\[(]?\s{0,2}(?P<value>[0-9A-Z]{5})\b",
    ),
    rule(EntityKind.ERROR_CODE, r"\bSQLCODE\s{0,2}[:=]?\s{0,2}(?P<value>-\d{3,5})\b"),
    rule(EntityKind.ERROR_CODE, r"\bMsg (?P<value>\d{3,5})(?=, Level)"),
    rule(
        EntityKind.ERROR_CODE,
        r"\b(?:exit(?:ed)?|return(?:ed)?|terminated|status|result|reason|error|err|failure|stop|"
        r"event)?[ _-]{0,2}"
        r"(?:exit|return|error|err|status|result|reason|fault|response|abort|failure|exception)[ "
        r"_-]?(?:code|"
        r"status|value|kode|nr)"
        rf"{_CALLED}",
        accept=_is_number_code,
    ),
    rule(
        EntityKind.ERROR_CODE,
        r"(?<![\w.-])(?:errno|rc(?=\s?[=:])|errcode|errorlevel|exitcode|hresult|lasterror|erreur|"
        r"\w{0,20}fehler(?:code|"
        r"nummer)?|foutcode|felkod|errore|"
        r"c[óo]digo de error|code d['’]erreur|codice (?:di )?errore|(?:exited|failed|failing|stopped|"
        r"terminated|ended|died|aborted) with(?: (?:an? )?(?:error )?(?:code|status))?|exit|stop code|"
        r"エラーコード)"
        rf"{_CALLED}",
        accept=_is_number_code,
    ),
    # "Error 1603", "error 88:", "License Manager Error -97".
    rule(
        EntityKind.ERROR_CODE,
        r"(?<![\w.<-])(?:error|err)(?:\s{0,2}(?:code|no\.?|number|nr\.?|#|"
        r"id))?[ :=#(\[]{1,4}(?P<value>-\d{1,6}|\d{2,10}|(?-i:[A-Z]{1,5}-?\d{2,6}))(?![\w-]|\.\d|:\d|"
        r"[ ]?/)",
        accept=_is_number_code,
    ),
    rule(
        EntityKind.ERROR_CODE,
        r"\b(?:error|fault|fehler|stop|service)[ -]?code[ :=]{1,3}(?P<value>\d{1,3}[.-]\d{1,4})(?![\w.-])",
    ),
    # "(code 23)", "code: 12", "with code 0x904".
    rule(
        EntityKind.ERROR_CODE,
        r"(?<![\w.-])code(?: ?[:=#] ?| )(?P<value>-?\d{1,10}|-?0x[0-9a-f]{1,8}|"
        r"(?-i:[A-Z]{1,4}-?\d{1,6}))(?![\w-]|[.:]\d)",
        accept=_is_plain_code,
    ),
)
