"""Where on a network does a text point: URLs, hosts, addresses, ports, mail addresses?

A dotted name is a host only when its ending says so: Java packages, bundle ids and file names have
dots too. Names without dots are the business of ``machines``.
"""

import ipaddress
import re

from escalation.extraction import machines
from escalation.extraction.kinds import EntityKind
from escalation.extraction.pattern import Rule, after, before, rule, words

# Endings that are hosts wherever they stand (IANA root zone and RFC 6762/6761 names in real use).
SURE_ENDINGS = words(
    "com org net edu gov mil int local localdomain internal intranet corp lan arpa",
    "de fr nl uk eu ch at jp ru cn au br ca dk fi cz pt nz za kr tw hk sg mx ar hu il ie ua gr tr",
    "example",  # made for writing (RFC 2606): nothing else ends like this
)
# Endings that are also words, file endings or code: believed with three labels, a port or "www." only.
WEAK_ENDINGS = words(
    "io info biz dev app cloud online site tech test invalid home me tv us in it es be se no pl",
    "ro sk is to so co ai sh",
)
REVERSED = frozenset({"com", "org", "net", "edu", "gov", "de", "java", "javax", "io", "uk", "nl", "fr"})
CODE_OWNERS = frozenset({"this", "self", "window", "document", "asp", "vb", "ado", "ml", "app", "ti", "$"})
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?"


_VERSION_BEFORE = re.compile(
    r"(?<![a-z])(?:ver(?:sion|\.)?|v|rev(?:ision|\.)?|release|build|firmware|driver|update|sdk|"
    r"cli)[\s:='\"*-]*$"
)
# "workspace app 24.9.0.225": what is installed has a version, what is installed somewhere has an address.
_PRODUCT_BEFORE = re.compile(r"\b(?:app|application|plugin|add-?in|tools?|viewer|software|suite)\s$")
_RELEASE_AFTER = re.compile(r"[-+_]?(?!\d+\s*(?:ms|port))[a-z]*\d*[-+.](?:rc|beta|alpha|ga|snapshot|final)")
_ADDRESS_BEFORE = re.compile(
    r"(?:\bip|addr\w*|host|server|ping|dns|gateway|subnet|from|to|at|@|peer|client|://|=|/)[\s:=/(]*$"
)


def _is_host(match: re.Match[str]) -> bool:
    name = match["value"]
    labels = name.split(".")
    if labels[-1] != labels[-1].lower() and name != name.upper():
        return False
    if after(match, 1) == "(" or re.search(r"[a-z][A-Z]", name) or labels[0].lower() in CODE_OWNERS:
        return False
    if labels[0].lower() in REVERSED and labels[0].lower() != labels[-1].lower():
        return False
    return not re.fullmatch(r"\d+(\.\d+)*", ".".join(labels[:-1])) or len(labels) > 2


# What stands before a name that is looked up, reached or served, whatever its ending.
_NETWORKED = re.compile(
    r"(?:domains?|hosts?|hostname|servers?|websites?|sites?|dns|ping|pinging|nslookup|dig|whois|zone|resolve|"
    r"traceroute|tracert|connect(?:ing|ion)? to|reach|open|curl|wget|ssh|mx|cname|certificate (?:for|of)|"
    r"cert (?:for|of)|domäne|domaine|dominio|ドメイン)(?: (?:is|named|called|ist|est|"
    r"es))?[ :=\"'`(]{1,3}(?:\*\.)?$"
)


def _is_weak_host(match: re.Match[str]) -> bool:
    named = match["value"].lower().startswith("www.") or match["value"].count(".") >= 2
    reached = re.match(r":\d{2,5}\b|/\w", after(match)) is not None
    return _is_host(match) and (named or reached or _NETWORKED.search(before(match, 40)) is not None)


def _is_ip(match: re.Match[str]) -> bool:
    octets = [int(part) for part in match["value"].split(".")]
    if max(octets) > 255 or (octets[0] == 0 and any(octets)) or re.search(r"(?:^|\.)0\d", match["value"]):
        return False
    if _VERSION_BEFORE.search(before(match)) or _RELEASE_AFTER.match(after(match)):
        return False
    if ipaddress.IPv4Address(match["value"]).is_private or octets[0] in (127, 255):
        return True
    network = octets[3] == 0 and not re.match(r"/\d", after(match))  # no machine has the address of a net
    if network or _PRODUCT_BEFORE.search(before(match)):
        return False
    if _ADDRESS_BEFORE.search(before(match)):
        return not re.search(r"[a-z]\w+/$", before(match))
    # Versions live low ("1.8.0.1", "2.3.1.31"); public addresses rarely do.
    high = sum(octet >= 20 for octet in octets) >= 2 or octets in ([8, 8, 8, 8], [8, 8, 4, 4])
    high = high or len(set(octets)) == 1  # 1.1.1.1 and 9.9.9.9 answer names
    return high or re.match(r":\d{2,5}\b|/\d{1,2}\b", after(match)) is not None


def _is_ipv6(match: re.Match[str]) -> bool:
    value = match["value"]
    if "::" not in value and value.count(":") != 7:
        return False
    if not re.search(r"\d", value) or len(value) < 3:
        return False
    try:
        ipaddress.IPv6Address(value)
    except ValueError:
        return False
    return True


_SOURCE_FILE = re.compile(
    r"\.(?:java|kt|scala|py|rb|js|ts|jsx|tsx|mjs|cs|cpp|cc|c|h|go|rs|php|swift|m|sql|xml|ya?ml)$"
)


def _after_address(match: re.Match[str]) -> bool:
    lead = before(match, 64).removesuffix(":")
    if _SOURCE_FILE.search(lead):
        return False  # "Foo.java:12" is a line
    return re.search(r"(?:\d{1,3}\.){3}\d{1,3}$|\.[a-z]{2,12}$|localhost$", lead) is not None


RULES: tuple[Rule, ...] = (
    rule(
        EntityKind.URL,
        r"(?:(?<![a-z0-9+.-])(?:jdbc:)?[a-z][a-z0-9+.-]{1,14}|https?|"
        r"ftp):\\?/\\?/(?:[^\s\"'<>{}|^`，。；、）】」”“’«»]|<(?!(?:br|p|div|[abi]|li|t[dr]|"
        r"span)\b)[a-z][\w -]{0,40}>){1,2000}",
        accept=lambda match: (
            not re.match(r"\w+(?:https?|ftp):", match[0])
            and re.search(r"//+[^/\W]|//[\[</.~$%:@-]*\w", match[0].replace("\\/", "/")) is not None
        ),
    ),
    # "27000@lic.example.com", a port and its machine as licence managers write them; "sip:100@pbx.example".
    rule(
        EntityKind.HOST,
        rf"(?<![\w.@])(?:\d{{4,5}}|sips?:[\w.+-]{{1,40}})@(?P<value>{_LABEL}(?:\.{_LABEL}){{0,6}})(?![\w-]|\.\w)",
    ),
    rule(EntityKind.EMAIL, r"(?<![\w.+%-])[\w.+%-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}\b"),
    rule(
        EntityKind.IP,
        r"(?<![\d.\w])(?P<value>(?:\d{1,3}\.){3}\d{1,3})(?![\d_]|\.\d|[a-z])",
        accept=_is_ip,
    ),
    rule(
        EntityKind.IP,
        r"(?<![\w:.])(?P<value>(?:[0-9a-f]{0,4}:){2,8}(?:[0-9a-f]{1,4}|(?<=::)))(?!\w|:\w|::)",
        accept=_is_ipv6,
    ),
    rule(
        EntityKind.HOST,
        rf"(?:(?<![\w.@/\\$-])|(?<=[^\w]\*\.)|"
        rf"(?<=^\*\.))(?P<value>(?:{_LABEL}\.){{1,8}}(?:{SURE_ENDINGS}))\b(?![\w-]|\.\w)",
        accept=_is_host,
    ),
    rule(
        EntityKind.HOST,
        rf"(?:(?<![\w.@/\\$-])|"
        rf"(?<=[^\w]\*\.))(?P<value>(?:{_LABEL}\.){{1,8}}(?:{WEAK_ENDINGS}))\b(?![\w-]|\.\w)",
        accept=_is_weak_host,
    ),
    rule(
        EntityKind.HOST,
        r"(?<![\w.@/\\-])(?:localhost|localhost\.localdomain)\b(?![-.]\w)",
    ),
    *machines.RULES,
    rule(EntityKind.PORT, r"\bports?\s{0,2}[:=#]?\s{0,2}(?P<value>\d{1,5})\b(?!\.\d)"),
    rule(
        EntityKind.PORT,
        r"(?<=[\w\]]):(?P<value>\d{2,5})\b(?![:.]\d)",
        accept=_after_address,
    ),
    rule(
        EntityKind.PORT,
        r"\b(?:tcp|udp)[/: ](?P<value>\d{1,5})\b|(?<![\w.])\d{1,5}(?=/(?:tcp|udp)\b)",
    ),
)
