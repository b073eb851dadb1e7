"""What is set up in the administration? Teams, who is in them, and routes; connections as a last resort.

Credentials go in and never come out: the form shows them empty, and what stays empty stays as it was.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from escalation.models import Connection, Membership, Route, Team, TeamChannel
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools import registry
from escalation.transport.errors import TransportError
from escalation.web.tenant_form import certificates_of, proxy_of

SCHEMES: dict[str, frozenset[str]] = {
    "basic": frozenset({"user", "password"}),
    "bearer": frozenset({"token"}),
    "client_credentials": frozenset({"token_url", "client_id", "client_secret"}),
}


class ConnectionForm(forms.ModelForm):  # type: ignore[type-arg]  # no generics at run time
    """A connection with the secrets that are stored sealed."""

    base_url = forms.URLField(assume_scheme="https", help_text="The tenant's address, as people open it")
    credentials = forms.JSONField(
        required=False,
        help_text='As {"scheme": "basic", "user": "…", "password": "…"}, {"scheme": "bearer", '
        '"token": "…"} or {"scheme": "client_credentials", "token_url": "…", "client_id": "…", '
        '"client_secret": "…"}. '
        "Leave empty to keep what is stored.",
    )
    webhook_secret = forms.CharField(
        required=False, widget=forms.PasswordInput, help_text="Leave empty to keep what is stored."
    )

    class Meta:
        model = Connection
        fields = (
            *("tool", "name", "base_url", "our_user", "settings"),
            *("allow_private", "proxy", "trusted", "external"),
        )

    def clean_proxy(self) -> str:
        """This will refuse an address that no call could go through, or that would store a password."""
        return proxy_of(str(self.cleaned_data["proxy"]))

    def clean_trusted(self) -> str:
        """This will refuse what holds no certificate."""
        return certificates_of(str(self.cleaned_data["trusted"]))

    def clean_credentials(self) -> dict[str, str]:
        """This will refuse credentials with which no call could be made."""
        values = self.cleaned_data["credentials"] or {}
        if not values:
            return {}
        if not isinstance(values, dict) or values.get("scheme") not in SCHEMES:
            raise ValidationError(f'"scheme" is one of {", ".join(SCHEMES)}.')
        missing = sorted(SCHEMES[values["scheme"]] - values.keys())
        if missing:
            raise ValidationError(f"Still missing: {', '.join(missing)}.")
        return {key: str(value) for key, value in values.items()}


@admin.register(Connection)
class ConnectionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The tenants; what was seen of them is read-only."""

    form = ConnectionForm
    list_display = ("name", "tool", "base_url", "heard_at", "polled_at", "trouble")
    readonly_fields = ("heard_at", "polled_at", "trouble", "trouble_at")

    def save_model(self, request: HttpRequest, obj: Connection, form: Any, change: Any) -> None:
        """This will seal what was entered before the row is saved."""
        values: dict[str, Any] = form.cleaned_data
        if values.get("credentials"):
            obj.keep_credentials(values["credentials"])
        if values.get("webhook_secret"):
            obj.keep_webhook_secret(values["webhook_secret"])
        super().save_model(request, obj, form, change)


class MembershipInline(admin.TabularInline):  # type: ignore[type-arg]
    """Who is in the team, and as what."""

    model = Membership
    extra = 1


class TeamChannelForm(forms.ModelForm):  # type: ignore[type-arg]
    """The channel by its name or id; Baton asks the chat whether it may write there."""

    place = forms.CharField(
        label="Channel", max_length=120, help_text="Its name or id. Invite Baton's app to the channel first."
    )

    class Meta:
        model = TeamChannel
        fields = ("connection", "place")

    def clean(self) -> dict[str, Any]:
        """This will refuse a channel in which nothing could be posted, and name those that can be chosen."""
        values: dict[str, Any] = super().clean() or {}
        connection, wanted = values.get("connection"), str(values.get("place", "")).strip().lstrip("#")
        if connection is None or not wanted:
            return values
        chat = registry.tool(connection.tool).chat
        if chat is None:
            raise ValidationError({"connection": f"{connection} has no channels; choose a chat."})
        try:
            places = chat.channels(connection.door())
        except (TransportError, NotConfigured, Unreadable) as error:
            raise ValidationError({"connection": f"{connection} could not be asked: {error}"}) from None
        for place in places:
            if wanted in {place.place, place.name}:
                values["place"], self.instance.name = place.place, place.name
                return values
        names = ", ".join(f"#{place.name}" for place in places) or "none"
        raise ValidationError({"place": f"Baton's app is not in #{wanted}. It is in: {names}."})


class TeamChannelInline(admin.StackedInline):  # type: ignore[type-arg]
    """Where the team reads what becomes of the handoffs it sends."""

    model = TeamChannel
    form = TeamChannelForm


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The teams."""

    list_display = ("name", "zone")
    inlines = (MembershipInline, TeamChannelInline)


@admin.register(Route)
class RouteAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The routes; rules and templates are published on the route's own page."""

    list_display = ("name", "sender", "receiver", "source", "target", "active")
