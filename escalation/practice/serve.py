"""How does a practice tool run as a process of its own: `serve(...)`, until SIGTERM or Ctrl-C."""

import signal
from collections.abc import Iterable
from types import FrameType
from typing import TYPE_CHECKING

from waitress.channel import ClientDisconnected
from waitress.server import create_server

from escalation.practice.faults import AnswerLost
from escalation.practice.tool import Plan, build

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_THREADS = 8


def serve(*, tool: str, host: str, port: int, plan: Plan) -> None:
    """Serve one tool until told to stop, then stop cleanly. Raises OSError where the port is taken."""
    practice_tool = build(tool, plan)
    try:
        server = create_server(_droppable(practice_tool.application), host=host, port=port, threads=_THREADS)
        signal.signal(signal.SIGTERM, _stop)
        plan.say(f"practice {tool}: http://{host}:{server.effective_port}/")
        server.run()
        server.close()
    finally:
        practice_tool.close()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _droppable(application: "WSGIApplication") -> "WSGIApplication":
    """Let a lost answer close the connection, as waitress does when the caller seems gone."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        try:
            return application(environ, start_response)
        except AnswerLost as lost:
            raise ClientDisconnected from lost

    return answer
