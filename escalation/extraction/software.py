"""Which operating systems, browsers and applications does a text name?

A version that belongs to a system or browser is part of that mention. Product names that merely
begin with a system ("Android Studio", "Windows Media Player") are not the system.
"""

import re

from escalation.extraction.kinds import EntityKind
from escalation.extraction.pattern import Rule, after, before, rule


def _lead(match: re.Match[str]) -> str:
    return before(match, 40)


def _is_os(match: re.Match[str]) -> bool:
    value = match[0]
    follow, lead = after(match), _lead(match)
    # … and " XE": the IOS of a router
    if re.match(
        r"[ -]x[er]\b|[-_]?\w|\.(?:exe|app|plist|py|js|xml|ui|h|c)\b|[\\/][\w.]|-[a-z]", follow
    ) and not re.match(r"/(?:ubuntu|linux|mac|win|ios|android|osx|[a-z]{3,12}(?![\w./\\-]))", follow):
        return False
    if re.search(r"[\w.$]\.$|[\\/_@#-]$|[\w]/$", lead) and not re.search(
        r"(?:linux|windows|mac|osx|ios|android|ubuntu|unix)/$", lead
    ):
        return False
    if re.search(r"\d", value):
        return not (
            # "Win32 error": the interface of that name
            re.fullmatch(r"win ?(?:32|64)", value, re.IGNORECASE)
            and re.match(r"\s(?:error|exception|api)", follow)
        )
    if re.match(
        r"\s(?:studio|media|explorer|defender|update\b|live|phone \d|forums?|wiki|software cent|sdk|ndk|"
        r"auto|market|play|store|pro\b|mini|address|book|"
        r"service|services|registry|event|installer|azure|hello|ink|foundation|journal|one\b|"
        r"server manager|manager)",
        follow,
    ):
        return False
    if re.match(r"\s(?:of|in|at) (?:the|our|my|a)\b", follow):
        return False  # the windows of a house
    return _plain_word_is_os(value, lead=lead, follow=follow)


def _plain_word_is_os(value: str, *, lead: str, follow: str) -> bool:
    """``windows``, ``mac`` and friends are also words: lower case needs a hint that a system is meant."""
    if value == "windows":
        near = re.search(
            r"(?:on|under|in|with|for|from|to|using|running|run|my|a|ms|microsoft|and|or|linux|mac|,|"
            r"(?:environment|platform|os|system|umgebung|environnement)\s?[:=])[\s/]*$",
            lead,
        )
        return near is not None and not re.match(r"\s(?:that|which|are|open|close|size|of)\b", follow)
    if value in ("Windows", "WINDOWS"):
        return not re.search(r"(?:multiple|two|all|new|several|open|both|these|the \w+)\s$", lead)
    if value.lower() == "mac":
        if value == "MAC" and not re.search(r"(?:on|under|for|my|a|and|or|,|/)\s?$", lead):
            return False  # "the MAC of the device" is its address
        return value != "mac" and not re.match(r"\s?(?:address|id\b|layer|os\b|of\b|in\b)", follow)
    if value.lower() in ("debian", "fedora", "arch", "mint", "suse", "unix"):
        return (
            value[0].isupper()
            or re.search(
                r"(?:on|under|using|running|in|a|the|for|,|(?:environment|platform|os|"
                r"system)\s?[:=])\s$",
                lead,
            )
            is not None
        )
    return True


_V = (
    r"(?:(?:[ :/-]{1,2}v?(?:version |ver\.? ?|v)?|"
    r"(?=\d{1,2}\.))(?!\d{4}-\d\d-)\d{1,5}(?:[._]\d{1,10}){0,4}[a-z]?(?![\w])(?!\.\d|-bit|bit| ?gb| ?mb))"
)
OS_NAMES = (
    r"(?:microsoft |ms[ -]?)?windows(?: server)?(?: (?:nt|xp|vista|me|ce|rt|mobile|phone|10 iot|95|98|"
    r"2000|20(?:03|08|12|16|19|22|25)|7|8\.1|8|10|11))?"
    r"(?: r2)?(?: (?:home|pro|professional|enterprise|ultimate|education|standard|datacenter|starter|"
    r"business|premium|ltsc)(?: edition)?(?: lts[bc](?: 20\d\d)?)?)?"
    r"(?: (?:64|32)[- ]?bits?)?(?: sp ?\d| service pack \d)?(?: \d\dh\d| (?:version |"
    r"build )?\d{4,5}(?:\.\d{1,6})?)?(?: ?(?:v(?:ersion)? ?)?\d{1,2}\.\d(?:\.\d{1,8}){0,2})?"
)
OTHER_OS = (
    (
        rf"(?:apple )?(?:mac ?os(?: ?x)?|os ?x|mac osx|macosx)(?:{_V}| (?:mavericks|yosemite|el capitan|"
        rf"sierra|high sierra|mojave|catalina|big sur|monterey|ventura|sonoma|"
        rf"sequoia|mountain lion|lion|snow leopard|leopard|tiger)\b{_V}?)?(?: (?:mavericks|yosemite|"
        rf"el capitan|"
        rf"high sierra|sierra|mojave|catalina|big sur|monterey|ventura|sonoma|sequoia|mountain lion|"
        rf"snow leopard|leopard|lion|tiger)\b)?"
    ),
    (
        rf"(?:ios|ipados|watchos|tvos|android(?: os)?|blackberry(?: os)?|tizen|harmonyos|symbian|webos|"
        rf"chrome ?os|windows ?phone){_V}?(?:(?<=\d) (?:(?:public |developer )?beta|rc)(?: ?\d{{1,2}})?\b)?"
    ),
    rf"(?:k|x|l|ed)?ubuntu(?: (?:server|desktop))?{_V}?(?: ?lts\b)?(?: server\b| desktop\b)?",
    (
        rf"(?:debian|centos|fedora(?: core)?|rhel|red ?hat(?: enterprise linux| linux)?|suse(?: linux)?|"
        rf"opensuse(?: leap| tumbleweed)?|sles|freertos|vxworks|qnx|openwrt|raspberry pi os|kaios|"
        rf"wear os|fire os|"
        rf"linux mint|arch linux|gentoo|alpine(?: linux)?|oracle linux|amazon linux|"
        rf"rocky linux|almalinux|kali(?: linux)?|slackware|mandriva|freebsd|openbsd|netbsd|solaris|"
        rf"aix|hp-ux|"
        rf"unix|z/os|os/2|vms|openvms|cygwin|raspbian){_V}?(?: lts\b)?(?: sp ?\d\b)?"
    ),
    # Windows Server without its first name; other products of Microsoft are called Server too.
    (
        r"(?<!sql )(?<!exchange )(?<!project )(?<!sharepoint )(?<!office )(?<!windows )(?-i:Server) "
        r"(?:2003|2008|2012|2016|2019|2022|2025)(?: R2)?"
        r"(?: (?:standard|datacenter|core|essentials))?(?![.\d])"
    ),
    rf"(?:gnu/)?linux(?:{_V}(?:-[\w.-]{{1,30}})?)?",
    (
        r"win ?(?:xp|vista|nt|2k|95|98|2000|7|8\.1|8|10|11|32|64)(?: pro| home| enterprise)?(?: (?:64|"
        r"32)[- ]?bits?)?(?: sp ?\d)?(?: \d\dh\d)?"
    ),
    # A release by its name alone, where a system is meant: "working on Yosemite".
    (
        r"(?-i:(?:(?<=on )|(?<=under )|(?<=running )|(?<=to )|(?<=OS: )|(?<=OSX )|"
        r"(?<=OS X ))(?:Mavericks|Yosemite|El Capitan|"
        r"High Sierra|Mojave|Catalina|Big Sur|Monterey|Ventura|Sonoma|Sequoia|Snow Leopard|Mountain Lion))"
    ),
    r"(?-i:Mac|MAC|XP|mac)(?= (?:and|or|with|but|running|user|using)|[.,;:)?!/]|\s|$)",
)
_BV = (
    r"(?:(?: ?[:/] ?| |-| version | version: | v\.? ?| ver\.? ?|"
    r"\s?\(version )v?\d{1,4}(?:\.\d{1,6}){0,4}(?:[a-z]\d?|\.x)?(?![\w.]*\w)(?:-ubuntu\d)?)"
)
BROWSER_NAMES = (
    rf"(?:google )?chrome(?! ?(?:os|book|cast|driver|store)\b)(?: (?:browser|canary|beta|mobile))?{_BV}?",
    rf"(?:mozilla )?firefox(?! os\b)(?: (?:browser|esr|nightly|beta|quantum))?{_BV}?(?: ?esr)?",
    rf"(?:apple |mobile )?safari(?: browser)?{_BV}?",
    rf"(?:microsoft |ms |ms-|windows )?internet explorer{_BV}?",
    rf"(?:microsoft |ms )edge(?: browser| chromium)?{_BV}?",
    (
        rf"(?-i:Edge)(?:{_BV}|(?= (?:browser|and (?:Chrome|Firefox)|or (?:Chrome|Firefox)|works?|shows?)|"
        rf"[,/] ?(?:Chrome|Firefox|Safari|IE)))"
    ),
    (
        r"(?-i:Edge)(?! (?:case|cases|node|device|router|server|gateway|location|switch|computing|network|"
        r"function|of\b)|[-.]\w)"
    ),
    r"(?-i:Brave)(?= (?:browser|behaves|works|and|is|shows|too|has|does)|[,.;/)]|(?m:\s?$))",
    r"(?-i:M?S?IE ?(?:\d{1,2}(?:\.\d{1,2})?)(?:/\d{1,2}){0,3}(?![\w.]*\w)|M?S?IE(?: mode)?)",
    rf"opera(?: mini| mobile| gx)?(?:{_BV}| browser\b)|(?-i:Opera)(?! (?:house|singer))",
    (
        rf"(?:chromium|konqueror|epiphany|seamonkey|vivaldi|netscape|iceweasel|samsung internet|tor browser|"
        rf"brave browser|palemoon|pale moon|maxthon|uc browser|mozilla suite){_BV}?"
    ),
)


_USED_IN = re.compile(
    r"(?:\b(?:in|via|using|with|on|under|from|to|only|also|mit|im|avec|sous|con|en|use|uses|try|tried|my|"
    r"your)"
    r"|\b(?:chrome|firefox|safari|ie|opera)(?:,| and| or| und| et| y|/|\s{2,6}))\s?$"
)


def _is_browser(match: re.Match[str]) -> bool:
    follow, lead = after(match), _lead(match)
    if re.match(r"[-_]\w|\.\w|[\\(]\w|\w", follow) or re.search(r"[\w.$]\.$|[\\/_@-]$|(?<!\w)!$", lead):
        return re.match(r"-(?:based|specific|only)\b", follow) is not None and not re.search(r"[\\_@]$", lead)
    if match[0] == "Edge" and not re.match(
        r" (?:browser|and (?:chrome|firefox)|or (?:chrome|firefox)|works?|shows?)|[,/] ?(?:chrome|"
        r"firefox|safari|ie)",
        follow,
    ):
        return _USED_IN.search(lead) is not None
    if match[0] == "IE":
        return re.match(r"\s*[.:=]\s*\d", follow) is None
    return re.match(r"\s(?:web ?store|book|safari tour)", follow) is None


RULES: tuple[Rule, ...] = (
    *(rule(EntityKind.BROWSER, rf"(?<![\w$]){name}(?![\w])", accept=_is_browser) for name in BROWSER_NAMES),
    *(rule(EntityKind.OS, rf"(?<![\w$]){name}(?![\w])", accept=_is_os) for name in (OS_NAMES, *OTHER_OS)),
)

APPS = (
    "Outlook|Excel|PowerPoint|OneNote|OneDrive|SharePoint|Exchange Online|Microsoft Teams|MS Teams|Slack|"
    "Zoom|Webex|Skype|"
    "Salesforce|ServiceNow|Zendesk|Jira|Confluence|SAP(?: GUI| Fiori| ERP)?|Workday|Oracle EBS|NetSuite|"
    "Dynamics 365|Power BI|Tableau|"
    "Citrix(?: Workspace| Receiver)?|AnyConnect|GlobalProtect|FortiClient|OpenVPN|VMware Horizon|Okta|"
    "Duo|Active Directory|Azure AD|"
    "Entra ID|Intune|Adobe Acrobat|Acrobat Reader|Photoshop|AutoCAD|Dropbox|Google Drive|"
    "Google Workspace|Gmail|DocuSign|Docker Desktop"
)
APP_RULES: tuple[Rule, ...] = (rule(EntityKind.APP, rf"(?<![\w.@/-])(?-i:{APPS})(?![\w@-]|\.\w)"),)
