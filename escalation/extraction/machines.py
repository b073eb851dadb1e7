"""Which words without dots are the name of a machine: ``db-primary``, ``sw-bldg4-03``, ``lic01``?

Such a name looks like any other word. It is believed beside a word that says what it is, in the places
where shells and clusters print hosts, and where its own parts say so: a role such as ``srv`` or ``sw``
with a number, or a number written with a leading zero after a word of place.
"""

import re
from collections.abc import Iterator

from escalation.extraction.kinds import EntityKind
from escalation.extraction.pattern import Rule, after, before, rule, words
from escalation.extraction.versions import PRODUCTS

NOT_MACHINES = re.compile(
    r"(?:v\d|sp\d|r\d+|x(?:64|86|32)|mp[34]|ipv[46]|utf-?\d+|md5|sha-?\d+|http[s2]*|log4\w+|win\w{1,4}|db2|"
    r"h26[45]|tls\w*|ssl\w*|oauth2|k8s|es[56]|c\+\+\d+|java\d+|python\d*|php\d*|node\d{2}|i[3579]|ie\d+|"
    r"level\d|step\d|test\d|line\d+|part\d|tier\d|phase\d|usb\d?|ps\d|id\d*|error\d*|version\d*|port\d+|"
    r"sql\d{4}|office\d+|bug\d+|issue\d+|id-?\d+|is\d|was\d|the\d|and\d)",
    re.IGNORECASE,
)
MACHINE_WORDS = (
    r"(?:\b(?:(?:host|computer|server|machine|node|device|pc)[ -]?name[sd]?|hosts?|servers?|nodes?|machines?|"
    r"vm|box|"
    r"workstation|laptop|desktop|printer|switch|router|firewall|cluster|rechner|drucker|serveur|servidor|"
    r"ordinateur|equipo|region ?server|namenode|datanode|instance|appliance|gateway|"
    r"controllers?|brokers?|hypervisor|runner|agent|primary|replica|standby|secondary|leader|follower|sbc|"
    r"dispatcher|load ?balancer|concentrator|bastion|jump ?host|proxy|relay|terminal|máquina|gerät|poste|"
    r"domain controller|storage|array|dc|lpar|esxi?)|(?<=[a-zäöüß])server)"
)
INFRA = words(
    "srv svr server db sql web www app mail mx smtp imap dc ad fs file nas san ns dns dhcp vpn fw gw lb "
    "proxy",
    "esx esxi vm hv node host ldap ftp sftp print prn build jenkins ci git repo kafka redis mongo hadoop api",
    "cache log mon prod prd dev stg stage staging test uat qa edge core rtr switch sw ap wlan citrix ctx "
    "rds ts",
)
# Numbered like machines and hardly ever one: "build-12", "test-3", "step-2".
_COUNTED = re.compile(
    r"(?:build|test|release|stage|staging|log|file|app|api|dev|core|print|cache|edge|version|node|git|mail|"
    r"sql|web|www|prod|uat|qa|host|server|db)-?\d+",
    re.IGNORECASE,
)
_ROLE = re.compile(
    rf"(?:{INFRA}|bastion|jump|relay|scan|till|pos|term\w*|kiosk|dock|sched\w*|worker|"
    r"radius|auth|idp|ldap|backup|bkp|nvr|pbx|sbc|ups|plc|hmi|master|replica|primary|collector|broker|"
    r"ws|wks|nb|lt|prn|drucker|kasse|rechner|pc|buildbox|appliance)\d{0,3}",
    re.IGNORECASE,
)
# Roles with a word of place grown on: "evsrv", "berdc", "hamfs".
_ROLE_INSIDE = re.compile(
    r"[a-z]{2,4}(?:srv|svr|dc|fs|sql|db|app|web|ctx|prn|nas|esx|gw|fw|sw|ts|rds|vpn)|(?:srv|svr)[a-z]{2,6}",
    re.IGNORECASE,
)
# What no word of a compound looks like: without a vowel ("mstr"), or short and no word that we know.
_CRYPTIC = re.compile(
    r"[b-df-hj-np-tv-xz]{2,8}|(?!(?:up|on|in|off|out|re|pre|non|co|de|to|of|by|end|key|set|log|"
    r"add|all|two|new|"
    r"old|one|pro|per|low|top|hot|sub|bi|ad|at|is|as|and|or|an|the|for|id|ui|io|app|web|run|way|day)\Z)"
    r"[a-z]{2,3}",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:\b(?:on|onto|from|to|at|via|against|behind|between|and|or|by|ping|pinging|ssh|rdp|reach|"
    r"rebooted|restarted|reloaded|restart|reboot|patched|checked|swapped|switched|drained|of|backup of|"
    r"auf|von|zu|nach|neustart|über|und|sur|de|depuis|vers|et|en|desde|y)|^|[.;:!?]|\()\s{0,2}[\"'`“]?$"
)


# A ticket, and the platform a program was built for: "i486-pc-linux-gnu".
_NOT_ROLES = re.compile(
    r"^[A-Z][A-Z0-9]+-\d+$|(?i:(?<=-)(?:linux|gnu|win32|win64|apple|mingw\d*|unknown|darwin\d*)(?:-|$))"
)


_PAIRED = re.compile(r"(?:^|\bnodes?,? |\band |\bor |, |\bswitched |\bon )$")
_STANDING = ("primary", "replica", "master", "backup", "standby")


def _is_told(match: re.Match[str], roles: int) -> bool:
    """``server srv-erp``, ``sched-a and sched-b``, ``on db-primary``; not "log-file", "mail-order"."""
    lead, last = before(match, 40), match["value"].split("-")[1].lower()
    if re.search(rf"{MACHINE_WORDS}\s[\"'`“]?$", lead):
        return True
    if len(last) == 1:
        return _PAIRED.search(lead) is not None
    return roles == 2 and last in _STANDING and _PLACE.search(lead) is not None


def _has_role(match: re.Match[str]) -> bool:
    """Whether the parts of a name say what the machine is for."""
    name = match["value"]
    if re.match(r"[.][a-z]{2,5}\b|/|=|\.\d", after(match)) or re.search(r"[/\\=]$|--?$", before(match)):
        return False
    if _NOT_ROLES.search(name) or _COUNTED.fullmatch(name) or NOT_MACHINES.fullmatch(name):
        return False
    parts = name.split("-")
    roles = sum(_ROLE.fullmatch(part) is not None for part in parts)
    if re.search(rf"{MACHINE_WORDS}\s[\"'`“]?$", before(match, 40)) and (
        roles or any(_ROLE_INSIDE.fullmatch(part) or _CRYPTIC.fullmatch(part) for part in parts)
    ):
        return True
    if not roles:
        return False
    numbered = re.search(r"\d", name) is not None
    if len(parts) == 2 and not numbered:
        return _is_told(match, roles)
    return numbered and (len(parts) > 2 or re.search(r"0\d|\d{2}", name) is not None)


_ON = re.compile(
    r"\b(?:on|onto|at|auf|sur|en|ping|pinging|ssh(?: to)?|rdp(?: to)?|reach|reboot(?:ed)?|"
    r"restart(?:ed)?|against|"
    r"behind|neustart von)\s[\"'`“]?$"
)
# What counts parts of a machine, a program or a book, and is no machine: "on eth0", "on page3", "on gen2".
_PARTS = re.compile(
    r"(?:eth|en[opsx]|wlan|wlp|tun|tap|bond|br|vlan|lo|gi|te|fa|po|sd[a-z]|hd[a-z]|nvme|disk|dm|"
    r"md|lun|vol\w*|"
    r"tty\w*|com|lpt|cpu|core|gpu|ram|slot|port|bay|drive|page|step|line|row|col|ch|chapter|"
    r"section|gen|stage|"
    r"level|tier|phase|part|day|week|unit|floor|room|zone|area|site|team|group|set|batch|run|pass|try|item|"
    r"field|key|val|arg|param|var|tmp|temp|foo|bar|baz|file|table|tab|chan\w*|python|java|php|perl|"
    r"ruby|node|ubuntu|debian|fedora|centos|rhel|sles|ios|ipados|android|windows|win|macos|osx|"
    r"log|mp|h|qt|gtk|"
    r"utf|iso|covid|branch|release|build|version|trunk|feature|bug|issue|ticket|case|attempt|test|"
    r"sub|mid|pre|post|non|rc|beta|alpha|[a-z])-?\d+",
    re.IGNORECASE,
)

_PRODUCT = re.compile(PRODUCTS, re.IGNORECASE)


def _is_on_a_machine(match: re.Match[str]) -> bool:
    """``log on pacs-arch-1``, ``LDAPS on ldap2``: something runs there, and the name is numbered."""
    name, lead = match["value"], before(match, 40)
    if _PARTS.fullmatch(name) or NOT_MACHINES.fullmatch(name) or re.fullmatch(r"[A-Z][A-Z0-9]*-\d+", name):
        return False
    stem = re.sub(r"-?\d+\Z", "", name)
    if _PRODUCT.fullmatch(stem) and not _ROLE.fullmatch(stem):
        return False  # "on matlab71"
    if "-" not in name and not (name.islower() or name.isupper()):
        return False  # "on Pixel6": a thing somebody sells
    told = _ON.search(lead) or (re.fullmatch(r"(?:[A-Z]{2,12}-){2,3}\d{1,4}", name) and _PLACE.search(lead))
    return told is not None and not re.match(r"\.\w|[/=(]|\s?%", after(match))


def _is_shouted_machine(match: re.Match[str]) -> bool:
    """``on APPSRV03``, ``from BERDC02``: channels and parts are written like that too, "to STI009"."""
    letters = re.sub(r"-?\d+\Z", "", match["value"])
    role = any(_ROLE_INSIDE.fullmatch(part) or _ROLE.fullmatch(part) for part in letters.split("-"))
    return _is_on_a_machine(match) or (role and _is_at_a_place(match))


def siblings(text: str, names: frozenset[str]) -> Iterator[re.Match[str]]:
    """This will yield where machines of a numbered family are named: beside pg-01 pg-02 is a machine too."""
    families = {re.sub(r"\d+", "0", name) for name in names if "." not in name and re.search(r"\d", name)}
    if families:
        for match in _NUMBERED.finditer(text):
            if re.sub(r"\d+", "0", match[0]) in families:
                yield match


_NUMBERED = re.compile(
    r"(?<![\w./\\@#:=-])[A-Za-z][A-Za-z0-9]{0,20}(?:-[A-Za-z0-9]{1,20}){0,4}(?![\w(/-]|\.\w)"
)


def _is_at_a_place(match: re.Match[str]) -> bool:
    """``lic01``, ``node07``: in the middle of a sentence nobody counts steps with a leading zero."""
    name = match["value"]
    if re.fullmatch(
        r"(?:v|rev|r|step|case|item|part|no|nr|line|chapter|page|week|kw|q|h|room|version|sp|cu|"
        r"id|bug|test|fig|table|version|day|tag|lot|order|row|col|ref|err|error|"
        r"subj\w*|sub|sample|file|image|img|user|param|var|key|val|name|data|run|exp|trial|chan|channel|ch|"
        r"photo|clip|track|take|group|team|class|level|stage|phase|test\w*|example|demo|option|field)-?0\d+",
        name,
        re.IGNORECASE,
    ):
        return False
    return _PLACE.search(before(match, 40)) is not None and not re.match(r"\.\w|[/=(]", after(match))


def _is_named_host(match: re.Match[str]) -> bool:
    """The word after "host" in a machine's own message, where it can only be a name."""
    name = match["value"]
    plain = name.isalpha() and not re.search(r"host(?:name)?:?\s?[\"'`“]?$|getaddrinfo \w+ $", before(match))
    return not plain and not _ORDINARY.fullmatch(name)


_ORDINARY = re.compile(
    r"(?:is|was|has|have|the|a|an|and|or|not|no|of|with|by|to|from|name|key|header|unreachable|down|up|"
    r"on|at|in|"
    r"for|file|group|side|only|which|that|it|this|our|my|your|system|machine|port|address|could|can|cannot|"
    r"did|does|will|key|timed|refused|closed|unknown|null|none|error|failed|localhost)",
    re.IGNORECASE,
)


def _is_machine(match: re.Match[str]) -> bool:
    name = match["value"]
    told = re.search(rf"{MACHINE_WORDS}\s$", before(match, 40)) is not None
    if (re.fullmatch(r"[A-Z]+-\d+", name) and not told) or before(match, 1) == "~":
        return False  # a ticket, a mention
    return not NOT_MACHINES.fullmatch(name) and re.search(r"\d", name) is not None


def _is_beside_address(match: re.Match[str]) -> bool:
    """A name with a number or a hyphen directly before an address; "from port-2 10.0.0.1" is none."""
    name = match["value"]
    if NOT_MACHINES.fullmatch(name) or _PARTS.fullmatch(name):
        return False
    if after(match, 2).strip()[:1] in ("(", "["):
        return re.search(r"[\d-]", name) is not None
    lead = match.string[max(0, match.start("value") - 20) : match.start("value")]
    if "-" not in name and not re.search(r"[a-z]0\d", name, re.IGNORECASE) and re.search(r"[A-Z]\w+ $", lead):
        return False  # "Zebra ZT411, 10.0.0.9": a maker's name and a model
    return re.search(r"\d", name) is not None and re.search(r"[a-z].*[a-z]", name, re.IGNORECASE) is not None


RULES: tuple[Rule, ...] = (
    # host:port, user@host: and host,port,startcode as shells and clusters print them.
    rule(
        EntityKind.HOST,
        r"(?<![\w.@/\\:-])(?P<value>[a-z][a-z0-9-]{1,40}):\d{4,5}\b(?![.:]\d)",
        accept=_is_machine,
    ),
    rule(
        EntityKind.HOST,
        r"(?<![\w.])[\w-]{1,32}@(?P<value>[a-z][\w-]{1,40}):\s?[~/][^\s$#]{0,80}[$#]",
    ),
    rule(EntityKind.HOST, r"\bLinux (?P<value>[a-z][\w.-]{1,60}) \d+\.\d+\.\d+"),  # uname -a
    rule(EntityKind.HOST, r"(?<![\w./-])(?P<value>[a-z0-9][\w.-]{1,80}),\d{4,5},\d{10,13}\b"),
    rule(
        EntityKind.HOST,
        rf"{MACHINE_WORDS}(?![\w-])\s{{0,2}}(?:\(?(?:named|called|is|=|:|for example)\s{{0,2}})"
        rf"{{0,3}}[\"'`“]?"
        r"(?P<value>(?:[a-z]{2}|[a-z]\d[a-z])[\w-]{0,40}\d[\w-]{0,20})\b(?![.(/]\w|:\d{1,3}\b)",
        accept=_is_machine,
    ),
    rule(
        EntityKind.HOST,
        rf"(?<![\w./\\@#-])(?P<value>(?:[a-z]{{2,10}}-){{0,3}}(?:{INFRA})(?:-[a-z]{{2,10}})"
        rf"{{0,2}}-?\d{{2,4}}[a-z]?|[a-z]{{2,10}}-(?:{INFRA})-?\d)\b(?![\w(/-]|\.\w)",
        accept=_is_machine,
    ),
    rule(EntityKind.HOST, r"(?<![\w.-])(?-i:(?:DESKTOP|LAPTOP|WIN|PC|WS|NB)-[A-Z0-9]{4,15})(?![\w-])"),
    # "connect to host bastion-eu port 22", "running on host "db-primary"", "resolve host printserver7:".
    rule(
        EntityKind.HOST,
        r"\b(?:(?:connect(?:ing|ion)? to|resolve|on|unknown|find|reach|lookup|no route to|from|"
        r"contact) (?:the )?"
        r"(?:host(?:name)?|server|machine|node|peer)|getaddrinfo (?:enotfound|eai_again|failed for))"
        r"(?::\s?|\s)[\"'`“]?(?P<value>[a-z][a-z0-9-]{2,40})(?=[\"'`”]|:?\s(?:port|\()|:\s|:\d|,|"
        r"\s?$)(?![\w-]|\.\w)",
        accept=_is_named_host,
    ),
    rule(
        EntityKind.HOST,
        r"(?<![\w./\\@#:=-])(?P<value>[a-z][a-z0-9]{1,14}(?:-[a-z0-9]{1,14}){1,4})(?![\w(/-]|\.\w)",
        accept=_has_role,
    ),
    # A name beside its address: "nas-atelier (192.168.10.6)".
    rule(
        EntityKind.HOST,
        r"(?<![\w./\\@#:=-])(?P<value>[a-z][a-z0-9]{0,20}(?:-[a-z0-9]{1,20}){0,4})"
        r"(?=(?: ?[(\[]|(?: ?[,/=:]| -| at| has| is)? )(?:ip[ :]{1,2})?(?:\d{1,3}\.){3}\d{1,3}(?![\w.]))",
        accept=_is_beside_address,
    ),
    # "on LAP-2231": machines of people, by kind and number, where something is on one.
    rule(
        EntityKind.HOST,
        r"(?<![\w./\\@#:=-])(?P<value>(?-i:LT|LAP|LPT|WKS|WS|PC|NB|LAPTOP|DESKTOP)-"
        r"\d{2,6})(?![\w-])",
        accept=lambda match: _PLACE.search(before(match, 40)) is not None,
    ),
    rule(
        EntityKind.HOST,
        r"(?<![\w./\\@#:=-])(?P<value>(?-i:[A-Z]{2,10}(?:-[A-Z]{2,10}){0,2})-?0\d{1,2})(?![\w(/-]|\.\w)",
        accept=_is_shouted_machine,
    ),
    rule(
        EntityKind.HOST,
        r"(?<![\w./\\@#:=-])(?P<value>(?-i:[a-z]{2,12}(?:-[a-z]{2,10}){0,2}-?|"
        r"[a-z]{1,12}\d{0,3}-[a-z]{0,6})0\d{1,2})(?![\w(/-]|\.\w)",
        accept=_is_at_a_place,
    ),
    rule(
        EntityKind.HOST,
        r"(?<![\w./\\@#:=-])(?P<value>(?:[a-z]{3,12}\d{1,4}|[a-z][a-z0-9]{1,14}(?:-[a-z0-9]{1,14}){0,3}-"
        r"[a-z]{0,6}\d{1,4}))(?![\w(/-]|\.\w)",
        accept=_is_on_a_machine,
    ),
    # "Jul  3 02:11:09 mailgw2 postfix/smtp[2211]:", a line of syslog.
    rule(
        EntityKind.HOST,
        r"(?m:^)(?-i:[A-Z][a-z]{2}) [ \d]\d \d\d:\d\d:\d\d (?P<value>[a-z][\w.-]{1,60}) "
        r"[\w./-]{2,60}(?:\[\d{1,7}\])?: ",
    ),
    # Machines that clouds name by their pool.
    rule(
        EntityKind.HOST,
        r"(?<![\w.-])(?:(?:aks|gke|eks)-[a-z0-9]{1,20}(?:-[a-z0-9]{1,20}){2,6}|[a-z0-9-]{3,40}-vmss[0-9a-z]{6})(?![\w.-])",
        accept=lambda match: re.search(r"\d", match[0]) is not None,
    ),
    # The names that companies give to desktops and laptops, by the kind of machine first.
    rule(
        EntityKind.HOST,
        r"(?<![\w.-])(?-i:(?:LT|LAP|LPT|DT|WKS|WS|PC|NB|SRV|VM|MAC|TAB|PRN|SW|AP|"
        r"FW)-?[A-Z0-9]{2,10}-[A-Z0-9]{2,8})(?![\w-])",
    ),
)
