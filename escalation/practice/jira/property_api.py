"""What do the addresses of an issue's properties answer: what programs keep on it, unseen by people.

A property is replaced as a whole, never merged.
"""

from typing import Final

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.jira import issues
from escalation.practice.jira.answers import no_issue, refused
from escalation.practice.jira.authentication import api_blueprint, dialect, site, visible_issue

property_api: Final = api_blueprint("property", below="/issue/<name>/properties")
_MOST_PROPERTY: Final = 32_768


@property_api.get("")
def list_properties(name: str) -> ResponseReturnValue:
    """List the keys of an issue's properties."""
    found = visible_issue(name)
    if found is None:
        return no_issue()
    address = f"{dialect().api}/issue/{found['id']}/properties"
    return jsonify({"keys": [{"self": f"{address}/{key}", "key": key} for key in found["properties"]]})


@property_api.route("/<key>", methods=["GET", "PUT", "DELETE"])
def one_property(name: str, key: str) -> ResponseReturnValue:
    """Answer, replace (201 new, 200 known) or remove (204) one property."""
    found = visible_issue(name)
    if found is None:
        return no_issue()
    known = found["properties"]
    if request.method == "PUT":
        value = request.get_json(force=True, silent=True)
        if value is None or len(request.get_data()) > _MOST_PROPERTY:
            return refused(400, "The property value must be valid JSON of at most 32768 characters.")
        issues.keep_properties(site(), found, {**known, key: value})
        return jsonify({}), 200 if key in known else 201
    if key not in known:
        return refused(404, f"The property with key '{key}' does not exist.")
    if request.method == "DELETE":
        issues.keep_properties(site(), found, {one: known[one] for one in known if one != key})
        return "", 204
    return jsonify({"key": key, "value": known[key]})
