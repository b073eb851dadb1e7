"""How does an owner set a language model up, try it, and switch it off again?"""

from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from escalation.drafting.setup import Setup, entered, keep, language_model
from escalation.models import MachineDraft
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools.registry import tool
from escalation.transport.errors import TransportError
from escalation.upkeep.rights import lacks_of
from escalation.web.access import PersonRequest, Role, page

PAGE = "pages/language_model.html"


class ModelForm(forms.Form):
    """What an owner enters; the key is never shown again."""

    address = forms.URLField(assume_scheme="https", max_length=200)
    model = forms.CharField(max_length=120)
    key = forms.CharField(max_length=400, required=False, widget=forms.PasswordInput)
    private = forms.BooleanField(required=False)
    items = forms.BooleanField(required=False)
    lines = forms.BooleanField(required=False)

    def clean_address(self) -> str:
        """This will refuse an address that holds a password, or more than where the model is."""
        parts = urlsplit(str(self.cleaned_data["address"]))
        if parts.username or parts.password or parts.query or parts.fragment:
            raise forms.ValidationError("Enter the address alone; the key has its own field.")
        if parts.scheme not in {"http", "https"}:
            raise forms.ValidationError("The address begins with https://, or http:// in your own network.")
        path = parts.path.rstrip("/").removesuffix("/chat/completions")
        return f"{parts.scheme}://{parts.netloc}{path}"

    def clean(self) -> None:
        """This will refuse plain HTTP outside the company's own network."""
        address = str(self.cleaned_data.get("address", ""))
        if address.startswith("http://") and not self.cleaned_data.get("private"):
            self.add_error("address", "Over http only in your own network: tick that, or use https.")


@page(Role.OWNER)
@require_http_methods(["GET", "POST"])
def language_model_page(request: PersonRequest) -> HttpResponse:
    """This will show how the model is set up, or keep what was entered."""
    now = entered()
    form = ModelForm(request.POST or None, initial=_shown(now))
    if request.method == "POST" and form.is_valid():
        keep(Setup(**form.cleaned_data))
        messages.success(request, "Kept. The next draft is asked under it.")
        return redirect("language_model")
    status = 422 if request.method == "POST" else 200
    return render(request, PAGE, {"form": form, **_about()}, status=status)


@page(Role.OWNER)
@require_POST
def test_model(request: PersonRequest) -> HttpResponse:
    """This will ask the endpoint one short question and say what it lacks."""
    row = language_model()
    if row is None:
        messages.info(request, "Enter a language model first.")
        return redirect("language_model")
    try:
        lacks = lacks_of(tool(row.tool), row.door(trial=True))
    except (TransportError, NotConfigured, Unreadable) as error:
        messages.error(request, f"The language model cannot be used: {error}")
        return redirect("language_model")
    if not lacks:
        messages.success(request, "It answers as Baton needs it.")
    for lack in lacks:
        messages.error(request, f"{lack.what} {lack.fix}")
    return redirect("language_model")


def _shown(now: Setup | None) -> dict[str, object]:
    if now is None:
        return {}
    return {name: getattr(now, name) for name in ("address", "model", "private", "items", "lines")}


def _about() -> dict[str, object]:
    row = language_model()
    return {
        "row": row,
        "last": MachineDraft.objects.select_related("handoff").order_by("-asked_at")[:8],
    }
