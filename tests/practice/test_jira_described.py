"""What the practice Jira answers has the shapes that the vendor published for Cloud's REST v3.

The description lies outside the repository (tests/recorded.py); without it these cases are not collected.
"""

import json
from functools import cache

import jsonschema
import pytest

from tests import recorded

DESCRIPTION = "specs/jira-cloud-v3.json"
V3 = "/rest/api/3"
# Real searches say so; this edition of the description does not know it yet.
BEYOND = {"$: Additional properties are not allowed ('isLast' was unexpected)"}
# method, path, body, name of the published schema (a list of it: in brackets)
CALLS = (
    ("GET", "/myself", None, "User"),
    ("GET", "/serverInfo", None, "ServerInformation"),
    ("GET", "/issue/createmeta/PLAT/issuetypes", None, "PageOfCreateMetaIssueTypes"),
    ("GET", "/issue/createmeta/PLAT/issuetypes/10004", None, "PageOfCreateMetaIssueTypeWithField"),
    ("GET", "/project/PLAT/components", None, "[ProjectComponent]"),
    ("GET", "/project/PLAT/versions", None, "[Version]"),
    ("GET", "/project/PLAT/version", None, "PageBeanVersion"),
    ("GET", "/project/search", None, "PageBeanProject"),
    ("GET", "/priority/search", None, "PageBeanPriority"),
    ("GET", "/resolution", None, "[Resolution]"),
    ("GET", "/status", None, "[StatusDetails]"),
    ("GET", "/field", None, "[FieldDetails]"),
    ("GET", "/issueLinkType", None, "IssueLinkTypes"),
    ("GET", "/issue/PLAT-2206?properties=*all&expand=names", None, "IssueBean"),
    ("GET", "/issue/PLAT-2206/changelog", None, "PageBeanChangelog"),
    ("GET", "/issue/PLAT-2219/transitions?expand=transitions.fields", None, "Transitions"),
    ("GET", "/issue/PLAT-2206/properties", None, "PropertyKeys"),
    ("GET", "/issue/PLAT-2206/comment?expand=properties", None, "PageOfComments"),
    ("GET", "/issue/PLAT-2206/remotelink", None, "[RemoteIssueLink]"),
    ("GET", "/search/jql?jql=project=PLAT&fields=*all", None, "SearchAndReconcileResults"),
    ("POST", "/issue/bulkfetch", {"issueIdsOrKeys": ["PLAT-2206", "X-1"]}, "BulkIssueResults"),
    ("POST", "/issue", {"fields": {}}, "ErrorCollection"),
)


@cache
def schemas():
    return json.loads((recorded.SHARED / DESCRIPTION).read_text())["components"]["schemas"]


def against(name):
    whole = {"$ref": f"#/components/schemas/{name.strip('[]')}"}
    schema = {"type": "array", "items": whole} if name.startswith("[") else whole
    return jsonschema.Draft202012Validator({"components": {"schemas": schemas()}, **schema})


def broken(name, answer):
    # The description leaves out `nullable` where real answers hold null.
    errors = [one for one in against(name).iter_errors(answer) if one.instance is not None]
    return sorted({f"{one.json_path}: {one.message[:200]}" for one in errors} - BEYOND)


@pytest.fixture
def lively(jira):
    """A site on which an issue has a link, a property, a change and a comment."""
    target = {"url": "https://baton.example/h/1", "title": "Handoff"}
    jira("PUT", f"{V3}/issue/PLAT-2206", json={"fields": {"labels": ["x"]}})
    jira("PUT", f"{V3}/issue/PLAT-2206/properties/baton", json={"id": 1})
    jira("POST", f"{V3}/issue/PLAT-2206/remotelink", json={"globalId": "baton=1", "object": target})
    internal = {"key": "sd.public.comment", "value": {"internal": True}}
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": "note"}]}
    body = {"type": "doc", "version": 1, "content": [paragraph]}
    jira("POST", f"{V3}/issue/PLAT-2206/comment", json={"body": body, "properties": [internal]})
    return jira


@pytest.mark.parametrize("description", [str(one) for one in recorded.files(DESCRIPTION)])
def test_every_answer_has_the_published_shape(lively, description):
    wrong = {}
    for method, path, body, name in CALLS:
        answer = lively(method, V3 + path, json=body)
        assert answer.status_code < 500, path
        if found := broken(name, answer.json()):
            wrong[path] = found[:5]

    assert wrong == {}


@pytest.mark.parametrize("description", [str(one) for one in recorded.files(DESCRIPTION)])
def test_a_wrong_shape_would_be_seen(description):
    assert broken("PageOfComments", {"comments": "none", "total": 1})
