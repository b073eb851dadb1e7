"""The practice Jira searches by token on Cloud and by offset on a Data Center, and its index runs behind."""

from datetime import timedelta

import pytest

V3 = "/rest/api/3"
V2 = "/rest/api/2"
SEARCH = f"{V3}/search/jql"
FIELDS = {"project": {"key": "PLAT"}, "issuetype": {"name": "Task"}, "summary": "Handed over"}


def keys(answer):
    assert answer.status_code == 200, answer.text
    return [one["key"] for one in answer.json()["issues"]]


@pytest.fixture
def find(jira):
    def finding(jql, **more):
        return keys(jira("GET", SEARCH, params={"jql": jql, "fields": "summary", **more}))

    return finding


def test_a_search_gives_ids_unless_fields_are_asked_for(jira):
    parameters = {"jql": "key in (PLAT-2201, PLAT-2202) order by key"}
    bare = jira("GET", SEARCH, params=parameters).json()
    asked = jira("POST", SEARCH, json={**parameters, "fields": ["status"]}).json()

    assert [set(one) for one in bare["issues"]] == [{"id"}] * 2
    assert [one["fields"]["status"]["name"] for one in asked["issues"]] == ["Done", "Done"]
    assert asked["isLast"] is True
    assert not {"total", "startAt", "nextPageToken"} & set(asked)


def test_pages_follow_each_other_by_token(jira):
    seen, token = [], {}
    while True:
        sent = {
            "jql": "project = PLAT ORDER BY created DESC",
            "fields": ["summary"],
            "maxResults": 10,
            **token,
        }
        page = jira("POST", SEARCH, json=sent).json()
        seen += [one["key"] for one in page["issues"]]
        if page["isLast"]:
            break
        token = {"nextPageToken": page["nextPageToken"]}

    assert len(seen) == len(set(seen)) == 26
    assert seen[-1] == "PLAT-2201"
    assert jira("POST", SEARCH, json={"jql": "project = PLAT", "nextPageToken": "made up"}).status_code == 400


@pytest.mark.parametrize(
    ("jql", "found"),
    [
        ('labels = "finance-dash"', ["PLAT-2206"]),
        ("labels in (odata, quarantine) ORDER BY key ASC", ["PLAT-2213", "PLAT-2217"]),
        ("project = SUP AND statusCategory != Done ORDER BY key", ["SUP-320", "SUP-321"]),
        ('component = "Label Printing" AND resolution = Fixed', ["PLAT-2209"]),
        (
            'affectedVersion = "2.3.1" AND component = "API Gateway" AND resolution = Unresolved',
            ["PLAT-2219"],
        ),
        ('(text ~ "SQLSTATE" OR summary ~ "LBL-4410") ORDER BY key', ["PLAT-2204", "PLAT-2209"]),
        ("project = SUP AND assignee is EMPTY", ["SUP-321"]),
        ('project = SUP AND NOT status in ("Resolved") AND assignee is not empty', ["SUP-320"]),
    ],
)
def test_clauses_mean_what_they_say(find, jql, found):
    assert find(jql) == found


@pytest.mark.parametrize(
    ("jql", "said"),
    [
        ("", "Unbounded JQL"),
        ("order by created", "Unbounded JQL"),
        ("project = NOPE", "does not exist for the field 'project'"),
        ("key in (PLAT-9999)", "An issue with key 'PLAT-9999' does not exist"),
        ("issue.property[baton].id = 1", "does not exist"),
        ("project =", "Expecting more"),
        ("project = PLAT labels = a", "Expecting 'AND' or 'OR'"),
        ("updated >= yesterday", "is invalid"),
        ("status > Done", "not supported"),
    ],
)
def test_a_query_that_cannot_be_followed_is_refused(jira, jql, said):
    answer = jira("GET", SEARCH, params={"jql": jql})

    assert answer.status_code == 400
    assert said in answer.json()["errorMessages"][0]


def test_changes_are_found_by_when_they_happened(jira, find, clock):
    clock.now += timedelta(hours=2)
    jira("PUT", f"{V3}/issue/PLAT-2201", json={"fields": {"summary": "changed"}})

    assert find('updated >= "-15m"') == ["PLAT-2201"]
    here = clock.now.strftime("%Y-%m-%d %H:%M")
    assert find(f'project = PLAT AND updated >= "{here}"') == ["PLAT-2201"]
    clock.now += timedelta(minutes=16)
    assert find('updated >= "-15m"') == []


def test_a_fresh_issue_is_not_found_while_the_index_lags_but_by_its_id(jira, find, clock):
    jira.fault(search_lag_s=60)
    made = jira("POST", f"{V3}/issue", json={"fields": {**FIELDS, "labels": ["baton-1"]}}).json()

    assert find("labels = baton-1") == []
    assert find("labels = baton-1", reconcileIssues=made["id"]) == [made["key"]]
    read = jira("POST", f"{V3}/issue/bulkfetch", json={"issueIdsOrKeys": [made["key"], "PLAT-9"]}).json()
    assert [one["key"] for one in read["issues"]] == [made["key"]]
    assert [one["id"] for one in read["issueErrors"]] == ["PLAT-9"]
    clock.now += timedelta(seconds=61)
    assert find("labels = baton-1") == [made["key"]]


def test_the_old_search_is_gone_on_cloud_and_works_on_a_data_center(jira, data_center):
    gone = jira("GET", f"{V3}/search?jql=project=PLAT")
    page = data_center("GET", f"{V2}/search?jql=project=SUP order by key&startAt=1&maxResults=2").json()

    assert gone.status_code == 410
    assert "/rest/api/3/search/jql" in gone.json()["errorMessages"][0]
    assert (page["startAt"], page["maxResults"], page["total"]) == (1, 2, 4)
    assert [one["key"] for one in page["issues"]] == ["SUP-319", "SUP-320"]
    assert page["issues"][0]["fields"]["assignee"]["name"] == "mei.tanaka"
    assert data_center("GET", f"{V2}/search/jql?jql=project=SUP").status_code == 404


def test_the_project_knows_its_components_and_when_its_versions_came(jira):
    components = jira("GET", f"{V3}/project/PLAT/components").json()
    page = jira("GET", f"{V3}/project/PLAT/version?maxResults=4").json()
    versions = {one["name"]: one for one in jira("GET", f"{V3}/project/PLAT/versions").json()}

    assert len(components) >= 14
    assert {"API Gateway", "Gateway Policies"} <= {one["name"] for one in components}
    # The story is told on Wednesday 18 November: last weekend's Saturday is the 14th.
    assert versions["2.4.1"]["releaseDate"] == "2026-11-14"
    assert versions["2.4.1"]["released"] is True
    assert versions["2.2.0"]["archived"] is True
    assert versions["2.4.2"]["released"] is False
    assert (page["isLast"], page["total"]) == (False, 7)
    assert "startAt=4" in page["nextPage"]
    kinds = {(one["name"], one["isDefault"]) for one in jira("GET", f"{V3}/priority/search").json()["values"]}
    assert ("Medium", True) in kinds
