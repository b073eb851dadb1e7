"""What has to be mended in a published description before it can judge anybody? In a copy, with the reason.

Only what contradicts the vendor's own prose or examples is touched; no path, field or value is taken out.
"""

import json
from pathlib import Path
from typing import Any

import yaml

Description = dict[str, Any]


def zendesk(source: Path, folder: Path) -> Path:
    """Return a mended copy of the Support API's description."""
    whole = yaml.load(source.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    paths, parts = whole["paths"], whole["components"]
    # Two parameters of other paths stand on the list of groups as parts of its path, which names none.
    own = paths["/api/v2/groups"]["get"]["parameters"]
    own[:] = [each for each in own if not each.get("$ref", "").endswith("/UserId")]
    # The prose tells to PUT {"tags": [...]}; the machine-readable part leaves the body out.
    tags = {"type": "object", "properties": {"tags": {"type": "array", "items": {"type": "string"}}}}
    paths["/api/v2/tickets/{ticket_id}/tags"]["put"]["requestBody"] = {
        "content": {"application/json": {"schema": tags}}
    }
    # "url" is no format that JSON Schema knows, and Prism invents a header that has none.
    for operation in (each for path in paths.values() for each in path.values() if isinstance(each, dict)):
        for answer in operation.get("responses", {}).values():
            answer.get("headers", {}).pop("Location", None)
    # Real answers hold null wherever nothing is set; the description says so for few fields. An enumeration
    # stays as it is, for Prism would no longer check one that may be null.
    for schema in parts["schemas"].values():
        _nullable(schema)
    # What nobody has set is null in an answer; in a question the same enumerations stay as they are.
    for name in ("priority", "type"):
        answered = parts["schemas"]["TicketObject"]["properties"][name]
        answered |= {"nullable": True, "enum": [*answered["enum"], None]}
    return _kept(whole, folder / "zendesk.json")


def slack(source: Path, folder: Path) -> Path:
    """Return a mended copy of the Web API's description, which is of 2021."""
    whole = json.loads(source.read_text(encoding="utf-8"))
    # Prism serves a Swagger 2 description without its basePath.
    whole["paths"] = {f"{whole['basePath']}{path}": each for path, each in whole["paths"].items()}
    # The token travels in a header, as Slack's own prose recommends; some calls demand it in the query.
    for operation in (each for path in whole["paths"].values() for each in path.values()):
        for asked in operation["parameters"]:
            asked["required"] = asked.get("required", False) and asked["name"] != "token"
    # A description of 2021 cannot forbid what Slack has added since; its own examples already break it.
    _extensible(whole)
    return _kept(whole, folder / "slack.json")


def jira(source: Path, folder: Path) -> Path:
    """Return a mended copy of the description of Cloud's REST v3."""
    whole = json.loads(source.read_text(encoding="utf-8"))
    schemas = whole["components"]["schemas"]
    # The description's own example of a create screen leaves the type of a field out.
    schemas["FieldCreateMetadata"]["required"].remove("schema")
    # Real searches say whether a page is the last; this edition does not know it yet.
    schemas["SearchAndReconcileResults"]["properties"]["isLast"] = {"type": "boolean"}
    # All links of an issue are described as one, against the prose and the example.
    links = whole["paths"]["/rest/api/3/issue/{issueIdOrKey}/remotelink"]["get"]["responses"]["200"]
    media = links["content"]["application/json"]
    media["schema"] = {"type": "array", "items": media["schema"]}
    # "No content" is given a body of any kind, which Prism then wants to read.
    for operation in (each for path in whole["paths"].values() for each in path.values()):
        operation["responses"].get("204", {}).pop("content", None)
    # Real answers hold null wherever nothing is set.
    _nullable(schemas)
    return _kept(whole, folder / "jira.json")


def _nullable(schema: Any) -> None:
    if isinstance(schema, list):
        for each in schema:
            _nullable(each)
    elif isinstance(schema, dict):
        if isinstance(schema.get("type"), str) and "enum" not in schema:
            schema["nullable"] = True
        for each in schema.values():
            _nullable(each)


def _extensible(schema: Any) -> None:
    if isinstance(schema, list):
        for each in schema:
            _extensible(each)
    elif isinstance(schema, dict):
        if schema.get("additionalProperties") is False:
            del schema["additionalProperties"]
        for each in schema.values():
            _extensible(each)


def _kept(whole: Description, place: Path) -> Path:
    place.write_text(json.dumps(whole, default=str), encoding="utf-8")
    return place
