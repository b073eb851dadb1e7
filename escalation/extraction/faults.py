"""How did software say that something went wrong: codes, statuses, exceptions, frames, messages?

A number is a code only beside words that call it one: memory addresses, flags, line numbers and the
milliseconds of a log line are not.
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
    r"(?:ERR|ERROR|NS_ERROR|SEC_ERROR|SSL_ERROR|MOZILLA_PKIX_ERROR|PR|WSAE|WSA|STATUS|SEC_E|INET_E|"
    r"TRUST_E|CERT_E|"
    r"DNS_PROBE|INSTALL_(?:PARSE_)?FAILED|E|RPC_S|RPC_E|CO_E|NTE|SCARD_E|HRESULT|ORA|CURLE|KRB5\w{0,8}|"
    r"KDC_ERR|AUTH)_"
)
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
_FAULT_AFTER = re.compile(
    r"[`\"')]?[ :,-]{1,3}(?:\w+ ){0,3}(?:rejected|time[- ]?out|timed out|failed|failure|denied|error|invalid|"
    r"refused|expired|exceeded|unavailable|not allowed|not found|abgelehnt|fehlgeschlagen|verbindung)\b"
)


def _is_named_code(match: re.Match[str]) -> bool:
    if re.match(r"(?:UTF|ISO|SHA|CVE|RFC|IE|KB|INC|CHG|PRB|AES|MD|CP|HTTP|TLS|SSL|WIN)\d*-", match[0]):
        return False
    lead = before(match, 48)
    if re.search(r"(?:ticket|issue|bug|see|case|in|to|of|duplicates?|than|like|from|with|by)\s$", lead):
        return False
    return _CODE_BEFORE.search(lead) is not None or _FAULT_AFTER.match(after(match, 48)) is not None


def _is_status(match: re.Match[str]) -> bool:
    lead = before(match, 30)
    return int(match["value"]) in KNOWN_STATUS and not re.search(r"exit(?:ed)?[\w ]{0,12}$", lead)


def _is_class(match: re.Match[str]) -> bool:
    name = re.split(r"\.|::", match["value"])[-1]
    if (
        re.fullmatch(r"(?:Error|Exception)s?", name)
        or "_" in name
        or re.match(r"\.(?:java|py|cs|rb|js|cpp|h|php|html)\b", after(match))
    ):
        return False
    verbs = (
        r"(?:Get|Set|Show|Handle|On|Is|Has|Log|Print|Throw|Check|Report|Add|Last|Clear|Display|Write|"
        r"Catch|Parse(?=Exception\())"
    )
    return not re.search(r"On(?:Error|Exception)$", name) and not re.match(
        rf"{verbs}(?:Last|The|An?)?(?:Error|Exception)$", name
    )


_MESSAGE = re.compile(
    r"error|fail|cannot|can['’]?t|could not|couldn|denied|not (?:found|allowed|supported|available|"
    r"authori|respond|reach)|invalid|unable|expired|"
    r"time[d-]? ?out|refused|rejected|exception|missing|unknown|unexpected|forbidden|no such|incorrect|"
    r"wrong|locked|blocked|"
    r"fehler|verweigert|nicht|ungültig|erreur|impossible|refusé|introuvable|échou|expiré|error|denegado|"
    r"no se pud|inválid|"
    r"エラー|できません|失敗|拒否",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"(?:error|message|says?|saying|said|popup|dialog|meldung|hinweis|message|mensaje|メッセージ)\W{0,4}$",
    re.IGNORECASE,
)


def _is_message(match: re.Match[str]) -> bool:
    value = match["value"]
    if value.count(" ") < 1 and not re.search(r"[぀-ヿ一-鿿]", value):
        return False
    return _MESSAGE.search(value) is not None or _SAYS.search(before(match)) is not None


RULES: tuple[Rule, ...] = (
    rule(
        EntityKind.STACK_FRAME,
        r"(?-i:^[ \t>]{0,20}at [\w.$<>/`~@-]{2,200}(?: \[as \w{1,60}\])? ?\([^()\n]{0,300}\)(?: in "
        r"[^\n]{1,300}:line \d{1,6})?)".replace("^", r"(?m:^)"),
    ),
    rule(
        EntityKind.STACK_FRAME,
        r"(?m:^)[ \t>]{0,20}File \"[^\"\n]{1,300}\", line \d{1,6}(?:, in [\w<>.]{1,80})?",
    ),
    rule(
        EntityKind.STACK_FRAME,
        r"(?m:^)[ \t>]{0,20}Error (?:in|using) (?:==> )?[\w/.>]{2,120} (?:at \d{1,6}|\(line \d{1,6}\))",
    ),
    rule(
        EntityKind.EXCEPTION,
        r"(?<![\w$.])(?P<value>(?:[a-z_$][\w$]{0,60}(?:\.|"
        r"::)){0,12}(?-i:[A-Z](?:[\w$]{0,80}?)(?:Exception|Error)))(?-i:s?)(?![\w$])",
        accept=_is_class,
    ),
    rule(
        EntityKind.EXCEPTION,
        r"(?<![\w.])(?-i:SIG(?:SEGV|ABRT|KILL|BUS|TERM|ILL|FPE|TRAP|PIPE|HUP|INT|QUIT)|EXC_[A-Z_]{4,30}|"
        r"SystemExit|KeyboardInterrupt|"
        r"StopIteration|NS[A-Z]\w{3,40}Exception|(?:Deprecation|Runtime|User|Future|Syntax|Resource|"
        r"Unicode|Import)Warning|"
        r"[A-Z][a-z]\w{0,40}Fault(?=:))(?!\w)",
    ),
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
    rule(
        EntityKind.TRACE_ID,
        r"\b(?:correlation|request|trace|activity|session|transaction|operation|incident|tracking|"
        r"ray)[ _-]?id\"?\s{0,2}[:=]?\s{0,2}\"?(?P<value>[0-9a-f][0-9a-f-]{7,63})\b",
        accept=lambda match: re.search(r"\d", match["value"]) is not None,
    ),
    rule(
        EntityKind.QUOTED_ERROR,
        r"[\"“„«](?P<value>[^\"“”„«»\n]{6,300})[\"”“»]",
        accept=_is_message,
    ),
    rule(
        EntityKind.QUOTED_ERROR,
        r"(?<![\w'])'(?P<value>[^'\n]{8,200})'(?!\w)",
        accept=_is_message,
    ),
)
