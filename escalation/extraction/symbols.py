"""Which words and names are an error's code: ECONNRESET, ORA-12541, ERR_CERT_DATE_INVALID, "shows E-5021"?

A name in capitals is a code when its family, its parts or the words around it say so: constants, models
and tickets look the same. Codes that are numbers are the business of ``codes``.
"""

import re

from escalation.extraction.kinds import EntityKind
from escalation.extraction.pattern import Rule, after, before, rule, words

# POSIX errno names (IEEE Std 1003.1) and the resolver's codes (RFC 1035) that people paste.
ERRNO = words(
    "EACCES EADDRINUSE EADDRNOTAVAIL EAGAIN EAI_AGAIN EAI_NONAME EALREADY EBADF EBUSY ECANCELED ECHILD",
    "ECONNABORTED ECONNREFUSED ECONNRESET EDEADLK EDOM EDQUOT EEXIST EFAULT EFBIG EHOSTDOWN EHOSTUNREACH "
    "EIDRM",
    "EILSEQ EINPROGRESS EINTR EINVAL EIO EISCONN EISDIR ELOOP EMFILE EMLINK EMSGSIZE ENAMETOOLONG ENETDOWN",
    "ENETUNREACH ENFILE ENOBUFS ENODEV ENOENT ENOEXEC ENOLCK ENOMEM ENOSPC ENOSYS ENOTCONN ENOTDIR ENOTEMPTY",
    "ENOTFOUND ENOTSOCK ENOTSUP ENOTTY ENXIO EOVERFLOW EPERM EPIPE EPROTO EPROTONOSUPPORT ERANGE EROFS "
    "ESHUTDOWN",
    "ESPIPE ESRCH ESTALE ETIME ETIMEDOUT ETXTBSY EXDEV EINTEGRITY ERESOLVE ELIFECYCLE EJSONPARSE "
    "EPUBLISHCONFLICT",
    "NXDOMAIN SERVFAIL",
)
# Prefixes under which vendors number their messages; a ticket id looks the same without them.
NUMBERED = words(
    "ORA TNS PLS RMAN CRS PRVF IMP EXP AADSTS MSB CS NU NETSDK LNK SQL DB2 TS JVMJ WSVR SRVE CWSIA CWPKI "
    "DSRA ADM",
    "MSIEXEC VPN SVN KB0 AMQ CSV EC0 GSK MQRC BSOD MSI PAN CAPI2 SAP DRDA DFS ASA",
)
# Symbol families: ERR_CONNECTION_RESET, NS_ERROR_FAILURE, DNS_PROBE_FINISHED_NXDOMAIN.
SYMBOLS = (
    r"(?:(?:NET::)?ERR|ERROR|NT_STATUS|X509_V_ERR|NS_ERROR|SEC_ERROR|SSL_ERROR|MOZILLA_PKIX_ERROR|PR|"
    r"WSAE|WSA|STATUS|SEC_E|INET_E|"
    r"TRUST_E|CERT_E|"
    r"DNS_PROBE|INSTALL_(?:PARSE_)?FAILED|E|RPC_S|RPC_E|CO_E|NTE|SCARD_E|HRESULT|ORA|CURLE|KRB5\w{0,8}|"
    r"KDC_ERR|AUTH)_"
)
FAULT_WORDS = (
    r"(?:error|errors|err|code|stop|bugcheck|status|hresult|failed|failure|exception|result|"
    r"fehler(?:code|meldung)?|"
    r"erreur|errore|fout(?:code|melding)?|fel(?:kod)?|failing with|failed with|エラー(?:コード)?|コード)"
)
_CODE_BEFORE = re.compile(
    r"\b(?:(?:error|fault|failure|stop|status|reason|fehler)[ -]?code|code:|fehler\w*|erreur|same|error:?)\b"
    r"(?:\s(?:the|user|customer|she|he|they|i|we|sees?|get|is|was|shown|here|of|message|number|"
    r":)){0,6}[\s`\"'(:=]*$"
)
_FAILS_WITH = re.compile(
    r"\b(?:fail(?:s|ed|ing)?|crash(?:es|ed)?|abort(?:s|ed)?|stop(?:s|ped)|ends?|ended|errors out|dies|"
    r"scheitert|bricht ab|échoue|falla) (?:with|on|mit|avec|con) (?:an? |the )?(?:error )?[`\"'(]?$"
)
_FAULT_AFTER = re.compile(
    r"[`\"')]?[ :,-]{1,3}(?:\w+ ){0,3}(?:rejected|time[- ]?out|timed out|failed|failure|denied|"
    r"error|invalid|"
    r"refused|expired|exceeded|unavailable|not allowed|not found|abgelehnt|fehlgeschlagen|verbindung)\b"
)


# What a screen says: "shows E-5021", "displays 'SC542'", "Sage returned AUT-1002".
SHOWS = re.compile(
    r"\b(?:shows?|showed|showing|displays?|displayed|says?|said|reads?|returns?|returned|"
    r"gives?|gave|throws?|threw|prints?|raises?|answers?|answered|blinks?|flashes|zeigt|meldet|sagt|"
    r"steht|affiche|"
    r"indique|renvoie|sale|muestra|indica|devuelve)"
    r"(?: (?:me|us|an?|the|only|just|always|error|code|nur|immer|den|einen|fehler|erreur|el|error)){0,3}"
    r"[ :]{1,2}[\"'“„«`(]{0,2}$"
)
_SHOUTED = re.compile(r"[ :,-]{1,3}(?-i:[A-Z]{2,}(?: [A-Z]{2,}){1,6})\b")


def _shown(match: re.Match[str]) -> bool:
    """Whether a screen or an answer is said to hold the code, or it stands inside a quoted message."""
    lead, text = before(match, 64), match.string
    if SHOWS.search(lead):
        return True
    end = match.end()
    if _SHOUTED.match(text[end : end + 48]):
        return True
    line = text[max(0, match.start() - 160) : match.start()].rpartition("\n")[2]
    quoted = (
        line.count('"') % 2 == 1 or line.count("«") > line.count("»") or line.count("„") > line.count("“")
    )
    bracketed = text[match.start() - 1 : match.start()] in ("(", "[") and text[end : end + 1] in (")", "]")
    return bracketed and quoted


def _is_short_code(match: re.Match[str]) -> bool:
    """``SC542``, ``E1023``, ``F0815``: a code where a screen or a fault word says so, a model elsewhere."""
    lead = before(match, 40)
    if re.match(r"(?:HTTP|IPV|TLS|SSL|SHA|MD|UTF|KB|WIN|OFFICE|USB|COM|TTY|ETH|VLAN|MP|ISO)\d", match[0]):
        return False
    named = rf"(?:{FAULT_WORDS})(?: (?:code|nr\.?|no\.?|number|is|was|lautet|ist))?[ :=\"'(]{{1,3}}$"
    return SHOWS.search(lead) is not None or re.search(named, lead) is not None


# A symbol in capitals is a code when a part of it says that something went wrong, or a fault word names it.
_WENT_WRONG = re.compile(
    r"(?:^|_)(?:ERR(?:OR)?|FAIL(?:ED|URE)?|DENIED|INVALID|TIMEOUT|TIMED_OUT|EXPIRED|REFUSED|NOT_FOUND|"
    r"UNREACHABLE|TOO_\w+|EXCEEDED|MISMATCH|UNAVAILABLE|FORBIDDEN|UNAUTHORIZED|REJECTED|CORRUPT\w*|"
    r"NOT_\w+|NO_\w+|UNKNOWN|MISSING|BAD|CONFLICT|UNSUPPORTED|OVERFLOW|ABORTED|VIOLATION)(?:_|$)"
)
_SURELY_WRONG = re.compile(
    r"_(?:ERROR|FAILED|FAILURE|VIOLATION|DENIED|EXPIRED|REFUSED|UNAUTHORIZED|NOT_FOUND)$"
)
_CONSTANT = re.compile(
    r"(?:enum|constants?|flags?|define|variable|setting|property|parameter|option|field|state|event|type|"
    r"class)\W{1,3}$"
)
_NAMES_SYMBOL = re.compile(
    rf"\b(?:{FAULT_WORDS}|reason)(?: (?:code|type|is|was|message|of))?[\"']?[ :=(\"'“`]{{1,4}}$"
)


def _is_symbol(match: re.Match[str]) -> bool:
    if re.match(r"\s*[=(]|\s?:\s?=", after(match)) or re.search(r"[$%{]$|\bset $|export $", before(match)):
        return False
    if _NAMES_SYMBOL.search(before(match, 48)):
        return True
    around = match.string[max(0, match.start() - 1) : match.end() + 1]
    quoted = re.fullmatch(r"[\"'“`(<].*[\"'”`)>:]", around) is not None
    told = SHOWS.search(before(match, 64)) is not None
    if quoted or told:
        return _WENT_WRONG.search(match["value"]) is not None
    return _SURELY_WRONG.search(match["value"]) is not None and not _CONSTANT.search(before(match, 40))


def _is_named_code(match: re.Match[str]) -> bool:
    if re.match(r"(?:UTF|ISO|SHA|CVE|RFC|IE|KB|INC|CHG|PRB|AES|MD|CP|HTTP|TLS|SSL|WIN)\d*-", match[0]):
        return False
    lead = before(match, 48)
    if _FAILS_WITH.search(lead) or _shown(match):
        return True
    if re.search(r"(?:ticket|issue|bug|see|case|in|to|of|duplicates?|than|like|from|with|by)\s$", lead):
        return False
    return _CODE_BEFORE.search(lead) is not None or _FAULT_AFTER.match(after(match, 48)) is not None


def _is_cloud_code(match: re.Match[str]) -> bool:
    """A fault's name where a screen or a fault word says so, or before the status of its answer."""
    lead = before(match, 64)
    if SHOWS.search(lead) or re.match(r"[\"'`]? \([45]\d\d\)", after(match)):
        return True
    return re.search(rf"(?:{FAULT_WORDS})[\"']?(?: (?:code|is|was))?[ :=\"'(]{{1,4}}$", lead) is not None


RULES: tuple[Rule, ...] = (
    rule(EntityKind.ERROR_CODE, rf"(?<![\w.-])(?-i:(?:{ERRNO}))(?![\w-])"),
    rule(
        EntityKind.ERROR_CODE,
        rf"(?<![\w.$-])(?-i:{SYMBOLS}[A-Z][A-Z0-9_]{{2,60}})(?![\w(])",
        accept=lambda match: (
            (not re.match(r"\s*=[^=]", after(match)) and "PR_" not in match[0][:3]) or "ERROR" in match[0]
        ),
    ),
    rule(EntityKind.ERROR_CODE, rf"(?<![\w.-])(?-i:(?:{NUMBERED})-?\d{{3,7}}[A-Z]?)(?![\w-])"),
    # PROJECT-123 is a ticket, but "error code is PAY-1504" and "GP-4107 keepalive timeout" are codes.
    rule(
        EntityKind.ERROR_CODE,
        r"(?<![\w.-])(?-i:[A-Z][A-Z0-9]{0,7}-\d{2,6})(?![\w-])",
        accept=_is_named_code,
    ),
    rule(
        EntityKind.ERROR_CODE,
        r"(?<![\w.-])(?-i:[A-Z]{1,4}\d{2,8})(?![\w-]|\.\d)",
        accept=_is_short_code,
    ),
    rule(
        EntityKind.ERROR_CODE,
        r"(?<![\w.$/-])(?P<value>(?-i:[A-Z][A-Z0-9]{1,30}(?:_[A-Z0-9]{1,30}){1,6}))(?![\w.(/-])",
        accept=_is_symbol,
    ),
    # "shows SC542, then SC-819": the second of two.
    rule(
        EntityKind.ERROR_CODE,
        r"(?<=\d)(?:,| and| or| und| et| y)(?: then| later| sometimes|"
        r" dann)? (?P<value>(?-i:[A-Z]{1,4}-?\d{2,5}))(?![\w-]|\.\d)",
        accept=lambda match: (
            re.search(
                r"(?:shows?|says?|code|error|fehler|zeigt|"
                r"display)\b.{0,24}$",
                before(match, 60),
            )
            is not None
        ),
    ),
    # {"code": "PAYLOAD_TOO_LARGE"}, error_code=card_declined
    rule(
        EntityKind.ERROR_CODE,
        r"\b(?:error|err|fault|reason)?_?(?:code|errno)[\"']\s{0,2}[:=]\s{0,2}[\"'](?P<value>[a-z]\w{2,60}"
        r"(?:[.-]\w{1,40}){0,4})[\"']",
        accept=lambda match: "_" in match["value"] or re.search(r"\d|^[A-Z]+$", match["value"]) is not None,
    ),
    # Mainframe and middleware: ABCD1234E, with the severity as last letter (IBM message ids).
    rule(EntityKind.ERROR_CODE, r"(?<![\w.-])(?-i:[A-Z]{3,6}\d{4,5}[EISWA])(?=[: ,.;)\"]|(?m:$))"),
    # "S3 gives AccessDenied (403)": what clouds call their faults.
    rule(
        EntityKind.ERROR_CODE,
        r"(?<![\w.$/-])(?-i:(?:[A-Z][a-z0-9]{1,20}){1,5}(?:Denied|NotFound|Exceeded|Failed|Failure|Mismatch|"
        r"Expired|Unavailable|Timeout|TimedOut|Exists|Conflict|Forbidden|Unauthorized|Refused|"
        r"Rejected|Throttled|"
        r"LimitReached|InUse|Invalid)|(?:Invalid|NoSuch|Missing|Unauthorized|Unsupported|Malformed|Expired)"
        r"(?:[A-Z][a-z0-9]{1,20}){1,4})(?![\w.(/]|-\w)",
        accept=_is_cloud_code,
    ),
)
