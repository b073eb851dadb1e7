"""Processes are started together, watched, and stopped in the reverse order, whatever they do."""

import os
import socket
import sys
import time
from pathlib import Path

import pytest

from launch import health
from launch.processes import Processes, Program, Stopped
from tests.pace import delay

SAY_READY = "from pathlib import Path; import sys; Path(sys.argv[1]).touch()\n"
WAIT = SAY_READY + "import time; time.sleep(60)\n"
# Writes its name when it is asked to stop, so that the order can be read.
SAY_GOODBYE = """
import signal, sys, time
def end(*_):
    with open(sys.argv[2], "a") as file:
        file.write(sys.argv[3] + " ")
    raise SystemExit
signal.signal(signal.SIGTERM, end)
"""
IGNORE = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"


def program(name: str, code: str, folder: Path, *, needed_by_others: bool = False) -> Program:
    ready = folder / f"{name}.ready"
    return Program(
        name=name,
        command=[sys.executable, "-c", code, str(ready), str(folder / "order"), name],
        environment=dict(os.environ),
        ready=ready.exists,
        needed_by_others=needed_by_others,
    )


@pytest.fixture
def processes(tmp_path: Path):
    running = Processes(logs=tmp_path / "logs")
    yield running
    running.stop()


def test_what_others_need_is_stopped_last(processes: Processes, tmp_path: Path) -> None:
    processes.start(program("tool", SAY_GOODBYE + WAIT, tmp_path, needed_by_others=True))
    for name in ("worker", "web"):
        processes.start(program(name, SAY_GOODBYE + WAIT, tmp_path))
    processes.wait_until_ready(within=20)

    processes.stop()

    order = (tmp_path / "order").read_text().split()
    assert set(order[:2]) == {"worker", "web"}
    assert order[2:] == ["tool"]


def test_a_process_that_ends_by_itself_is_named_with_the_end_of_its_log(
    processes: Processes, tmp_path: Path
) -> None:
    processes.start(program("steady one", WAIT, tmp_path))
    processes.start(program("weak one", "import sys; print('the disk is full'); sys.exit(3)", tmp_path))

    with pytest.raises(Stopped) as said:
        processes.wait_until_ready(within=20)

    assert "The weak one ended by itself, with exit code 3." in str(said.value)
    assert "the disk is full" in str(said.value)


def test_a_process_that_never_becomes_ready_is_not_waited_for_forever(
    processes: Processes, tmp_path: Path
) -> None:
    processes.start(program("slow", "import time; time.sleep(60)", tmp_path))

    with pytest.raises(Stopped, match="slow was not ready within 1 seconds"):
        processes.wait_until_ready(within=1)


def test_a_process_that_will_not_stop_is_killed_with_its_children(
    processes: Processes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("launch.processes.STOP_WITHIN", 1.0)
    child = tmp_path / "child.pid"
    spawn = "import subprocess; child = subprocess.Popen(['sleep', '60'])\n"
    spawn += f"open({str(child)!r}, 'w').write(str(child.pid))\n"
    processes.start(program("stubborn", IGNORE + spawn + WAIT, tmp_path))
    processes.wait_until_ready(within=20)

    started = time.monotonic()
    processes.stop()

    assert time.monotonic() - started < 15 * delay()  # its program would sleep for ever
    assert health.wait(lambda: _is_gone(int(child.read_text())), within=5, give_up=lambda: False)


def test_children_of_one_that_ended_go_when_that_is_seen_and_its_number_is_not_used_again(
    processes: Processes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "child.pid"
    spawn = "import subprocess; child = subprocess.Popen(['sleep', '60'])\n"
    spawn += f"open({str(child)!r}, 'w').write(str(child.pid))\n"
    processes.start(program("brief", spawn + SAY_READY, tmp_path))

    assert health.wait(lambda: processes.ended() == ["brief"], within=20, give_up=lambda: False)

    assert health.wait(lambda: _is_gone(int(child.read_text())), within=5, give_up=lambda: False)
    asked: list[int] = []
    monkeypatch.setattr("os.killpg", lambda group, _signal: asked.append(group))
    processes.stop()
    assert asked == []


def test_a_taken_port_is_seen_before_anything_starts() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert not health.port_is_free(port)

    assert health.port_is_free(port)


def test_an_address_where_nothing_listens_does_not_answer() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as other:
        other.bind(("127.0.0.1", 0))
        nobody = other.getsockname()[1]

    assert health.answers(f"http://127.0.0.1:{nobody}/")() is False


def _is_gone(pid: int) -> bool:
    """A process that nobody waits for stays as a zombie: it does nothing any more."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
    except FileNotFoundError:
        return True
