"""A program acts for a person by a token: shown once, kept as a digest, bounded, and ended by one press."""

import hashlib
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from escalation.callers.tokens import MOST_TOKENS, NOTED_EVERY, make_token, token_from
from escalation.models import AccessToken, AuditLine, Team
from escalation.models.access_token import Scope
from tests import builders

pytestmark = pytest.mark.django_db
SHOWN = re.compile(r'value="(baton_[\w-]{43})"')


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


@pytest.fixture
def made(author):
    """A token of the author that reads, and its text."""
    return make_token(name="report", scopes=[Scope.READ], days=7, by=author, now=timezone.now())


def test_a_token_is_shown_once_and_kept_as_a_digest(page):
    answer = page.post("/tokens", {"name": "nightly report", "scopes": ["read"], "days": "30"})
    text = SHOWN.search(answer.content.decode())[1]

    row = AccessToken.objects.get()
    assert row.digest == hashlib.sha256(text.encode()).hexdigest()
    assert (row.name, row.scopes) == ("nightly report", ["read"])
    assert row.expires_at - row.created_at == timedelta(days=30)
    assert answer["Cache-Control"] == "no-store"
    assert text not in page.get("/tokens").content.decode()


@pytest.mark.parametrize("wrong", [{"name": ""}, {"scopes": []}, {"scopes": ["all"]}, {"days": "9999"}])
def test_what_is_not_said_makes_no_token(page, wrong):
    said = {"name": "report", "scopes": ["read"], "days": "30"} | wrong

    assert page.post("/tokens", said).status_code == 422
    assert not AccessToken.objects.exists()


def test_nobody_has_more_than_they_can_keep_an_eye_on(page):
    for number in range(MOST_TOKENS + 1):
        answer = page.post("/tokens", {"name": str(number), "scopes": ["read"], "days": "7"})

    assert answer.status_code == 422
    assert "Revoke one" in answer.content.decode()
    assert AccessToken.objects.count() == MOST_TOKENS


def test_a_token_opens_what_its_person_may_see_and_the_audit_names_it(draft, sent, made, author):
    answer = Client().get(f"/api/handoffs/{sent.pk}", headers=bearer(made[1]))

    assert answer.json()["id"] == str(sent.pk)
    line = AuditLine.objects.get()
    assert (line.user, line.token, line.page) == (author, "report", "api_handoff")
    row = AccessToken.objects.get()
    assert (row.used_at is not None, row.used_from) == (True, "127.0.0.1")


def test_a_token_of_a_stranger_opens_nothing(sent, stranger):
    _, text = make_token(name="x", scopes=list(Scope), days=7, by=stranger, now=timezone.now())

    assert Client().get(f"/api/handoffs/{sent.pk}", headers=bearer(text)).status_code == 404


@pytest.mark.parametrize("end", ["revoked", "expired", "gone", "unknown", "empty", "mangled"])
def test_what_opens_nothing_is_answered_401_in_the_same_words(draft, made, author, end):
    row, text = made
    if end == "revoked":
        AccessToken.objects.update(revoked_at=row.created_at)
    if end == "expired":
        AccessToken.objects.update(
            created_at=row.created_at - timedelta(days=9), expires_at=row.created_at - timedelta(days=1)
        )
    if end == "gone":
        author.is_active = False
        author.save()
    text = {"unknown": f"{text[:-2]}--", "empty": "", "mangled": "ÿ"}.get(end, text)

    answer = Client().get("/api/handoffs", headers=bearer(text))

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="baton"')
    assert "opens nothing" in answer.json()["detail"]


def test_a_token_without_the_scope_is_refused_and_told_which(made):
    AccessToken.objects.update(scopes=["figures"])

    answer = Client().get("/api/handoffs", headers=bearer(made[1]))

    assert answer.status_code == 403
    assert "“read”" in answer.json()["detail"]


def test_a_token_opens_no_page(made):
    assert Client().get("/desk", headers=bearer(made[1])).status_code == 302


def test_one_press_ends_it(page, made):
    page.post(f"/tokens/{made[0].pk}/revoke")

    assert Client().get("/api/handoffs", headers=bearer(made[1])).status_code == 401
    assert AuditLine.objects.get().page == "revoke_token"
    assert "revoked" in page.get("/tokens").content.decode()


def test_nobody_ends_or_sees_the_token_of_another(browser_of, teammate, made):
    other = browser_of(teammate)

    assert other.post(f"/tokens/{made[0].pk}/revoke").status_code == 404
    assert "report" not in other.get("/tokens").content.decode()
    assert AccessToken.objects.get().revoked_at is None


def test_use_is_noted_once_a_minute(made):
    now = builders.NOW
    AccessToken.objects.update(created_at=now, expires_at=now + timedelta(days=1))
    token_from(made[1], come_from="10.0.0.1", now=now)

    token_from(made[1], come_from="10.0.0.1", now=now + NOTED_EVERY / 2)
    assert AccessToken.objects.get().used_at == now

    token_from(made[1], come_from="10.0.0.2", now=now + NOTED_EVERY / 2)
    assert AccessToken.objects.get().used_from == "10.0.0.2"


def test_a_token_made_before_its_role_required_a_second_factor_opens_nothing_until_there_is_one(
    sent, made, author
):
    Team.objects.filter(pk=sent.route.sender_id).update(second_factor=["level_one"])
    browser = Client()

    refused = browser.get("/api/handoffs", headers=bearer(made[1]))
    Authenticator.objects.create(user=author, type=Authenticator.Type.TOTP, data={"secret": "sealed"})

    assert refused.status_code == 401
    assert "second factor" in refused.json()["detail"]
    assert browser.get("/api/handoffs", headers=bearer(made[1])).status_code == 200
