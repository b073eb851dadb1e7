"""One process of a real installation: it starts by its role, shows that it lives, and ends what it began."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from kombu import Connection

from config.broker import Transport
from launch import health, serve
from launch.aside import free_ports
from tests.recorded import ROOT
from tests.worker import DONE_WITHIN, appears, take_a_while

READY_WITHIN = 40.0


def environment(folder: Path, **more: str) -> dict[str, str]:
    """As a company sets it: nothing of practice, secrets given."""
    return {
        **os.environ,
        "PRACTICE": "0",
        "BATON_TESTING": "0",
        "SECRET_KEY": "x" * 60,
        "CREDENTIAL_KEYS": Fernet.generate_key().decode(),
        "PUBLIC_URL": "https://baton.example",
        "DATA_DIR": str(folder),
        **more,
    }


@pytest.fixture
def started(tmp_path: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    processes: list[subprocess.Popen[bytes]] = []
    yield processes
    for each in processes:
        if each.poll() is None:
            each.kill()
        each.wait()


def start(role: str, folder: Path, *words: str, **more: str) -> subprocess.Popen[bytes]:
    with (folder / f"{role}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "launch.serve", role, *words],
            cwd=ROOT,
            env=environment(folder, **more),
            stdout=log,
            stderr=log,
        )


def is_healthy(role: str, folder: Path, **more: str) -> bool:
    done = subprocess.run(
        [sys.executable, "-m", "launch.serve", "healthy"],
        cwd=ROOT,
        env=environment(folder, BATON_PROCESS=role, **more),
        timeout=30,
        check=False,
    )
    return done.returncode == 0


@pytest.mark.django_db(transaction=True)
def test_the_web_server_answers_by_its_address_and_stops_when_asked(tmp_path, started, database_url):
    port = str(free_ports())
    web = start("web", tmp_path, PORT=port, DATABASE_URL=database_url)
    started.append(web)
    ready = health.answers(f"http://127.0.0.1:{port}/health/ready")

    assert not is_healthy("web", tmp_path, PORT="1")
    assert health.wait(ready, within=READY_WITHIN, give_up=lambda: web.poll() is not None), (
        tmp_path / "web.log"
    ).read_text()
    assert is_healthy("web", tmp_path, PORT=port)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=5) as answer:
        assert "server" not in answer.headers

    web.send_signal(signal.SIGTERM)
    assert web.wait(timeout=20) in {0, -signal.SIGTERM}


def test_a_worker_that_is_asked_to_stop_ends_what_it_has_begun(tmp_path, started):
    queue, begun, proof = "baton-stop", tmp_path / "begun", tmp_path / "proof"
    worker = start("worker", tmp_path, "--queues", queue, "--include", "tests.worker", WORKER_PROCESSES="1")
    started.append(worker)
    is_up = appears(tmp_path / "worker.ready", within=READY_WITHIN, unless=lambda: worker.poll() is not None)
    assert is_up, (tmp_path / "worker.log").read_text()

    with Connection(transport=Transport, transport_options=folders(tmp_path)) as connection:
        work = {"begun": str(begun), "file": str(proof), "seconds": 1.5}
        take_a_while.apply_async(kwargs=work, queue=queue, connection=connection)
        assert appears(begun, within=DONE_WITHIN), (tmp_path / "worker.log").read_text()
        worker.send_signal(signal.SIGTERM)

        assert worker.wait(timeout=20) == 0
    assert proof.exists()


def test_what_has_not_ended_in_time_is_broken_off_and_begun_again_by_the_next(tmp_path, started):
    queue, begun, proof = "baton-late", tmp_path / "begun", tmp_path / "proof"
    options = ("--queues", queue, "--include", "tests.worker")
    kept_waiting = {"begun": str(begun), "file": str(proof), "seconds": 600.0}
    with Connection(transport=Transport, transport_options=folders(tmp_path)) as connection:
        take_a_while.apply_async(kwargs=kept_waiting, queue=queue, connection=connection)
    for _ in range(2):
        worker = start("worker", tmp_path, *options, WORKER_PROCESSES="1", STOP_WITHIN="1")
        started.append(worker)
        up = appears(begun, within=READY_WITHIN + DONE_WITHIN, unless=lambda: worker.poll() is not None)  # noqa: B023
        assert up, (tmp_path / "worker.log").read_text()
        begun.unlink()

        worker.send_signal(signal.SIGTERM)

        # Celery's own way out takes some four seconds more, and longer beside other work.
        assert worker.wait(timeout=60) == 0
    assert not proof.exists()


def test_a_scheduler_touches_its_file_with_every_tick(tmp_path, started):
    beat = start("beat", tmp_path)
    started.append(beat)
    file = tmp_path / "beat.ready"
    assert appears(file, within=READY_WITHIN, unless=lambda: beat.poll() is not None), (
        tmp_path / "beat.log"
    ).read_text()
    assert is_healthy("beat", tmp_path)

    os.utime(file, (0, 0))
    assert health.wait(lambda: file.stat().st_mtime > 0, within=15, give_up=lambda: beat.poll() is not None)


@pytest.mark.parametrize("role", ["worker", "beat"])
def test_whoever_does_not_touch_its_file_is_ill(tmp_path, role, monkeypatch):
    file = tmp_path / f"{role}.ready"
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("BATON_READY_FILE", raising=False)

    assert not serve.healthy(role)
    file.touch()
    assert serve.healthy(role)
    late = time.time() - serve.ILL_AFTER_S - 1
    os.utime(file, (late, late))
    assert not serve.healthy(role)


def test_a_role_that_nobody_knows_is_refused(capsys):
    assert serve.main(["mailer"]) == 2
    assert "web, worker, beat" in capsys.readouterr().out


def folders(data: Path) -> dict[str, str]:
    names = {"data_folder_in": "messages", "data_folder_out": "messages", "control_folder": "queues"}
    return {key: str(data / "broker" / name) for key, name in names.items()}
