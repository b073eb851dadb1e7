"""The practice Jira makes, shows and changes issues as CONTRACTS section 3 describes, on Cloud and v2."""

import pytest

from escalation.practice import credentials

V3 = "/rest/api/3"
V2 = "/rest/api/2"
SEARCH = f"{V3}/search/jql"


def adf(*paragraphs):
    content = [{"type": "paragraph", "content": [{"type": "text", "text": one}]} for one in paragraphs]
    return {"type": "doc", "version": 1, "content": content}


@pytest.fixture
def make(jira):
    def making(**fields):
        sent = {
            "project": {"key": "PLAT"},
            "issuetype": {"id": "10004"},
            "summary": "Dashboard rejected by policy set 14",
            "customfield_10041": {"value": "Production"},
            **fields,
        }
        return jira("POST", f"{V3}/issue", json={"fields": sent})

    return making


def test_a_new_issue_answers_with_its_key_and_is_read_again_with_everything(jira, make):
    components = jira("GET", f"{V3}/project/PLAT/components").json()
    versions = jira("GET", f"{V3}/project/PLAT/versions").json()
    gateway = next(one["id"] for one in components if one["name"] == "API Gateway")
    version = next(one["id"] for one in versions if one["name"] == "2.4.1")

    answer = make(
        description=adf("blocked by CORS policy"),
        components=[{"id": gateway}],
        versions=[{"id": version}],
        labels=["baton-0123"],
        priority={"id": "2"},
    )

    assert answer.status_code == 201
    made = answer.json()
    assert set(made) == {"id", "key", "self"}
    fields = jira("GET", f"{V3}/issue/{made['key']}").json()["fields"]
    assert fields["description"] == adf("blocked by CORS policy")
    assert [one["name"] for one in fields["components"]] == ["API Gateway"]
    assert [one["name"] for one in fields["versions"]] == ["2.4.1"]
    assert fields["status"]["statusCategory"]["key"] == "new"
    assert fields["customfield_10041"]["value"] == "Production"
    assert fields["reporter"]["emailAddress"] == credentials.JIRA_EMAIL
    assert (fields["assignee"], fields["resolution"]) == (None, None)


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"description": "plain words"}, "description", "must be an Atlassian Document"),
        ({"reporter": {"accountId": "1"}}, "reporter", "It is not on the appropriate screen, or unknown."),
        ({"u_impact": "high"}, "u_impact", "It is not on the appropriate screen, or unknown."),
        ({"labels": ["two words"]}, "labels", "contains spaces"),
        ({"summary": "one\ntwo"}, "summary", "newline"),
        ({"summary": "x" * 256}, "summary", "255"),
        ({"summary": ""}, "summary", "You must specify a summary"),
        ({"customfield_10041": None}, "customfield_10041", "is not valid"),
        ({"components": [{"name": "Nowhere"}]}, "components", "Nowhere"),
        ({"versions": [{"id": "1"}]}, "versions", "'1' is not valid"),
        ({"priority": {"name": "Urgent"}}, "priority", "priority selected is invalid"),
        ({"assignee": {"accountId": "nobody"}}, "assignee", "cannot be assigned"),
        ({"issuetype": {"name": "Epic"}}, "issuetype", "valid issue type"),
        ({"project": {"key": "NONE"}}, "project", "valid project is required"),
    ],
)
def test_a_wrong_value_is_refused_by_its_field(make, wrong, field, said):
    answer = make(**wrong)

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert said in answer.json()["errors"][field]


def test_all_wrong_values_are_said_at_once_and_nothing_is_made(jira):
    before = len(jira.tool.store.all("issue"))
    fields = {"project": {"key": "PLAT"}, "issuetype": {"name": "Bug"}, "labels": ["a b"], "other": 1}

    errors = jira("POST", f"{V3}/issue", json={"fields": fields}).json()["errors"]

    assert set(errors) == {"summary", "customfield_10041", "labels", "other"}
    assert len(jira.tool.store.all("issue")) == before


def test_a_document_that_is_broken_or_too_long_is_refused(make):
    long = make(description=adf("x" * 32_768))
    odd = make(description={"type": "doc", "version": 1, "content": [{"type": "script"}]})

    assert long.json()["errorMessages"] == ["CONTENT_LIMIT_EXCEEDED"]
    assert odd.json()["errorMessages"] == ["INVALID_INPUT"]
    assert make(description=adf("x" * 32_767)).status_code == 201


def test_createmeta_names_the_required_select_and_what_it_offers(jira, data_center):
    address = "/issue/createmeta/PLAT/issuetypes"
    types = jira("GET", f"{V3}{address}").json()
    bug = next(one["id"] for one in types["issueTypes"] if one["name"] == "Bug")
    first = jira("GET", f"{V3}{address}/{bug}?maxResults=5").json()
    fields = first["fields"] + jira("GET", f"{V3}{address}/{bug}?startAt=5&maxResults=50").json()["fields"]
    task = jira("GET", f"{V3}{address}/10002").json()["fields"]

    assert (first["total"], len(first["fields"])) == (len(fields), 5)
    needed = {one["fieldId"] for one in fields if one["required"] and not one["hasDefaultValue"]}
    assert needed == {"summary", "issuetype", "project", "customfield_10041"}
    found_in = next(one for one in fields if one["fieldId"] == "customfield_10041")
    assert [one["value"] for one in found_in["allowedValues"]] == ["Production", "Staging", "Test"]
    assert found_in["schema"]["customId"] == 10041
    offered = next(one for one in fields if one["fieldId"] == "versions")["allowedValues"]
    assert "2.2.0" not in {one["name"] for one in offered}
    assert "customfield_10041" not in {one["fieldId"] for one in task}
    assert "values" in data_center("GET", f"{V2}{address}/{bug}").json()


def test_the_same_issue_is_a_document_in_v3_and_wiki_markup_in_v2(jira, make):
    text = "h3. Facts\n\n* account *active*\n* see [dashboard|https://finance-dash.example.com]\n\n{code}\nCORS\n{code}"
    fields = {"project": {"key": "PLAT"}, "issuetype": {"name": "Task"}, "summary": "s", "description": text}
    made = jira("POST", f"{V2}/issue", json={"fields": fields}).json()

    document = jira("GET", f"{V3}/issue/{made['key']}").json()["fields"]["description"]
    again = make(issuetype={"name": "Task"}, customfield_10041=None, description=document)
    assert again.status_code == 400  # a task has no such field
    sent = {"fields": {**fields, "description": document}}
    again = jira("POST", f"{V3}/issue", json=sent).json()

    assert [one["type"] for one in document["content"]] == ["heading", "bulletList", "codeBlock"]
    assert jira("GET", f"{V2}/issue/{made['key']}").json()["fields"]["description"] == text
    assert jira("GET", f"{V2}/issue/{again['key']}").json()["fields"]["description"] == text


def test_people_have_accounts_on_cloud_and_names_on_a_data_center(jira, data_center):
    cloud = jira("GET", f"{V3}/myself").json()
    server = data_center("GET", f"{V2}/myself").json()

    assert cloud["accountId"]
    assert "name" not in cloud
    assert (server["name"], server["key"]) == ("baton", "baton")
    assert "accountId" not in server
    assert cloud["timeZone"] == server["timeZone"] == "UTC"
    assert jira("GET", f"{V3}/serverInfo").json()["deploymentType"] == "Cloud"
    assert data_center("GET", f"{V2}/serverInfo").json()["versionNumbers"] == [10, 3, 12]
    assert data_center("GET", f"{V3}/myself").status_code == 404


def test_an_edit_answers_204_and_leaves_a_changelog(jira, make):
    key = make(labels=["a"]).json()["key"]
    edit = {"fields": {"summary": "Now clearer"}, "update": {"labels": [{"add": "b"}, {"remove": "a"}]}}

    assert jira("PUT", f"{V3}/issue/{key}", json=edit).status_code == 204
    assert jira("PUT", f"{V3}/issue/{key}", json={"fields": {"status": {"id": "3"}}}).status_code == 400
    shown = jira("GET", f"{V3}/issue/{key}?fields=summary,labels&expand=changelog").json()
    changes = jira("GET", f"{V3}/issue/{key}/changelog").json()

    assert shown["fields"] == {"summary": "Now clearer", "labels": ["b"]}
    assert changes["isLast"] is True
    assert [(one["field"], one["toString"]) for one in changes["values"][0]["items"]] == [
        ("summary", "Now clearer"),
        ("labels", "b"),
    ]
    assert shown["changelog"]["histories"] == changes["values"]


def test_properties_are_replaced_and_shown_when_asked(jira, make):
    key = make().json()["key"]
    address = f"{V3}/issue/{key}/properties/baton"

    assert jira("PUT", address, json={"id": 1, "more": 2}).status_code == 201
    assert jira("PUT", address, json={"id": 3}).status_code == 200
    assert jira("GET", address).json() == {"key": "baton", "value": {"id": 3}}
    assert jira("GET", f"{V3}/issue/{key}?properties=*all").json()["properties"] == {"baton": {"id": 3}}
    assert "properties" not in jira("GET", f"{V3}/issue/{key}").json()
    assert jira("PUT", address, data='"' + "x" * 32_768 + '"').status_code == 400
    assert jira("DELETE", address).status_code == 204
    assert jira("GET", address).status_code == 404


def test_a_transition_that_resolves_needs_a_resolution(jira, make):
    key = make().json()["key"]
    address = f"{V3}/issue/{key}/transitions"
    ways = jira("GET", f"{address}?expand=transitions.fields").json()["transitions"]
    done = next(one for one in ways if one["to"]["statusCategory"]["key"] == "done")

    assert done["fields"]["resolution"]["required"] is True
    assert "fields" not in jira("GET", address).json()["transitions"][0]
    bare = jira("POST", address, json={"transition": {"id": done["id"]}})
    assert (bare.status_code, bare.json()["errors"]) == (400, {"resolution": "Resolution is required."})
    comment = [{"add": {"body": adf("Origin added")}}]
    whole = {
        "transition": {"id": done["id"]},
        "fields": {"resolution": {"name": "Fixed"}},
        "update": {"comment": comment},
    }
    assert jira("POST", address, json=whole).status_code == 204
    fields = jira("GET", f"{V3}/issue/{key}").json()["fields"]
    assert (fields["status"]["name"], fields["resolution"]["name"]) == ("Done", "Fixed")
    assert fields["comment"]["comments"][0]["body"] == adf("Origin added")
    assert jira("POST", address, json=whole).status_code == 400  # no longer a way out


def test_ways_out_depend_on_the_status(jira):
    service = jira("GET", f"{V3}/issue/SUP-320/transitions").json()["transitions"]
    platform = jira("GET", f"{V3}/issue/PLAT-2201/transitions").json()["transitions"]

    assert [one["name"] for one in platform] == ["Reopen"]
    assert "Back to support" in {one["name"] for one in service}


def test_a_remote_link_is_kept_once_for_its_global_id(jira, make):
    address = f"{V3}/issue/{make().json()['key']}/remotelink"
    target = {"url": "https://baton.example/h/1", "title": "Handoff", "summary": "waiting"}
    link = {"globalId": "baton=1", "relationship": "escalated from", "object": target}

    first = jira("POST", address, json=link)
    second = jira("POST", address, json={"globalId": "baton=1", "object": {**target, "title": "Handoff 1"}})
    jira("POST", address, json={"object": target})
    jira("POST", address, json={"object": target})

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    links = jira("GET", address).json()
    assert len(links) == 3
    found = jira("GET", address, params={"globalId": "baton=1"}).json()
    assert found["object"]["title"] == "Handoff 1"
    assert "relationship" not in found
    assert jira("POST", address, json={"globalId": "x"}).status_code == 400


def test_two_issues_are_linked_without_an_id_in_the_answer(jira, make):
    key = make().json()["key"]
    sent = {"type": {"name": "Relates"}, "inwardIssue": {"key": key}, "outwardIssue": {"key": "PLAT-2206"}}

    answers = [jira("POST", f"{V3}/issueLink", json=sent) for _ in range(2)]

    assert [(one.status_code, one.content) for one in answers] == [(201, b"")] * 2
    links = jira("GET", f"{V3}/issue/{key}?fields=issuelinks").json()["fields"]["issuelinks"]
    assert [one["outwardIssue"]["key"] for one in links] == ["PLAT-2206"]


def test_a_file_needs_the_header_against_forged_posts(jira, make):
    key = make().json()["key"]
    address, file = f"{V3}/issue/{key}/attachments", {"file": ("console.txt", b"CORS", "text/plain")}

    refused = jira("POST", address, files=file)
    kept = jira("POST", address, files=file, headers={"X-Atlassian-Token": "no-check"})

    assert refused.status_code == 403
    assert "XSRF" in refused.text
    assert kept.status_code == 200
    (shown,) = kept.json()
    assert (shown["filename"], shown["mimeType"], shown["size"]) == ("console.txt", "text/plain", 4)
    content = jira("GET", f"{V3}/attachment/content/{shown['id']}")
    assert (content.content, content.headers["Content-Disposition"]) == (b"CORS", "attachment")


def test_a_dead_token_answers_an_empty_search_and_only_a_header_tells(jira):
    jira.session.auth = (credentials.JIRA_EMAIL, "revoked")
    found = jira("GET", SEARCH, params={"jql": "project = PLAT"})

    assert (found.status_code, found.json()) == (200, {"issues": [], "isLast": True})
    assert found.headers["X-Seraph-LoginReason"] == "AUTHENTICATED_FAILED"
    assert jira("GET", f"{V3}/myself").status_code == 401
    assert jira("GET", f"{V3}/issue/PLAT-2201").status_code == 404
    assert jira("POST", f"{V3}/issue", json={}).status_code == 401


def test_a_wrong_personal_token_is_401_everywhere(data_center):
    data_center.session.headers["Authorization"] = "Bearer other"

    assert data_center("GET", f"{V2}/search?jql=project=PLAT").status_code == 401


def test_refusals_look_like_jira_and_a_gateway_answers_in_html(jira):
    jira.fault(status=429, retry_after=7)
    limited = jira("GET", f"{V3}/myself")
    jira.fault(status=502, html=True)
    gateway = jira("GET", f"{V3}/myself")

    assert (limited.status_code, limited.headers["Retry-After"]) == (429, "7")
    assert limited.json() == {"errorMessages": ["Rate limit exceeded."], "errors": {}}
    assert (gateway.status_code, gateway.headers["Content-Type"]) == (502, "text/html")
    assert jira("GET", f"{V3}/issue/PLAT-1").json()["errorMessages"][0].startswith("Issue does not exist")


def test_a_malformed_call_is_refused_and_changes_nothing(jira):
    key = "PLAT-2219"
    calls = (
        ("POST", f"/issue/{key}/transitions", {"transition": {"id": "51"}, "fields": []}),
        ("POST", f"/issue/{key}/transitions", {"transition": "51"}),
        ("POST", f"/issue/{key}/transitions", {"transition": {"id": "41"}, "update": {"comment": ["x"]}}),
        ("PUT", f"/issue/{key}", {"update": {"comment": "x"}}),
        ("PUT", f"/issue/{key}", {"update": {"labels": [{"add": "a", "remove": "b"}]}}),
        ("PUT", f"/issue/{key}", {"fields": {"labels": ["a"]}, "update": {"labels": [{"add": "b"}]}}),
        ("PUT", f"/issue/{key}", {"fields": {"labels": "a"}}),
        ("POST", "/search/jql", {"jql": "project = PLAT", "maxResults": "many"}),
        ("POST", "/issue", {"fields": {"project": "PLAT"}}),
        ("POST", "/issueLink", {"type": "Relates"}),
    )
    before = jira("GET", f"{V3}/issue/{key}").json()

    for method, path, body in calls:
        answer = jira(method, V3 + path, json=body)
        assert answer.status_code in {400, 404}, (path, body)
        assert answer.json()["errorMessages"] or answer.json()["errors"]

    assert jira("GET", f"{V3}/issue/{key}").json() == before
