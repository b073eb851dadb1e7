"""How does a test get a real worker? As a process of its own on the broker under test.

The proof that it worked is a file that the task writes: results are not kept.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from celery import shared_task

from tests.recorded import ROOT

READY_WITHIN = 30.0
DONE_WITHIN = 15.0


@shared_task(name="tests.leave_proof")
def leave_proof(*, file: str, words: str) -> None:
    """Write the words that came with the message, and in which process."""
    Path(file).write_text(f"{words} {os.environ['BATON_PROCESS']}", encoding="utf-8")


@shared_task(name="tests.take_a_while")
def take_a_while(*, begun: str, file: str, seconds: float) -> None:
    """Write that it began, and after a while that it ended."""
    Path(begun).touch()
    time.sleep(seconds)
    Path(file).touch()


@contextmanager
def running_worker(*, folder: Path, queue: str, broker_url: str | None) -> Iterator[None]:
    """Run a Celery worker on one queue until the block ends; it logs to folder/worker.log."""
    ready = folder / "worker.ready"
    environment = {**os.environ, "BATON_PROCESS": "worker", "BATON_READY_FILE": str(ready)}
    if broker_url:
        environment["CELERY_BROKER_URL"] = broker_url
    command = [sys.executable, "-m", "celery", "--app", "config.celery", "worker", "--concurrency", "1"]
    options = ["--queues", queue, "--include", "tests.worker", "--without-gossip", "--without-mingle"]
    with (folder / "worker.log").open("wb") as log:
        worker = subprocess.Popen([*command, *options], cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        up = appears(ready, within=READY_WITHIN, unless=lambda: worker.poll() is not None)
        assert up, (folder / "worker.log").read_text()
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=10)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


def appears(file: Path, *, within: float, unless: Callable[[], bool] = bool) -> bool:
    """Say whether the file is there before the time is over, or before it can no longer come."""
    end = time.monotonic() + within
    while not file.exists():
        if unless() or time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
