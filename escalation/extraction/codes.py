"""Which words are an error's code: ECONNRESET, ORA-12541, 0x80070005, "error 1603"?

A number is a code only beside words that call it one: memory addresses, flags, line numbers and the
milliseconds of a log line are not.
"""

import re

from escalation.extraction.kinds import EntityKind
from escalation.extraction.pattern import Rule, after, before, rule, words
from escalation.extraction.statuses import KNOWN_STATUS

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
    r"(?:ERR|ERROR|NS_ERROR|SEC_ERROR|SSL_ERROR|MOZILLA_PKIX_ERROR|PR|WSAE|WSA|STATUS|SEC_E|INET_E|"
    r"TRUST_E|CERT_E|"
    r"DNS_PROBE|INSTALL_(?:PARSE_)?FAILED|E|RPC_S|RPC_E|CO_E|NTE|SCARD_E|HRESULT|ORA|CURLE|KRB5\w{0,8}|"
    r"KDC_ERR|AUTH)_"
)
_FAULT_WORDS = (
    r"(?:error|errors|err|code|stop|bugcheck|status|hresult|failed|failure|exception|result|"
    r"fehler(?:code|meldung)?|"
    r"erreur|errore|fout(?:code|melding)?|fel(?:kod)?|failing with|failed with|エラー(?:コード)?|コード)"
)
_LINK = (
    r"(?:\s{0,3}(?:code|no\.?|nr\.?|num(?:ber|éro|ero)?|#|id|value|is|was|of|with|"
    r"message)\b\.?){0,3}\s{0,3}[:=#(\[\"'`-]{0,3}\s{0,3}"
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
    if re.search(rf"(?:\.\.|(?<![a-z])(?!{_FAULT_WORDS}=)[a-z]+=)$", lead):
        return False
    digits = match[0][2:].lower()
    named = re.search(rf"{_FAULT_WORDS}[^.]{{0,24}}$|[(\[]$", lead) is not None
    if len(digits) == 8:
        return re.match(r"80|87|c0|c1", digits) is not None or named
    return (
        re.search(
            r"(?:error|err|fehler\w*|erreur|(?:error|exit|return|stop|status|result) ?code|"
            r"hresult)\s*[:=(]?\s*$",
            lead,
        )
        is not None
    )


def _is_number_code(match: re.Match[str]) -> bool:
    value = match["value"]
    if _COUNTED.match(after(match)) or value in {"-", "0"}:
        return False
    lead = match.string[max(0, match.start() - 6) : match.start()].lower()
    if re.search(r"(?:no|\d|without) $", lead):
        return False
    said = match[0].lower()
    plain = value.isdigit() and len(value) == 3 and int(value) in KNOWN_STATUS and int(value) >= 400
    return not (plain and not re.search(r"exit|errno|rc\b|return|sql|ora", said))


_CODE_BEFORE = re.compile(
    r"\b(?:(?:error|fault|failure|stop|status|reason|fehler)[ -]?code|code:|fehler\w*|erreur|same|error:?)\b"
    r"(?:\s(?:the|user|customer|she|he|they|i|we|sees?|get|is|was|shown|here|of|message|number|:)){0,6}[\s`\"'(:=]*$"
)
_FAILS_WITH = re.compile(
    r"\b(?:fail(?:s|ed|ing)?|crash(?:es|ed)?|abort(?:s|ed)?|stop(?:s|ped)|ends?|ended|errors out|dies|"
    r"scheitert|bricht ab|échoue|falla) (?:with|on|mit|avec|con) (?:an? |the )?(?:error )?[`\"'(]?$"
)
_FAULT_AFTER = re.compile(
    r"[`\"')]?[ :,-]{1,3}(?:\w+ ){0,3}(?:rejected|time[- ]?out|timed out|failed|failure|denied|error|invalid|"
    r"refused|expired|exceeded|unavailable|not allowed|not found|abgelehnt|fehlgeschlagen|verbindung)\b"
)


def _is_named_code(match: re.Match[str]) -> bool:
    if re.match(r"(?:UTF|ISO|SHA|CVE|RFC|IE|KB|INC|CHG|PRB|AES|MD|CP|HTTP|TLS|SSL|WIN)\d*-", match[0]):
        return False
    lead = before(match, 48)
    if _FAILS_WITH.search(lead):
        return True
    if re.search(r"(?:ticket|issue|bug|see|case|in|to|of|duplicates?|than|like|from|with|by)\s$", lead):
        return False
    return _CODE_BEFORE.search(lead) is not None or _FAULT_AFTER.match(after(match, 48)) is not None


RULES: tuple[Rule, ...] = (
    rule(EntityKind.ERROR_CODE, r"(?<![\w#])0x[0-9a-f]{1,8}(?![\w.])", accept=_is_hex_code),
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
        r"(?<![\w.-])(?-i:[A-Z][A-Z0-9]{1,7}-\d{2,6})(?![\w-])",
        accept=_is_named_code,
    ),
    # Mainframe and middleware: ABCD1234E, with the severity as last letter (IBM message ids).
    rule(EntityKind.ERROR_CODE, r"(?<![\w.-])(?-i:[A-Z]{3,6}\d{4,5}[EISWA])(?=[: ])"),
    rule(
        EntityKind.ERROR_CODE,
        r"\bSQLSTATE\s{0,2}[:=\[(]?\s{0,2}(?P<value>[0-9A-Z]{5})\b|\bSQLCODE\s{0,2}[:=]?\s{0,2}-\d{3,5}\b",
    ),
    rule(
        EntityKind.ERROR_CODE,
        r"\b(?:exit(?:ed)?|return(?:ed)?|terminated|status|result|reason|error|err|failure|stop|"
        r"event)?[ _-]{0,2}"
        r"(?:exit|return|error|err|status|result|reason|fault|response|abort|failure)[ _-]?(?:code|"
        r"status|value|kode|nr)"
        rf"{_LINK}(?P<value>-?0x[0-9a-f]{{1,8}}|-?\d{{1,10}}|"
        rf"[A-Z]{{1,8}}[-_]?\d{{2,8}}[A-Z]?)(?![\w.]*\.\d)(?!\w)",
        accept=_is_number_code,
    ),
    rule(
        EntityKind.ERROR_CODE,
        r"(?<![\w.-])(?:errno|rc(?=\s?[=:])|errcode|errorlevel|exitcode|hresult|lasterror|erreur|fehler(?:code|"
        r"nummer)?|foutcode|felkod|errore|"
        r"c[óo]digo de error|code d['’]erreur|codice (?:di )?errore|(?:exited|failed|failing|stopped|"
        r"terminated|ended|died|aborted) with(?: (?:an? )?(?:error )?(?:code|status))?|exit|stop code|"
        r"エラーコード)"
        rf"{_LINK}(?P<value>-?0x[0-9a-f]{{1,8}}|-?\d{{1,10}}|"
        rf"[A-Z]{{1,8}}[-_]?\d{{2,8}}[A-Z]?)(?![\w.]*\.\d)(?!\w)",
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
)
