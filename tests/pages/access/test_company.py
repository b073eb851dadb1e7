"""Logging in by the company's identity provider: who comes is proven, and does here what the groups say."""

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth.models import User
from django.test import Client

from config.env import IdentityProvider
from escalation.models import Membership
from tests import builders
from tests.pages.access import identity

pytestmark = pytest.mark.django_db
SIGNED_BY_SOMEBODY_ELSE = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def provider(settings):
    with identity.standing() as provider:
        settings.COMPANY = IdentityProvider(
            issuer=provider.issuer,
            name="Example Ltd",
            client_id=identity.CLIENT,
            secret=identity.SECRET,
            groups_claim="groups",
            roles={},
        )
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": settings.COMPANY.apps()}}
        yield provider


@pytest.fixture
def desk(settings, desk_to_ops):
    """Two groups stand for two roles of the sending team."""
    team = desk_to_ops.sender
    settings.OIDC_ROLES = {
        "desk": ((team.name, "level_one"),),
        "desk-leads": ((team.name, "lead"), ("administrator", "")),
    }
    return team


def came_back(browser: Client, *, after: str = "") -> str:
    """Press the button, go to the provider, and return the address by which it sends one back."""
    pressed = browser.post(f"/login/by/company{'?next=' + after if after else ''}")
    assert pressed.status_code == 302
    back = requests.get(pressed["Location"], allow_redirects=False, timeout=5)
    return back.headers["Location"].removeprefix("http://testserver")


def log_in(browser: Client, **more):
    return browser.get(came_back(browser, **more))


def is_in(browser: Client) -> bool:
    return browser.get("/sessions").status_code == 200


def roles(username: str = "lena") -> set[str]:
    return set(Membership.objects.filter(user__username=username).values_list("role", flat=True))


def test_whoever_comes_for_the_first_time_gets_an_account_with_the_roles_of_the_groups(provider, desk):
    provider.person["groups"] = ["desk", "canteen"]
    browser = Client()

    answer = log_in(browser, after="/desk")

    assert answer["Location"] == "/desk"
    assert browser.get("/desk").status_code == 200
    lena = User.objects.get(username="lena")
    assert (lena.get_full_name(), lena.email) == ("Lena Okafor", "lena@example.com")
    assert not lena.has_usable_password()
    assert roles() == {"level_one"}


def test_roles_follow_the_groups_at_every_log_in_and_others_stay(provider, desk, desk_to_ops):
    provider.person["groups"] = ["desk", "desk-leads"]
    log_in(Client())
    lena = User.objects.get(username="lena")
    Membership.objects.create(user=lena, team=desk_to_ops.receiver, role="level_two")
    assert lena.is_superuser

    provider.person["groups"] = ["desk"]
    log_in(Client())

    lena.refresh_from_db()
    assert roles() == {"level_one", "level_two"}
    assert not lena.is_staff


def test_groups_may_stand_in_the_signed_token(provider, desk):
    provider.token["groups"] = ["desk"]

    log_in(Client())

    assert roles() == {"level_one"}


def test_an_account_that_is_here_is_joined_by_its_checked_mail_address(provider, desk):
    known = builders.person("lokafor", team=desk)
    User.objects.filter(pk=known.pk).update(email="Lena@Example.com")
    browser = Client()

    log_in(browser)

    assert is_in(browser)
    assert User.objects.count() == 1


@pytest.mark.parametrize("why", ["not checked", "two accounts"])
def test_who_somebody_is_is_never_guessed(provider, why):
    for name in ("lokafor", "lena2")[: 1 if why == "not checked" else 2]:
        User.objects.filter(pk=builders.person(name).pk).update(email="lena@example.com")
    provider.person["email_verified"] = why != "not checked"
    browser = Client()

    answer = log_in(browser)

    assert answer.status_code == 403
    assert "Whoever runs Baton can" in answer.content.decode()
    assert not is_in(browser)


FORGED = {
    "signed by somebody else": lambda provider: setattr(provider, "signs_with", SIGNED_BY_SOMEBODY_ELSE),
    "for another client": lambda provider: provider.token.update(aud="another"),
    "by another issuer": lambda provider: provider.token.update(iss="https://evil.example"),
    "too old": lambda provider: provider.token.update(exp=1),
}


@pytest.mark.parametrize("why", FORGED)
def test_a_token_that_does_not_prove_itself_lets_nobody_in(provider, why):
    FORGED[why](provider)
    browser = Client()

    answer = log_in(browser)

    assert answer.status_code == 403
    assert "could not be believed" in answer.content.decode()
    assert not is_in(browser)
    assert not User.objects.exists()


def test_an_answer_that_was_not_asked_for_here_lets_nobody_in(provider):
    """Whoever sends somebody else the way back of a log-in of their own does not log them in."""
    theirs = came_back(Client())
    browser = Client()

    assert browser.get(theirs).status_code == 403
    assert not is_in(browser)


def test_an_answer_is_good_once(provider):
    browser = Client()
    address = came_back(browser)
    browser.get(address)
    browser.post("/logout")

    assert browser.get(address).status_code == 403
    assert not is_in(browser)


def test_a_closed_account_stays_closed(provider):
    log_in(Client())
    User.objects.update(is_active=False)
    browser = Client()

    answer = log_in(browser)

    assert "This account is closed" in answer.content.decode()
    assert not is_in(browser)


def test_whoever_turns_round_there_is_back_at_the_log_in(provider):
    provider.says_no = True

    answer = log_in(Client())

    assert answer["Location"] == "/login/cancelled"
    assert not User.objects.exists()


def test_a_provider_that_is_away_is_named(provider, settings):
    gone = IdentityProvider(
        issuer="http://127.0.0.1:1", name="Example Ltd", client_id="c", secret="s", groups_claim="", roles={}
    )
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": gone.apps()}}

    answer = Client().post("/login/by/company")

    assert answer.status_code == 503
    assert "Example Ltd cannot be reached" in answer.content.decode()


def test_the_log_in_shows_the_ways_there_are(provider, settings):
    answer = Client().get("/login")
    html = answer.content.decode()
    assert "Log in by Example Ltd" in html
    assert 'name="password"' in html
    assert f"form-action 'self' {provider.issuer}" in answer["Content-Security-Policy"]

    settings.PASSWORD_LOGIN = False

    assert 'name="password"' not in Client().get("/login").content.decode()
    assert Client().post("/login", {"username": "lena", "password": "x"}).status_code == 404


def test_without_a_provider_there_is_no_such_way(db):
    assert "/login/by/" not in Client().get("/login").content.decode()
    assert Client().post("/login/by/company").status_code == 404


def test_the_company_asks_for_the_second_factor_of_its_people(provider, desk):
    desk.second_factor = ["level_one"]
    desk.save()
    provider.person["groups"] = ["desk"]
    browser = Client()

    log_in(browser)

    assert browser.get("/desk").status_code == 200
