"""Which programs act for me, how much may each, and how do I end one?

A token's text is shown once, on the answer to the press that made it, and never again.
"""

from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from escalation.callers.tokens import TooMany, make_token, revoke_token
from escalation.models import AccessToken
from escalation.models.access_token import Scope
from escalation.web.access import PersonRequest, page

PAGE = "pages/tokens.html"
DAYS = (7, 30, 90, 365)
USUAL_DAYS = 90


class TokenForm(forms.Form):
    """What a new token is for, what it may do and how long."""

    name = forms.CharField(
        label="What uses it",
        max_length=60,
        widget=forms.TextInput(attrs={"class": "field-input", "autocomplete": "off"}),
        error_messages={"required": "Say what uses it, so that you know it again."},
    )
    scopes = forms.TypedMultipleChoiceField(
        label="What it may do",
        choices=Scope.choices,
        coerce=Scope,
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one thing that it may do."},
    )
    days = forms.TypedChoiceField(
        label="For how long",
        choices=[(each, f"{each} days") for each in DAYS],
        coerce=int,
        initial=USUAL_DAYS,
        widget=forms.Select(attrs={"class": "field-input"}),
    )


@page()
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: PersonRequest) -> HttpResponse:
    """This will list the person's tokens, or make one and show it this once."""
    form = TokenForm(request.POST or None)
    made, text = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            made, text = make_token(by=request.user, now=timezone.now(), **form.cleaned_data)
        except TooMany as error:
            form.add_error(None, str(error))
        else:
            form = TokenForm()
    rows = AccessToken.objects.filter(user=request.user).order_by("-created_at")
    context = {"form": form, "made": made, "text": text, "tokens": _with_titles(rows), "now": timezone.now()}
    response = render(request, PAGE, context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@page()
@require_POST
def revoke(request: PersonRequest, token_id: int) -> HttpResponse:
    """This will end one of the person's tokens at once."""
    token = get_object_or_404(AccessToken, user=request.user, pk=token_id)
    revoke_token(token=token, now=timezone.now())
    messages.success(request, f"Revoked. Whatever used “{token}” is answered 401 from now on.")
    return redirect("tokens")


def _with_titles(rows: Iterable[AccessToken]) -> list[tuple[AccessToken, str]]:
    return [(row, "; ".join(str(Scope(each).label) for each in row.scopes)) for row in rows]
