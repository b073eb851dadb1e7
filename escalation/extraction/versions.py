"""Which numbers in a text are versions?

Every number with dots is looked at once and judged by its shape and by what stands around it. Three
parts or a release suffix make a version; two parts need a product, a version word or a move ("from
3.4 to 3.5") beside them; one part needs a version word.
"""

import re

from escalation.extraction.kinds import EntityKind
from escalation.extraction.pattern import Rule, after, before, rule, words

VERSION_WORDS = words(
    "version versions ver vers v release releases rel rev revision build builds firmware patch baseline",
    "versión versione versie versão wersja バージョン bios driver drivers treiber kernel",
)
# Products whose number is a version. Knowledge of the trade, not of any one tracker.
PRODUCTS = words(
    "sdk sdks ndk cli ide jdk jre jvm java javac openjdk node nodejs node.js npm yarn pnpm python pip "
    "php ruby rails perl rust",
    "go golang scala kotlin swift .net dotnet framework asp.net groovy clojure erlang elixir haskell",
    "mysql mariadb postgres postgresql oracle mssql sqlite mongodb redis cassandra elasticsearch kibana "
    "logstash solr lucene",
    "db2 nginx apache httpd tomcat jetty jboss wildfly weblogic websphere glassfish iis haproxy varnish "
    "squid",
    "spring hibernate struts django flask react angular vue jquery bootstrap webpack babel typescript "
    "backbone underscore",
    "hadoop hbase hdfs hive spark kafka zookeeper zk thrift avro protobuf netty guava jackson log4j "
    "junit flume pig",
    "docker kubernetes k8s helm terraform ansible puppet chef vagrant jenkins git svn mercurial gradle "
    "maven ant cmake gcc",
    "clang llvm make bazel xcode eclipse intellij netbeans emacs vim studio titanium alloy genymotion "
    "cocoapods cordova",
    "gnome kde xorg x.org mesa nvidia nouveau alsa pulseaudio grub wine samba cups openssl openssh curl "
    "libcurl zlib",
    "glibc gtk qt libreoffice openoffice office outlook excel word powerpoint access teams slack zoom "
    "skype webex adobe",
    "acrobat reader flash photoshop illustrator pdfbox itext matlab octave spm autocad solidworks vmware "
    "esxi vcenter",
    "vsphere virtualbox hyper-v citrix receiver workspace anyconnect globalprotect forticlient openvpn "
    "wireguard sap",
    "salesforce servicenow jira confluence sharepoint exchange onedrive dropbox tableau powerbi pidgin "
    "thunderbird gimp vlc",
    "mplayer inkscape blender audacity steam directx opengl vulkan cuda tensorflow pytorch numpy",
    "app client server agent plugin add-on addon extension module package library lib api runtime engine "
    "toolkit core",
)
# Products known by one number alone: "Java 8", "Office 2016". Not "node 3", which may be a machine.
INTEGER_PRODUCTS = words(
    "java jdk jre openjdk python php perl angular xcode office outlook excel powerpoint acrobat "
    "photoshop autocad exchange",
    "sharepoint sdk vue react tomcat wildfly postgresql postgres gnome kde esxi",
)
_NOT_PRODUCT = re.compile(
    r"(?:table|section|figure|fig|chapter|step|page|equation|part|item|line|example|rule|appendix|point|"
    r"paragraph|article|"
    r"clause|level|grade|score|values?|ratio|rate|scale|size|width|height|about|approximately|around|"
    r"roughly|average|mean|"
    r"https?|rfc|load|took|by|least|most|than|over|under|costs?|price|sum|total|of|and|or|is|was|are|to|"
    r"the|in|on|at|for|from|"
    r"error|code|tls|ssl|usb|ip|time|offset|delta|max|min|score|temperature|weight|rating|"
    r"[=x~<>(,\[])[\s:=]*$"
)
_UNIT = re.compile(
    r"\s?(?:%|°|x\b|[mµn]?s\b|secs?\b|seconds?\b|min(?:ute)?s?\b|h\b|hrs?\b|hours?\b|days?\b|weeks?\b|"
    r"months?\b|years?\b|[kmgt]i?b\b|"
    r"bytes?\b|[kmg]?hz\b|[mkc]?m\b|inch|\"\s?(?:screen|display)|px\b|pt\b|volts?|watts?|times\b|percent|"
    r"million|billion|usd\b|eur\b|€|\$|points?\b|"
    r"[ap]\.?m\b|uhr\b|fps\b|db\b|kg\b|dpi\b|per\s|[x*/]\s?\d|e[+-]?\d)",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\.(?:jar|war|tar|tgz|zip|gz|bz2|xz|deb|rpm|exe|msi|dll|so|dylib|js|py|xml|txt|log|patch|pdf|apk|"
    r"ipa|iso|dmg|png|jpg|md|html?)\b"
)
_MOVE = re.compile(
    r"(?:(?:up|down)grad\w*|updat\w*|migrat\w*|roll(?:ed|ing)? back|revert\w*|switch\w*|mov(?:ed|ing)|"
    r"go(?:ing|ne)?|went|chang\w*|install\w*)"
    r"\b[^\n.]{0,40}\b(?:to|from|back to)\s(?:v\.?\s?)?$"
)
_SINCE = re.compile(
    r"(?:since|until|prior to|before|after|(?:fixed|broken|works?|worked|reproduc\w+|happens|found|seen|"
    r"introduced) (?:in|with|on|for|until)|running|using|runs|reports|(?:stay(?:s|ed)?|remain(?:s|ed)?|"
    r"still) (?:at|on)|(?:compil\w+|built) with)\s(?:v\.?\s?)?$"
)
_AFTER_PRODUCT = re.compile(rf"(?<![\w.-])(?:{PRODUCTS})\s?(?:[:=/>(-]=?\s?|\s|$)v?$")
_RELEASE = (
    r"(?:GA|RC|CR|beta|alpha|SNAPSHOT|final|release|rev|build|preview|canary|nightly|dev|lts|stable|sp|"
    r"hf|cu|pl|patch|update|ubuntu|debian|deb|el|fc|generic|esr)"
)
_TAIL = (
    rf"(?:[._+~-]?{_RELEASE}(?![a-z])[._-]?\d{{0,10}}|[._+~-]v?\d{{1,20}}(?:[a-z]\d{{0,4}})?(?![\w])|"
    rf"[._-]b\d{{1,4}}|-[a-z]{{1,2}}\d{{1,5}}(?![\w.-])|[._+~-]\d{{1,10}}(?:{_RELEASE}\d{{0,6}})?|"
    r"[pbu_]\d{1,8}|[a-z](?![a-z])){0,6}"
)
_PACK = r"(?: (?-i:SP|SR|MR|CU|HF|RU|PL|FP|Update|[Pp]atch) ?\d{1,3}(?!\w|\.\d))?"  # "4.6 SP2"
_FOR = r"(?:\.(?:x86_64|amd64|i[36]86|noarch|aarch64)\b)?"  # the machine it was built for
_VALUE = rf"(?:\d:)?\d{{1,10}}(?:\.\d{{1,20}}){{0,5}}{_TAIL}{_FOR}{_PACK}"
_CALLED_AFTER = re.compile(
    r"\s(?:\w+ )?(?:branch|builds?|release[sd]?|series|line of|train|rollout|update|upgrade|firmware|"
    r"patch|beta|"
    r"version|client|image|hotfix|maintenance|deployment|zweig|stand)\b(?! of\b)"
)
_YEARLY = re.compile(r"(?:[5-9]|[12]\d)\.(?:04|10)(?:\.\d)?\Z")  # the numbering of Ubuntu and its relatives
_MATLAB = re.compile(r"(?:r)?20[0-3]\d[ab]\Z", re.IGNORECASE)


def _parts(value: str) -> int:
    return len(re.match(r"(?:\d:)?(\d+(?:\.\d+)*)", value)[1].split("."))  # type: ignore[index]


def _is_version(match: re.Match[str]) -> bool:
    value, lead, follow = match["value"], before(match, 56), after(match)
    if re.match(r"[\\/]\w", follow) and not re.match(r"/v?\d", follow):
        return False
    if (
        _is_reply(value, lead)
        or _FILE.match(follow)
        or _is_dotted_date(value)
        or re.search(r"https?[/ ]?$|[$€£#]\s?$", lead)
    ):
        return False
    parts = _parts(value)
    # Three parts, a release of any length, or a build of Windows.
    if (
        parts >= 3
        or re.fullmatch(r"[12]\d{4}\.\d{3,5}", value)
        or (parts == 2 and re.search(rf"\d[._-]?{_RELEASE}(?![a-z])", value, re.IGNORECASE))
    ):
        return True
    if _UNIT.match(follow) or re.search(r"[(,\[]\s?-?\d+\.\d+,?\s$|\d\s$", lead):
        return False
    return _named(match, parts=parts, lead=lead)


def _is_reply(value: str, lead: str) -> bool:
    """The enhanced code of a mail server, "550 5.1.1"."""
    return (
        re.search(r"\b[245]\d\d[ -]#?$", lead) is not None
        and re.fullmatch(r"[245](?:\.\d{1,3}){2}", value) is not None
    )


def _is_agent(match: re.Match[str]) -> bool:
    """The ``name/1.10`` of user agents and libraries; not the version of the protocol itself."""
    return re.search(r"\bhttps?$|[/\\]\w+$", before(match).rstrip("/")) is None


_IN = re.compile(r"(?:^|\b(?:in|on|for|against|with|from|to|into|the|and|or|of|than|between|since|till))\s$")
_RELEASED = re.compile(r"\b(?:trunk|branch|backport|release|version|upgrade|downgrade)", re.IGNORECASE)
_FAR = 3000  # characters of a text that are searched for the longer form of a version


def _named_elsewhere(match: re.Match[str], lead: str) -> bool:
    """``in 0.90`` where the text also says 0.90.1, or speaks of releases and writes numbers like theirs."""
    value, text = match["value"], match.string[:_FAR]
    if not re.fullmatch(r"\d{1,2}\.\d{1,3}", value) or not _IN.search(lead):
        return False
    if re.search(rf"(?<![\w.]){re.escape(value)}\.(?:\d|x\b)", text):
        return True
    return re.fullmatch(r"0\.\d\d", value) is not None and _RELEASED.search(text) is not None


def _called_after(match: re.Match[str], lead: str) -> bool:
    """``the 1.8 branch``, ``our 5.12 build``."""
    called = _CALLED_AFTER.match(after(match)) is not None
    return called and re.search(r"(?:about|by|of|than|\d)\s$", lead) is None


def _named(match: re.Match[str], *, parts: int, lead: str) -> bool:
    """Whether what stands before a short number makes it a version."""
    value = match["value"]
    if (match["v"] and parts == 2) or _MATLAB.match(value):
        return True
    if re.search(
        rf"(?<![\w.])(?:{VERSION_WORDS})\.?(?:\s?(?:number|no\.?|is|was|are))?[\s:=*\"'(#_]{{1,6}}v?$", lead
    ):
        return not value.startswith("0") or parts > 1
    if parts < 2:
        return len(value) <= 4 and re.search(rf"(?<![\w.-])(?:{INTEGER_PRODUCTS})\s$", lead) is not None
    told = _called_after(match, lead) or _named_elsewhere(match, lead)
    if told or _YEARLY.match(value) or any(cue.search(lead) for cue in (_AFTER_PRODUCT, _MOVE, _SINCE)):
        return True
    start = match.start("value")
    product = re.search(
        r"(?<![\w./])([A-Z][A-Za-z.+#]{1,30})[ /-]$", match.string[max(0, start - 34) : start]
    )
    return product is not None and _NOT_PRODUCT.search(lead) is None


def _is_dotted_date(value: str) -> bool:
    date = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)", value)
    iso = re.fullmatch(r"((?:19|20)\d\d)\.(\d{2})\.(\d{2})", value)
    if date:
        return int(date[1]) <= 31 and int(date[2]) <= 12
    return iso is not None and int(iso[2]) <= 12 and int(iso[3]) <= 31


def _is_firmware(match: re.Match[str]) -> bool:
    """What a maker calls a firmware: several parts, letters among them, and at least two digits."""
    value = match["value"]
    return len(re.findall(r"\d", value)) >= 2 and _FILE.search("." + value.rpartition(".")[2].lower()) is None


RULES: tuple[Rule, ...] = (
    # Network systems: "22.4R3-S2.11", "10.3(4a)M", "9.16(4)".
    rule(
        EntityKind.VERSION,
        r"(?<![\w.\\:/@-])(?P<value>(?-i:\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?:[RX]\d{1,2}(?:-[SD]\d{1,2}(?:\.\d{1,2})?)|"
        r"\(\d{1,3}[a-z]{0,2}\)(?:[A-Z]{1,4}\d{0,2}[a-z]?)?)))(?![\w(]|\.\d)",
    ),
    # Named by year: "2022 R7", "2402 LTSR CU1"; Oracle's "21c".
    rule(
        EntityKind.VERSION,
        r"(?<![\w.\\:/@-])(?P<value>(?-i:20[0-3]\d R\d{1,2}(?: ?(?:SR|SP|CU) ?\d{1,2})?|"
        r"\d{4} LTS[RC](?: ?(?:SR|SP|CU) ?\d{1,2})?))(?![\w.])",
    ),
    rule(
        EntityKind.VERSION,
        r"\boracle (?:database |db |rac |client )?(?P<value>(?:8|9)i|1[012]g|(?:12|18|19|2[0-9])c)(?!\w)",
    ),
    # "fw FL.10.13.1040", "Firmware 2YM_S0IS.C02.010": in the maker's own notation.
    rule(
        EntityKind.VERSION,
        r"\b(?:firmware|fw|bios|uefi|bootloader|fpga)(?:[ -](?:version|ver\.?|rev\.?|level|is|at|to|on|from|"
        r"stand))?[ :=]{1,2}"
        r"(?P<value>(?=[a-z0-9._-]{0,12}[a-z])(?!v\d)[a-z0-9]{1,8}(?:[._-][a-z0-9]{1,8}){1,5})(?![\w-]|\.\w)",
        accept=_is_firmware,
    ),
    # "0.94.x", "the 2.x line": a whole series.
    rule(EntityKind.VERSION, r"(?<![\w.\\:/@-])v?(?P<value>\d{1,3}(?:\.\d{1,3}){0,2}\.x)(?![\w.-])"),
    rule(
        EntityKind.VERSION,
        rf"(?<![\w.\\:/@-])(?P<v>v\.?|r(?=\d+\.))?(?P<value>{_VALUE})(?![\w]|\.\d|:\d)",
        accept=_is_version,
    ),
    # "curl/7.18.2", "node-8.9.3": a product's name glued on.
    rule(
        EntityKind.VERSION,
        rf"(?<=[a-z]{{3}})/(?P<v>v\.?)?(?P<value>\d{{1,6}}(?:\.\d{{1,20}}){{1,5}}{_TAIL})(?![\w/]|\.\d)",
        accept=_is_agent,
    ),
    rule(
        EntityKind.VERSION,
        rf"(?<=[a-z])[/_-](?P<v>v\.?)?(?P<value>\d{{1,6}}(?:\.\d{{1,20}}){{1,5}}{_TAIL})(?![\w]|\.\d)",
        accept=_is_version,
    ),
    # "python3.12", "php8.2": glued on to what it is a version of.
    rule(
        EntityKind.VERSION,
        r"(?<![\w.\\/@-])(?:python|php|ruby|perl|nodejs|node|java|jdk|jre|openjdk|postgresql|gcc|clang|lua|"
        r"qt)"
        r"(?P<value>\d{1,2}\.\d{1,3}(?:\.\d{1,3})?)(?![\w]|\.\w|[/\\])",
    ),
    # "nginx:1.25.3", "org.example:mailer:2.14.0-rc.3": an image or an artifact and its version.
    rule(
        EntityKind.VERSION,
        rf"(?<=[a-z]):v?(?P<value>\d{{1,6}}(?:\.\d{{1,20}}){{2,4}}{_TAIL})(?![\w/]|\.\d|:\d)",
        accept=lambda match: not _FILE.match(after(match)),
    ),
    # "Python 3.8 works, 3.11 doesn't": the second of two that are compared.
    rule(
        EntityKind.VERSION,
        r"(?<![\w.\\:/@$€£-])(?P<value>\d{1,3}\.\d{1,4})(?= (?:does|doesn['’]?t|did|didn['’]?t|works?|"
        r"worked|is|isn['’]?t|was|"
        r"wasn['’]?t|fails?|failed|crashes|too|only|expects?|requires?|introduced|removed|ships?)\b)",
        accept=lambda match: (
            re.search(
                r"[a-z][a-z. ]{2,20} v?\d{1,3}\.\d{1,4}(?:\.\d+)?\b[^.\n]{2,40}[,;] $", before(match, 90)
            )
            is not None
        ),
    ),
    # "react@18.2.0", "actions/checkout@v4.1", "gem@2": a package manager's way of saying it.
    rule(
        EntityKind.VERSION,
        rf"(?<=[a-z0-9])@\^?~?v?(?P<value>\d{{1,6}}(?:\.\d{{1,20}}){{1,4}}{_TAIL})(?![\w@]|\.\d|\.[a-z])",
    ),
    rule(EntityKind.VERSION, r"(?<=[a-z])-(?P<value>20[0-3]\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))(?![\w-])"),
    # "… 3.4.0 and 3.5", "8.10 to 9.04": what is listed beside a version is one.
    rule(
        EntityKind.VERSION,
        r"(?<=\d\.\d)(?P<first>\d?)(?: (?:and|or|to|&|->)|,|/|"
        r"->) ?(?:v\.?)?(?P<value>\d{1,3}\.\d{1,4})(?![\w%]|\.\d)",
        accept=lambda match: (
            _YEARLY.match(match["value"]) is not None
            or re.search(r"version|release|sdk|from", before(match, 40)) is not None
        ),
    ),
)
