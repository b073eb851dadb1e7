"""How does a handoff begin? From a ticket in the list, from what is pasted, or by a link from the tool.

A link only asks: it is the press on the page it leads to that reads the ticket and makes a draft.
"""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from escalation.capture import prefill
from escalation.models import Handoff, Route
from escalation.models.connection import NotConfigured
from escalation.transport.errors import TransportError
from escalation.web.access import PersonRequest, Role, page
from escalation.web.picking import not_called, route_called, start_picker

NOT_A_TICKET = (
    "That is neither a ticket's address nor its number. To start from a conversation, paste it whole."
)


class StartForm(forms.Form):
    """A route and either a ticket or text."""

    route = forms.CharField(label="Hand off to", max_length=200)
    ticket = forms.CharField(label="Ticket", required=False, max_length=1000)
    text = forms.CharField(label="Conversation, mail or notes", required=False, widget=forms.Textarea)
    blank = forms.BooleanField(required=False)  # a call: nothing is written down anywhere yet

    def __init__(self, data: QueryDict | None, *, routes: QuerySet[Route]) -> None:
        super().__init__(data)
        self.routes = tuple(routes.order_by("name"))

    def clean_route(self) -> Route:
        """One of the person's own, by its number, its name or its receiver's."""
        typed = self.cleaned_data["route"]
        route = route_called(typed, self.routes)
        if route is None:
            names = [each.name for each in self.routes]
            raise forms.ValidationError(not_called(typed, names, what="receiver"))
        return route

    def clean(self) -> None:
        """One of them is needed; a ticket must be one that the route's tool can name."""
        if self.cleaned_data.get("blank"):
            return
        route, ticket = self.cleaned_data.get("route"), self.cleaned_data.get("ticket", "").strip()
        if not ticket and not self.cleaned_data.get("text", "").strip():
            raise forms.ValidationError("Paste a ticket's address or number, or the conversation itself.")
        if ticket and route:
            reference = prefill.reference_of(connection=route.source, text=ticket)
            if not reference:
                self.add_error("ticket", NOT_A_TICKET)
            self.cleaned_data["reference"] = reference


@page(Role.LEVEL_ONE)
@require_http_methods(["GET", "POST"])
def start(request: PersonRequest) -> HttpResponse:
    """This will ask whether to begin, or begin."""
    routes = Route.objects.open_to(request.user).select_related("source", "target", "sender", "receiver")
    if request.method != "POST":
        form = StartForm(_asked_by_link(request.GET, routes) or None, routes=routes)
        return _ask(request, form, asked=True)
    form = StartForm(request.POST, routes=routes)
    if not form.is_valid():
        return _ask(request, form, status=422)
    try:
        handoff = _begin(form, request)
    except (TransportError, NotConfigured, prefill.NoSource, prefill.TooLong) as error:
        form.add_error(None, str(error))
        return _ask(request, form, status=422)
    return redirect("edit", handoff.pk)


def _ask(request: PersonRequest, form: StartForm, *, asked: bool = False, status: int = 200) -> HttpResponse:
    typed = str(form.data.get("route", ""))
    where = start_picker(form.routes, now=timezone.now(), typed=typed)
    values = {"form": form, "asked": asked, "route_picker": where, "bookmark": _bookmark()}
    return render(request, "pages/start.html", values, status=status)


def _asked_by_link(query: QueryDict, routes: QuerySet[Route]) -> QueryDict:
    """What a link asks: ``source`` is the address of the ticket's page, and says by itself which route."""
    given = query.copy()
    source = given.get("source", "")
    if source:
        given["ticket"] = source
    if "route" not in given and routes:
        there = (each for each in routes if _host(source) == _host(each.source.base_url) != "")
        given["route"] = str(next(there, routes[0]).pk)
    return given


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""  # what somebody typed into the address bar


def _bookmark() -> str:
    """The address of a bookmark that begins a handoff from the page which is open in the browser."""
    start = f"{settings.PUBLIC_URL}{reverse('start')}?source="
    return f"javascript:void(open('{start}'+encodeURIComponent(location.href)))"


def _begin(form: StartForm, request: PersonRequest) -> Handoff:
    values, now = form.cleaned_data, timezone.now()
    if values["blank"]:
        return prefill.start_empty(route=values["route"], by=request.user, now=now)
    if values.get("reference"):
        return prefill.start_from_ticket(
            route=values["route"], reference=values["reference"], by=request.user, now=now
        )
    return prefill.start_from_text(route=values["route"], text=values["text"], by=request.user, now=now)
