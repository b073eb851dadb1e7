"""How is a practice tool told to fail: rules that each spoil the next calls that match them.

A rule is JSON. What to match: `method`, `path` (a shell pattern; a plain path also matches what is below
it). How often: `times` (default 1; 0 is without end) and `share` (0..1 of the matching calls, drawn from a
seeded generator; with it `times` is without end unless given). What happens: `status` (+ `retry_after`,
seconds), `delay_s`, `lose_answer` (true: do the work, then drop the connection; "504": do the work, then
answer as a gateway does), `html` (the page of a sleeping instance, or with `status` a gateway's), or
`webhooks` ("duplicate", "reorder", "drop") for what goes out. `search_lag_s` spoils no call: as long as the
rule stands, a tool with a search index (Jira) finds a new record only after so many seconds.
"""

import json
import random
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from fnmatch import fnmatchcase
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

WEBHOOK_FAULTS = frozenset({"duplicate", "reorder", "drop"})
_SLEEPING_PAGE = b"""<!DOCTYPE html><html><head><title>Instance Hibernating page</title></head>
<body><h1>Your instance is hibernating</h1><p>Sign in to the developer site to wake it.</p></body></html>
"""
_GATEWAY_PAGE = "<html><head><title>{0} {1}</title></head><body>{0} {1}</body></html>\n"


class AnswerLost(Exception):
    """The work was done and the answer never leaves: whoever serves must drop the connection."""


class BadRule(ValueError):
    """A rule of `/practice/faults` that cannot be followed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One way to fail. `times` counts down; 0 as given means without end and is kept as -1."""

    id: int
    method: str = "*"
    path: str = "*"
    times: int = 1
    share: float = 1.0
    status: int = 0
    retry_after: int | None = None
    delay_s: float = 0.0
    lose_answer: bool | str = False
    html: bool = False
    webhooks: str = ""
    search_lag_s: float = 0.0

    def matches(self, method: str, path: str) -> bool:
        """Say whether this rule is about that call."""
        if self.webhooks or self.search_lag_s or self.method not in {"*", method.upper()}:
            return False
        plain = self.path.rstrip("/")
        return fnmatchcase(path, self.path) or path == plain or path.startswith(plain + "/")


class Faults:
    """The rules in force. They are meant for one sitting and do not survive a restart."""

    def __init__(self, *, seed: int = 7) -> None:
        self._seed = seed
        self._lock = threading.Lock()
        self._rules: list[Rule] = []
        self._last_id = 0
        self._random = random.Random(seed)  # noqa: S311 - repeatable on purpose

    def add(self, given: dict[str, Any]) -> Rule:
        """Put a rule into force. Raises BadRule with the reason."""
        unknown = set(given) - (set(Rule.__dataclass_fields__) - {"id"})
        if unknown:
            raise BadRule(f"unknown: {', '.join(sorted(unknown))}")
        webhooks = given.get("webhooks", "")
        if webhooks and webhooks not in WEBHOOK_FAULTS:
            raise BadRule(f"webhooks is one of {', '.join(sorted(WEBHOOK_FAULTS))}")
        times = int(given.get("times", 0 if "share" in given else 1))
        with self._lock:
            self._last_id += 1
            rule = Rule(**{**given, "id": self._last_id, "times": times or -1})
            self._rules.append(rule)
        return rule

    def all(self) -> list[dict[str, Any]]:
        """List the rules still in force, as JSON."""
        with self._lock:
            return [asdict(rule) for rule in self._rules]

    def clear(self) -> None:
        """Lift every rule and start the generator again."""
        with self._lock:
            self._rules.clear()
            self._random.seed(self._seed)

    def take(self, method: str, path: str) -> Rule | None:
        """Use up one turn of the first rule that matches this call."""
        return self._take(lambda rule: rule.matches(method, path))

    def search_lag(self) -> float:
        """Give how many seconds a search index runs behind; 0 where no rule says so."""
        with self._lock:
            return max((rule.search_lag_s for rule in self._rules), default=0.0)

    def take_for_webhook(self) -> str:
        """Use up one turn of the first webhook rule: "duplicate", "reorder", "drop", or "" for none."""
        rule = self._take(lambda rule: bool(rule.webhooks))
        return rule.webhooks if rule else ""

    def _take(self, wanted: Callable[[Rule], bool]) -> Rule | None:
        with self._lock:
            for place, rule in enumerate(self._rules):
                if not wanted(rule) or (rule.share < 1 and self._random.random() >= rule.share):
                    continue
                if rule.times == 1:
                    del self._rules[place]
                elif rule.times > 1:
                    self._rules[place] = replace(rule, times=rule.times - 1)
                return rule
        return None


class FaultyApplication:
    """A WSGI application that obeys the rules before and after the real one. `/practice/` is never spoilt."""

    def __init__(self, application: "WSGIApplication", faults: Faults, refusal: Callable[[int], Any]) -> None:
        self._application = application
        self._faults = faults
        self._refusal = refusal

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one call. Raises AnswerLost when a rule says so."""
        path = environ.get("PATH_INFO", "")
        rule = None if path.startswith("/practice/") else self._faults.take(environ["REQUEST_METHOD"], path)
        if rule is None:
            return self._application(environ, start_response)
        if rule.delay_s:
            # In memory there is no socket to wait on: the adapter brings its own way to let time pass.
            environ.get("practice.sleep", time.sleep)(rule.delay_s)
        if rule.html and rule.status:
            return _gateway(start_response, rule.status)
        if rule.html:
            return _answer(start_response, 200, "text/html", _SLEEPING_PAGE)
        if rule.status:
            body = json.dumps(self._refusal(rule.status)).encode()
            return _answer(
                start_response, rule.status, "application/json", body, retry_after=rule.retry_after
            )
        if rule.lose_answer:
            self._work(environ)
            if rule.lose_answer == "504":
                return _gateway(start_response, 504)
            raise AnswerLost
        return self._application(environ, start_response)

    def _work(self, environ: "WSGIEnvironment") -> None:
        def discard(*_arguments: object) -> Callable[[bytes], object]:
            return bytes.__len__

        answer = self._application(environ, discard)
        for _chunk in answer:
            pass
        if hasattr(answer, "close"):
            answer.close()


def _gateway(start_response: "StartResponse", status: int) -> list[bytes]:
    page = _GATEWAY_PAGE.format(status, HTTPStatus(status).phrase)
    return _answer(start_response, status, "text/html", page.encode())


def _answer(
    start_response: "StartResponse",
    status: int,
    content_type: str,
    body: bytes,
    *,
    retry_after: int | None = None,
) -> list[bytes]:
    headers = [("Content-Type", content_type), ("Content-Length", str(len(body)))]
    if retry_after is not None:
        headers.append(("Retry-After", str(retry_after)))
    start_response(f"{status} {HTTPStatus(status).phrase}", headers)
    return [body]
