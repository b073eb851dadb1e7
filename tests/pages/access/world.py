"""One of everything that an address can name, and one browser of everybody who could ask for it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from escalation.capture.files import NewFile, keep_file
from escalation.knowledge.codec import to_json
from escalation.models import (
    Amendment,
    Connection,
    Consult,
    Delivery,
    Drift,
    GoldenCase,
    Handoff,
    Membership,
    Notice,
    Route,
    SavedView,
    Team,
)
from escalation.models.answer import Question
from escalation.models.notice import NoticeKind
from escalation.models.subscriber import Event
from escalation.subscribers.keep import Wish, owe_test, subscribe
from tests import builders
from tests.pages.posting import confirmed

Role = Membership.Role
NOBODYS = UUID("00000000-0000-4000-8000-000000000000")
# Whose browser asks, in the order of the matrix' columns.
READERS = ("nobody", "stranger", "elsewhere", "author", "teammate", "receiver", "lead", "owner", "staff")


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """The things, and the people by what they are to them."""

    draft: Handoff
    sent: Handoff
    names: dict[str, dict[str, Any]]  # per state ("draft", "sent"): the arguments of addresses
    people: dict[str, User | None]

    def browser(self, reader: str) -> Client:
        """A browser in which that reader is logged in."""
        browser, user = Client(raise_request_exception=False), self.people[reader]
        if user is not None:
            browser.force_login(user)
        return browser


def build() -> World:
    """Two handoffs of one route, everything that hangs on them, and everybody."""
    route = builders.route()
    people = _people(route)
    author, receiver = people["author"], people["receiver"]
    assert author is not None
    assert receiver is not None
    draft = builders.handoff(route=route, author=author)
    sent = confirmed(builders.handoff(route=route, author=author), by=author)
    names = _shared(route, author=author) | {"running_id": sent.pk}
    return World(
        draft=draft,
        sent=sent,
        people=people,
        names={
            "draft": names | {"handoff_id": draft.pk, "pk": draft.pk} | _of_draft(draft, author),
            "sent": names | {"handoff_id": sent.pk, "pk": sent.pk} | _of_sent(sent, author, receiver),
        },
    )


def addresses() -> dict[str, URLPattern]:
    """Every named address of the resolver, Django's own administration left out."""
    return dict(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, before: str) -> Any:
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield f"{before}{each.name}", each
        elif each.namespace != "admin":
            yield from _walk(each, f"{before}{each.namespace}:" if each.namespace else before)


def _people(route: Route) -> dict[str, User | None]:
    other = Team.objects.create(name="Another desk")
    staff = builders.person("root")
    User.objects.filter(pk=staff.pk).update(is_staff=True)
    return {
        "nobody": None,
        "stranger": builders.person("mallory"),
        "elsewhere": builders.person("eve", team=other),
        "author": builders.person("lena", team=route.sender),
        "teammate": builders.person("amir", team=route.sender),
        "receiver": builders.person("tomas", team=route.receiver, role=Role.LEVEL_TWO),
        "lead": builders.person("ines", team=route.receiver, role=Role.LEAD),
        "owner": builders.person("kenji", team=route.sender, role=Role.OWNER),
        "staff": staff,
    }


def _shared(route: Route, *, author: User) -> dict[str, Any]:
    view = SavedView.objects.create(user=author, name="Mine", saved_at=builders.NOW)
    target: Connection = route.target
    return {
        "route_id": route.pk,
        "team_id": route.sender_id,
        "user_id": author.pk,
        "version": 1,
        "connection_id": target.pk,
        "connection": target.pk,
        "tool": target.tool,
        "view_id": view.pk,
        "case_id": _golden(route).pk,
        "finding_id": _finding(route).pk,
        "key": "first_time_right",
        "rubric": "ask_clear",
        "said": "yes",
        "field": "cmdb_ci",
        "username": "nobody-of-practice",
        "provider_id": "company",
        "purpose": "accept",
        "token": "forged",
        "sequence": 1,
        "number": 1,
        "file_id": NOBODYS,
        "consult_id": 0,
        "question_id": 0,
        "notice_id": 0,
        "token_id": 0,
        "delivery_id": NOBODYS,
    } | _told(route, author=author)


def _told(route: Route, *, author: User) -> dict[str, Any]:
    wish = Wish(team=route.sender, name="Reports", url="https://reports.example/in", events=list(Event))
    row, _ = subscribe(wish=wish, by=author, now=builders.NOW)
    message = owe_test(subscriber=row, message=uuid5(row.pk, "matrix"), now=builders.NOW)
    return {"subscriber_id": row.pk, "message_id": message.pk}


def _finding(route: Route) -> Drift:
    told = {"what": "It is retired.", "fix": "Say that you know.", "since": builders.NOW}
    kind = Drift.Kind.ENTRY_RETIRED
    return Drift.objects.create(route=route, connection=route.target, kind=kind, field="cmdb_ci", **told)


def _golden(route: Route) -> GoldenCase:
    frozen: dict[str, Any] = dict.fromkeys(("kept_at", "expected_since"), builders.NOW)
    frozen |= {"state": to_json(builders.scene()), "given": {"rules": {}, "now": builders.NOW.isoformat()}}
    expected = {"draft": {"tool": "servicenow", "record": "Incident", "fields": []}}
    return GoldenCase.objects.create(route=route, summary="Kept", expected=expected, **frozen)


def _of_draft(draft: Handoff, author: User) -> dict[str, Any]:
    file = NewFile(name="log.txt", content_type="text/plain", body=b"a line")
    kept = keep_file(handoff=draft, file=file, by=author, now=builders.NOW)
    consult = Consult.objects.create(
        handoff=draft,
        team=draft.route.receiver,
        question="Known?",
        state=to_json(builders.scene()),
        by=author,
        at=builders.NOW,
    )
    return {"file_id": kept.pk, "consult_id": consult.pk}


def _of_sent(sent: Handoff, author: User, receiver: User) -> dict[str, Any]:
    question = Question.objects.create(handoff=sent, text="Since when?", by=receiver, at=builders.NOW)
    notice = Notice.objects.create(
        user=author,
        handoff=sent,
        kind=NoticeKind.values[0],
        cause="matrix",
        title="Delivered",
        address=f"/handoffs/{sent.pk}",
        made_at=builders.NOW,
    )
    Amendment.objects.create(
        handoff=sent,
        number=1,
        kind=Amendment.Kind.CORRECTION,
        state=sent.state,
        before_fingerprint="0" * 64,
        by=author,
        created_at=builders.NOW,
        saved_at=builders.NOW + timedelta(minutes=1),
    )
    delivery = Delivery.objects.filter(handoff=sent).first()
    return {
        "question_id": question.pk,
        "notice_id": notice.pk,
        "delivery_id": delivery.pk if delivery else NOBODYS,
    }
