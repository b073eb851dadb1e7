"""Which webhooks does a happening cause, and how are they signed.

All bodies are v2-shaped: texts are wiki markup, whatever the sender wrote. Cloud and Server differ as
recorded: Cloud's `comment_created` has no `user` and an issue of six fields; Server's has no `issue`, and
Server also says `jira:issue_updated` for the same comment. Signature: `X-Hub-Signature: sha256=<hex>`,
HMAC-SHA256 of the body.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from flask import has_request_context, request

from escalation.practice.jira.authentication import Dialect
from escalation.practice.jira.jql import parse
from escalation.practice.jira.shown import Shown
from escalation.practice.jira.site import Happening
from escalation.practice.kinds import Surroundings
from escalation.practice.outgoing import Message
from escalation.practice.store import Document

EVENTS: Final = (
    "jira:issue_created",
    "jira:issue_updated",
    "jira:issue_deleted",
    "comment_created",
    "comment_updated",
    "comment_deleted",
)
# What Cloud still says of the issue when someone comments.
_BRIEF: Final = ("summary", "issuetype", "project", "assignee", "priority", "status")
# About five tries; the vendor's pauses go up to half an hour. A Data Center tries once.
_WAITS: Final = (0.5, 2.0, 5.0, 10.0)


def announcer(surroundings: Surroundings) -> Callable[[Happening], None]:
    """Give the function that posts a happening to every webhook that asked for it."""

    def announce(happened: Happening) -> None:
        base = request.host_url.rstrip("/") if has_request_context() else "http://127.0.0.1"
        for hook in surroundings.store.all("webhook"):
            dialect = Dialect(cloud=hook["cloud"], adf=False, base=base)
            show = Shown(store=surroundings.store, dialect=dialect)
            if not _wanted(surroundings, hook, happened.issue):
                continue
            for body in _bodies(show, happened, at=surroundings.clock()):
                if body["webhookEvent"] in hook["events"]:
                    _enqueue(surroundings, hook, body)

    return announce


def _wanted(surroundings: Surroundings, hook: Document, issue: Document) -> bool:
    if not hook["jql"]:
        return True
    return parse(hook["jql"], store=surroundings.store, now=surroundings.clock(), zone=UTC).test(issue)


def _bodies(show: Shown, happened: Happening, *, at: datetime) -> Iterator[dict[str, Any]]:
    """Write what one listener is posted for one happening: on a Server a comment makes two."""
    stamp = {"timestamp": int(at.timestamp() * 1000), "webhookEvent": happened.event}
    if happened.event == "jira:issue_deleted":
        about = _of_issue(show, happened)
        yield {**stamp, "user": about["user"], "issue": about["issue"]}
        return
    if happened.comment is None:
        yield {**stamp, **_of_issue(show, happened), "changelog": _changelog(show, happened)}
        return
    comment = show.comment(happened.comment)
    if show.dialect.cloud:
        every = show.fields(happened.issue)
        brief = _issue(show, happened.issue, {name: every[name] for name in _BRIEF})
        yield {**stamp, "comment": comment, "issue": brief, "eventType": "primaryAction"}
        return
    yield {**stamp, "comment": comment}
    yield {
        **stamp,
        "webhookEvent": "jira:issue_updated",
        **_of_issue(show, happened),
        "comment": comment,
    }


def _of_issue(show: Shown, happened: Happening) -> dict[str, Any]:
    return {
        "issue_event_type_name": happened.kind,
        "user": show.user(happened.by["accountId"]),
        "issue": _issue(show, happened.issue, show.fields(happened.issue)),
    }


def _issue(show: Shown, issue: Document, fields: Mapping[str, Any]) -> dict[str, Any]:
    address = f"{show.dialect.api}/issue/{issue['id']}"
    return {"id": issue["id"], "self": address, "key": issue["key"], "fields": fields}


def _changelog(show: Shown, happened: Happening) -> dict[str, Any]:
    hidden = set() if show.dialect.cloud else {"fieldId"}
    items = [{name: item[name] for name in item if name not in hidden} for item in happened.items]
    return {"id": happened.change_id or happened.issue["id"], "items": items}


def _enqueue(surroundings: Surroundings, hook: Document, body: Mapping[str, Any]) -> None:
    event_id = surroundings.new_id()
    told = {**body, "matchedWebhookIds": [int(hook["id"])]} if hook["by_rest"] else body
    written = json.dumps(told, ensure_ascii=False).encode()
    surroundings.outgoing.enqueue(
        Message(
            url=hook["url"],
            body=written,
            event_id=event_id,
            sign=_signer(hook, written, event_id=event_id),
            waits=_WAITS if hook["cloud"] else (),
        )
    )


def _signer(hook: Document, body: bytes, *, event_id: str) -> Callable[[datetime], Mapping[str, str]]:
    digest = hmac.new(hook["secret"].encode(), body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json; charset=UTF-8", "User-Agent": "Atlassian HttpClient"}
    if hook["secret"]:
        headers["X-Hub-Signature"] = f"sha256={digest}"
    if hook["cloud"]:
        headers["X-Atlassian-Webhook-Identifier"] = event_id
        headers["X-Atlassian-Webhook-Flow"] = "Primary"
    tries = iter(range(len(_WAITS) * 2 + 2))

    def sign(_moment: datetime) -> Mapping[str, str]:
        again = next(tries, 0)
        retry = {"X-Atlassian-Webhook-Retry": str(again)} if again and hook["cloud"] else {}
        return {**headers, **retry}

    return sign
