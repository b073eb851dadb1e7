"""How is a practice tool watched and steered: `/practice/health`, `faults`, `reset`, `requests`,
`deliveries`.

These addresses are ours, not a vendor's. They need no log-in (the tools listen on loopback) and show no
secret.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.clock import Clock
from escalation.practice.faults import AnswerLost, BadRule, Faults
from escalation.practice.outgoing import Outgoing

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_KEPT: Final = 200
_SECRET_PARAMETERS: Final = frozenset({"token", "access_token", "client_secret"})


class CallLog:
    """The last calls a tool answered, without headers or bodies."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._calls: deque[dict[str, Any]] = deque(maxlen=_KEPT)

    def add(self, environ: "WSGIEnvironment", status: int, seconds: float) -> None:
        """Remember one call; status 0 means that its answer was lost."""
        pairs = parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)
        shown = [(name, "***" if name in _SECRET_PARAMETERS else value) for name, value in pairs]
        self._calls.append(
            {
                "at": self._clock().isoformat(),
                "method": environ["REQUEST_METHOD"],
                "path": environ.get("PATH_INFO", ""),
                "query": urlencode(shown),
                "status": status,
                "milliseconds": round(seconds * 1000, 1),
            }
        )

    def all(self) -> list[dict[str, Any]]:
        """List the calls, oldest first."""
        return list(self._calls)

    def clear(self) -> None:
        """Forget the calls."""
        self._calls.clear()


class LoggedApplication:
    """A WSGI application whose calls are remembered. Calls to `/practice/` are not."""

    def __init__(self, application: "WSGIApplication", log: CallLog) -> None:
        self._application = application
        self._log = log

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one call."""
        if environ.get("PATH_INFO", "").startswith(("/practice/", "/static/")):
            return self._application(environ, start_response)
        statuses = [0]
        began = time.perf_counter()

        def note(status: str, *rest: Any) -> Any:
            statuses[0] = int(status.split(" ", 1)[0])
            return start_response(status, *rest)

        try:
            return self._application(environ, note)
        except AnswerLost:
            statuses[0] = 0
            raise
        finally:
            self._log.add(environ, statuses[0], time.perf_counter() - began)


def controls(*, faults: Faults, log: CallLog, outgoing: Outgoing, reset: Callable[[], None]) -> Blueprint:
    """Make the addresses below `/practice/` for one tool."""
    blueprint = Blueprint("controls", __name__, url_prefix="/practice")

    @blueprint.get("/health")
    def health() -> ResponseReturnValue:
        return jsonify({"ok": True})

    @blueprint.get("/faults")
    def list_faults() -> ResponseReturnValue:
        return jsonify({"faults": faults.all()})

    @blueprint.post("/faults")
    def add_fault() -> ResponseReturnValue:
        given = request.get_json(force=True, silent=True)
        if not isinstance(given, dict):
            return jsonify({"error": "a rule is a JSON object"}), 400
        try:
            return jsonify({"fault": asdict(faults.add(given))}), 201
        except (BadRule, TypeError, ValueError) as why:
            return jsonify({"error": str(why)}), 400

    @blueprint.delete("/faults")
    def clear_faults() -> ResponseReturnValue:
        faults.clear()
        return "", 204

    @blueprint.post("/reset")
    def begin_again() -> ResponseReturnValue:
        faults.clear()
        log.clear()
        reset()
        return jsonify({"ok": True})

    @blueprint.get("/requests")
    def list_calls() -> ResponseReturnValue:
        return jsonify({"requests": log.all()})

    @blueprint.get("/deliveries")
    def list_deliveries() -> ResponseReturnValue:
        return jsonify({"deliveries": outgoing.log()})

    return blueprint
