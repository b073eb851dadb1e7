"""How does an issue lead back to where it came from (``contract.WebLinks``)?

By links kept under a global id of ours: the same one again changes the link and makes none besides. Source:
Jira Cloud REST v3, "Create or update remote issue link".
"""

from collections.abc import Mapping
from typing import Any, Final

from escalation.tools.contract import Proof, WebLink
from escalation.tools.jira import site
from escalation.tools.jira.vocabulary import GLOBAL_ID_PREFIX
from escalation.translation.plain import cut
from escalation.transport.door import Door

FIELD: Final = "remotelink"  # as the draft names them; no field of an issue
_LONGEST_TITLE: Final = 255


def links_of(payload: Mapping[str, Any]) -> tuple[WebLink, ...]:
    """This will return the links that a draft's payload names."""
    return tuple(
        WebLink(
            key=site.text(each.get("globalId")).removeprefix(GLOBAL_ID_PREFIX),
            url=site.text(each.get("url")),
            title=site.text(each.get("title")),
        )
        for each in site.documents(payload.get(FIELD))
    )


def find_link(door: Door, *, remote_id: str, link: WebLink) -> str:
    """This will return the id of the link that stands there with this address, or ""; raises ``NotFound``."""
    for each in site.documents(site.get(door, site.issue_path(remote_id, "/remotelink"))):
        same = each.get("globalId") == f"{GLOBAL_ID_PREFIX}{link.key}"
        if same and site.member(each, "object").get("url") == link.url:
            return site.text(each.get("id"))
    return ""


def add_link(door: Door, *, remote_id: str, link: WebLink) -> Proof:
    """This will make the link or change it."""
    body = {
        "globalId": f"{GLOBAL_ID_PREFIX}{link.key}",
        "application": {"type": "org.baton", "name": "Baton"},
        "relationship": "escalated to" if link.onward else "escalated from",
        "object": {"url": link.url, "title": cut(link.title, _LONGEST_TITLE)},
    }
    answer = site.post(door, site.issue_path(remote_id, "/remotelink"), body)
    number = site.text(answer.get("id")) if isinstance(answer, Mapping) else ""
    return Proof(
        remote=site.remote_of(door, {"id": remote_id}),
        kept={"url": link.url},
        note_ids=(f"link:{number}",) if number else (),
    )
