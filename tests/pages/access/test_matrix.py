"""Every address is asked by everybody, and the matrix says what each gets. An address without a row fails."""

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from escalation.models import Handoff
from tests.pages.access import world
from tests.pages.access.matrix import MATRIX

pytestmark = pytest.mark.django_db
LETTERS = {401: "L", 403: "x", 404: ".", 405: "m", 501: "s", 502: "t"}
BY_HANDOFF = {"handoff_id", "pk", "consult_id"}
STRICT = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def letter(answer: HttpResponse) -> str:
    if answer.status_code in {301, 302} and answer["Location"].startswith("/login"):
        return "L"
    return LETTERS.get(answer.status_code, "o" if answer.status_code < 500 else "!")


@pytest.fixture
def everything() -> world.World:
    return world.build()


def asked(everything: world.World, address: str, method: str) -> str:
    """What each reader gets; whatever a press changed is taken back before the next one asks."""
    letters = []
    for reader in world.READERS:
        before = transaction.savepoint()
        letters.append(letter(getattr(everything.browser(reader), method)(address)))
        transaction.savepoint_rollback(before)
    return "".join(letters)


def address_of(everything: world.World, name: str, state: str) -> str:
    pattern = world.addresses()[name]
    names = everything.names[state or "draft"]
    return reverse(name, kwargs={each: names[each] for each in pattern.pattern.converters})


def test_every_address_has_its_rows():
    expected = set()
    for name, pattern in world.addresses().items():
        belongs = bool(BY_HANDOFF & set(pattern.pattern.converters))
        expected |= {(name, state) for state in (("draft", "sent") if belongs else ("",))}

    assert {(name, state) for name, state, *_ in MATRIX} == expected


@pytest.mark.parametrize("part", range(4))
def test_everybody_gets_what_the_matrix_says(everything, part):
    expected = {f"{name} {state}": f"{get} {post}" for name, state, get, post in MATRIX[part::4]}

    found = {}
    for name, state, *_ in MATRIX[part::4]:
        address = address_of(everything, name, state)
        found[f"{name} {state}"] = f"{asked(everything, address, 'get')} {asked(everything, address, 'post')}"

    assert found == expected


def test_whoever_is_of_neither_team_finds_no_handoff():
    """The rule behind the rows: what belongs to a handoff is not there for strangers, whoever they are."""
    columns = [world.READERS.index(each) for each in ("stranger", "elsewhere", "staff")]

    for name, state, get, post in MATRIX:
        if state:
            assert {get[each] for each in columns} | {post[each] for each in columns} <= set(".ms"), name


def test_nobody_opens_anything_but_the_way_in():
    opened = {name for name, _, get, post in MATRIX if "o" in get[0] + post[0]}

    assert opened == {"account_login", "api_schema", "health_live", "health_ready", "login", "theme"}


def test_every_page_carries_the_strict_headers(everything):
    browser = everything.browser("author")
    for name, state, get, _ in MATRIX:
        if get[world.READERS.index("author")] != "o":
            continue
        answer = browser.get(address_of(everything, name, state))
        policy = answer["Content-Security-Policy"]
        # A file from outside may not even do what a page of ours may.
        assert policy.startswith("sandbox; default-src 'none'") or "default-src 'self'" in policy, name
        assert "frame-ancestors 'none'" in policy or policy.startswith("sandbox"), name
        assert "unsafe" not in policy, name
        assert {header: answer.get(header) for header in STRICT} == STRICT, name


def test_the_administration_is_for_staff_alone(everything):
    admin = next(each for each in get_resolver().url_patterns if getattr(each, "namespace", "") == "admin")
    pages = [each for each in admin.url_patterns if isinstance(each, URLPattern) and each.name]
    fixed = [each for each in pages if not each.pattern.converters and not each.pattern.regex.groups]
    assert len(fixed) > 3

    for reader in set(world.READERS) - {"staff"}:
        for each in fixed:
            answer = everything.browser(reader).get(reverse(f"admin:{each.name}"))
            # The one log-in there is; whoever is in already, and not staff, finds nothing there.
            expected = 404 if each.name == "login" and reader != "nobody" else 302
            assert answer.status_code == expected, (reader, each.name)


def test_staff_sees_the_tables_that_a_permission_opens_and_no_other(everything):
    tables = [f"admin:escalation_{each}_changelist" for each in ("team", "connection", "route")]

    assert {everything.browser("staff").get(reverse(each)).status_code for each in tables} == {403}


def test_a_press_without_the_forms_token_is_refused(everything):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(everything.people["author"])

    for name, state, _, post in MATRIX:
        if post[world.READERS.index("author")] == "o" and not name.startswith(("hook", "login", "theme")):
            answer = browser.post(address_of(everything, name, state))
            assert answer.status_code == 403, name
    assert Handoff.objects.filter(status="draft").count() == 1
