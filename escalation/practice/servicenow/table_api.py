"""What does /api/now/table answer, in its unversioned, v1 and v2 forms.

v1 answers an empty list with 404; v2 and the unversioned form with 200 and `{"result": []}`.
"""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, g, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.servicenow import records
from escalation.practice.servicenow.authentication import authenticate, failure, instance, may
from escalation.practice.servicenow.dictionary import TABLES
from escalation.practice.servicenow.query import parse
from escalation.practice.servicenow.rules import Aborted
from escalation.practice.servicenow.tables import Reader, row_of, rows_after, rows_of, zone_of
from escalation.practice.servicenow.values import Look, render
from escalation.practice.store import Document

_DEFAULT_LIMIT = 10_000

table_api = Blueprint("table_api", __name__)
table_api.before_request(authenticate)


def _no_record() -> ResponseReturnValue:
    return failure(404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval")


def list_rows(table: str, version: str = "") -> ResponseReturnValue:
    """Answer a query over one table."""
    refused = _refused("read", table)
    if refused is not None:
        return refused
    reader = _reader()
    query = parse(
        request.args.get("sysparm_query", ""), look=lambda path: reader.look(table, path), zone=reader.zone
    )
    counted = request.args.get("sysparm_no_count") != "true"
    limit = max(_number("sysparm_limit", _DEFAULT_LIMIT), 0)
    offset = max(_number("sysparm_offset", 0), 0)
    after = query.walks_after
    if counted or after is None:
        found = query.run(rows_of(instance().store, table))
    else:
        # As a database walks its index: a hundred thousand rows are not read for each page of a hundred.
        found = query.first(rows_after(instance().store, table, after), offset + limit + 1)
    if not found and version == "v1":
        return failure(404, "No Record found", "Records matching query not found")
    look = _look()
    answer = jsonify({"result": [render(reader, table, row, look) for row in found[offset : offset + limit]]})
    if counted:
        answer.headers["X-Total-Count"] = str(len(found))
    if request.args.get("sysparm_suppress_pagination_header") != "true":
        answer.headers["Link"] = _links(len(found), limit, offset, counted=counted)
    return answer


def show_row(table: str, sys_id: str, version: str = "") -> ResponseReturnValue:  # noqa: ARG001
    """Answer one row."""
    refused = _refused("read", table)
    if refused is not None:
        return refused
    row = row_of(instance().store, table, sys_id)
    return _no_record() if row is None else _one(table, row)


def insert_row(table: str, version: str = "") -> ResponseReturnValue:  # noqa: ARG001
    """Create a row: 201 with its Location."""
    refused = _refused("write", table)
    if refused is not None:
        return refused
    values = _body()
    if values is None:
        return failure(400, "Exception while reading request", "The payload is not valid JSON.")
    try:
        row = records.insert(instance(), _write(table, values))
    except Aborted as why:
        return failure(403, "Operation Failed", str(why))
    answer = _one(table, row, status=201)
    answer.headers["Location"] = f"{_tables_address()}/{table}/{row['sys_id']}"
    return answer


def change_row(table: str, sys_id: str, version: str = "") -> ResponseReturnValue:  # noqa: ARG001
    """Change the sent fields of a row. PUT and PATCH are the same to the vendor."""
    refused = _refused("write", table)
    if refused is not None:
        return refused
    values = _body()
    if values is None:
        return failure(400, "Exception while reading request", "The payload is not valid JSON.")
    try:
        row = records.update(instance(), _write(table, values), sys_id)
    except Aborted as why:
        return failure(403, "Operation Failed", str(why))
    return _no_record() if row is None else _one(table, row)


def delete_row(table: str, sys_id: str, version: str = "") -> ResponseReturnValue:  # noqa: ARG001
    """Remove a row: 204."""
    refused = _refused("delete", table)
    if refused is not None:
        return refused
    return ("", 204) if records.delete(instance(), table, sys_id) else _no_record()


def _refused(action: str, table: str) -> ResponseReturnValue | None:
    if table not in TABLES:
        return failure(400, f"Invalid table {table}")
    if not may(action, table):
        return failure(403, "User Not Authorized", "Failed API level ACL Validation")
    return None


def _body() -> dict[str, Any] | None:
    """Give the sent object; nothing sent is an empty one, of several only the first counts (KB0534905)."""
    if not request.get_data():
        return {}
    body = request.get_json(force=True, silent=True)
    if isinstance(body, list) and body:
        body = body[0]
    return body if isinstance(body, dict) else None


def _write(table: str, values: dict[str, Any]) -> records.Write:
    as_shown = request.args.get("sysparm_input_display_value") == "true"
    return records.Write(table=table, values=values, by=g.user, as_shown=as_shown)


def _reader() -> Reader:
    return Reader(instance().store, zone=zone_of(g.user))


def _tables_address() -> str:
    before, _, _ = request.base_url.partition("/table")
    return f"{before}/table"


def _look() -> Look:
    wanted = request.args.get("sysparm_fields", "")
    return Look(
        display=request.args.get("sysparm_display_value", "false"),
        elements=tuple(name.strip() for name in wanted.split(",") if name.strip()),
        with_links=request.args.get("sysparm_exclude_reference_link") != "true",
        links=_tables_address(),
    )


def _one(table: str, row: Document, *, status: int = 200) -> Response:
    answer = jsonify({"result": render(_reader(), table, row, _look())})
    if request.headers.get("X-no-response-body") == "true":
        answer.set_data(b"")
        status = 204 if status == 200 else status
    answer.status_code = status
    return answer


def _number(name: str, default: int) -> int:
    try:
        return int(request.args.get(name, default))
    except ValueError:
        return default


def _links(total: int, limit: int, offset: int, *, counted: bool) -> str:
    steps = {"first": 0}
    if counted:
        steps["last"] = max((total - 1) // limit * limit, 0) if limit else 0
    if offset > 0:
        steps["prev"] = max(offset - limit, 0)
    if offset + limit < total:
        steps["next"] = offset + limit

    def address(step: int) -> str:
        return f"{request.base_url}?{urlencode({**request.args.to_dict(), 'sysparm_offset': step})}"

    return ",".join(f'<{address(step)}>;rel="{name}"' for name, step in steps.items())


for _prefix in ("/api/now/table", "/api/now/<any(v1, v2):version>/table"):
    table_api.add_url_rule(f"{_prefix}/<table>", view_func=list_rows, methods=["GET"])
    table_api.add_url_rule(f"{_prefix}/<table>", view_func=insert_row, methods=["POST"])
    table_api.add_url_rule(f"{_prefix}/<table>/<sys_id>", view_func=show_row, methods=["GET"])
    table_api.add_url_rule(f"{_prefix}/<table>/<sys_id>", view_func=change_row, methods=["PUT", "PATCH"])
    table_api.add_url_rule(f"{_prefix}/<table>/<sys_id>", view_func=delete_row, methods=["DELETE"])
