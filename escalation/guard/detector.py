"""Which shapes of secrets do others keep up to date? Those of the detect-secrets project, beside our own.

Only its patterns are used. Its verification, which asks the issuer whether a key is live, is never called: a
secret is shown to nobody. Left out are its guesses by entropy and by keyword, which in prose are mostly
wrong, and two patterns that take minutes on a long line (npm, OpenAI; ours find both).
"""

import re
from functools import cache
from importlib import import_module

from escalation.guard.rules import Rule

# Its module, and words of which one stands in every text that the module's patterns could match.
MODULES: dict[str, tuple[str, ...]] = {
    "artifactory": ("akc", "ap"),
    "aws": ("a3t", "abia", "acca", "akia", "asia", "aws"),
    "azure_storage_key": ("accountkey=",),
    "basic_auth": ("://",),
    "cloudant": ("cloudant", "clou", "cl_", "cl-"),
    "discord": (".",),
    "github_token": ("gh",),
    "gitlab_token": ("gl", "gr1348941"),
    "ibm_cloud_iam": ("ibm", "iam", "cloud"),
    "ibm_cos_hmac": ("secret",),
    "jwt": ("eyj",),
    "mailchimp": ("-us",),
    "pypi_token": ("pypi-",),
    "sendgrid": ("sg.",),
    "slack": ("xox", "hooks.slack.com"),
    "softlayer": ("softlayer", "sl_", "sl-"),
    "square_oauth": ("sq0csp-",),
    "stripe": ("k_live_",),
    "telegram_token": (":",),
    "twilio": ("ac", "sk"),
}


@cache
def shapes() -> tuple[Rule, ...]:
    """This will return the patterns as rules.

    Read at the first use and not on import: the package brings a network library with it.
    """
    base = import_module("detect_secrets.plugins.base").RegexBasedDetector
    rules = []
    for name, clues in MODULES.items():
        module = import_module(f"detect_secrets.plugins.{name}")
        for each in vars(module).values():
            if isinstance(each, type) and issubclass(each, base) and each.__module__ == module.__name__:
                kind = str(vars(each)["secret_type"])
                rules += [Rule(kind=kind, clues=clues, pattern=one) for one in each().denylist]
    return tuple(rules)


def spans(rule: Rule, text: str) -> list[tuple[int, int]]:
    """This will find what has to go: the group that holds the value, where the pattern has one."""
    found = []
    for match in rule.pattern.finditer(text):
        if _random(match):
            group = _group(match)
            # Some patterns take the blank or the quote on either side along.
            start = match.start(group) + len(match[group]) - len(match[group].lstrip(' \t\r\n=:"'))
            found.append((start, start + len(match[group].strip(' \t\r\n=:"'))))
    return found


def _group(match: re.Match[str]) -> int:
    """The last group that is long enough to be the value itself and not a part of its name."""
    long = [place for place in range(1, (match.re.groups or 0) + 1) if len(match[place] or "") >= 16]
    return long[-1] if long else 0


def _random(match: re.Match[str]) -> bool:
    """Words have no digits, and numbers no letters; a password in an address is ours to judge."""
    value = match[_group(match)].strip(' \t\r\n=:"')
    mixed = any(sign.isdigit() for sign in value) and any(sign.isalpha() for sign in value)
    return mixed and len(value) >= 12 and len(set(value)) > 6
