"""What else does a text point at: paths, commands, ids of records, people and how to reach them?"""

import re

from escalation.extraction.kinds import EntityKind
from escalation.extraction.pattern import Rule, before, rule, words

# What looks like PROJECT-123 and is a standard, a cipher or a model.
NOT_PROJECTS = words(
    "UTF ISO SHA AES RFC CVE CWE TLS SSL IE COVID MD RSA ECDSA CP KOI WINDOWS WIN UCS ASCII HTTP IPV X86 "
    "PS USB ERR E",
    "ORA TNS PLS MSB CS SQL AADSTS LNK NU KB SP HRESULT DES RS CAT IEEE EN DIN MP GPT PYTHON JAVA GMT UTC",
)
COMMAND_WORDS = words(
    "ping nslookup ipconfig ifconfig tracert traceroute netstat gpupdate gpresult chkdsk sfc dism dig "
    "curl wget ssh scp telnet",
    "systemctl service sudo apt apt-get yum dnf brew pip npm yarn git docker kubectl helm java javac "
    "python mvn gradle make cmake",
    "netsh regsvr32 taskkill tasklist certutil klist kinit nmap openssl psql mysql sqlplus iisreset "
    "whoami hostname route arp",
    "journalctl dmesg tail cat grep chmod chown mount umount fsck lsof strace titanium ti alloy appc "
    "powershell Get-Service",
)
_SPACE = r"[ \t]"


def _is_ticket(match: re.Match[str]) -> bool:
    prefix = match["value"].partition("-")[0]
    return re.fullmatch(NOT_PROJECTS, prefix) is None


def _is_path(match: re.Match[str]) -> bool:
    value = match["value"]
    if value.startswith("//") or re.fullmatch(r"/\d+(?:\.\d+)*", value):
        return False
    return value.count("/") >= 2 or re.match(r"(?:~/|\.{1,2}/)", value) is not None


def _is_phone(match: re.Match[str]) -> bool:
    digits = sum(character.isdigit() for character in match["value"])
    cue = re.search(
        r"(?:call|phone|tel|mobile|cell|ext|contact|dial|reach|number|whatsapp|telefon|handy|téléphone|"
        r"fax)\W{0,3}[\w :]{0,12}$",
        before(match),
    )
    return 7 <= digits <= 15 and (cue is not None or match["value"].startswith("+"))


RULES: tuple[Rule, ...] = (
    rule(
        EntityKind.PATH,
        r"(?<![\w/])(?P<value>[a-z]:[\\/](?:[^\\/:*?\"<>|\r\n ,;']{1,120}(?: (?:\(x86\)|Files|"
        r"and Settings|Documents|Data))?[\\/]{1,2}){0,20}[^\\/:*?\"<>|\r\n ,;']{0,120})",
        strip=".)",
    ),
    rule(
        EntityKind.PATH,
        r"(?<![\w\\])\\\\[\w.$-]{1,64}(?:\\[^\\\s:*?\"<>|,;]{1,120}){1,20}",
        strip=".)",
    ),
    rule(
        EntityKind.PATH,
        r"(?<![\w/.:~<])(?P<value>(?:~|"
        r"\.{1,2})?/[\w.@+%$~-]{1,120}(?:/(?:[\w.@+%$~:=-]{1,120}(?: (?:Support|Files|"
        r"Documents)(?=/))?)?){0,30})",
        accept=_is_path,
        strip=".:)",
    ),
    # A relative path, so that versions and names inside it are not read on their own.
    rule(
        EntityKind.PATH,
        r"(?<![\w/.:~<@-])(?P<value>[a-z_][\w.-]{0,80}(?:/[\w.@+-]{1,80}){1,20}\.[a-z]{1,5})\b(?![/\w])",
    ),
    rule(
        EntityKind.TICKET_ID,
        r"(?<![\w.-])(?P<value>(?-i:[A-Z][A-Z0-9]{1,9}-\d{1,7}))(?![\w-]|\.\d)",
        accept=_is_ticket,
    ),
    rule(EntityKind.TICKET_ID, r"\b(?-i:(?:INC|REQ|RITM|SCTASK|TASK|PRB|CS|WO)\d{5,10})\b"),
    rule(
        EntityKind.TICKET_ID,
        r"\b(?:ticket|case|issue|bug|incident|request|vorgang|dossier)s?\s{0,2}(?:no\.?|number|id|"
        r"nr\.?)?[ :#]{1,3}(?P<value>\d{3,10})\b(?![.:/-]\d)",
    ),
    rule(
        EntityKind.CHANGE_ID,
        r"\b(?-i:CHG\d{5,10}|CRQ\d{5,15}|RFC\d{5,8})\b|\bchange (?:request|ticket|"
        r"number)?[ :#]{1,3}(?P<value>\d{4,10})\b",
    ),
    rule(
        EntityKind.CI_ID,
        r"\b(?-i:CI\d{4,10}|CMDB\d{4,10})\b|\b(?:asset|configuration item|ci)(?: tag| id|"
        r" number)?[ :#]{1,3}(?P<value>(?-i:[A-Z]{1,5}-?\d{3,10}))\b",
    ),
    rule(
        EntityKind.COMMAND,
        r"`(?P<value>[a-z$>./][^`\n]{1,300})`",
        accept=lambda match: re.match(rf"(?:[$>]\s?)?(?:{COMMAND_WORDS})\b", match["value"]) is not None,
    ),
    rule(
        EntityKind.COMMAND,
        rf"(?m:^){_SPACE}{{0,8}}[$#>]{_SPACE}{{1,3}}(?P<value>(?:{COMMAND_WORDS})\b[^\n]{{0,300}})",
    ),
    rule(
        EntityKind.COMMAND,
        r"\b(?:ran|run|running|executed?|typed?|issued?|tried)\s{1,2}[\"']?(?P<value>(?:"
        + COMMAND_WORDS
        + r")(?:\s(?:/\w+|--?[\w-]+|[\w.-]*[./:-][\w./:-]+)){1,8}|ipconfig|gpupdate|netstat|chkdsk|iisreset)",
    ),
    rule(
        EntityKind.HANDLE,
        r"(?<![\w@./])@(?P<value>[a-z][\w.-]{1,40})(?![\w@]|\.\w)",
        strip=".-",
    ),
    rule(
        EntityKind.PHONE,
        r"(?<![\w.,:/-])(?P<value>\+?\(?\d{1,4}\)?(?:[ ./-]?\(?\d{2,5}\)?){1,5})(?![\w-]|[.:]\d)",
        accept=_is_phone,
    ),
)

_PEOPLE = words(
    "users people persons employees colleagues customers clients agents staff members students patients "
    "operators accounts seats",
    "workers nurses doctors technicians analysts devices machines computers workstations laptops stores "
    "branches sites teams offices",
    "nutzer benutzer anwender mitarbeiter kollegen kolleginnen personen kunden leute utilisateurs "
    "personnes clients collègues employés",
    "usuarios personas clientes empleados compañeros utenti persone clienti colleghi gebruikers "
    "medewerkers collega's klanten",
)
_NUMBER_WORDS = words(
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred dozen "
    "zwei drei vier fünf deux trois dos tres"
)
COUNT_RULES: tuple[Rule, ...] = (
    rule(
        EntityKind.AFFECTED_COUNT,
        r"(?<![\w.,:/-])(?P<value>(?:\d{1,3}(?:[,.' ]\d{3}){1,3}|\d{1,7}|"
        + _NUMBER_WORDS
        + r")\+?)\s(?:of (?:our|the|my)\s)?(?:(?:other|affected|different|finance|sales|internal|"
        r"external|remote|of our|support|business|paying|active|end)\s){0,2}(?:" + _PEOPLE + r")\b",
    ),
    rule(EntityKind.AFFECTED_COUNT, r"(?P<value>\d{1,7})(?:人|名)"),
)
