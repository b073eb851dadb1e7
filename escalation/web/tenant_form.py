"""What does an owner enter to connect a tenant? The fields follow from what the tool's folder asks for.

Secrets go in and never come out: their fields are empty, and what stays empty stays as it was.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django import forms

from escalation.models import Connection
from escalation.models.connection import HOSTS, STRAIGHT
from escalation.models.sealed import Unreadable
from escalation.tools.contract import Tool
from escalation.tools.setting_up import Ask, Setup, Step, Way
from escalation.transport.way_out import WayOut, check_proxy

LONGEST = 2000
NO_ADDRESS = "That is no address of a tenant."


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownStep:
    """A step with the tenant's address in it."""

    text: str
    link: str
    copy: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownWay:
    """One way to log in, with its fields."""

    name: str
    label: str
    chosen: bool
    steps: tuple[ShownStep, ...]
    fields: tuple[forms.BoundField, ...]


def shown(steps: tuple[Step, ...], *, address: str) -> tuple[ShownStep, ...]:
    """This will put the tenant's address into the steps."""
    return tuple(
        ShownStep(
            text=each.text.replace("{address}", address),
            link=each.link.replace("{address}", address),
            copy=each.copy,
        )
        for each in steps
    )


def proxy_of(value: str) -> str:
    """This will return a proxy's address; raises ``ValidationError`` for one that no call could use."""
    proxy = value.strip()
    if proxy and proxy != STRAIGHT:
        try:
            check_proxy(proxy)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None
        if "@" in proxy:
            raise forms.ValidationError(
                "A proxy with a password is given to the installation: OUTBOUND_PROXY."
            )
    return proxy


def certificates_of(value: str) -> str:
    """This will return certificates; raises ``ValidationError`` for what holds none."""
    try:
        WayOut(trusted=value.strip()).context()
    except ValueError as error:
        raise forms.ValidationError(str(error)) from None
    return value.strip()


def address_of(value: str) -> str:
    """This will return a tenant's address alone; raises ``ValidationError`` for what is none."""
    said = value.strip()
    try:
        parts = urlsplit(said if "://" in said else f"https://{said}")
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)  # a port may be no number
    except ValueError:
        raise forms.ValidationError(NO_ADDRESS) from None
    if parts.scheme not in {"https", "http"} or not named or parts.username or parts.password:
        raise forms.ValidationError(NO_ADDRESS)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


class TenantForm(forms.Form):
    """One tenant: its name, its address, how to log in, and the tool's own settings."""

    name = forms.CharField(max_length=120, label="Name of the connection")
    base_url = forms.CharField(max_length=200, label="Address")
    our_user = forms.CharField(max_length=160)
    way = forms.ChoiceField(widget=forms.RadioSelect)
    hosts = forms.CharField(max_length=500, required=False, label="Other hosts that may be called")
    allow_private = forms.BooleanField(required=False, label="It stands in our own network")
    external = forms.BooleanField(
        required=False, label="People outside the company read it: secrets never go there"
    )
    proxy = forms.CharField(max_length=255, required=False, label="Proxy")
    trusted = forms.CharField(required=False, label="Certificates to trust (PEM)", widget=forms.Textarea)
    signing = forms.CharField(max_length=400, required=False, widget=forms.PasswordInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, tool: Tool, row: Connection | None) -> None:
        """``row`` is the connection that is changed, None for a new one."""
        if tool.setup is None:
            raise ValueError(f"{tool.label} says nothing of how it is connected.")
        self.tool, self.setup, self.row = tool, tool.setup, row
        super().__init__(data, initial=_initial(tool, self.setup, row))
        self.fields["our_user"].label = self.setup.user.label
        self.fields["our_user"].help_text = self.setup.user.hint
        way = self.fields["way"]
        assert isinstance(way, forms.ChoiceField)  # noqa: S101 - for the type checker
        way.choices = [(each.name, each.label) for each in self.setup.ways]
        for each in self.setup.ways:
            for ask in each.asks:
                self.fields[f"{each.name}-{ask.name}"] = _field(ask)
        for ask in self.setup.settings:
            self.fields[f"set-{ask.name}"] = _field(ask)

    def clean_name(self) -> str:
        """This will refuse a name that another connection has."""
        name = str(self.cleaned_data["name"]).strip()
        others = Connection.objects.exclude(pk=self.row.pk) if self.row else Connection.objects.all()
        if others.filter(name=name).exists():
            raise forms.ValidationError("There is a connection of that name already.")
        return name

    def clean_base_url(self) -> str:
        """This will keep the address alone, without a path's slash."""
        return address_of(str(self.cleaned_data["base_url"]))

    def clean_proxy(self) -> str:
        """This will refuse an address that no call could go through, or that would store a password."""
        return proxy_of(str(self.cleaned_data["proxy"]))

    def clean_trusted(self) -> str:
        """This will refuse what holds no certificate."""
        return certificates_of(str(self.cleaned_data["trusted"]))

    def clean(self) -> None:
        """This will refuse plain HTTP outside the own network, and a way to log in that lacks something."""
        if str(self.cleaned_data.get("base_url", "")).startswith("http://") and not self.cleaned_data.get(
            "allow_private"
        ):
            self.add_error("base_url", "Over http only in your own network: tick that, or use https.")
        way = self._way()
        if way is not None:
            for ask in way.asks:
                field = f"{way.name}-{ask.name}"
                if ask.required and not self.cleaned_data.get(field) and not self._kept(way, ask):
                    self.add_error(field, "Still missing.")
        for ask in self.setup.settings:
            if ask.required and not self.cleaned_data.get(f"set-{ask.name}"):
                self.add_error(f"set-{ask.name}", "Still missing.")

    def ways(self) -> tuple[ShownWay, ...]:
        """The ways to log in as the page shows them."""
        address = str(self["base_url"].value() or self.setup.address)
        return tuple(
            ShownWay(
                name=each.name,
                label=each.label,
                chosen=self["way"].value() == each.name,
                steps=shown(each.steps, address=address),
                fields=tuple(self[f"{each.name}-{ask.name}"] for ask in each.asks),
            )
            for each in self.setup.ways
        )

    def own_settings(self) -> tuple[forms.BoundField, ...]:
        """The tool's own settings."""
        return tuple(self[f"set-{ask.name}"] for ask in self.setup.settings)

    def network(self) -> tuple[forms.BoundField, ...]:
        """What most tenants need nothing of."""
        return tuple(self[name] for name in ("hosts", "allow_private", "external", "proxy", "trusted"))

    def keep(self) -> Connection:
        """This will write the row of a valid form."""
        said = self.cleaned_data
        row = self.row or Connection(tool=self.tool.kind)
        for name in ("name", "base_url", "our_user", "allow_private", "external", "proxy", "trusted"):
            setattr(row, name, said[name])
        own = {ask.name: str(said[f"set-{ask.name}"]).strip() for ask in self.setup.settings}
        hosts = " ".join(str(said["hosts"]).replace(",", " ").split())
        row.settings = {**row.settings, **own, HOSTS: hosts}
        row.keep_credentials(self._credentials(row))
        if said["signing"]:
            row.keep_webhook_secret(said["signing"])
        row.save()
        return row

    def _way(self) -> Way | None:
        return next((each for each in self.setup.ways if each.name == self.cleaned_data.get("way")), None)

    def _kept(self, way: Way, ask: Ask) -> bool:
        """Whether what stays empty is there already, from the same way to log in."""
        return bool(_of_way(_secrets(self.row), way).get(ask.name))

    def _credentials(self, row: Connection) -> dict[str, str]:
        way, held = self._way(), _secrets(self.row)
        if way is None:
            return held
        same = _of_way(held, way)
        values = {"scheme": way.scheme, "way": way.name}
        for ask in way.asks:
            values[ask.name] = str(self.cleaned_data[f"{way.name}-{ask.name}"] or same.get(ask.name, ""))
        told = {"address": row.base_url, **values}
        values |= {name: _put_in(text, told) for name, text in way.made.items()}
        # Anything new is another identity: what was handed out to the old one is of no use to it.
        unchanged = all(held.get(name) == value for name, value in values.items())
        return held if unchanged else values


def _secrets(row: Connection | None) -> dict[str, str]:
    """What is stored; nothing where the key it was sealed with is gone, for then it is entered anew."""
    try:
        return row.credentials if row is not None and row.sealed_credentials else {}
    except Unreadable:
        return {}


def _of_way(held: Mapping[str, str], way: Way) -> Mapping[str, str]:
    same = held.get("scheme") == way.scheme and held.get("way", way.name) == way.name
    return held if same else {}


def _put_in(text: str, told: Mapping[str, str]) -> str:
    for name, value in told.items():
        text = text.replace("{" + name + "}", value)
    return text


def _field(ask: Ask) -> forms.Field:
    if ask.choices:
        return forms.ChoiceField(label=ask.label, help_text=ask.hint, choices=ask.choices, initial=ask.given)
    widget = forms.PasswordInput() if ask.secret else forms.TextInput()
    return forms.CharField(
        label=ask.label,
        help_text=ask.hint,
        required=False,
        max_length=LONGEST,
        widget=widget,
        initial=ask.given,
    )


def _initial(tool: Tool, setup: Setup, row: Connection | None) -> dict[str, Any]:
    if row is None:
        return {
            "name": tool.label,
            "way": setup.ways[0].name,
            "hosts": " ".join(setup.hosts),
            "our_user": setup.user.given,
        }
    names = ("name", "base_url", "our_user", "allow_private", "external", "proxy", "trusted")
    return {name: getattr(row, name) for name in names} | dict(_held(setup, row))


def _held(setup: Setup, row: Connection) -> Iterator[tuple[str, Any]]:
    values = _secrets(row)
    named = next((each for each in setup.ways if each.name == values.get("way")), None)
    way = named or next((each for each in setup.ways if each.scheme == values.get("scheme")), setup.ways[0])
    yield "way", way.name
    yield "hosts", row.settings.get(HOSTS, " ".join(setup.hosts))
    for ask in way.asks:
        if not ask.secret and values.get(ask.name):
            yield f"{way.name}-{ask.name}", values[ask.name]
    for ask in setup.settings:
        yield f"set-{ask.name}", row.settings.get(ask.name, ask.given)
