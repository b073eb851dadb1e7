"""Baton inside Zendesk: who looks is known by the tool's signature, sees what they may see, and no more."""

import re
from collections.abc import Iterator
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from escalation.models import AuditLine, Connection, Handoff, Membership, Route
from escalation.practice import credentials
from escalation.practice.adapter import PracticeAdapter
from escalation.practice.tool import Plan, PracticeTool, build
from tests import builders
from tests.pages.posting import confirmed, note

pytestmark = pytest.mark.django_db

SITE = "https://acme.zendesk.com"
TICKET = "41897"
PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KEY = (
    PRIVATE.public_key()
    .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    .decode()
)
LENA = 8_447_388_090_600


@pytest.fixture
def tool() -> Iterator[PracticeTool]:
    tool = build("zendesk", Plan(clock=timezone.now, send=lambda *_: 200, say=lambda _: None))
    yield tool
    tool.close()


@pytest.fixture
def zendesk(desk_to_ops: Route, tool: PracticeTool, monkeypatch: pytest.MonkeyPatch) -> Connection:
    """The route's source, answered by the practice Zendesk, in which the author is an agent."""
    cache.clear()
    source = desk_to_ops.source
    source.base_url, source.app_key = SITE, KEY
    source.keep_credentials(
        {
            "scheme": "basic",
            "user": f"{credentials.ZENDESK_INTEGRATION_EMAIL}/token",
            "password": credentials.ZENDESK_API_TOKEN,
        }
    )
    source.save()
    agent(tool)
    open_door = Connection.door

    def door(connection: Connection, *, trial: bool = False) -> object:
        opened = open_door(connection, trial=trial)
        opened.session.mount("https://", PracticeAdapter(tool.application))
        return opened

    monkeypatch.setattr(Connection, "door", door)
    return source


@pytest.fixture
def lena(author: User) -> User:
    author.email = "Lena@example.com"
    author.save()
    return author


@pytest.fixture
def sent(desk_to_ops: Route, lena: User) -> Handoff:
    draft = builders.handoff(route=desk_to_ops, author=lena, source_reference=TICKET)
    return confirmed(draft, by=lena)


def agent(tool: PracticeTool, **changed: object) -> None:
    plain = {**tool.store.all("user")[0]}
    one = {**plain, "id": LENA, "name": "Lena Okafor", "email": "lena@example.com", "role": "agent"}
    tool.store.put("user", LENA, {**one, "verified": True, "active": True, "suspended": False, **changed})


def token(user: int = LENA, **changed: object) -> str:
    now = int(timezone.now().timestamp())
    said = {
        "aud": f"{SITE}/api/v2/apps/installations/40.json",
        "sub": f"{SITE}/api/v2/users/{user}.json",
        "iat": now,
        "exp": now + 300,
    }
    return jwt.encode(said | changed, PRIVATE, algorithm="RS256")


def opened(row: Connection, signed: str | None = None) -> HttpResponse:
    return Client().post(
        f"/embedded/{row.pk}?origin={SITE}", {"token": token() if signed is None else signed}
    )


def pass_in(answer: HttpResponse) -> str:
    return re.findall(r'name="pass" value="([^"]+)"', answer.content.decode())[0]


def beside(row: Connection, held: str, ticket: str = TICKET) -> HttpResponse:
    return Client().post(
        f"/embedded/{row.pk}/ticket", {"pass": held, "ticket": ticket}, headers={"HX-Request": "true"}
    )


def test_the_timeline_stands_beside_the_ticket_without_a_session(zendesk: Connection, sent: Handoff) -> None:
    note(sent, "Identified misconfigured CORS policy", sayable="We've found the cause.")

    answer = opened(zendesk)
    html = beside(zendesk, pass_in(answer)).content.decode()

    assert answer.status_code == 200
    assert not answer.cookies
    assert sent.summary in html
    assert "We&#x27;ve found the cause." in html
    assert f"/handoffs/{sent.pk}" in html


def test_one_look_is_one_line_of_the_audit(zendesk: Connection, sent: Handoff, lena: User) -> None:
    held = pass_in(opened(zendesk))

    for _ in range(3):
        beside(zendesk, held)

    assert AuditLine.objects.filter(user=lena, page="embedded_ticket", handoff_id=sent.pk).count() == 1


def test_only_the_connections_own_site_may_frame_it(zendesk: Connection, lena: User) -> None:
    for answer in (opened(zendesk), opened(zendesk, "forged")):
        policy = answer["Content-Security-Policy"]
        assert f"frame-ancestors {SITE}" in policy
        assert "default-src 'self'" in policy
        assert "X-Frame-Options" not in answer
        assert answer["Cache-Control"] == "no-store"
    elsewhere = Client().get("/login")
    assert "frame-ancestors 'none'" in elsewhere["Content-Security-Policy"]
    assert elsewhere["X-Frame-Options"] == "DENY"


def test_without_the_tools_signature_nothing_is_shown(zendesk: Connection, sent: Handoff) -> None:
    for signed in ("", "forged", token(exp=1)):
        answer = opened(zendesk, signed)
        assert answer.status_code == 403
        assert "pass" not in answer.content.decode().lower().replace("passive", "")
    Connection.objects.update(app_key="")
    assert opened(zendesk).status_code == 403


def test_a_log_in_of_somebody_else_in_the_same_browser_counts_for_nothing(
    zendesk: Connection, sent: Handoff, stranger: User
) -> None:
    browser = Client()
    browser.force_login(sent.author)

    answer = browser.post(f"/embedded/{zendesk.pk}/ticket", {"pass": "forged", "ticket": TICKET})

    assert answer.status_code == 403
    assert sent.summary not in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"email": "nobody@example.com"}, "No one account"),
        ({"verified": False}, "not verified"),
        ({"role": "end-user"}, "not one of an agent"),
        ({"suspended": True}, "not one of an agent"),
        ({"active": False}, "not one of an agent"),
    ],
    ids=str,
)
def test_whoever_is_not_known_here_sees_no_handoff_and_is_led_to_the_log_in(
    zendesk: Connection, sent: Handoff, tool: PracticeTool, changed: dict[str, object], why: str
) -> None:
    agent(tool, **changed)

    answer = opened(zendesk)
    html = beside(zendesk, pass_in(answer)).content.decode()

    assert why in answer.content.decode()
    assert sent.summary not in html
    assert "/start?source=https%3A%2F%2Facme.zendesk.com%2Fagent%2Ftickets%2F41897" in html


def test_two_accounts_of_one_address_are_nobodys(zendesk: Connection, sent: Handoff, teammate: User) -> None:
    User.objects.filter(pk=teammate.pk).update(email="lena@example.com")

    assert "No one account" in opened(zendesk).content.decode()


def test_a_tool_that_is_down_is_said(zendesk: Connection, lena: User, tool: PracticeTool) -> None:
    Connection.objects.filter(pk=zendesk.pk).update(sealed_credentials="")

    assert "could not be asked who you are" in opened(zendesk).content.decode()


def test_a_person_of_another_team_sees_nothing_of_the_ticket(
    zendesk: Connection, sent: Handoff, stranger: User
) -> None:
    User.objects.filter(pk=sent.author_id).update(email="")
    User.objects.filter(pk=stranger.pk).update(email="lena@example.com")

    html = beside(zendesk, pass_in(opened(zendesk))).content.decode()

    assert sent.summary not in html
    assert "has not been handed off, as far as you may see" in html
    assert "Escalate" not in html


def test_a_pass_ends_with_its_time_its_key_and_its_person(
    zendesk: Connection, sent: Handoff, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = pass_in(opened(zendesk))
    renewed = re.findall(r'data-pass="([^"]+)"', beside(zendesk, held).content.decode())[0]
    assert beside(zendesk, renewed).status_code == 200

    User.objects.filter(pk=sent.author_id).update(is_active=False)
    assert beside(zendesk, held).status_code == 403
    User.objects.filter(pk=sent.author_id).update(is_active=True)
    other = builders.connection("zendesk", name="Another Zendesk", base_url=SITE, app_key=KEY)
    assert beside(other, held).status_code == 403
    later = timezone.now() + settings.SESSION_IDLE + timedelta(seconds=5)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert beside(zendesk, held).status_code == 403
    monkeypatch.undo()


def test_a_changed_key_ends_every_pass(zendesk: Connection, sent: Handoff) -> None:
    held = pass_in(opened(zendesk))

    Connection.objects.filter(pk=zendesk.pk).update(app_key="another")

    assert beside(zendesk, held).status_code == 403


def test_one_press_begins_the_draft_and_leads_to_its_form(
    zendesk: Connection, lena: User, tool: PracticeTool
) -> None:
    ticket = str(next(one["id"] for one in tool.store.all("ticket") if one["status"] == "open"))
    html = beside(zendesk, pass_in(opened(zendesk)), ticket).content.decode()
    form = dict(re.findall(r'name="(pass|ticket|route)" value="([^"]+)"', html))

    answer = Client().post(f"/embedded/{zendesk.pk}/start", form)

    draft = Handoff.objects.get(author=lena)
    assert answer.status_code == 302
    assert answer["Location"] == f"/handoffs/{draft.pk}/edit"
    assert draft.source_reference == ticket
    assert draft.state["source"]["reference"] == ticket
    # The form itself asks who is there: a pass opens no page.
    assert Client().get(answer["Location"])["Location"].startswith("/login")
    again = beside(zendesk, form["pass"], ticket).content.decode()
    assert "Go on with your draft" in again


def test_a_pass_alone_starts_nothing_for_whoever_hands_nothing_off(
    zendesk: Connection, lena: User, desk_to_ops: Route
) -> None:
    held = pass_in(opened(zendesk))
    form = {"pass": held, "ticket": TICKET, "route": str(desk_to_ops.pk)}

    Membership.objects.filter(user=lena).update(role=Membership.Role.LEAD)
    assert Client().post(f"/embedded/{zendesk.pk}/start", form).status_code == 403
    Membership.objects.filter(user=lena).update(role=Membership.Role.LEVEL_ONE)
    for wrong in ({"ticket": "../admin"}, {"route": "999"}, {"route": ""}, {"ticket": ""}):
        assert Client().post(f"/embedded/{zendesk.pk}/start", form | wrong).status_code == 422
    assert Client().post(f"/embedded/{zendesk.pk}/start", form | {"pass": "x"}).status_code == 403
    assert not Handoff.objects.exists()


def test_imported_text_stays_text(zendesk: Connection, sent: Handoff) -> None:
    note(sent, "<script>alert(1)</script>", sayable="<img src=x onerror=alert(2)>")

    html = beside(zendesk, pass_in(opened(zendesk))).content.decode()

    assert "<script>alert" not in html
    assert "<img" not in html


def test_looking_costs_few_questions(
    zendesk: Connection, sent: Handoff, django_assert_max_num_queries
) -> None:
    held = pass_in(opened(zendesk))

    with django_assert_max_num_queries(14):
        beside(zendesk, held)


def test_the_owner_takes_the_app_away_and_enters_its_key(
    zendesk: Connection, desk_to_ops: Route, browser_of, page: Client
) -> None:
    owner = browser_of(builders.person("kenji", team=desk_to_ops.sender, role=Membership.Role.OWNER))
    Connection.objects.filter(pk=zendesk.pk).update(app_key="")

    html = owner.get(f"/connections/{zendesk.pk}").content.decode()
    package = owner.get(f"/connections/{zendesk.pk}/app.zip")
    refused = owner.post(f"/connections/{zendesk.pk}/app-key", {"key": "nonsense"}, follow=True)
    kept = owner.post(f"/connections/{zendesk.pk}/app-key", {"key": f"\r\n{KEY}"}, follow=True)

    assert "Upload private app" in html
    assert package.content.startswith(b"PK")
    assert "Nothing was kept" in refused.content.decode()
    assert "from now on" in kept.content.decode()
    assert Connection.objects.get(pk=zendesk.pk).app_key == KEY
    assert opened(zendesk).status_code == 200
    for path in ("app.zip", "app-key"):
        assert page.get(f"/connections/{zendesk.pk}/{path}").status_code in {404, 405}
    assert page.post(f"/connections/{zendesk.pk}/app-key", {"key": ""}).status_code == 404
    owner.post(f"/connections/{zendesk.pk}/app-key", {"key": ""})
    assert opened(zendesk).status_code == 403
