"""Who asks faster than people work waits for a moment, and nobody else with them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from escalation.models import Allowance, Handoff
from escalation.tasks import discarded
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_a_minute(settings):
    settings.RATES = dict.fromkeys(settings.RATES, 2)


def asked(browser: Client, address: str, times: int, **more) -> list[int]:
    return [browser.get(address, **more).status_code for _ in range(times)]


def test_who_opens_too_many_pages_is_told_when_to_go_on(page):
    assert asked(page, "/notices", 2) == [200, 200]

    answer = page.get("/notices")

    assert answer.status_code == 429
    assert 25 <= int(answer["Retry-After"]) <= 31  # one leaks every thirty seconds
    assert f"Go on in {answer['Retry-After']} seconds" in answer.content.decode()
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_after_that_time_it_goes_on(page):
    asked(page, "/notices", 3)
    Allowance.objects.update(used_until=timezone.now() + timedelta(seconds=29))

    assert asked(page, "/notices", 2) == [200, 429]


def test_one_who_is_refused_is_not_kept_out_by_asking_again(page):
    asked(page, "/notices", 2)
    before = Allowance.objects.get().used_until
    asked(page, "/notices", 20)

    assert Allowance.objects.get().used_until == before


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("search", "/queue"),
        ("search", "/figures"),
        ("export", "/figures.csv"),
        ("export", "/figures.parquet"),
        ("page", "/notices"),
    ],
)
def test_each_kind_has_its_own_allowance(desk_to_ops, browser_of, kind, address):
    lead = browser_of(builders.person("ines", team=desk_to_ops.receiver, role="lead"))

    assert asked(lead, address, 3) == [200, 200, 429]
    assert lead.get("/status").status_code == (429 if kind == "page" else 200)
    assert Allowance.objects.filter(name__startswith=kind).count() == 1


def test_typing_is_refused_in_a_word_and_changes_nothing(page, draft):
    def save() -> object:
        return page.post(
            f"/handoffs/{draft.pk}/save", {"revision": draft.revision}, headers={"HX-Request": "true"}
        )

    save(), save()
    before = Handoff.objects.values().get()
    answer = save()

    assert answer.status_code == 429
    assert answer.content.decode() == f"Too fast: once more in {answer['Retry-After']} s.\n"
    assert Handoff.objects.values().get() == before


def test_a_press_too_many_does_nothing(page, author):
    for _ in range(2):
        page.post("/notices/settings", {})

    assert page.post("/sessions", {"everywhere": "1"}).status_code == 429
    assert page.get("/notices").status_code == 200  # not logged out


def test_another_person_is_not_held_up(page, browser_of, teammate):
    asked(page, "/notices", 3)

    assert browser_of(teammate).get("/notices").status_code == 200


def test_the_api_says_when_to_come_back(page):
    assert asked(page, "/api/handoffs", 2) == [200, 200]

    answer = page.get("/api/handoffs")

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] == "Too Many Requests"


def test_the_description_of_the_api_names_that_answer(page):
    paths = page.get("/api/schema?format=json").json()["paths"]

    assert paths
    assert all("429" in operation["responses"] for each in paths.values() for operation in each.values())


def test_many_names_from_one_address_wait(db):
    def tried(name: str, come_from: str) -> int:
        values = {"username": name, "password": "a wrong one"}
        return Client().post("/login", values, REMOTE_ADDR=come_from).status_code

    assert [tried(f"person-{number}", "10.1.1.1") for number in range(3)] == [200, 200, 429]
    assert tried("person-4", "10.2.2.2") == 200


def test_links_are_not_tried_one_after_the_other(db):
    assert asked(Client(), "/r/accept/forged", 3) == [403, 403, 429]


def test_no_limit_counts_nothing(page, settings):
    settings.RATES = {}

    assert set(asked(page, "/notices", 5)) == {200}
    assert not Allowance.objects.exists()


def test_what_is_whole_again_is_forgotten(page):
    page.get("/notices")
    Allowance.objects.create(name="old", used_until=timezone.now() - timedelta(seconds=1))

    discarded()

    assert [each.name.split()[0] for each in Allowance.objects.all()] == ["page"]
