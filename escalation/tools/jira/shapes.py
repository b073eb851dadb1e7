"""How does a comment become an update, wherever it is seen? Pure.

A webhook shows it in wiki markup, a Cloud's answer as a document; the update is the same. In a software
project every comment says it is public, and the user reads none of them: only in a service project does
the mark mean anything. What keeps others out of a comment, in any project, is its visibility.
"""

from collections.abc import Mapping
from typing import Any

from escalation.tools.jira import adf, wiki
from escalation.tools.jira.times import moment
from escalation.tools.updates import Update, UpdateKind
from escalation.translation.plain import block, flat


def noted(remote_id: str, comment: Mapping[str, Any], *, project_type: str) -> Update | None:
    """This will return the comment as a note, or None where it lacks its id or its time."""
    number, at = comment.get("id"), moment(comment.get("created"))
    if isinstance(number, bool) or not isinstance(number, str | int) or not str(number) or at is None:
        return None
    restricted = _readers(comment.get("visibility"))
    public = project_type == "service_desk" and comment.get("jsdPublic") is True and not restricted
    words = "Reply to the customer" if public else "Comment"
    return Update(
        key=f"note:{number}",
        remote_id=remote_id,
        kind=UpdateKind.NOTE,
        at=at,
        text=said(comment.get("body")),
        words=f"Comment for {restricted} only" if restricted else words,
        author=name_of(comment.get("author")),
        internal=not public,
        restricted=restricted,
        note_id=str(number),
    )


def _readers(visibility: Any) -> str:
    """The role or group that alone reads a comment; "" where everybody does who sees the issue."""
    if not isinstance(visibility, Mapping):
        return ""
    named = visibility.get("value") or visibility.get("identifier")
    # Restricted to whom nobody says is restricted all the same.
    return flat(named) if isinstance(named, str) and flat(named) else "some"


def name_of(person: Any) -> str:
    """This will return the name people see; "" for nobody."""
    if not isinstance(person, Mapping):
        return ""
    shown = person.get("displayName") or person.get("name")
    return flat(shown) if isinstance(shown, str) else ""


def said(body: Any) -> str:
    """This will read a long text as plain text: a Cloud's document, or wiki markup."""
    if isinstance(body, str):
        return wiki.plain(body)
    return block(adf.to_text(body))
