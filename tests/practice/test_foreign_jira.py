"""The `jira` package, written by others, works with the practice Jira as with a real one, on both kinds."""

import io

import pytest
from jira import JIRA, JIRAError

from escalation.practice import credentials

from .loopback import served

LOGIN = (credentials.JIRA_EMAIL, credentials.JIRA_API_TOKEN)


@pytest.fixture
def address(jira):
    with served(jira.tool) as address:
        yield address


@pytest.fixture
def cloud(address):
    client = JIRA(address, basic_auth=LOGIN, options={"rest_api_version": "3"}, max_retries=0)
    yield client
    client.close()


@pytest.fixture
def server(address):
    client = JIRA(address, token_auth=credentials.JIRA_PERSONAL_TOKEN, max_retries=0)
    yield client
    client.close()


def bug(**fields):
    return {
        "project": "PLAT",
        "issuetype": {"name": "Bug"},
        "summary": "Rejected by policy",
        "customfield_10041": {"value": "Production"},
        **fields,
    }


def test_it_makes_searches_moves_and_resolves_on_cloud(cloud):
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": "blocked by CORS"}]}
    document = {"type": "doc", "version": 1, "content": [paragraph]}
    made = cloud.create_issue(fields=bug(description=document, labels=["baton-1"]))
    found = cloud.enhanced_search_issues("labels = baton-1", fields="summary,status")
    cloud.transition_issue(made, "Done", fields={"resolution": {"name": "Fixed"}})

    assert [one.key for one in found] == [made.key]
    again = cloud.issue(made.key, expand="changelog")
    assert (again.fields.status.name, again.fields.resolution.name) == ("Done", "Fixed")
    assert [one.items[0].field for one in again.changelog.histories] == ["resolution"]
    assert len(cloud.enhanced_search_issues("project = PLAT", maxResults=False)) == 27


def test_it_reads_what_a_form_needs(cloud, server):
    types = server.project_issue_types("PLAT")  # this client knows them on a Data Center only
    bug_type = next(one for one in types if one.name == "Bug")
    fields = server.project_issue_fields("PLAT", bug_type.id)

    needed = {one.fieldId for one in fields if one.required}
    assert needed == {"summary", "issuetype", "project", "customfield_10041"}
    assert cloud.current_user("accountId")
    assert "API Gateway" in {one.name for one in cloud.project_components("PLAT")}
    released = {one.name: one.releaseDate for one in cloud.project_versions("PLAT")}
    assert released["2.4.1"] == "2026-11-14"
    assert cloud.server_info()["deploymentType"] == "Cloud"


def test_it_comments_links_and_attaches_on_a_data_center(server):
    made = server.create_issue(fields=bug(description="h3. Facts\n* one", assignee={"name": "mei.tanaka"}))
    server.add_comment(made, "see *this*", visibility={"type": "role", "value": "Developers"})
    target = {"url": "https://baton.example/h/1", "title": "Handoff"}
    with pytest.warns(Warning, match="applicationlinks"):  # only administrators may list those
        server.add_remote_link(made.key, target, globalId="baton=1")
    server.add_attachment(made, io.BytesIO(b"CORS"), filename="console.txt")
    server.create_issue_link("Relates", made.key, "PLAT-2206")
    made.update(fields={"labels": ["a"]}, notify=False)

    again = server.issue(made.key)
    assert again.fields.description == "h3. Facts\n* one"
    assert again.fields.assignee.name == "mei.tanaka"
    assert again.fields.comment.comments[0].visibility.value == "Developers"
    assert again.fields.attachment[0].get() == b"CORS"
    assert [one.globalId for one in server.remote_links(made.key)] == ["baton=1"]
    assert again.fields.labels == ["a"]
    assert server.search_issues("labels = a", maxResults=1).total == 1


def test_it_knows_the_refusals(cloud, server):
    with pytest.raises(JIRAError, match="not on the appropriate screen"):
        cloud.create_issue(fields=bug(reporter={"accountId": "1"}))
    with pytest.raises(JIRAError) as gone:
        cloud.issue("PLAT-9999")
    with pytest.raises(JIRAError) as unbounded:
        cloud.enhanced_search_issues("order by created")

    assert (gone.value.status_code, unbounded.value.status_code) == (404, 400)
