"""How does a connection prove to a tool who it is?

One dataclass per scheme. Secrets never show in a representation, and nothing here writes a log.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Tokens:
    """What an OAuth server handed out; a refresh may rotate both."""

    access_token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)
    expires_in_s: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Basic:
    """User name and password, or a Zendesk API token as "agent@acme.com/token" and the token."""

    user: str
    password: str = field(repr=False)

    def header(self) -> str:
        """This will return the Authorization header (RFC 7617, UTF-8)."""
        return "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()


@dataclass(frozen=True, kw_only=True, slots=True)
class Bearer:
    """A token that a person made in the tool."""

    token: str = field(repr=False)

    def header(self) -> str:
        """This will return the Authorization header (RFC 6750)."""
        return f"Bearer {self.token}"


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientCredentials:
    """An OAuth client; ``tokens`` is what was stored last, ``on_tokens`` stores each new pair at once.

    With a refresh token the refresh grant is used, else client_credentials. ``form`` says how the
    token address wants its body: ServiceNow's /oauth_token.do form-encoded, Zendesk's /oauth/tokens JSON.
    """

    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str = ""
    form: bool = False
    tokens: Tokens | None = None
    on_tokens: Callable[[Tokens], None] | None = None

    def grant(self, tokens: Tokens | None) -> dict[str, str]:
        """This will return the body of the token request."""
        body = {"client_id": self.client_id, "client_secret": self.client_secret}
        if tokens is not None and tokens.refresh_token:
            body |= {"grant_type": "refresh_token", "refresh_token": tokens.refresh_token}
        else:
            body |= {"grant_type": "client_credentials"}
        return body | ({"scope": self.scope} if self.scope else {})


@dataclass(frozen=True, kw_only=True, slots=True)
class Unsigned:
    """Nobody: what is called is told by each call's own signature who we are."""

    def header(self) -> str:
        """This will return the Authorization header, which is empty."""
        return ""


Credentials = Basic | Bearer | ClientCredentials | Unsigned
