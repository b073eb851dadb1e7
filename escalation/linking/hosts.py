"""Which machines does a text or a record name: domains, host names, addresses?

A host that stands in a record is the strongest link there is, so only what is surely a host counts: file
names, versions and Java packages look alike and are left out.
"""

import re

_CANDIDATE = re.compile(
    r"(?<![\w@.-])(?:\d{1,3}(?:\.\d{1,3}){3}|[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9-]{1,63}){1,8})(?![\w@-])"
)
_BARE = re.compile(
    r"(?<![\w@./-])(?=[A-Za-z0-9-]*[-\d])[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*(?![\w@/-]|\.\w)"
)
_SENTENCES = re.compile(r"[a-z]\.[A-Z][a-z]")  # "It failed.Then it worked"
# Endings that are a file's or a package's, not a domain's, wherever they occur in practice.
_NOT_A_DOMAIN = frozenset(
    re.findall(
        r"\w+",
        "java js ts py rb php html htm css xml json yaml yml txt log pdf doc docx xls xlsx csv zip gz jar war"
        " exe dll properties class cfg conf ini md sh bat png jpg jpeg gif svg sql m c h cpp cs go rs tgz tar"
        " so lock bak tmp exception error",
    )
)
_PACKAGE_STARTS = frozenset(("java", "javax", "org", "com", "net", "sun", "io", "edu"))


def find_hosts(text: str) -> tuple[str, ...]:
    """Find domains, fully qualified host names and IPv4 addresses, lower case, in order of appearance."""
    found: dict[str, None] = {}
    for match in _CANDIDATE.finditer(text):
        name = match.group().strip(".-").lower()
        if _SENTENCES.search(match.group()):
            continue
        if _is_address(name) or _is_domain(name, called=text[match.end() : match.end() + 1] == "("):
            found[name] = None
    return tuple(found)


def find_bare(text: str) -> tuple[str, ...]:
    """Find single words shaped like machine names (``srv-fin-01``): a letter, then a digit or hyphen."""
    return tuple(dict.fromkeys(m.group().lower() for m in _BARE.finditer(text) if len(m.group()) >= 4))


def _is_address(name: str) -> bool:
    numbers = name.split(".")
    return len(numbers) == 4 and all(n.isdigit() and int(n) <= 255 and str(int(n)) == n for n in numbers)


def _is_domain(name: str, *, called: bool) -> bool:
    labels = name.split(".")
    last = labels[-1]
    if called or not last.isalpha() or len(last) < 2 or last in _NOT_A_DOMAIN:
        return False
    if labels[0] in _PACKAGE_STARTS and len(labels) > 2:  # org.apache.pdfbox, com.company.app
        return False
    return all(label and label[0] != "-" for label in labels)
