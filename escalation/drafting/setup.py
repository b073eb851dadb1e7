"""Is a language model set up here, and switched on? Off until an owner says otherwise.

The endpoint is a connection like any other: its key is sealed, its host is the only one that is called, its
breaker pauses it. One model serves the whole installation.
"""

from dataclasses import dataclass

from escalation.models import Connection

KIND = "language_model"
NAME = "Language model"
_ON = "on"


@dataclass(frozen=True, kw_only=True, slots=True)
class Setup:
    """What an owner enters; a blank ``key`` keeps the one that is there."""

    address: str  # ends before /chat/completions
    model: str
    key: str = ""
    private: bool = False  # it stands in the company's own network
    items: bool = False  # it may draft lines and links for the form
    lines: bool = False  # it may draft sentences for the user


def language_model() -> Connection | None:
    """This will return the connection, switched on or not; None before anybody has entered one."""
    return Connection.objects.filter(tool=KIND).order_by("name").first()


def drafts(what: str) -> Connection | None:
    """This will return the connection where it may draft ``what`` ("items" or "lines"), else None."""
    found = language_model()
    return found if found is not None and found.settings.get(what) == _ON else None


def keep(setup: Setup) -> Connection:
    """This will keep the setup; the next draft is asked under it."""
    row = language_model() or Connection(tool=KIND, name=NAME, our_user="")
    row.base_url = setup.address.rstrip("/")
    row.allow_private = setup.private
    switches = {"items": _ON if setup.items else "", "lines": _ON if setup.lines else ""}
    row.settings = {**row.settings, "model": setup.model, **switches}
    if setup.key or not row.sealed_credentials:
        # An endpoint without keys does not look at this one.
        row.keep_credentials({"scheme": "bearer", "token": setup.key or "none"})
    row.save()
    return row


def entered() -> Setup | None:
    """This will return what stands now, without the key."""
    row = language_model()
    if row is None:
        return None
    return Setup(
        address=row.base_url,
        model=row.settings.get("model", ""),
        private=row.allow_private,
        items=row.settings.get("items") == _ON,
        lines=row.settings.get("lines") == _ON,
    )
