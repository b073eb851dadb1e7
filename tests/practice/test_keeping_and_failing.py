"""Practice tools keep their records over a restart and fail when told."""

import pytest
import requests

from escalation.practice import credentials
from escalation.practice.store import Store

from .conftest import Site

INCIDENTS = "/api/now/v2/table/incident"


def count(site: Site) -> int:
    return len(site("GET", INCIDENTS).json()["result"])


def test_records_numbers_and_listeners_survive_a_restart(start, tmp_path):
    login = (credentials.SERVICENOW_USER, credentials.SERVICENOW_PASSWORD)
    first = start("servicenow", data=tmp_path)
    site = Site(first, "https://practice.example", login)
    site("POST", "/practice/webhooks", json={"url": "https://baton.example/hook", "secret": "s"})
    site("POST", INCIDENTS, json={"short_description": "kept"})
    first.close()

    site = Site(start("servicenow", data=tmp_path), "https://practice.example", login)

    assert site("GET", INCIDENTS).json()["result"][0]["short_description"] == "kept"
    assert site("POST", INCIDENTS, json={}).json()["result"]["number"] == "INC0012346"
    assert site("GET", "/practice/webhooks").json()["webhooks"][0]["url"] == "https://baton.example/hook"


def test_a_change_that_raises_leaves_neither_memory_nor_file_changed(tmp_path):
    store = Store(tmp_path / "s.sqlite3")
    store.put("a", "1", {"v": 1})

    def half_done() -> None:
        with store.transaction():
            store.put("a", "1", {"v": 2})
            store.put("a", "2", {"v": 3})
            store.remove("a", "1")
            raise KeyError("the next step")

    with pytest.raises(KeyError):
        half_done()

    assert store.all("a") == [{"v": 1}]
    store.close()
    again = Store(tmp_path / "s.sqlite3")
    assert again.all("a") == [{"v": 1}]
    again.close()


def test_a_status_fault_strikes_as_often_as_told_and_only_where_told(servicenow):
    servicenow.fault(method="POST", path=INCIDENTS, times=2, status=503, retry_after=2)

    answers = [servicenow("POST", INCIDENTS, json={}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [503, 503, 201]
    assert answers[0].headers["Retry-After"] == "2"
    assert answers[0].json()["status"] == "failure"
    assert count(servicenow) == 1


def test_a_lost_answer_does_the_work_and_drops_the_connection(servicenow):
    servicenow.fault(method="POST", path=INCIDENTS, lose_answer=True)

    with pytest.raises(requests.exceptions.ConnectionError):
        servicenow("POST", INCIDENTS, json={"short_description": "done all the same"})

    assert count(servicenow) == 1


def test_an_answer_lost_at_the_gateway_is_504_and_html(servicenow):
    servicenow.fault(method="POST", lose_answer="504")

    answer = servicenow("POST", INCIDENTS, json={})

    assert answer.status_code == 504
    assert answer.headers["Content-Type"] == "text/html"
    assert count(servicenow) == 1


def test_a_delay_past_the_callers_patience_is_a_read_timeout_after_the_work(servicenow):
    servicenow.fault(method="POST", delay_s=60)

    with pytest.raises(requests.exceptions.ReadTimeout):
        servicenow("POST", INCIDENTS, json={}, timeout=(1, 5))

    assert count(servicenow) == 1


def test_a_sleeping_instance_answers_200_with_html(servicenow):
    servicenow.fault(html=True)

    answer = servicenow("GET", INCIDENTS)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html")


def test_a_shared_fault_strikes_the_same_calls_each_time(servicenow):
    def struck() -> list[int]:
        servicenow("DELETE", "/practice/faults")
        servicenow.fault(share=0.5, status=500)
        return [servicenow("GET", INCIDENTS).status_code for _ in range(20)]

    first = struck()

    assert {200, 500} == set(first)
    assert struck() == first


def test_a_rule_that_cannot_be_followed_is_refused(servicenow):
    assert servicenow("POST", "/practice/faults", json={"stauts": 500}).status_code == 400
    assert servicenow("POST", "/practice/faults", json={"webhooks": "sometimes"}).status_code == 400


def test_the_call_log_shows_calls_without_secrets_and_reset_begins_again(servicenow):
    servicenow("POST", INCIDENTS, json={"short_description": "private"})

    log = servicenow("GET", "/practice/requests")
    servicenow("POST", "/practice/reset")

    assert [(call["method"], call["path"], call["status"]) for call in log.json()["requests"]] == [
        ("POST", INCIDENTS, 201)
    ]
    assert credentials.SERVICENOW_PASSWORD not in log.text
    assert "private" not in log.text
    assert count(servicenow) == 0
