"""How does a request leave this house, and what comes back?

Every call of every tool goes through ``GuardedSession.send``, also the calls of client libraries that
are handed the session. It repeats two calls only, once and at once: one that was answered 401 by an expired
token, which was therefore not done, and a read that failed quickly. Delivering a record takes half a dozen
calls, most of them reads; without the second look a tool that fails three in ten lets one delivery in nine
through. A write is never repeated here. Errors leave it only as ``transport.errors``.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import requests
from requests import PreparedRequest, Response
from requests.auth import AuthBase
from requests.exceptions import RequestException

from escalation.transport import trace
from escalation.transport.adapter import CheckedAdapter
from escalation.transport.allowed import Allowed, host_of
from escalation.transport.credentials import ClientCredentials, Credentials, Tokens
from escalation.transport.door import Answer, Said, Upload
from escalation.transport.errors import (
    Ambiguous,
    Limited,
    Paused,
    TransportError,
    Unauthorised,
    Unavailable,
)
from escalation.transport.gate import Gate, OpenGate
from escalation.transport.lost import NotReadable, lost
from escalation.transport.verdict import SAFE_METHODS, error_for
from escalation.transport.way_out import WayOut

TIMEOUT_S: Final = (5.0, 30.0)  # to connect, to read: a worker's lease is longer than both together
LONGEST_READ_S: Final = 60.0  # a body that drips in passes every single read's timeout
QUICKLY_S: Final = 2.0  # a read that failed within this is asked once more; a slow tool is not asked twice
LARGEST_ANSWER: Final = 10 * 1024 * 1024
MOST_REDIRECTS: Final = 3
ASLEEP: Final = "The tool answers with a web page instead of data; its instance may be asleep."


class GuardedSession(requests.Session):
    """A session of one connection; not shared between threads."""

    def __init__(
        self,
        *,
        allowed: Allowed,
        credentials: Credentials,
        way_out: WayOut | None = None,
        gate: Gate | None = None,
    ) -> None:
        super().__init__()
        self.trust_env = False  # neither .netrc nor a proxy of the environment may add or read credentials
        self._gate = gate or OpenGate()
        self._way_out = way_out or WayOut()
        self.authorized = True  # client libraries (zenpy) leave a session alone that is already authorised
        self._any_bytes = False  # a file may be a web page; anything else must be data
        self._allowed = allowed
        self._credentials = credentials
        self._tokens: Tokens | None = (
            credentials.tokens if isinstance(credentials, ClientCredentials) else None
        )
        self.auth = _Signed(self)
        self.headers["User-Agent"] = "Baton"
        context = self._way_out.context()
        self.mount("https://", CheckedAdapter(allowed, context))
        self.mount("http://", CheckedAdapter(allowed, context))

    def ask(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """This will send one request with a JSON body; raises the errors of ``transport.errors``."""
        asked = requests.Request(
            method, url, params=dict(params or {}), json=body, headers=dict(headers or {})
        )
        heard = self._heard(self.prepare_request(asked))
        return Answer(status=heard.answer.status_code, headers=heard.headers, json=heard.body)

    def put_file(self, url: str, *, file: Upload, params: Mapping[str, str] | None = None) -> Answer:
        """This will POST one file, bare or as a form's part; raises the errors of ``transport.errors``."""
        sent: dict[str, Any] = {"data": file.body, "headers": {"Content-Type": file.content_type}}
        if file.part:
            sent = {"files": {file.part: (file.name, file.body, file.content_type)}, "headers": {}}
        sent["headers"] |= {"Accept": "application/json", **file.headers}
        answer = self.request("POST", url, params=dict(params or {}), **sent)
        return Answer(status=answer.status_code, headers=_lower(answer), json=_json(answer))

    def get_file(self, url: str) -> bytes:
        """This will read bytes of any kind, at most 10 MB; raises the errors of ``transport.errors``."""
        self._any_bytes = True
        try:
            return bytes(self.request("GET", url).content)
        finally:
            self._any_bytes = False

    def tell(self, url: str, *, body: bytes, headers: Mapping[str, str]) -> Said:
        """This will POST these very bytes of JSON once, without credentials, and return whatever is answered.

        Follows no redirect. Raises the errors of ``transport.errors`` where nothing was answered.
        """
        named = {"User-Agent": "Baton", "Content-Type": "application/json", **headers}
        answer = self._once(requests.Request("POST", url, data=body, headers=named).prepare())
        return Said(status=answer.status_code, headers=_lower(answer), body=answer.content)

    def authorization(self) -> str:
        """This will return the Authorization header in force, fetching a first token if there is none."""
        if not isinstance(self._credentials, ClientCredentials):
            return self._credentials.header()
        if self._tokens is None or not self._tokens.access_token:
            self._renew(self._credentials)
        return f"Bearer {self._tokens.access_token if self._tokens else ''}"

    def begin(self, *, well: bool) -> None:
        """This will begin another use of a session that is kept (``transport.gate``)."""
        self._gate.begin(well=well)

    def send(self, request: PreparedRequest, **kwargs: Any) -> Response:  # noqa: ARG002 - a library's timeouts and redirects do not count here
        """This will send a prepared request if the gate lets it; every call of ``requests`` ends here."""
        return self._heard(request).answer

    def _heard(self, request: PreparedRequest) -> "_Heard":
        begun = time.monotonic()
        try:
            return self._told(request)
        except Unavailable as error:
            later = isinstance(error, Limited | Paused) or error.wait_s is not None
            slow = time.monotonic() - begun > QUICKLY_S
            if later or slow or request.method not in SAFE_METHODS:
                raise
        return self._told(request)

    def _told(self, request: PreparedRequest) -> "_Heard":
        """One call, if the gate lets it, of which the gate hears the end."""
        self._gate.enter()
        try:
            with trace.calling(request.method or "GET", host_of(request.url or "")):
                heard = self._judged(request)
        except TransportError as error:
            self._gate.failed(error)
            raise
        self._gate.answered(heard.headers)
        return heard

    def _judged(self, request: PreparedRequest) -> "_Heard":
        answer = self._follow(request)
        if answer.status_code == 401 and isinstance(self._credentials, ClientCredentials):
            self._renew(self._credentials)
            request.headers["Authorization"] = self.authorization()
            answer = self._follow(request)
        method = request.method or "GET"
        heard = _Heard(answer=answer, headers=_lower(answer), body=_json(answer) if answer.content else None)
        error = error_for(status=answer.status_code, method=method, headers=heard.headers, body=heard.body)
        if error is not None:
            raise error
        if answer.content and heard.body is None and not self._any_bytes:
            raise Unavailable(ASLEEP)
        return heard

    def _follow(self, request: PreparedRequest) -> Response:
        """Only reads follow a redirect, only within the list, and never with credentials."""
        answer = self._once(request)
        for _ in range(MOST_REDIRECTS):
            if not answer.is_redirect or request.method not in SAFE_METHODS:
                break
            onward = request.copy()
            onward.url = urljoin(request.url or "", answer.headers["location"])
            onward.headers.pop("Authorization", None)
            request, answer = onward, self._once(onward)
        return answer

    def _once(self, request: PreparedRequest) -> Response:
        routed = request.copy()
        routed.url = self._allowed.route(request.url or "")
        # A practice tool behind the host map then writes addresses of the host it stands in for.
        routed.headers["Host"] = urlsplit(request.url or "").netloc
        proxies = self._way_out.proxies(routed.url)
        if proxies:
            self._allowed.check_name(host_of(routed.url))
        try:
            answer = self.get_adapter(routed.url).send(
                routed, stream=True, timeout=TIMEOUT_S, verify=True, proxies=proxies
            )
            with answer:
                answer._content = _read(answer)  # noqa: SLF001 - as requests fills it, but bounded
        except (RequestException, NotReadable) as error:
            raise lost(error, method=request.method or "GET", host=host_of(request.url or "")) from error
        # Whoever asked sees the address it asked for: zenpy knows an answer by it.
        answer.request, answer.url = request, request.url or ""
        return answer

    def _renew(self, client: ClientCredentials) -> None:
        """A new token pair, stored before it is used: a rotated refresh token exists only once."""
        grant = client.grant(self._tokens)
        sent = {"data": grant} if client.form else {"json": grant}
        request = requests.Request("POST", client.token_url, headers={"Accept": "application/json"}, **sent)
        try:
            answer = self._once(request.prepare())
        except Ambiguous as error:
            # Whatever became of the token: what it was wanted for has not been sent.
            raise Unavailable(str(error)) from error
        body = _json(answer)
        refusal = error_for(status=answer.status_code, method="GET", headers=_lower(answer), body=body)
        if isinstance(refusal, Unavailable):
            raise refusal
        if refusal is None and body is None:
            raise Unavailable(ASLEEP)
        token = body.get("access_token") if isinstance(body, dict) else None
        if refusal is not None or not isinstance(token, str) or not token:
            raise Unauthorised(
                "The tool gave this connection no access token; its OAuth client needs attention."
            )
        kept = self._tokens.refresh_token if self._tokens else ""
        expires = body.get("expires_in")
        self._tokens = Tokens(
            access_token=token,
            refresh_token=str(body.get("refresh_token") or kept),
            expires_in_s=int(expires) if str(expires).isdigit() else None,
        )
        if client.on_tokens is not None:
            client.on_tokens(self._tokens)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Heard:
    """An answer that is no error, its headers by lower-case names, and its body where that is JSON."""

    answer: Response
    headers: Mapping[str, str]
    body: Any


class _Signed(AuthBase):
    def __init__(self, session: GuardedSession) -> None:
        self._session = session

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        # Signing may fetch a token; an address that is not allowed must fail before that.
        self._session._allowed.route(request.url or "")  # noqa: SLF001
        request.headers["Authorization"] = self._session.authorization()
        return request


def _read(answer: Response) -> bytes:
    body, until = bytearray(), time.monotonic() + LONGEST_READ_S
    for chunk in answer.iter_content(64 * 1024):
        body += chunk
        if len(body) > LARGEST_ANSWER or time.monotonic() > until:
            raise NotReadable
    return bytes(body)


def _json(answer: Response) -> Any:
    """The decoded body, or None where it is no JSON; by its bytes, for Zendesk labels uploads text/plain."""
    try:
        return json.loads(answer.content)
    except (ValueError, RecursionError):
        return None


def _lower(answer: Response) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers.items()}
