"""What must an owner be told to connect a tenant, in the tool's own words? Values only.

A tool's ``setup.py`` says it; the page that adds a connection shows it, step by step. ``{address}`` in a text
stands for the tenant's address, without a slash at the end.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing to do in the tool, and where."""

    text: str
    link: str = ""  # where in the tenant it is done, as "{address}/admin"
    copy: str = ""  # what is pasted there


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """One thing to enter in Baton."""

    name: str
    label: str
    hint: str = ""
    secret: bool = False
    required: bool = True
    given: str = ""  # what stands there to begin with
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """One way to log in."""

    name: str
    label: str
    scheme: str  # as the connection's credentials are kept: "basic", "bearer", "client_credentials"
    steps: tuple[Step, ...]
    asks: tuple[Ask, ...]
    # What is kept besides, made of what was entered: {"user": "{email}/token"}.
    made: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Setup:
    """How a tenant of a tool is connected."""

    plays: str  # what Baton does there, in a sentence
    address: str  # an example of an address
    user: Ask  # by which name our own writes are known
    ways: tuple[Way, ...]  # the first is the one to take
    settings: tuple[Ask, ...] = ()
    hosts: tuple[str, ...] = ()  # what else is called, as where files are kept; ".example.com" with all below
    calls: tuple[Step, ...] = ()  # how it comes to call us, where a person has to do it
    can_be_told: bool = False  # it registers our address when we ask it to
    inside: tuple[Step, ...] = ()  # how our page comes to stand beside its tickets
    theirs: str = ""  # what the tool calls the secret that it draws itself; "" where Baton draws one
