"""Does a reading stop where the words stop?"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from escalation.translation.meaning import CERTAIN_AT, Cause, Meaning, Reading, Team, read
from tests.pace import stays_within

ZONE = "America/New_York"
MONDAY = datetime(2026, 11, 23, 14, 0, tzinfo=ZoneInfo(ZONE))
DONE = {Meaning.RESOLVED, Meaning.FIXED_WATCHING}


def reading(text: str) -> Reading:
    return read(text, said_at=MONDAY, zone=ZONE)


def test_the_update_of_the_scene_means_cause_found_and_waiting_for_approval() -> None:
    found = reading(
        "Identified misconfigured CORS policy on API gateway, "
        "coordinating with infrastructure for emergency change approval"
    )

    assert found.meaning is Meaning.CAUSE_FOUND
    assert found.also == (Meaning.WAITING_FOR_APPROVAL,)
    assert (found.cause, found.team) == (Cause.CONFIGURATION, Team.INFRASTRUCTURE)
    assert found.because == (
        "identified misconfig",
        "coordinating with infrastructure for emergency change approval",
    )
    assert found.expected_at is None


@pytest.mark.parametrize(
    "text",
    [
        "Not fixed yet.",
        "The issue remains unresolved.",
        "Could be fixed by clearing the cache, not tested yet.",
        "I thought this was resolved last week.",
        "This should have been fixed by last night's deploy but it wasn't.",
        "Has this been fixed?",
        "If this is resolved please close.",
        "The ticket can be closed once the user confirms.",
        "We will mark this as resolved tomorrow unless we hear back.",
        "Works again for Berlin, Munich still down.",
        "It works now on my machine but not for the users.",
        "Server is back up, but reports are still missing.",
        "Customer confirmed the issue is still there.",
        "Nobody has confirmed that it is fixed.",
        "We almost have it fixed.",
        "No one can log in again.",
        "This will resolve the issue.",
        "Fix is not in production yet.",
        "Fix deployed to staging.",
        "A similar case was fixed in March.",
        "Team confirmed that the DNS record resolves to 10.1.2.3.",
        "Wird morgen behoben.",
        "Falls es nicht behoben ist, bitte melden.",
        "Konnte nicht behoben werden.",
        "Ce n'est toujours pas résolu.",
        "Si c'est résolu, merci de clore.",
        "No se ha resuelto.",
        "¿Ya está resuelto?",
        "解決しましたか？",
        "まだ復旧していません。",
        "明日復旧する予定です。",
    ],
)
def test_nothing_is_called_solved_by_denial_doubt_condition_question_or_plan(text: str) -> None:
    found = reading(text)

    assert found.meaning not in DONE or found.certainty < CERTAIN_AT


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Could not reproduce the issue.", Meaning.BEING_WORKED),
        ("No fix found so far.", Meaning.BEING_WORKED),
        ("If approved we will deploy the patch.", Meaning.WAITING_FOR_APPROVAL),
        ("No approval needed, deploying the patch now.", Meaning.FIX_IN_PROGRESS),
        ("Change was rejected by the CAB, we need to rework the plan.", Meaning.BEING_WORKED),
        ("We believe the root cause is the load balancer.", Meaning.BEING_WORKED),
        ("Fix did not work, rolling back.", Meaning.BEING_WORKED),
        ("Restarted the app pool, users can log in again. Will monitor.", Meaning.FIXED_WATCHING),
        ("Awaiting parts, expected delivery Wednesday.", Meaning.WAITING_FOR_VENDOR),
        ("Vendor fixed the issue on their side.", Meaning.FIXED_WATCHING),
        ("Patch tested in UAT, waiting for prod window on Saturday.", Meaning.FIX_IN_PROGRESS),
    ],
)
def test_the_weaker_true_meaning_is_read(text: str, meaning: Meaning) -> None:
    assert reading(text).meaning is meaning


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ETA 2 hours.", "2026-11-23T16:00"),
        ("Deploying the patch, done within half an hour.", "2026-11-23T14:30"),
        ("Deploying by 5pm.", "2026-11-23T17:00"),
        ("Will be fixed by 9am.", "2026-11-24T09:00"),
        ("Deployment scheduled for 2026-11-28 02:00 UTC.", "2026-11-28T02:00"),
        ("Fix planned for Thursday.", "2026-11-26T23:59"),
        ("Engineer will replace it on 30 November at 10:30.", "2026-11-30T10:30"),
        ("Wird bis morgen 12 Uhr eingespielt.", "2026-11-24T12:00"),
        ("Le correctif sera déployé demain à 9h30.", "2026-11-24T09:30"),
        ("Se aplicará el jueves a las 22:00.", "2026-11-26T22:00"),
        ("修正は2時間以内に適用予定です。", "2026-11-23T16:00"),
    ],
)
def test_a_promised_time_is_read_in_its_zone(text: str, expected: str) -> None:
    found = reading(text)

    assert found.expected_at is not None
    assert found.expected_at.isoformat().startswith(expected)
    assert found.expected_at > MONDAY
    assert found.expected_words


@pytest.mark.parametrize(
    "text",
    [
        "It has been failing since 09:10.",
        "CHG0030187 was implemented on Saturday at 22:10.",
        "No ETA yet.",
        "If the vendor agrees we will deploy by 17:00.",
        "Not before Friday.",
        "User is available until 17:00 tomorrow.",
        "Month-end close starts tomorrow.",
        "Monitoring for 24 hours.",
        "Will it be fixed by Friday?",
        "Version 4.11.30 on port 8443.",
        "Deploying the fix on 31 November.",
    ],
)
def test_a_time_that_nobody_promises_is_none(text: str) -> None:
    assert reading(text).expected_at is None


def test_logs_quotes_and_signatures_are_not_the_writers_words() -> None:
    text = (
        "> Issue resolved, thanks\n```\n2026-11-23 job fixed\n```\n"
        "java.lang.IllegalStateException: already resolved\n"
        "Still investigating.\n-- \nResolved Systems Ltd"
    )

    assert reading(text).meaning is Meaning.BEING_WORKED
    assert reading(text).also == ()


@pytest.mark.parametrize(
    "unit", ["a", "(", "fixed ", "not ", "<b", "``` ", "waiting for ", "\n", "、", "will be "]
)
def test_a_megabyte_of_anything_is_read_in_under_two_seconds(unit: str) -> None:
    text = (unit * (1_000_000 // len(unit) + 1))[:1_000_000]

    assert stays_within(lambda: read(text, said_at=MONDAY.astimezone(UTC)), seconds=2)
