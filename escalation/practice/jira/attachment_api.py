"""What do the addresses of attachments answer: files sent as a form, with the header against forged posts."""

import base64
import mimetypes
from typing import Final

from flask import Response, g, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.jira import issues
from escalation.practice.jira.answers import no_issue, refused
from escalation.practice.jira.authentication import api_blueprint, dialect, site, visible_issue
from escalation.practice.jira.shown import Shown
from escalation.practice.store import Document

# The vendor's own limit is larger; small here, so that a test can reach it.
MOST_BYTES: Final = 5 * 1024 * 1024

attachment_api: Final = api_blueprint("attachment")


@attachment_api.post("/issue/<name>/attachments")
def attach(name: str) -> ResponseReturnValue:
    """Keep the files of the form's parts named `file`: 200 with a list."""
    found = visible_issue(name)
    if found is None:
        return no_issue()
    if request.headers.get("X-Atlassian-Token") not in {"no-check", "nocheck"}:
        return Response("XSRF check failed", 403, content_type="text/plain;charset=UTF-8")
    files = [(one.filename or "file", one.content_type, one.read()) for one in request.files.getlist("file")]
    if not files:
        return refused(400, "No file part named 'file' was sent.")
    if any(len(content) > MOST_BYTES for _, _, content in files):
        return refused(413, f"The file exceeds the limit of {MOST_BYTES} bytes.")
    kept = [_keep(found, *one) for one in files]
    return jsonify([_show().attachment(one) for one in kept])


@attachment_api.get("/attachment/<key>")
def show_attachment(key: str) -> ResponseReturnValue:
    """Answer what is known of one file."""
    found = site().store.get("attachment", key)
    return _missing(key) if found is None else jsonify(_show().attachment(found))


@attachment_api.get("/attachment/content/<key>")
def read_file(key: str) -> ResponseReturnValue:
    """Answer the bytes of one file, always as a download."""
    found, content = site().store.get("attachment", key), site().store.get("attachment_bytes", key)
    if found is None or content is None:
        return _missing(key)
    answer = Response(base64.b64decode(content["bytes"]), content_type=found["mimeType"])
    answer.headers["Content-Disposition"] = "attachment"
    return answer


def _keep(issue: Document, filename: str, content_type: str | None, content: bytes) -> Document:
    key = site().next_id("attachment")
    guessed = content_type or mimetypes.guess_type(filename)[0] or "application/octet-stream"
    file = {"id": key, "filename": filename, "size": len(content), "mimeType": guessed}
    site().store.put("attachment_bytes", key, {"bytes": base64.b64encode(content).decode()})
    return issues.attach(site(), visible_issue(issue["key"]) or issue, file, by=g.user)


def _missing(key: str) -> ResponseReturnValue:
    return refused(404, f"The attachment with id '{key}' does not exist")


def _show() -> Shown:
    return Shown(store=site().store, dialect=dialect())
