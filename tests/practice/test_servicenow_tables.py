"""The practice ServiceNow answers its Table API as CONTRACTS section 2 describes."""

import re

import pytest

from escalation.practice import credentials

INCIDENTS = "/api/now/v2/table/incident"


def create(servicenow, **values):
    answer = servicenow("POST", INCIDENTS, json=values)
    assert answer.status_code == 201, answer.text
    return answer.json()["result"]


def found(servicenow, query, table="incident", **parameters):
    parameters = {"sysparm_query": query, **parameters}
    answer = servicenow("GET", f"/api/now/v2/table/{table}", params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]


def test_a_created_incident_answers_201_with_its_location_and_only_strings(servicenow):
    answer = servicenow(
        "POST", INCIDENTS, json={"short_description": "Dashboard empty", "impact": 1, "urgency": 2}
    )

    row = answer.json()["result"]
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{servicenow.host}{INCIDENTS}/{row['sys_id']}"
    assert row["number"] == "INC0012345"
    assert row["opened_by"]["link"].endswith(f"/sys_user/{row['opened_by']['value']}")
    assert {type(value) for name, value in row.items() if name != "opened_by"} == {str}
    assert row["active"] == "true"
    assert row["assigned_to"] == ""
    assert create(servicenow)["number"] == "INC0012346"


@pytest.mark.parametrize(
    ("impact", "urgency", "priority"),
    [("1", "1", "1"), ("1", "2", "2"), ("2", "1", "2"), ("1", "3", "3"), ("2", "2", "3"), ("3", "1", "3"),
     ("2", "3", "4"), ("3", "2", "4"), ("3", "3", "5")],
)  # fmt: skip
def test_priority_is_computed_and_a_sent_one_is_overwritten(servicenow, impact, urgency, priority):
    row = create(servicenow, impact=impact, urgency=urgency, priority="1")

    assert row["priority"] == priority


def test_unknown_fields_are_silently_ignored_and_long_text_is_silently_cut(servicenow):
    row = create(
        servicenow, short_description="x" * 200, u_availability="08:00-17:00", correlation_id="c" * 120
    )

    assert "u_availability" not in row
    assert len(row["short_description"]) == 160
    assert len(row["correlation_id"]) == 100


def test_a_field_added_to_the_dictionary_is_accepted_afterwards(servicenow):
    entry = {"name": "incident", "element": "u_availability", "internal_type": "string", "max_length": "255",
             "reference": "", "active": "true"}  # fmt: skip
    servicenow("POST", "/api/now/v2/table/sys_dictionary", json=entry)

    assert create(servicenow, u_availability="08:00-17:00")["u_availability"] == "08:00-17:00"


def test_a_sys_id_of_our_own_is_kept_and_a_second_one_is_refused(servicenow):
    sys_id = "0123456789abcdef0123456789abcdef"
    row = create(servicenow, sys_id=sys_id, short_description="once")

    again = servicenow("POST", INCIDENTS, json={"sys_id": sys_id, "short_description": "twice"})

    assert row["sys_id"] == sys_id
    assert again.status_code == 403
    assert again.json()["status"] == "failure"
    assert len(found(servicenow, f"sys_id={sys_id}")) == 1


def test_correlation_ids_need_not_be_unique(servicenow):
    for _ in range(2):
        create(servicenow, correlation_id="baton:7")

    assert len(found(servicenow, "correlation_id=baton:7")) == 2


def test_journals_read_back_empty_raw_and_as_one_text_when_shown(servicenow):
    row = create(servicenow, work_notes="first note", comments="to the caller")
    servicenow("PATCH", f"{INCIDENTS}/{row['sys_id']}", json={"work_notes": "second note"})

    raw = servicenow("GET", f"{INCIDENTS}/{row['sys_id']}").json()["result"]
    shown = servicenow("GET", f"{INCIDENTS}/{row['sys_id']}?sysparm_display_value=true").json()["result"]
    entries = found(
        servicenow, f"element_id={row['sys_id']}^elementINcomments,work_notes", "sys_journal_field"
    )

    assert (raw["work_notes"], raw["comments"]) == ("", "")
    newest, oldest, end = shown["work_notes"].split("\n\n")
    assert re.fullmatch(r"2026-11-18 15:00:\d\d - Baton Integration \(Work notes\)\nsecond note", newest)
    assert oldest.endswith("first note")
    assert end == ""
    assert "to the caller" in shown["comments"]
    assert [entry["value"] for entry in entries] == ["first note", "to the caller", "second note"]
    assert entries[0]["sys_created_by"] == credentials.SERVICENOW_USER


def test_display_value_all_gives_pairs_and_true_gives_labels(servicenow):
    row = create(servicenow, short_description="x")
    path = (
        f"{INCIDENTS}/{row['sys_id']}?sysparm_fields=state,opened_by,sys_created_on,nonsense,opened_by.email"
    )

    both = servicenow("GET", f"{path}&sysparm_display_value=all").json()["result"]
    bare = servicenow("GET", f"{path}&sysparm_display_value=true&sysparm_exclude_reference_link=true").json()[
        "result"
    ]

    assert both["state"] == {"display_value": "New", "value": "1"}
    assert set(both["opened_by"]) == {"display_value", "value", "link"}
    assert "nonsense" not in both
    assert both["opened_by.email"]["value"] == "baton.integration@practice.example"
    assert bare["opened_by"] == "Baton Integration"


def test_a_clause_that_is_not_understood_is_dropped_and_the_wider_set_comes_back(servicenow):
    for number in range(3):
        create(servicenow, correlation_id=f"baton:{number}")

    assert len(found(servicenow, "corelation_id=baton:1")) == 3
    assert len(found(servicenow, "correlation_id~baton:1^state=1")) == 3
    assert len(found(servicenow, "correlation_id=baton:1")) == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("short_descriptionLIKEPAY", ["pay desk", "the pay ^ gate"]),
        ("short_descriptionSTARTSWITHpay", ["pay desk"]),
        ("short_descriptionENDSWITHgate", ["the pay ^ gate"]),
        ("short_description=the pay ^^ gate", ["the pay ^ gate"]),
        ("impactIN1,2", ["pay desk", "the pay ^ gate"]),
        ("impact>=2", ["the pay ^ gate", "wifi"]),
        ("impact=1^ORimpact=3^urgency=3", ["pay desk", "wifi"]),
        ("impact=1^NQimpact=2", ["pay desk", "the pay ^ gate"]),
        ("impact!=1", ["the pay ^ gate", "wifi"]),
        ("assigned_toISEMPTY^ORDERBYDESCshort_description", ["wifi", "the pay ^ gate", "pay desk"]),
        ("opened_by.user_name=baton.integration^short_description=wifi", ["wifi"]),
        ("opened_byLIKEBaton Int^impact=3", ["wifi"]),
        ("sys_updated_on>=javascript:gs.dateGenerate('2026-11-18','15:00:00')^impact=3", ["wifi"]),
        ("sys_updated_on>=2026-11-18 16:00:00", []),
    ],
)
def test_encoded_queries(servicenow, query, expected):
    for impact, text in enumerate(("pay desk", "the pay ^ gate", "wifi"), start=1):
        create(servicenow, short_description=text, impact=impact)

    assert [row["short_description"] for row in found(servicenow, query)] == expected


def test_a_user_without_a_zone_queries_in_the_zone_of_the_instance(servicenow):
    row = create(servicenow, short_description="x")
    servicenow.session.auth = (credentials.SERVICENOW_ZONELESS_USER, credentials.SERVICENOW_PASSWORD)

    assert found(servicenow, f"sys_updated_on>={row['sys_updated_on']}") == []
    assert (
        found(servicenow, "sys_updated_on>=2026-11-18 07:00:00")[0]["sys_updated_on"] == row["sys_updated_on"]
    )


def test_a_list_is_paged_with_total_and_links(servicenow):
    for number in range(5):
        create(servicenow, short_description=str(number))

    answer = servicenow("GET", INCIDENTS, params={"sysparm_limit": 2, "sysparm_offset": 2})

    assert [row["short_description"] for row in answer.json()["result"]] == ["2", "3"]
    assert answer.headers["X-Total-Count"] == "5"
    assert set(answer.links) == {"first", "prev", "next", "last"}
    assert "sysparm_offset=4" in answer.links["next"]["url"]


def test_walking_a_table_by_sys_id_without_a_count_meets_every_row_once_in_order(servicenow):
    made = sorted(create(servicenow, short_description=f"row {number % 3}")["sys_id"] for number in range(7))

    def page(after, most):
        asked = {"sysparm_query": f"sys_id>{after}^short_descriptionINrow 0,row 1^ORDERBYsys_id"}
        asked |= {"sysparm_limit": most, "sysparm_no_count": "true"}
        return servicenow("GET", INCIDENTS, params=asked)

    counted = servicenow(
        "GET", INCIDENTS, params={"sysparm_query": "short_descriptionINrow 0,row 1^ORDERBYsys_id"}
    )
    walked, answer = [], page("", 2)
    while rows := answer.json()["result"]:
        walked += [row["sys_id"] for row in rows]
        answer = page(walked[-1], 2)

    assert walked == [row["sys_id"] for row in counted.json()["result"]]
    assert set(walked) < set(made)
    assert "X-Total-Count" not in answer.headers
    servicenow("DELETE", f"{INCIDENTS}/{walked[1]}")
    assert [row["sys_id"] for row in page(walked[0], 1).json()["result"]] == [walked[2]]


def test_an_empty_list_is_404_in_v1_and_empty_in_v2(servicenow):
    assert servicenow("GET", "/api/now/v1/table/incident").status_code == 404
    assert servicenow("GET", "/api/now/v2/table/incident").json() == {"result": []}


def test_refusals_have_the_vendors_shape(servicenow):
    row = create(servicenow, short_description="x")

    absent = servicenow("GET", f"{INCIDENTS}/{'f' * 32}")
    broken = servicenow("POST", INCIDENTS, data="{not json")
    unknown = servicenow("GET", "/api/now/v2/table/incidents")
    servicenow.session.auth = (credentials.SERVICENOW_READER, credentials.SERVICENOW_PASSWORD)
    forbidden = servicenow("PATCH", f"{INCIDENTS}/{row['sys_id']}", json={"state": "2"})
    servicenow.session.auth = ("nobody", "wrong")
    stranger = servicenow("GET", INCIDENTS)

    answers = (absent, broken, unknown, forbidden, stranger)
    assert [answer.status_code for answer in answers] == [404, 400, 400, 403, 401]
    for answer in answers:
        assert set(answer.json()) == {"error", "status"}
        assert set(answer.json()["error"]) == {"message", "detail"}


def test_an_itil_user_may_not_read_the_journal_table(servicenow):
    servicenow.session.auth = (credentials.SERVICENOW_ITIL_USER, credentials.SERVICENOW_PASSWORD)

    assert servicenow("GET", "/api/now/v2/table/sys_journal_field").status_code == 403


def test_assigning_starts_the_work_and_a_new_group_clears_the_person(servicenow):
    group = servicenow("POST", "/api/now/v2/table/sys_user_group", json={"name": "Network"}).json()["result"]
    row = create(servicenow, short_description="x")
    me = row["opened_by"]["value"]

    taken = servicenow("PATCH", f"{INCIDENTS}/{row['sys_id']}", json={"assigned_to": me}).json()["result"]
    moved = servicenow("PATCH", f"{INCIDENTS}/{row['sys_id']}", json={"assignment_group": group["sys_id"]})

    assert taken["state"] == "2"
    assert taken["sys_mod_count"] == "1"
    assert moved.json()["result"]["assigned_to"] == ""
    assert moved.json()["result"]["reassignment_count"] == "1"


def test_resolving_needs_a_code_and_notes(servicenow):
    row = create(servicenow, short_description="x")
    path = f"{INCIDENTS}/{row['sys_id']}"

    refused = servicenow("PATCH", path, json={"state": "6"})
    resolved = servicenow(
        "PATCH", path, json={"state": "6", "close_code": "Solution provided", "close_notes": "y"}
    )

    assert refused.status_code == 403
    assert "close_code, close_notes" in refused.json()["error"]["detail"]
    assert resolved.json()["result"]["resolved_at"] > row["sys_created_on"]


def test_a_write_that_changes_nothing_leaves_no_trace(servicenow):
    row = create(servicenow, short_description="x")

    same = servicenow(
        "PATCH", f"{INCIDENTS}/{row['sys_id']}", json={"short_description": "x", "nonsense": "1"}
    )

    assert same.json()["result"]["sys_mod_count"] == "0"
    assert same.json()["result"]["sys_updated_on"] == row["sys_updated_on"]


def test_a_post_may_stand_for_another_method(servicenow):
    row = create(servicenow, short_description="x")
    override = {"X-HTTP-Method-Override": "PATCH", "X-no-response-body": "true"}

    answer = servicenow("POST", f"{INCIDENTS}/{row['sys_id']}", json={"state": "2"}, headers=override)

    assert (answer.status_code, answer.content) == (204, b"")
    assert servicenow("GET", f"{INCIDENTS}/{row['sys_id']}").json()["result"]["state"] == "2"


def test_an_attachment_is_kept_listed_read_and_refused_when_too_large(servicenow):
    row = create(servicenow, short_description="x")
    where = {"table_name": "incident", "table_sys_id": row["sys_id"], "file_name": "console.txt"}
    path = "/api/now/attachment"

    kept = servicenow(
        "POST", f"{path}/file", params=where, data=b"CORS", headers={"Content-Type": "text/plain"}
    )
    listed = servicenow("GET", path, params={"sysparm_query": f"table_sys_id={row['sys_id']}"}).json()[
        "result"
    ]
    read = servicenow("GET", kept.json()["result"]["download_link"].removeprefix(servicenow.host))
    large = servicenow("POST", f"{path}/file", params=where, data=b"x" * (5 * 1024 * 1024 + 1))

    assert kept.status_code == 201
    assert kept.json()["result"]["size_bytes"] == "4"
    assert [one["file_name"] for one in listed] == ["console.txt"]
    assert (read.content, read.headers["Content-Type"]) == (b"CORS", "text/plain")
    assert large.status_code == 413


def test_a_bearer_token_of_client_credentials_opens_the_api(servicenow):
    form = {
        "grant_type": "client_credentials",
        "client_id": credentials.SERVICENOW_OAUTH_CLIENT,
        "client_secret": credentials.SERVICENOW_OAUTH_SECRET,
    }
    token = servicenow("POST", "/oauth_token.do", data=form).json()["access_token"]
    servicenow.session.auth = None

    assert servicenow("GET", INCIDENTS, headers={"Authorization": f"Bearer {token}"}).status_code == 200
    assert servicenow("GET", INCIDENTS, headers={"Authorization": "Bearer nonsense"}).status_code == 401
