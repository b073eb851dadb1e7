"""What does Jira know by name: the components and versions of the connection's projects?

One page per project and kind; the cursor is the next of them, as "PLAT/versions". Source: Jira Cloud
REST v3, "Get project components" and "Get project versions": both answer with everything at once. A version
is related to the components it names, so that the one released in the time a text speaks of is the likelier.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from escalation.linking.entries import CatalogEntry, EntryKind
from escalation.linking.hosts import find_hosts
from escalation.tools.contract import CatalogPage
from escalation.tools.jira import site
from escalation.tools.jira.references import entry_id
from escalation.tools.jira.times import moment
from escalation.translation.plain import flat
from escalation.transport.door import Door


def catalog(
    door: Door,
    *,
    cursor: str,
    since: datetime | None = None,  # noqa: ARG001 - Jira does not say when these changed
) -> CatalogPage:
    """This will return the next page; "" begins, and a page's cursor "" ends."""
    pages = [(project, kind) for project in site.projects_of(door) for kind in _KINDS]
    names = [f"{project}/{kind}" for project, kind in pages]
    if not pages:
        return CatalogPage(entries=(), cursor="")
    place = names.index(cursor) if cursor in names else 0
    project, kind = pages[place]
    made = tuple(_entries(door, project, kind))
    following = names[place + 1] if place + 1 < len(names) else ""
    if kind == "versions" and made:
        components = tuple(_entries(door, project, "components"))
        made = tuple(replace(each, related=_named(each, components)) for each in made)
    return CatalogPage(entries=made, cursor=following)


def _entries(door: Door, project: str, kind: str) -> Iterator[CatalogEntry]:
    found = site.documents(site.get(door, f"/project/{project}/{kind}"))
    made = (_KINDS[kind](project, each) for each in found)
    return (each for each in made if each is not None)


def _named(version: CatalogEntry, components: Iterable[CatalogEntry]) -> tuple[str, ...]:
    """The components that a version names, as "Gateway 2.4.1" or "API gateway: new header policies" do.

    Jira itself ties no version to a component.
    """
    said = f"{version.name} {version.description}".casefold()
    return tuple(
        each.id for each in components if re.search(rf"(?<!\w){re.escape(each.name.casefold())}(?!\w)", said)
    )


def _component(project: str, each: site.Document) -> CatalogEntry | None:
    name, about = flat(site.text(each.get("name"))), site.text(each.get("description"))
    if not name or each.get("archived") is True:
        return None
    return CatalogEntry(
        id=entry_id(project, EntryKind.COMPONENT, site.text(each.get("id"))),
        kind=EntryKind.COMPONENT,
        name=name,
        description=about,
        hosts=find_hosts(f"{name} {about}"),
    )


def _version(project: str, each: site.Document) -> CatalogEntry | None:
    name = flat(site.text(each.get("name")))
    if not name or each.get("archived") is True:
        return None
    released = each.get("releaseDate") if each.get("released") is True else None
    return CatalogEntry(
        id=entry_id(project, EntryKind.VERSION, site.text(each.get("id"))),
        kind=EntryKind.VERSION,
        name=name,
        description=site.text(each.get("description")),
        released_at=moment(released),
    )


_KINDS: Final[dict[str, Callable[[str, site.Document], CatalogEntry | None]]] = {
    "components": _component,
    "versions": _version,
}
