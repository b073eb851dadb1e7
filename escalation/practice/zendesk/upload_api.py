"""What do the addresses of files answer: uploads wait an hour for a comment, attachments are read by their
token.
"""

import base64
from datetime import timedelta
from typing import Final

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.store import Document
from escalation.practice.zendesk.answers import attachment, not_found
from escalation.practice.zendesk.authentication import authenticate, desk
from escalation.practice.zendesk.shapes import iso

_TOKEN_LIFE: Final = timedelta(minutes=60)
# What every scanner takes for malware and is none (EICAR); in two pieces, so that no scanner takes this file.
_TEST_VIRUS: Final = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"
MOST_BYTES: Final = 50 * 1024 * 1024

upload_api = Blueprint("upload_api", __name__)


@upload_api.post("/api/v2/uploads")
def upload() -> ResponseReturnValue:
    """Keep the raw body as a file; with `token`, beside the files of that token. Answered as text/plain, as
    seen.
    """
    refused = authenticate()
    if refused is not None:
        return refused
    body = request.get_data()
    if not request.args.get("filename"):
        return jsonify({"error": "ParameterMissing", "description": "filename is required"}), 400
    if len(body) > MOST_BYTES:
        return jsonify({"error": "AttachmentTooLarge", "description": "The file is over 50 MB"}), 413
    store = desk().store
    with store.transaction():
        token = request.args.get("token") or desk().new_id()
        before = store.get("upload", token)
        file = keep_file(body, name=request.args["filename"], content_type=request.content_type)
        files = [*([] if before is None else before["attachments"]), file]
        expires_at = iso(desk().clock() + _TOKEN_LIFE)
        store.put("upload", token, {"expires_at": expires_at, "attachments": files})
    shown = {"token": token, "expires_at": expires_at, "attachment": attachment(file)}
    answer = jsonify({"upload": {**shown, "attachments": [attachment(one) for one in files]}})
    answer.headers["Content-Type"] = "text/plain; charset=utf-8"
    return answer, 201


def keep_file(body: bytes, *, name: str, content_type: str | None) -> Document:
    """Store bytes and give their record."""
    at, token = desk(), desk().new_id()
    file = {
        "id": at.next_id(),
        "token": token,
        "file_name": name,
        "content_type": content_type or "application/octet-stream",
        "size": len(body),
        "width": None,
        "height": None,
        "inline": False,
        "deleted": False,
        "malware_access_override": False,
        "malware_scan_result": "malware_found" if _TEST_VIRUS in body else "malware_not_found",
    }
    at.store.put("file", token, {**file, "bytes": base64.b64encode(body).decode()})
    return file


@upload_api.get("/attachments/token/<token>/")
def read_file(token: str) -> ResponseReturnValue:
    """Answer the bytes of a file, always as a download."""
    file = desk().store.get("file", token)
    if file is None:
        return not_found()
    answer = Response(base64.b64decode(file["bytes"]), content_type=file["content_type"])
    answer.headers.set("Content-Disposition", "attachment", filename=file["file_name"])
    return answer


@upload_api.get("/api/v2/attachments/<int:key>")
def show_attachment(key: int) -> ResponseReturnValue:
    """Answer what is known of one file."""
    refused = authenticate()
    if refused is not None:
        return refused
    file = next((one for one in desk().store.all("file") if one["id"] == key), None)
    if file is None:
        return not_found()
    return jsonify({"attachment": attachment({name: one for name, one in file.items() if name != "bytes"})})
