"""What went wrong in a browser's recording (HAR 1.2), and what of it may be kept?

The kept copy is built anew from the fields named here: cookies, tokens, bodies and whatever a recorder adds
of its own are not copied, so that nothing has to be found in order to be left out. Shapes after the HAR 1.2
specification; a Chromium browser adds ``_error`` to a response that never came.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

from escalation.guard.redaction import redact
from escalation.guard.secrets import secrets

MOST_ENTRIES: Final = 5_000
MOST_FAILURES: Final = 8
FAILED: Final = 400  # the first status that means failure
SLOW_MS: Final = 10_000
LONGEST_PLAIN: Final = 12  # a query value up to this length, of letters and digits only, names something
HIDDEN: Final = "removed"
# Of a header only these are kept: they say what was asked of whom and why it was refused.
KEPT_HEADERS: Final = frozenset(
    {
        *("accept", "content-type", "content-length", "host", "origin", "user-agent", "date", "server"),
        *("cache-control", "retry-after", "via", "allow", "vary", "x-request-id", "x-correlation-id"),
        *("access-control-allow-origin", "access-control-allow-methods", "access-control-allow-headers"),
        *("access-control-allow-credentials", "access-control-request-method"),
        *("access-control-request-headers", "content-security-policy", "strict-transport-security"),
    }
)
SECRET_NAMES: Final = (
    *("token", "key", "secret", "pass", "auth", "sig", "code", "session", "sid", "jwt", "state", "nonce"),
)


class NotHar(ValueError):
    """The file is no HAR; the text says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """Requests to one address that failed the same way."""

    request: str  # as "GET https://dash.example.com/api"
    outcome: str  # as "503 Service Unavailable"
    code: str  # as "503" or "net::ERR_FAILED"
    times: int
    at: datetime | None  # of the first

    @property
    def line(self) -> str:
        """The failure as one line that can be quoted."""
        often = f" ({self.times} times)" if self.times > 1 else ""
        return f"{self.request} → {self.outcome}{often}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Recording:
    """What a HAR holds: the copy that may be kept, and what failed in it."""

    clean: bytes
    failures: tuple[Failure, ...]
    messages: tuple[str, ...]  # errors of the browser's console, where the recorder kept them
    stripped: str


def read_har(body: bytes) -> Recording:
    """This will read a recording; raises ``NotHar``."""
    log = _log(body)
    entries = [each for each in _list(log, "entries") if isinstance(each, dict)][:MOST_ENTRIES]
    clean = {
        "log": {
            "version": _text(log, "version") or "1.2",
            "creator": {"name": "Baton", "version": "1", "comment": "without cookies, tokens and bodies"},
            "pages": [_page(each) for each in _list(log, "pages") if isinstance(each, dict)],
            "entries": [_entry(each) for each in entries],
        }
    }
    return Recording(
        clean=json.dumps(clean, ensure_ascii=False, indent=1).encode(),
        failures=_failures(entries),
        messages=tuple(dict.fromkeys(_console(log)))[:MOST_FAILURES],
        stripped="cookies, tokens, authorisation headers, request and response bodies, values in addresses",
    )


def looks_like_har(body: bytes) -> bool:
    """This will say whether the bytes begin like a recording, without reading them whole."""
    head = body[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and b'"log"' in head


def _log(body: bytes) -> Mapping[str, Any]:
    try:
        values = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotHar("it is not readable as JSON") from error
    log = values.get("log") if isinstance(values, dict) else None
    if not isinstance(log, dict) or not isinstance(log.get("entries"), list):
        raise NotHar("it holds no requests")
    return log


def _page(page: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": _clean(_text(page, "id")),
        "title": _address(_text(page, "title")),
        "startedDateTime": _clean(_text(page, "startedDateTime")),
        "pageTimings": {},
    }


def _entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    request, response = _dict(entry, "request"), _dict(entry, "response")
    address = _address(_text(request, "url"))
    error = _text(response, "_error")
    return {
        "startedDateTime": _clean(_text(entry, "startedDateTime")),
        "time": _number(entry, "time"),
        "request": {
            "method": _clean(_text(request, "method")),
            "url": address,
            "httpVersion": _clean(_text(request, "httpVersion")),
            "headers": _headers(request),
            "queryString": [],
            "cookies": [],
            "headersSize": -1,
            "bodySize": _number(request, "bodySize"),
        },
        "response": {
            "status": _number(response, "status"),
            "statusText": _clean(_text(response, "statusText")),
            "httpVersion": _clean(_text(response, "httpVersion")),
            "headers": _headers(response),
            "cookies": [],
            "content": {
                "size": _number(_dict(response, "content"), "size"),
                "mimeType": _clean(_text(_dict(response, "content"), "mimeType")),
            },
            "redirectURL": _address(_text(response, "redirectURL")),
            "headersSize": -1,
            "bodySize": _number(response, "bodySize"),
            **({"_error": _clean(error)} if error else {}),
        },
        "cache": {},
        "timings": {
            name: _number(_dict(entry, "timings"), name)
            for name in ("blocked", "dns", "connect", "ssl", "send", "wait", "receive")
        },
    }


def _headers(message: Mapping[str, Any]) -> list[dict[str, str]]:
    named = [each for each in _list(message, "headers") if isinstance(each, dict)]
    return [
        {"name": _text(each, "name"), "value": _clean(_text(each, "value"))}
        for each in named
        if _text(each, "name").lower() in KEPT_HEADERS
    ]


def _address(url: str) -> str:
    """The address without user, fragment and the values of its query that could open anything."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return HIDDEN
    if not parts.scheme or not host:
        return _clean(url.split("?", 1)[0].split("#", 1)[0])
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = "&".join(f"{quote(name)}={_value(name, value)}" for name, value in pairs)
    return _clean(urlunsplit((parts.scheme, f"{host}{port}", parts.path, query, "")))


def _value(name: str, value: str) -> str:
    telling = any(word in name.lower() for word in SECRET_NAMES)
    plain = len(value) <= LONGEST_PLAIN and value.replace("-", "").replace("_", "").isalnum()
    return value if plain and not telling else (HIDDEN if value else "")


def _failures(entries: list[dict[str, Any]]) -> tuple[Failure, ...]:
    """Each kind of failure once, the most frequent first; a preflight counts like any request."""
    counted: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], datetime | None] = {}
    for entry in entries:
        found = _failure(entry)
        if found is not None:
            counted[found] += 1
            first.setdefault(found, _moment(_text(entry, "startedDateTime")))
    return tuple(
        Failure(request=key[0], outcome=key[1], code=key[2], times=times, at=first[key])
        for key, times in counted.most_common(MOST_FAILURES)
    )


def _failure(entry: Mapping[str, Any]) -> tuple[str, str, str] | None:
    request, response = _dict(entry, "request"), _dict(entry, "response")
    status, error = int(_number(response, "status")), _clean(_text(response, "_error"))
    address = _address(_text(request, "url")).split("?", 1)[0]
    said = f"{_clean(_text(request, 'method'))} {address}".strip()
    if status >= FAILED:
        words = f"{status} {_clean(_text(response, 'statusText'))}".strip()
        return said, words, str(status)
    if status == 0 and (error or _number(entry, "time") >= 0):
        return said, _unanswered(request, response, error), error or "no answer"
    if _number(entry, "time") >= SLOW_MS:
        return said, f"{status} after {_number(entry, 'time') / 1000:.0f} s", ""
    return None


def _unanswered(request: Mapping[str, Any], response: Mapping[str, Any], error: str) -> str:
    asked = {_text(each, "name").lower() for each in _list(request, "headers") if isinstance(each, dict)}
    given = {_text(each, "name").lower() for each in _list(response, "headers") if isinstance(each, dict)}
    why = error or "no answer"
    if "origin" in asked and "access-control-allow-origin" not in given:
        return f"{why}; cross-origin, and no Access-Control-Allow-Origin came back"
    return why


def _console(log: Mapping[str, Any]) -> Iterator[str]:
    for name in ("_consoleMessages", "_console", "_logs"):
        for each in _list(log, name):
            if isinstance(each, dict) and _text(each, "level").lower() in {"error", "severe"}:
                yield _clean(_text(each, "text") or _text(each, "message"))[:300]


def _clean(text: str) -> str:
    return redact(text, spans=secrets(text))


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _number(values: Mapping[str, Any], name: str) -> float:
    value = values.get(name)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else 0


def _dict(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = values.get(name)
    return value if isinstance(value, dict) else {}


def _list(values: Mapping[str, Any], name: str) -> list[Any]:
    value = values.get(name)
    return value if isinstance(value, list) else []
