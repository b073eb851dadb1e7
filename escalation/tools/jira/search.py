"""Which issues does a JQL query find, and which of them carry a key of ours?

Two traps. The index lags behind the data, so an empty answer does not prove absence (the registry's
``search_lags_s`` keeps dispatch from believing it). And a query must be bounded, or Cloud refuses it.
Source: Jira Cloud REST v3, "Search for issues using JQL enhanced search"; ``/search`` answers 410 there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from escalation.tools.contract import Remote
from escalation.tools.jira import site
from escalation.tools.jira.shapes import said
from escalation.tools.jira.site import Document
from escalation.tools.jira.vocabulary import KEY_LABEL_PREFIX, PROPERTY, Flavour
from escalation.transport.door import Door
from escalation.transport.errors import Refused

PAGE: Final = 50
MOST_PAGES: Final = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """What is looked for, and what of each issue is wanted."""

    jql: str
    fields: tuple[str, ...]
    properties: tuple[str, ...] = ()
    most: int = 1000  # issues


def issues(door: Door, query: Query) -> Iterator[Document]:
    """This will go through the issues, page by page and at most so many; raises the errors of transport."""
    pages = _by_token if site.flavour_of(door) is Flavour.CLOUD else _by_place
    yield from islice(pages(door, query), query.most)


def find(door: Door, *, key: str) -> tuple[Remote, ...]:
    """This will return the issues with the key's label that Baton made: a clone has the label too.

    A request whose form has no labels carries the key at the end of its description until it is finished.
    """
    wanted = f"{KEY_LABEL_PREFIX}{key}"
    if not all(each.isalnum() or each == "-" for each in key):
        raise Refused("This key could be more than a label in a search.")
    jql = f'labels = "{wanted}" OR description ~ "\\"{wanted}\\"" ORDER BY created ASC'
    found = list(issues(door, Query(jql=jql, fields=("labels", "description"), properties=(PROPERTY,))))
    if not all(wanted in _labels(each) or wanted in _described(each) for each in found):
        raise Refused("Jira ignored the search for the label; nothing was sent.")
    if not found:
        # A token that may see nothing finds nothing; only one that is known may be believed.
        site.document(site.get(door, "/myself"))
    ours = [each for each in found if site.member(each, "properties").get(PROPERTY)]
    return tuple(site.remote_of(door, each) for each in ours or found)


def _by_token(door: Door, query: Query) -> Iterator[Document]:
    params = _params(query)
    for _ in range(MOST_PAGES):
        page = site.document(site.get(door, "/search/jql", **params))
        yield from site.documents(page.get("issues"))
        token = site.text(page.get("nextPageToken"))
        if page.get("isLast") is True or not token:
            return
        params["nextPageToken"] = token


def _by_place(door: Door, query: Query) -> Iterator[Document]:
    start = 0
    for _ in range(MOST_PAGES):
        page = site.document(site.get(door, "/search", **_params(query), startAt=str(start)))
        found = site.documents(page.get("issues"))
        yield from found
        start += len(found)
        total = page.get("total")
        if not found or (isinstance(total, int) and start >= total):
            return


def _params(query: Query) -> dict[str, str]:
    params = {"jql": query.jql, "fields": ",".join(query.fields), "maxResults": str(PAGE)}
    if query.properties:
        params["properties"] = ",".join(query.properties)
    return params


def _described(issue: Document) -> str:
    return said(site.member(issue, "fields").get("description"))


def _labels(issue: Document) -> tuple[str, ...]:
    labels = site.member(issue, "fields").get("labels")
    return tuple(map(str, labels)) if isinstance(labels, list) else ()
