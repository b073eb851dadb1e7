"""Does it answer yet? Small questions about ports, addresses and files, each answered at once.

Nothing here waits without an end: whoever asks repeatedly says for how long.
"""

import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

# Loopback only: an address that answers slower than this is not ready.
ANSWER_WITHIN = 2.0


def port_is_free(port: int, *, host: str = "127.0.0.1") -> bool:
    """Say whether a server could listen here now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As servers do: connections of an earlier run that are still closing do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(url: str) -> Callable[[], bool]:
    """Return the question whether this address answers 200."""

    def ask() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=ANSWER_WITHIN) as response:  # noqa: S310  # our own address
                return bool(response.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    return ask


def appeared(file: Path) -> Callable[[], bool]:
    """Return the question whether this file is there: a process without an address says ready so."""
    return file.exists


def wait(ask: Callable[[], bool], *, within: float, give_up: Callable[[], bool]) -> bool:
    """Ask until the answer is yes; False when the time is over or `give_up` says so."""
    end = time.monotonic() + within
    while not ask():
        if give_up() or time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True
