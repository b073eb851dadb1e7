"""What was I told without looking, and how do I want to be told?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escalation.models import Notice, NoticeChoice, NoticeKind
from escalation.notices import choose as choosing
from escalation.timeline import unsubscribe
from escalation.timeline.notify import Wish, hours_of
from escalation.web.access import PersonRequest, handoff_for, page

MOST_LINES = 500  # of the newest notices
MOST_HANDOFFS = 50
MOST_OF_ONE = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One notice under its handoff, which need not be named again."""

    notice: Notice
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """What a person was told of one handoff or route: the newest, and what came before."""

    summary: str
    unread: int
    newest: Told
    before: tuple[Told, ...]


WHAT = {unsubscribe.ALL: "all mails", unsubscribe.WEEKLY: "the weekly mail with the figures"}


class HoursForm(forms.Form):
    """A person's clock; the quiet span has both ends or none."""

    zone = forms.ChoiceField(label="Your time zone")
    quiet_from = forms.TimeField(label="Quiet from", required=False)
    quiet_until = forms.TimeField(label="until", required=False)
    digest_at = forms.TimeField(label="Daily digest at")
    slack_user = forms.RegexField(
        label="Your member id in Slack",
        regex=r"^[UW][A-Z0-9]{5,20}$",
        required=False,
        error_messages={"invalid": "A member id starts with U or W; Slack shows it in your profile."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The zones are those this machine knows."""
        super().__init__(*args, **kwargs)
        zones = sorted(available_timezones())
        self.fields["zone"].choices = [(each, each.replace("_", " ")) for each in zones]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One end of a quiet span alone says nothing."""
        values = super().clean() or {}
        if (values.get("quiet_from") is None) != (values.get("quiet_until") is None):
            self.add_error("quiet_until", "Give both ends of the quiet hours, or neither.")
        return values


class WishForm(forms.Form):
    """How one kind is told."""

    page = forms.BooleanField(required=False)
    mail = forms.ChoiceField(choices=NoticeChoice.Mail.choices)
    slack = forms.BooleanField(required=False)


@page()
@require_safe
def notices(request: PersonRequest) -> HttpResponse:
    """This will list what the person was told, by handoff, the one with the newest first."""
    rows = Notice.objects.filter(user=request.user, in_page=True).select_related("handoff")
    groups = _grouped(rows.order_by("-made_at", "-pk")[:MOST_LINES])
    return render(request, "pages/notices.html", {"groups": groups[:MOST_HANDOFFS]})


@page()
@require_safe
def unread(request: PersonRequest) -> HttpResponse:
    """This will count the handoffs with something unread, and give an open page the token of this log-in."""
    count = Notice.objects.unread_by(request.user).handoffs()
    return JsonResponse({"unread": count, "token": get_token(request)}, headers={"Cache-Control": "no-store"})


@page()
@require_POST
def seen(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will mark what the person was told of a handoff as read: the news came onto its open page."""
    handoff = handoff_for(request, handoff_id)
    choosing.mark_seen(user=request.user, handoff=handoff, now=timezone.now())
    return HttpResponse(status=204)


@page()
@require_POST
def open_one(request: PersonRequest, notice_id: int) -> HttpResponse:
    """This will mark a notice as read and lead to what it is about."""
    notice = get_object_or_404(Notice, user=request.user, pk=notice_id)
    choosing.mark_read(user=request.user, now=timezone.now(), notice_id=notice.pk)
    return redirect(notice.address)


@page()
@require_POST
def read_all(request: PersonRequest) -> HttpResponse:
    """This will mark everything as read."""
    choosing.mark_read(user=request.user, now=timezone.now())
    return redirect("notices")


@page()
@require_http_methods(["GET", "POST"])
def settings(request: PersonRequest) -> HttpResponse:
    """This will show the person's choices, or keep them."""
    wishes = choosing.wishes_of(request.user)
    posted = request.POST if request.method == "POST" else None
    row = getattr(request.user, "notice_hours", None)
    first = hours_of(row)
    initial = {
        "zone": first.zone if row else request.reader.zone,
        "quiet_from": first.quiet_from,
        "quiet_until": first.quiet_until,
        "digest_at": first.digest_at,
        "slack_user": row.slack_user if row else "",
    }
    clock = HoursForm(posted, initial=initial)
    forms_by_kind = {
        kind: WishForm(
            posted, prefix=kind, initial={"page": wish.page, "mail": wish.mail, "slack": wish.slack}
        )
        for kind, wish in wishes.items()
    }
    if posted is not None and all([clock.is_valid(), *(each.is_valid() for each in forms_by_kind.values())]):
        chosen = {kind: Wish(**each.cleaned_data) for kind, each in forms_by_kind.items()}
        choosing.choose(user=request.user, clock=choosing.Clock(**clock.cleaned_data), wishes=chosen)
        messages.success(request, "Kept. What is on its way already still comes.")
        return redirect("notice_settings")
    rows = [(NoticeKind(kind).label, each) for kind, each in forms_by_kind.items()]
    context = {"clock": clock, "rows": rows, "mail": request.user.email}
    return render(request, "pages/notice_settings.html", context, status=422 if posted is not None else 200)


def _grouped(rows: Iterable[Notice]) -> tuple[Group, ...]:
    """By handoff, or by the place of a route, in the order in which each first appears."""
    found: dict[UUID | str, list[Notice]] = {}
    for row in rows:
        found.setdefault(row.handoff_id or row.address, []).append(row)
    return tuple(_group(each) for each in found.values())


def _group(rows: list[Notice]) -> Group:
    newest, *before = (_told(row) for row in rows)
    return Group(
        summary=rows[0].handoff.summary if rows[0].handoff else rows[0].title,
        unread=sum(row.read_at is None for row in rows),
        newest=newest,
        before=tuple(before[:MOST_OF_ONE]),
    )


def _told(row: Notice) -> Told:
    if row.handoff is None:
        return Told(notice=row, title=row.get_kind_display())
    return Told(notice=row, title=row.title.removesuffix(f": {row.handoff.summary}"))


@csrf_exempt  # a mail program presses it (RFC 8058); the token is the proof and stopping is all it can do
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """This will ask whether mails are to stop, or stop them; looking changes nothing."""
    try:
        user_id, kind = unsubscribe.read(token)
    except unsubscribe.Forged:
        words = "This link was not made by Baton, or not all of it was copied."
        return render(request, "pages/outside_refused.html", {"words": words}, status=403)
    if request.method == "POST":
        unsubscribe.stop(user_id=user_id, kind=kind)
    what = WHAT.get(kind) or f"mails like “{NoticeKind(kind).label}”"
    response = render(request, "pages/stop_mail.html", {"what": what, "done": request.method == "POST"})
    response["Cache-Control"] = "no-store"
    return response
