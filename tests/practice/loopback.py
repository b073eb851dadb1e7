"""How do clients that bring their own sockets reach a practice tool: a server on loopback for one test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.serving import make_server

from escalation.practice.tool import PracticeTool


@contextmanager
def served(tool: PracticeTool) -> Iterator[str]:
    """Serve a tool on a free port; give its address."""
    server = make_server("127.0.0.1", 0, tool.application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
