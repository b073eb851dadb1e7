"""What do the addresses of links answer: to other issues, and to pages elsewhere.

A remote link is kept by its `globalId`: the same one again replaces the link, and what is left out is
emptied. Without a `globalId` every call makes one more.
"""

from collections.abc import Mapping
from typing import Any, Final

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.jira.answers import no_issue, refused, sent
from escalation.practice.jira.authentication import api_blueprint, dialect, site, visible_issue
from escalation.practice.jira.site import of_issue
from escalation.practice.jira.vocabulary import LINK_TYPES
from escalation.practice.store import Document

link_api: Final = api_blueprint("link")
_KEPT: Final = ("globalId", "application", "relationship", "object")


@link_api.get("/issue/<name>/remotelink")
def list_remote_links(name: str) -> ResponseReturnValue:
    """List the links to pages elsewhere, or the one with a `globalId`."""
    found = visible_issue(name)
    if found is None:
        return no_issue()
    links, wanted = of_issue(site().store, "remotelink", found), request.args.get("globalId")
    if wanted is None:
        return jsonify([_shown(found, one) for one in links])
    link = next((one for one in links if one["globalId"] == wanted), None)
    if link is None:
        return refused(404, f"A link with globalId '{wanted}' does not exist.")
    return jsonify(_shown(found, link))


@link_api.post("/issue/<name>/remotelink")
def keep_remote_link(name: str) -> ResponseReturnValue:
    """Make a link (201) or replace the one with the same `globalId` (200)."""
    found, body = visible_issue(name), sent() or {}
    if found is None:
        return no_issue()
    target = body.get("object")
    missing = [one for one in ("url", "title") if not isinstance(target, Mapping) or not target.get(one)]
    if missing:
        return refused(400, errors={one: f"'{one}' is required." for one in missing})
    known = [one for one in of_issue(site().store, "remotelink", found) if one["globalId"]]
    same = next((one for one in known if one["globalId"] == body.get("globalId")), None)
    key = same["id"] if same else site().next_id("remotelink")
    kept = {name: body.get(name) for name in _KEPT}
    site().store.put("remotelink", key, {"id": key, "issue": found["id"], **kept})
    answer = {"id": int(key), "self": _address(found, key)}
    return jsonify(answer), 200 if same else 201


@link_api.delete("/issue/<name>/remotelink")
def remove_remote_link(name: str) -> ResponseReturnValue:
    """Remove the link with a `globalId`: 204."""
    found = visible_issue(name)
    if found is None:
        return no_issue()
    if not request.content_type:
        return "", 415
    for link in of_issue(site().store, "remotelink", found):
        if link["globalId"] and link["globalId"] == request.args.get("globalId"):
            site().store.remove("remotelink", link["id"])
    return "", 204


@link_api.post("/issueLink")
def link_issues() -> ResponseReturnValue:
    """Link two issues: 201 without an id. The same link again is accepted and changes nothing."""
    body = sent() or {}
    given = body.get("type")
    wanted = given.get("name") if isinstance(given, Mapping) else None
    kind = next((key for key, names in LINK_TYPES.items() if wanted == names[0]), "")
    if not kind:
        return refused(404, f"No issue link type with name '{wanted}' found.")
    sides = {side: visible_issue(_key(body.get(f"{side}Issue"))) for side in ("inward", "outward")}
    inward, outward = sides["inward"], sides["outward"]
    if inward is None or outward is None:
        return no_issue()
    link = {"type": kind, "inward": inward["key"], "outward": outward["key"]}
    known = [{name: one[name] for name in link} for one in site().store.all("issuelink")]
    if link not in known:
        key = site().next_id("issuelink")
        site().store.put("issuelink", key, {"id": key, **link})
    return "", 201


def _key(given: Any) -> str:
    return str(given.get("key") or given.get("id") or "") if isinstance(given, Mapping) else ""


def _address(found: Document, key: str) -> str:
    return f"{dialect().api}/issue/{found['key']}/remotelink/{key}"


def _shown(found: Document, link: Document) -> dict[str, Any]:
    kept = {name: link[name] for name in _KEPT if link[name] is not None}
    return {"id": int(link["id"]), "self": _address(found, link["id"]), **kept}
