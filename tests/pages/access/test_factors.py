"""Second factors: set up by oneself, asked for at the log-in, required by owners, and hard to get round."""

import base64
import hashlib
import hmac
import re
import struct
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from escalation.models import Team
from tests import builders

pytestmark = pytest.mark.django_db
PASSWORD = "a long and right one"


@pytest.fixture
def lena(author):
    author.set_password(PASSWORD)
    author.save()
    return author


def code_of(secret: str, *, step: int = 0) -> str:
    """What an authenticator app shows (RFC 6238), some steps of thirty seconds from now."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def entered(*, name: str = "lena") -> Client:
    """A browser in which the password was given."""
    browser = Client()
    browser.post("/login", {"username": name, "password": PASSWORD})
    return browser


def set_up(browser: Client) -> tuple[str, list[str]]:
    """Set a factor up; its secret and the recovery codes."""
    html = browser.get("/second-factor/activate").content.decode()
    secret = re.search(r'<code class="secret">(\w+)</code>', html).group(1)
    answer = browser.post("/second-factor/activate", {"code": code_of(secret)}, follow=True)
    return secret, re.findall(r"<li><code>(\w+)</code>", answer.content.decode())


def is_in(browser: Client) -> bool:
    return browser.get("/sessions").status_code == 200


def test_after_the_password_a_code_is_asked_for(lena):
    secret, _ = set_up(entered())
    browser = entered()
    assert not is_in(browser)
    asked = browser.get("/login/second-factor")
    assert "Second factor" in asked.content.decode()

    wrong = browser.post("/login/second-factor", {"code": "000000"})
    assert "Incorrect code" in wrong.content.decode()
    assert not is_in(browser)

    right = browser.post("/login/second-factor", {"code": code_of(secret, step=1)})
    assert right["Location"] == "/"
    assert is_in(browser)


def test_it_leads_on_to_where_one_wanted_to_go(lena):
    secret, _ = set_up(entered())
    browser = Client()
    asked = browser.post("/login", {"username": "lena", "password": PASSWORD, "next": "/desk"})
    assert asked["Location"] == "/login/second-factor"

    answer = browser.post("/login/second-factor", {"code": code_of(secret, step=1)})

    assert answer["Location"] == "/desk"


def test_a_code_is_good_once(lena):
    secret, _ = set_up(entered())
    code = code_of(secret, step=1)
    assert is_in_with(code)
    assert not is_in_with(code)


def is_in_with(code: str) -> bool:
    browser = entered()
    browser.post("/login/second-factor", {"code": code})
    return is_in(browser)


def test_a_recovery_code_opens_once(lena):
    _, codes = set_up(entered())
    assert len(codes) == 10

    assert is_in_with(codes[0])
    assert not is_in_with(codes[0])
    assert is_in_with(codes[1])


def test_guessing_ends_after_five(lena):
    secret, _ = set_up(entered())
    browser = entered()
    for _ in range(5):
        browser.post("/login/second-factor", {"code": "000000"})

    answer = browser.post("/login/second-factor", {"code": code_of(secret, step=1)})

    assert "Too many" in answer.content.decode()
    assert not is_in(browser)
    assert not is_in_with(code_of(secret, step=1))  # nor by beginning anew


def test_secrets_are_sealed(lena):
    secret, _ = set_up(entered())

    kept = str(list(Authenticator.objects.values()))
    assert secret not in kept
    assert Authenticator.objects.count() == 2


def test_without_the_password_nobody_comes_to_the_code(lena):
    set_up(entered())

    assert Client().get("/login/second-factor")["Location"] == "/login"


def test_a_factor_is_changed_only_by_who_just_proved_to_be_there(lena):
    browser = entered()
    session = browser.session
    session["began_at"] = (timezone.now() - timedelta(minutes=6)).isoformat()
    session.save()

    asked = browser.get("/second-factor/activate")
    assert asked["Location"].startswith("/second-factor/again/password?")
    assert "your password once more" in browser.get(asked["Location"]).content.decode()
    wrong = browser.post(asked["Location"], {"password": "a wrong one"})
    assert wrong.status_code == 200

    browser.post(asked["Location"], {"password": PASSWORD})

    assert browser.get("/second-factor/activate").status_code == 200


def test_the_practice_log_in_asks_for_it_too(lena):
    lena.username = "level-one"
    lena.save()
    set_up(entered(name="level-one"))
    browser = Client()

    answer = browser.post("/login/practice/level-one")

    assert answer["Location"] == "/login/second-factor"
    assert not is_in(browser)


# -- required ---------------------------------------------------------------------------------------------


def test_owners_say_in_which_roles_of_their_teams_it_is_required(lena, desk_to_ops, browser_of):
    owner = browser_of(builders.person("kenji", team=desk_to_ops.sender, role="owner"))
    sender, receiver = desk_to_ops.sender, desk_to_ops.receiver
    assert "Level One" in owner.get("/second-factor/required").content.decode()

    owner.post("/second-factor/required", {f"{sender.pk}-level_one": "on", f"{receiver.pk}-level_one": "on"})

    assert Team.objects.get(pk=sender.pk).second_factor == ["level_one"]
    assert Team.objects.get(pk=receiver.pk).second_factor == []


@pytest.fixture
def required(desk_to_ops):
    desk_to_ops.sender.second_factor = ["level_one"]
    desk_to_ops.sender.save()


@pytest.mark.django_db(transaction=True)  # it opens when the factor is committed
def test_whoever_owes_one_can_set_it_up_and_nothing_else(lena, required, draft):
    browser = entered()

    for address in ("/desk", "/status", f"/handoffs/{draft.pk}/edit", "/admin/"):
        assert browser.get(address)["Location"] == "/second-factor/activate"
    assert browser.post(f"/handoffs/{draft.pk}/save", {})["Location"] == "/second-factor/activate"
    refused = browser.get("/api/handoffs")
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    assert refused.json()["detail"] == "A second factor has to be set up first."
    assert browser.get(f"/handoffs/{draft.pk}/live").status_code == 403
    assert "One of your roles needs" in browser.get("/second-factor/activate").content.decode()

    set_up(browser)

    assert browser.get("/desk").status_code == 200


def test_whoever_owes_one_can_leave(lena, required):
    assert entered().post("/logout")["Location"] == "/login"


@pytest.mark.django_db(transaction=True)
def test_what_is_required_is_not_taken_away(lena, required):
    browser = entered()
    set_up(browser)

    assert "One of your roles needs it" in browser.get("/second-factor/deactivate").content.decode()
    browser.post("/second-factor/deactivate")

    assert Authenticator.objects.filter(type="totp").exists()


def test_what_is_not_required_can_be_taken_away_with_its_codes(lena):
    browser = entered()
    set_up(browser)

    browser.post("/second-factor/deactivate")

    assert not Authenticator.objects.exists()
    assert is_in(entered())


def test_the_administration_always_needs_one_outside_practice_mode(lena, settings):
    lena.is_staff = True
    lena.save()
    assert entered().get("/admin/").status_code == 200
    settings.PRACTICE = False

    assert entered().get("/admin/")["Location"] == "/second-factor/activate"


def test_the_administration_has_no_log_in_of_its_own(lena):
    assert Client().get("/admin/", follow=True).redirect_chain[-1][0] == "/login?next=/admin/"
    assert Client().get("/admin/login/?next=https://evil.example/")["Location"] == "/login?next=/admin/"
    assert Client().post("/admin/login/", {"username": "lena", "password": PASSWORD}).status_code == 405
