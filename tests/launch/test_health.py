"""What a balancer is told about a web process, and how an answer is found again in the log."""

from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test import Client


def test_a_process_that_runs_says_so_without_asking_the_database(client: Client) -> None:
    answer = client.get("/health/live")

    assert (answer.status_code, answer.json()) == (200, {"live": True})
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_process_whose_database_answers_is_ready(client: Client) -> None:
    answer = client.get("/health/ready")

    assert (answer.status_code, answer.json()) == (200, {"ready": True})


@pytest.mark.django_db
def test_a_process_without_its_database_is_not_ready_and_tells_strangers_nothing_more(client: Client) -> None:
    with patch.object(
        connection, "cursor", side_effect=OperationalError("password of baton@10.0.0.1 is wrong")
    ):
        answer = client.get("/health/ready")

    assert (answer.status_code, answer.json()) == (503, {"ready": False})


def test_an_answer_carries_the_id_of_its_request(client: Client) -> None:
    assert (
        client.get("/health/live", headers={"X-Request-ID": "balancer-0042"})["X-Request-ID"]
        == "balancer-0042"
    )


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, 'two words", "level": "error', "ümläute-sind-keine"]
)
def test_an_id_that_could_break_a_log_line_is_replaced(client: Client, given: str) -> None:
    answered = client.get("/health/live", headers={"X-Request-ID": given})["X-Request-ID"]

    assert answered != given
    assert len(answered) == 32


def test_every_page_forbids_foreign_and_inline_script(client: Client) -> None:
    policy = client.get("/health/live")["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
