"""Who in Jira has an e-mail address?

Cloud hides most addresses; a hit whose address is hidden is nobody we know, for the search also looks
at names.
"""

import re
from collections.abc import Mapping
from typing import Final

from escalation.tools.jira import site
from escalation.tools.jira.vocabulary import Flavour
from escalation.transport.door import Door

_EMAIL: Final = re.compile(r"^[A-Za-z0-9.!#$%&'*+/=?_`{|}~-]+@[A-Za-z0-9.-]+$")


def people(door: Door, *, emails: tuple[str, ...]) -> Mapping[str, str]:
    """This will return the account id (Data Center: the name) of the one active user with each address."""
    cloud = site.flavour_of(door) is Flavour.CLOUD
    asked, identity = ("query", "accountId") if cloud else ("username", "name")
    known: dict[str, str] = {}
    for email in emails:
        if not _EMAIL.match(email):
            continue
        found = site.documents(site.get(door, "/user/search", **{asked: email, "maxResults": "10"}))
        ids = [site.text(each.get(identity)) for each in found if _has(each, email)]
        if len(ids) == 1 and ids[0]:
            known[email] = ids[0]
    return known


def _has(user: site.Document, email: str) -> bool:
    same = site.text(user.get("emailAddress")).casefold() == email.casefold()
    return same and user.get("active") is not False
