"""What does /api/now/attachment answer: files that belong to a record, sent raw or as a form."""

import base64
import hashlib
from typing import Any, Final

from flask import Blueprint, Response, g, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.servicenow.authentication import authenticate, failure, instance, may
from escalation.practice.servicenow.dictionary import TABLES
from escalation.practice.servicenow.query import parse
from escalation.practice.servicenow.tables import Reader, row_of, stamp, zone_of
from escalation.practice.store import Document

# com.glide.attachment.max_size of the base system is larger; small here, so that a test can reach it.
MOST_BYTES: Final = 5 * 1024 * 1024

# What every scanner takes for a virus and is none (EICAR); in two pieces, so that no scanner takes this file.
_TEST_VIRUS: Final = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"

attachment_api = Blueprint("attachment_api", __name__)
attachment_api.before_request(authenticate)


def list_attachments(version: str = "") -> ResponseReturnValue:  # noqa: ARG001
    """Answer a query over the attachments, without their bytes."""
    reader = Reader(instance().store, zone=zone_of(g.user))
    query = parse(
        request.args.get("sysparm_query", ""),
        look=lambda path: reader.look("sys_attachment", path),
        zone=reader.zone,
    )
    found = query.run(instance().store.all("sys_attachment"))
    limit = request.args.get("sysparm_limit", len(found), type=int)
    offset = request.args.get("sysparm_offset", 0, type=int)
    answer = jsonify({"result": [_shown(row) for row in found[offset : offset + limit]]})
    answer.headers["X-Total-Count"] = str(len(found))
    return answer


def show_attachment(sys_id: str, version: str = "") -> ResponseReturnValue:  # noqa: ARG001
    """Answer what is known of one file."""
    row = instance().store.get("sys_attachment", sys_id)
    return _missing() if row is None else jsonify({"result": _shown(row)})


def read_file(sys_id: str, version: str = "") -> ResponseReturnValue:  # noqa: ARG001
    """Answer the bytes of one file."""
    row, kept = (
        instance().store.get("sys_attachment", sys_id),
        instance().store.get("attachment_bytes", sys_id),
    )
    if row is None or kept is None:
        return _missing()
    if row.get("state", "available") not in {"available", "available_conditionally"}:
        return failure(403, "User Not Authorized", "The attachment is not available for download")
    return Response(base64.b64decode(kept["bytes"]), content_type=row["content_type"])


def send_file(version: str = "") -> ResponseReturnValue:  # noqa: ARG001
    """Keep a file sent as the raw body, named in the query string."""
    target = {name: request.args.get(name, "") for name in ("table_name", "table_sys_id", "file_name")}
    return _keep(target, request.get_data(), request.content_type or "application/octet-stream")


def send_form(version: str = "") -> ResponseReturnValue:  # noqa: ARG001
    """Keep a file sent as a multipart form."""
    file = request.files.get("uploadFile")
    if file is None:
        return failure(400, "Invalid request", "Part uploadFile is missing")
    target = {name: request.form.get(name, "") for name in ("table_name", "table_sys_id")}
    return _keep({**target, "file_name": file.filename or ""}, file.read(), file.content_type or "")


def delete_attachment(sys_id: str, version: str = "") -> ResponseReturnValue:  # noqa: ARG001
    """Remove one file: 204."""
    if instance().store.get("sys_attachment", sys_id) is None:
        return _missing()
    with instance().store.transaction():
        instance().store.remove("sys_attachment", sys_id)
        instance().store.remove("attachment_bytes", sys_id)
    return "", 204


def _missing() -> ResponseReturnValue:
    return failure(404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval")


def _keep(target: dict[str, str], body: bytes, content_type: str) -> ResponseReturnValue:
    table = target["table_name"]
    if not all(target.values()) or table not in TABLES:
        return failure(400, "Invalid request", "table_name, table_sys_id and file_name are needed")
    if not may("write", table):
        return failure(403, "User Not Authorized", "Failed API level ACL Validation")
    if row_of(instance().store, table, target["table_sys_id"]) is None:
        return failure(400, "Invalid table sys_id", f"No {table} with sys_id {target['table_sys_id']}")
    if len(body) > MOST_BYTES:
        return failure(413, "Request entity too large", "File exceeds com.glide.attachment.max_size")
    sys_id, now, user = instance().new_id(), stamp(instance().clock()), g.user["user_name"]
    row = {
        **target,
        "sys_id": sys_id,
        "sys_class_name": "sys_attachment",
        "content_type": content_type,
        "size_bytes": str(len(body)),
        "state": "not_available" if _TEST_VIRUS in body else "available",
        "hash": hashlib.sha256(body).hexdigest(),
        "sys_created_on": now,
        "sys_created_by": user,
        "sys_updated_on": now,
        "sys_updated_by": user,
        "sys_mod_count": "0",
    }
    with instance().store.transaction():
        instance().store.put("sys_attachment", sys_id, row)
        instance().store.put("attachment_bytes", sys_id, {"bytes": base64.b64encode(body).decode()})
    answer = jsonify({"result": _shown(row)})
    answer.headers["Location"] = f"{_address()}/{sys_id}"
    answer.status_code = 201
    return answer


def _address() -> str:
    before, _, _ = request.base_url.partition("/attachment")
    return f"{before}/attachment"


def _shown(row: Document) -> dict[str, Any]:
    shown = {name: value for name, value in row.items() if name != "sys_class_name"}
    return {**shown, "download_link": f"{_address()}/{row['sys_id']}/file", "compressed": "true"}


for _prefix in ("/api/now/attachment", "/api/now/<any(v1, v2):version>/attachment"):
    attachment_api.add_url_rule(_prefix, view_func=list_attachments, methods=["GET"])
    attachment_api.add_url_rule(f"{_prefix}/file", view_func=send_file, methods=["POST"])
    attachment_api.add_url_rule(f"{_prefix}/upload", view_func=send_form, methods=["POST"])
    attachment_api.add_url_rule(f"{_prefix}/<sys_id>", view_func=show_attachment, methods=["GET"])
    attachment_api.add_url_rule(f"{_prefix}/<sys_id>", view_func=delete_attachment, methods=["DELETE"])
    attachment_api.add_url_rule(f"{_prefix}/<sys_id>/file", view_func=read_file, methods=["GET"])
