"""Which codes are known by the family of software that prints them, whatever the sentence around them?

Routers, mainframes, databases, clouds and remote calls each write their faults in one shape that nothing else
has: ``%SYS-2-MALLOCFAIL``, ``IEF450I``, ``[08S01]``, ``rpc error: code = Unavailable``, ``-2147024891``.
Shapes and closed lists of the trade, never the names of one company's programs.
"""

import re

from escalation.extraction.kinds import EntityKind
from escalation.extraction.pattern import Rule, after, before, rule, words

# The status names of gRPC, which its libraries write in both ways (google.rpc.Code).
_RPC = words(
    "Canceled Cancelled Unknown InvalidArgument DeadlineExceeded NotFound AlreadyExists PermissionDenied "
    "ResourceExhausted FailedPrecondition Aborted OutOfRange Unimplemented Internal Unavailable DataLoss "
    "Unauthenticated"
)
_RPC_SHOUTED = words(
    "INVALID_ARGUMENT DEADLINE_EXCEEDED ALREADY_EXISTS PERMISSION_DENIED RESOURCE_EXHAUSTED "
    "FAILED_PRECONDITION OUT_OF_RANGE DATA_LOSS UNAVAILABLE UNAUTHENTICATED UNIMPLEMENTED"
)
# Parts of z/OS and its subsystems that number their messages.
_MAINFRAME = words(
    "ADY ARC BPX CEE CNZ CSQ CSV DFH DFS DSN EDC EQQ EZA EZZ FOM GIM HASP ICH IDC IEA IEC IEE IEF IGD IGZ "
    "IKJ IKT IOS IRX ISG IST IXC IXG"
)
_ASKED_RPC = re.compile(r"\b(?:g?rpc|protobuf|stub|statusruntimeexception|status(?:code)?)\b")


def _is_rpc(match: re.Match[str]) -> bool:
    return _ASKED_RPC.search(before(match, 80)) is not None


def _is_stated(match: re.Match[str]) -> bool:
    """Five letters and digits in brackets are an SQLSTATE beside a database's driver or a fault."""
    return re.search(r"odbc|jdbc|sql|error|driver|fehler|erreur|\]\s?$", before(match, 60)) is not None


def _has_digit(match: re.Match[str]) -> bool:
    return re.search(r"\d", match["value"]) is not None


def _is_reason(match: re.Match[str]) -> bool:
    """``reason: rateLimitExceeded``: at least two words grown together, and no setting of that name."""
    return re.match(r"\s?[=(]", after(match)) is None


RULES: tuple[Rule, ...] = (
    # A router's message: facility, severity, mnemonic.
    rule(
        EntityKind.ERROR_CODE,
        r"(?<![\w%-])(?P<value>(?-i:%[A-Z][A-Z0-9_]{1,24}(?:-[A-Z][A-Z0-9_]{1,24})?-[0-7]-[A-Z0-9_]{4,40}))(?![\w-])",
    ),
    rule(
        EntityKind.ERROR_CODE,
        r"(?<![\w%-])(?P<value>(?-i:[A-Z][A-Z0-9_]{2,24}-[0-7]-[A-Z][A-Z0-9]{1,30}_[A-Z0-9_]{2,40}))(?![\w-])",
    ),
    # Mainframes: messages by their part, and what a program ended abnormally with.
    rule(
        EntityKind.ERROR_CODE,
        rf"(?<![\w.-])(?P<value>(?-i:(?:{_MAINFRAME})[A-Z]{{0,2}}\d{{3,5}}[A-Z]?))(?![\w-])",
    ),
    rule(
        EntityKind.ERROR_CODE,
        r"\babend(?:ed|s)?(?: code| with| of| is)?[ :=]{1,3}(?P<value>(?-i:[A-Z0-9]{3,5}))(?![\w.])",
        accept=_has_digit,
    ),
    # "message class VL 150", "message M7 021": where a message of an ERP has class and number.
    rule(
        EntityKind.ERROR_CODE,
        r"\b(?:message|meldung|nachricht|mensaje)(?: class| id|"
        r" no\.?)? (?P<value>(?-i:[A-Z][A-Z0-9]{1,3} \d{3}))(?![\w.])",
    ),
    rule(EntityKind.ERROR_CODE, rf"\bcode ?= ?(?P<value>(?-i:{_RPC}))(?= desc\b|[,.;)]|\s*(?m:$))"),
    rule(
        EntityKind.ERROR_CODE,
        rf"(?<![\w.])(?P<value>(?-i:{_RPC_SHOUTED}))(?![\w(])",
        accept=_is_rpc,
    ),
    # Results of Windows written as a number below nothing.
    rule(EntityKind.ERROR_CODE, r"(?<![\w.,-])(?P<value>-(?:214[67]\d{6}|10737\d{5}))(?![\w.]\w|\w)"),
    # SQLSTATE, in brackets as drivers print it.
    rule(
        EntityKind.ERROR_CODE,
        r"\[(?P<value>(?-i:(?=[A-Z0-9]{0,4}\d)(?:0[0-9A-Z]|2[0-8A-F]|3[0-9BDF]|4[0-4]|5[3-8]|HY|IM|P0|XX|S1)"
        r"[0-9A-Z]{3}))\]",
        accept=_is_stated,
    ),
    # Names in capitals with the letters for a fault in their middle: "VSS_E_WRITERERROR", "KRB_AP_ERR_SKEW".
    rule(
        EntityKind.ERROR_CODE,
        r"(?<![\w.$-])(?P<value>(?-i:(?:[A-Z][A-Z0-9]{1,12}_){1,3}(?:E|ERR|"
        r"FX)_[A-Z][A-Z0-9_]{2,50}))(?![\w(])",
    ),
    # "error code: DM_Gateway_AccessError": a name of several parts where a code is announced.
    rule(
        EntityKind.ERROR_CODE,
        r"\b(?:error|fault|failure|status|reason)[ _-]?code[\"']?(?: is| was)?[ :=\"']{1,4}"
        r"(?P<value>[a-z]\w{0,40}?[_.][a-z]\w{1,60}(?:\.\w{1,40}){0,3})(?![\w(])",
    ),
    # Clouds: "An error occurred (InvalidParameterValue) when calling", "api error ExpiredToken:".
    rule(
        EntityKind.ERROR_CODE,
        r"\berror occurred \((?P<value>(?-i:[A-Z][A-Za-z]{3,60}(?:\.[A-Z][A-Za-z]{2,40})?))\)",
    ),
    rule(EntityKind.ERROR_CODE, r"\bapi error (?P<value>(?-i:[A-Z][A-Za-z.]{3,80}))(?=[:,])"),
    rule(
        EntityKind.ERROR_CODE,
        r"\breasons?\"?(?: is| was)?[ :=]{1,3}\"?(?P<value>(?-i:(?:[A-Z][a-z]{1,20}|"
        r"[a-z]{2,20})(?:[A-Z][a-z]{2,20}){1,4}))(?!\w)",
        accept=_is_reason,
    ),
    # "Code E000E020", "error 8007000E": eight digits of a result without "0x".
    rule(
        EntityKind.ERROR_CODE,
        r"\b(?:error|code|fehler\w*|erreur|hresult|status)[ :=(]{1,3}"
        r"(?P<value>(?-i:(?=[0-9A-F]{0,7}[A-F])(?=[0-9A-F]{0,7}\d)[0-9A-F]{8}))(?![\w-])",
    ),
)
