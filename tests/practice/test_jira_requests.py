"""The practice Jira's service desk raises requests as described, and refuses in a shape of its own."""

import pytest

from escalation.practice.jira.app import account_id

DESK = "/rest/servicedeskapi"
V3 = "/rest/api/3"


def body(**changes):
    values = {"summary": "VPN drops", "description": "every hour"}
    return {"serviceDeskId": "10001", "requestTypeId": "25", "requestFieldValues": values, **changes}


def test_a_desk_tells_its_types_their_forms_and_who_may_be_raised_for(jira):
    types = jira("GET", f"{DESK}/servicedesk/SUP/requesttype").json()
    form = jira("GET", f"{DESK}/servicedesk/10001/requesttype/26/field").json()

    assert types["values"][0] == {
        "id": "25",
        "name": "Report a system problem",
        "serviceDeskId": "10001",
        "issueTypeId": "10012",
    }
    assert [each["fieldId"] for each in form["requestTypeFields"]] == [
        "summary",
        "description",
        "priority",
        "labels",
    ]
    assert form["canRaiseOnBehalfOf"] is True
    assert jira("GET", f"{DESK}/servicedesk/PLAT/requesttype").status_code == 404
    assert jira("GET", f"{DESK}/servicedesk/SUP/requesttype/99/field").status_code == 404


def test_a_request_becomes_an_issue_of_its_types_kind_for_whom_it_is_raised(jira):
    person = account_id("grace.lin")
    known = jira("GET", f"{V3}/user/search?query=g").json()
    person = known[0]["accountId"] if known else person

    answer = jira("POST", f"{DESK}/request", json=body(raiseOnBehalfOf=person))

    assert answer.status_code == 201
    made = answer.json()
    issue = jira("GET", f"{V3}/issue/{made['issueKey']}").json()
    assert (issue["id"], made["currentStatus"]["status"]) == (made["issueId"], "Waiting for support")
    assert issue["fields"]["issuetype"]["name"] == "Incident"
    assert issue["fields"]["reporter"]["accountId"] == person
    assert jira("GET", f"{DESK}/request/{made['issueKey']}").json()["issueId"] == made["issueId"]
    assert jira("GET", f"{DESK}/request/PLAT-2206").status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"requestTypeId": "99"}, "request type"),
        ({"serviceDeskId": "10000"}, "service desk"),
        ({"requestFieldValues": {"summary": "x", "labels": ["a"]}}, "labels is not on the form"),
        ({"requestFieldValues": {"description": "x"}}, "summary"),
        ({"raiseOnBehalfOf": "nobody"}, "on behalf of"),
        ({"isAdfRequest": True}, "Atlassian Document"),
    ],
    ids=lambda each: str(each)[:40],
)
def test_what_does_not_fit_is_refused_in_the_desks_own_shape(jira, changes, said):
    before = len(jira.tool.store.all("issue"))

    answer = jira("POST", f"{DESK}/request", json=body(**changes))

    assert answer.status_code == 400
    assert said in answer.json()["errorMessage"]
    assert "errorMessages" not in answer.json()
    assert len(jira.tool.store.all("issue")) == before
