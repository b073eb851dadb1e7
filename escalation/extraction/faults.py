"""How did software say that something went wrong: exceptions, frames, codes, statuses, messages?"""

import re

from escalation.extraction import codes, statuses
from escalation.extraction.kinds import EntityKind
from escalation.extraction.pattern import Rule, after, before, rule


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
    if re.match(r"Throw[A-Z]", name) and after(match, 1) == "(":
        return False  # a method that throws it
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


_THROWN: tuple[Rule, ...] = (
    rule(
        EntityKind.STACK_FRAME,
        r"(?-i:(?m:^)[ \t>]{0,20}at [\w.$<>/`~@-]{2,200}(?: \[as \w{1,60}\])? ?\([^()\n]{0,300}\)(?: in "
        r"[^\n]{1,300}:line \d{1,6})?)",
    ),
    rule(
        EntityKind.STACK_FRAME,
        r"(?m:^)[ \t>]{0,20}File \"[^\"\n]{1,300}\", line \d{1,6}(?:, in [\w<>.]{1,80})?",
    ),
    rule(
        EntityKind.STACK_FRAME,
        r"(?m:^)[ \t>]{0,20}Error (?:in|using) (?:==> )?[\w/.>]{2,120} (?:at \d{1,6}|\(line \d{1,6}\))",
    ),
    # Ruby and its like: a class in modules, named for the fault; PHP, whose modules are parted by a
    # backslash.
    rule(
        EntityKind.EXCEPTION,
        r"(?<![\w:.])(?P<value>(?-i:Errno::E[A-Z]{2,14}|(?:[A-Z]\w{1,40}::){1,5}(?:[A-Z]\w{0,50}?)?(?:Error|"
        r"Exception|"
        r"Timeout|Expired|NotFound|Invalid|NotUnique|Refused|Failure|Failed|Denied|Closed|Unauthorized|"
        r"Forbidden|Missing|Conflict|Rejected|Exceeded|Unavailable|Mismatch|Violation|Disconnected|"
        r"Aborted)))(?![\w(]|::)",
    ),
    rule(
        EntityKind.EXCEPTION,
        r"(?<![\w:])(?P<value>(?-i:(?:[A-Z]\w{1,40}\\){1,6}[A-Z]\w{0,60}(?:Exception|Error)))(?![\w(])",
    ),
    # The standard exceptions of C++ (ISO/IEC 14882), and what runtimes of JavaScript say.
    rule(
        EntityKind.EXCEPTION,
        r"(?<![\w:])(?P<value>std::(?:bad_(?:alloc|cast|typeid|function_call|weak_ptr|optional_access|"
        r"variant_access|"
        r"array_new_length)|(?:runtime|logic|length|domain|range|system|overflow|underflow|future|"
        r"regex)_error|"
        r"out_of_range|invalid_argument|filesystem::filesystem_error|ios_base::failure))(?!\w)",
    ),
    rule(EntityKind.EXCEPTION, r"(?<!\w)(?-i:UnhandledPromiseRejection(?:Warning)?)(?!\w)"),
    rule(
        EntityKind.EXCEPTION,
        r"(?<![\w$.])(?P<value>(?:[a-z_$][\w$]{0,60}(?:\.|"
        r"::)){0,12}(?-i:[A-Z](?:[\w$]{0,80}?)(?:Exception|Error)(?:\$[A-Z]\w{1,60})?))(?-i:s?)(?![\w$])",
        accept=_is_class,
    ),
    rule(
        EntityKind.EXCEPTION,
        r"(?<![\w$.])(?:\w{1,40}\.){1,5}(?:exceptions?|"
        r"errors)\.(?-i:[A-Z]\w{2,60})(?![\w.(])",
    ),
    rule(
        EntityKind.EXCEPTION,
        r"(?<![\w.])(?-i:(?:[ZY])?CX_[A-Z][A-Z0-9_]{2,28}|SIG(?:SEGV|ABRT|KILL|BUS|TERM|ILL|FPE|TRAP|PIPE|"
        r"HUP|INT|QUIT)|EXC_[A-Z_]{4,30}|"
        r"SystemExit|KeyboardInterrupt|"
        r"StopIteration|NS[A-Z]\w{3,40}Exception|(?:Deprecation|Runtime|User|Future|Syntax|Resource|"
        r"Unicode|Import)Warning|"
        r"[A-Z][a-z]\w{0,40}Fault(?=:))(?!\w)",
    ),
)
_SAID: tuple[Rule, ...] = (
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
# Of two readings of the same words the first wins.
RULES: tuple[Rule, ...] = (*_THROWN, *codes.RULES, *statuses.RULES, *_SAID)
