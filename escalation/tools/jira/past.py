"""Which issues were resolved before Baton came, who had them in turn, and what were they filed under?

Page by page in the order they were created. Cloud's cursor is its page token, which it forgets after a week:
then the reading begins anew and finds what it has read before. A Data Center counts from the start.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Final

from escalation.linking.entries import EntryKind
from escalation.tools.history import Past, PastPage
from escalation.tools.jira import site
from escalation.tools.jira.references import entry_id
from escalation.tools.jira.search import Query, one_page
from escalation.tools.jira.shapes import said
from escalation.tools.jira.times import moment
from escalation.tools.jira.vocabulary import LABEL
from escalation.translation.plain import flat
from escalation.transport.door import Door

_FIELDS: Final = (
    "summary", "description", "created", "resolutiondate", "components", "versions", "labels", "project",
    "issuetype",
)  # fmt: skip


def past(door: Door, *, cursor: str, since: datetime, now: datetime) -> PastPage:
    """This will return the next page of what was created since then and is resolved."""
    projects = ", ".join(f'"{each}"' for each in site.projects_of(door))
    if not projects:
        return PastPage(records=(), cursor="")
    # By how many days ago: JQL reads a clock time in the API user's zone.
    days = max(1, (now - since).days + 1)
    jql = f"project in ({projects}) AND resolution IS NOT EMPTY AND created >= -{days}d ORDER BY created ASC"
    page = one_page(door, Query(jql=jql, fields=_FIELDS, expand="changelog"), cursor=cursor)
    made = (_past(each) for each in page.issues)
    return PastPage(records=tuple(each for each in made if each is not None), cursor=page.cursor)


def _past(issue: site.Document) -> Past | None:
    fields = site.member(issue, "fields")
    opened, resolved = moment(fields.get("created")), moment(fields.get("resolutiondate"))
    labels = fields.get("labels")
    ours = isinstance(labels, list) and LABEL in labels
    if ours or opened is None or resolved is None or resolved < opened:
        return None
    holders = tuple(name for name, _ in groupby(filter(None, _assignees(issue))))
    return Past(
        remote_id=site.text(issue.get("id")),
        number=site.text(issue.get("key")),
        text=f"{flat(site.text(fields.get('summary')))}\n{flat(said(fields.get('description')))}".strip(),
        opened_at=opened,
        resolved_at=resolved,
        # The first who has it was not handed it by anybody.
        reassignments=max(0, len(holders) - 1),
        holders=holders,
        filed=tuple(_filed(fields)),
        category=flat(site.text(site.member(fields, "issuetype").get("name"))),
    )


def _assignees(issue: site.Document) -> Iterator[str]:
    histories = site.documents(site.member(issue, "changelog").get("histories"))
    for line in sorted(histories, key=lambda each: (str(each.get("created")), str(each.get("id")))):
        for item in site.documents(line.get("items")):
            if site.text(item.get("field")).lower() == "assignee":
                yield from (site.text(item.get("from")), site.text(item.get("to")))


def _filed(fields: site.Document) -> Iterator[str]:
    project = site.text(site.member(fields, "project").get("key"))
    for name, kind in (("components", EntryKind.COMPONENT), ("versions", EntryKind.VERSION)):
        for each in site.documents(fields.get(name)):
            yield entry_id(project, kind, site.text(each.get("id")))
