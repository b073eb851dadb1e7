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
    expand: str = ""
    most: int = 1000  # issues


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Some of the issues that a query finds; ``cursor`` is "" at the end."""

    issues: tuple[Document, ...]
    cursor: str


def issues(door: Door, query: Query) -> Iterator[Document]:
    """This will go through the issues, page by page and at most so many; raises the errors of transport."""
    yield from islice(_every(door, query), query.most)


def one_page(door: Door, query: Query, *, cursor: str) -> Page:
    """This will return the page at a cursor ("" = the first); raises the errors of transport."""
    read = _by_token if site.flavour_of(door) is Flavour.CLOUD else _by_place
    return read(door, query, cursor)


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


def _every(door: Door, query: Query) -> Iterator[Document]:
    cursor = ""
    for _ in range(MOST_PAGES):
        page = one_page(door, query, cursor=cursor)
        yield from page.issues
        cursor = page.cursor
        if not cursor:
            return


def _by_token(door: Door, query: Query, cursor: str) -> Page:
    params = _params(query) | ({"nextPageToken": cursor} if cursor else {})
    page = site.document(site.get(door, "/search/jql", **params))
    following = "" if page.get("isLast") is True else site.text(page.get("nextPageToken"))
    return Page(issues=tuple(site.documents(page.get("issues"))), cursor=following)


def _by_place(door: Door, query: Query, cursor: str) -> Page:
    start = int(cursor) if cursor.isdigit() else 0
    page = site.document(site.get(door, "/search", **_params(query), startAt=str(start)))
    found, total = tuple(site.documents(page.get("issues"))), page.get("total")
    read = start + len(found)
    ended = not found or (isinstance(total, int) and read >= total)
    return Page(issues=found, cursor="" if ended else str(read))


def _params(query: Query) -> dict[str, str]:
    params = {"jql": query.jql, "fields": ",".join(query.fields), "maxResults": str(PAGE)}
    if query.properties:
        params["properties"] = ",".join(query.properties)
    if query.expand:
        params["expand"] = query.expand
    return params


def _described(issue: Document) -> str:
    return said(site.member(issue, "fields").get("description"))


def _labels(issue: Document) -> tuple[str, ...]:
    labels = site.member(issue, "fields").get("labels")
    return tuple(map(str, labels)) if isinstance(labels, list) else ()
