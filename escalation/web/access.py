"""Who is looking, and what may they see?

Every page is wrapped in ``page`` and fetches its handoff through ``handoff_for``: a stranger gets the
same 404 as for a handoff that does not exist.
"""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, Final, ParamSpec, cast
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from escalation.callers.audited import audit
from escalation.models import Handoff, Membership, Notice
from escalation.models.prepared import Prepared
from escalation.web.pace import too_fast
from escalation.web.posted import cleaned

Role = Membership.Role
GZIP = GZipMiddleware(lambda _request: HttpResponse())


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One entry of the main navigation."""

    name: str
    title: str


FIGURES = Page(name="figures", title="Figures")
REVIEWS = Page(name="reviews", title="Reviews")
EXAMPLES = Page(name="examples", title="Good examples")
# Which pages a role works with, the first being where it starts.
PAGES: dict[str, tuple[Page, ...]] = {
    Role.LEVEL_ONE: (Page(name="desk", title="My handoffs"), EXAMPLES),
    Role.LEVEL_TWO: (Page(name="queue", title="Queue"),),
    Role.LEAD: (FIGURES, REVIEWS, Page(name="queue", title="Queue"), EXAMPLES),
    Role.OWNER: (Page(name="connections", title="Connections"), FIGURES, REVIEWS, EXAMPLES),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """The person at the page: roles, teams and the clock they live by."""

    name: str
    roles: frozenset[str]
    teams: str
    team_ids: frozenset[int]
    zone: str
    practice: bool

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages of all roles, each once."""
        return tuple(
            dict.fromkeys(page for role in Role.values if role in self.roles for page in PAGES[role])
        )


class PersonRequest(HttpRequest):
    """A request by somebody who is logged in."""

    user: User
    reader: Reader
    unread: Callable[[], int]  # handoffs with news; asked by the header alone, so a redirect costs no query
    htmx: HtmxDetails


P = ParamSpec("P")
View = Callable[Concatenate[PersonRequest, P], HttpResponse]


def page(*roles: str, as_one: bool = False) -> Callable[[View[P]], View[P]]:
    """This will ask for log-in and show times by the reader's clock; with roles it is for those only.

    ``as_one`` makes what a press writes and its line of the audit one transaction: both are there or neither.
    It is for views that wait for nobody else while they answer.
    """

    def wrap(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: PersonRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if (entrance := _entrance(request)) is not None:
                return entrance
            if (refusal := too_fast(request, request.user)) is not None:
                return refusal
            request.GET, request.POST = cleaned(request.GET), cleaned(request.POST)  # type: ignore[assignment]
            request.reader = reader_of(request.user)
            request.unread = lambda: Notice.objects.unread_by(request.user).handoffs()
            if roles and request.reader.roles.isdisjoint(roles):
                raise Http404
            if "handoff_id" in kwargs:
                structlog.contextvars.bind_contextvars(handoff=str(kwargs["handoff_id"]))
            together = transaction.atomic() if as_one and request.method == "POST" else nullcontext()
            with timezone.override(request.reader.zone), together:
                response = view(request, *args, **kwargs)
                audit(request, request.user, response, now=timezone.now())
            return _packed(request, response)

        return cast("View[P]", answer)  # the stubs lose that it still takes what the view takes

    return wrap


def _entrance(request: HttpRequest) -> HttpResponse | None:
    """Return the way to the log-in for whoever is not logged in."""
    if request.user.is_authenticated:
        return None
    # What a page fetches for itself would follow to the log-in and show that in the place of its list.
    if request.method == "GET" and "HX-Request" in request.headers:
        return HttpResponse(status=401)
    return redirect_to_login(_where_from(request))


def _where_from(request: HttpRequest) -> str:
    """Return the page itself, or of a press the page with its form: a press's own address shows nothing."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    page_of_form = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(page_of_form, allowed_hosts={request.get_host()}):
        parts = urlsplit(page_of_form)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return settings.LOGIN_REDIRECT_URL


def _packed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    # A prefilled form is 130 kB of text and a sixth of it compressed. Django adds random bytes, so that the
    # length tells nobody anything about what is in it.
    if not response.streaming:
        GZIP.process_response(request, response)
    return response


def reader_of(user: User) -> Reader:
    """This will read the person's memberships once."""
    memberships = Membership.of_person(user.pk)
    return Reader(
        name=user.get_full_name() or user.get_username(),
        roles=frozenset(each.role for each in memberships),
        teams=", ".join(dict.fromkeys(each.team.name for each in memberships)),
        team_ids=frozenset(each.team_id for each in memberships),
        zone=memberships[0].team.zone if memberships else settings.TIME_ZONE,
        practice=settings.PRACTICE,
    )


# What every page of a handoff reads of its surroundings.
WITH = ("route__sender", "route__receiver", "route__source", "route__target", "author", "template")


def _open_to(handoff: UUID, person: int) -> QuerySet[Handoff]:
    return Handoff.objects.open_to(User(pk=person)).filter(pk=handoff).select_related(*WITH)


OPEN_TO: Final = Prepared(_open_to, handoff=UUID, person=int)
OPEN_TO_AS_SENT: Final = Prepared(
    lambda handoff, person: _open_to(handoff, person).select_related("snapshot"), handoff=UUID, person=int
)


def _draft_of(handoff: UUID, person: int) -> QuerySet[Handoff]:
    around = (each for each in WITH if each != "author")
    return Handoff.objects.drafts_of(User(pk=person)).filter(pk=handoff).select_related(*around)


# Asked after every pause in typing, and of nobody but the author: no need to look at teams.
DRAFT_OF: Final = Prepared(_draft_of, handoff=UUID, person=int)
LOCKED_DRAFT_OF: Final = Prepared(
    lambda handoff, person: _draft_of(handoff, person).select_for_update(of=("self",)),
    handoff=UUID,
    person=int,
)


def handoff_for(request: PersonRequest, handoff_id: UUID, *, as_sent: bool = False) -> Handoff:
    """This will return a handoff the person may see, with its route, or its snapshot too; raises 404."""
    asked = OPEN_TO_AS_SENT if as_sent else OPEN_TO
    handoff = asked.first(handoff=handoff_id, person=request.user.pk)
    if handoff is None:
        raise Http404
    return handoff


def draft_for(request: PersonRequest, handoff_id: UUID) -> Handoff:
    """This will return the person's own draft; raises 404, also for a draft that has been sent."""
    handoff = DRAFT_OF.first(handoff=handoff_id, person=request.user.pk)
    if handoff is None:
        raise Http404
    handoff.author = request.user
    return handoff


def locked_draft_for(request: PersonRequest, handoff_id: UUID) -> Handoff | None:
    """This will lock the person's own draft; None where there is none (any more)."""
    draft = LOCKED_DRAFT_OF.first(handoff=handoff_id, person=request.user.pk)
    if draft is not None:
        draft.author = request.user
    return draft


def received_for(request: PersonRequest, handoff_id: UUID) -> Handoff:
    """This will return a handoff addressed to a team of the person; raises 404 for everybody else."""
    handoff = handoff_for(request, handoff_id)
    if not Handoff.objects.received_by(request.user).filter(pk=handoff.pk).exists():
        raise Http404
    return handoff


def sent_for(request: PersonRequest, handoff_id: UUID) -> Handoff:
    """This will return a handoff that a team of the person sent; raises 404 for everybody else."""
    handoff = handoff_for(request, handoff_id)
    if not Handoff.objects.sent_by(request.user).filter(pk=handoff.pk).exists():
        raise Http404
    return handoff
