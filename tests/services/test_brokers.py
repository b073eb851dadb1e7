"""Redis and RabbitMQ carry tasks to a real worker. `make test-services` names the servers."""

import os
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest
from kombu import Connection

from config.celery import app
from tests.recorded import ROOT
from tests.worker import DONE_WITHIN, appears, leave_proof, running_worker, take_a_while


@pytest.mark.parametrize("variable", ["TEST_REDIS_URL", "TEST_RABBITMQ_URL"])
def test_a_task_sent_over_the_broker_is_done_by_a_worker(variable: str, tmp_path: Path) -> None:
    assert os.environ.get(variable), f"{variable} is not set; `make test-services` sets it."
    broker_url, queue, proof = os.environ[variable], f"baton-test-{uuid4().hex}", tmp_path / "proof"

    with (
        running_worker(folder=tmp_path, queue=queue, broker_url=broker_url),
        Connection(broker_url) as connection,
    ):
        leave_proof.apply_async(
            kwargs={"file": str(proof), "words": "arrived"}, queue=queue, connection=connection
        )
        arrived = appears(proof, within=DONE_WITHIN)
        app.amqp.queues.pop(queue, None)
        connection.default_channel.queue_delete(queue)

    assert arrived, (tmp_path / "worker.log").read_text()
    assert proof.read_text() == "arrived worker"


@pytest.mark.parametrize("variable", ["TEST_REDIS_URL", "TEST_RABBITMQ_URL"])
def test_two_workers_of_one_machine_work_beside_each_other(variable: str, tmp_path: Path) -> None:
    broker_url, queue = os.environ[variable], f"baton-test-{uuid4().hex}"
    folders = [tmp_path / "one", tmp_path / "two"]
    workers = []
    try:
        for folder in folders:
            folder.mkdir()
            more = {"CELERY_BROKER_URL": broker_url, "DATA_DIR": str(folder), "WORKER_PROCESSES": "1"}
            command = [sys.executable, "-m", "launch.serve", "worker", "--queues", queue]
            environment = {**os.environ, **more}
            environment.pop("BATON_READY_FILE", None)
            with (folder / "log").open("wb") as log:
                workers.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log))
        for folder, worker in zip(folders, workers, strict=True):
            up = appears(folder / "worker.ready", within=90, unless=lambda: worker.poll() is not None)  # noqa: B023
            assert up, (folder / "log").read_text()
        time.sleep(3)  # one that meets its own name is ready first and stops then

        assert [each.poll() for each in workers] == [None, None], (folders[1] / "log").read_text()
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait(timeout=20)
        with Connection(broker_url) as connection:
            connection.default_channel.queue_delete(queue)


@pytest.mark.parametrize("variable", ["TEST_REDIS_URL", "TEST_RABBITMQ_URL"])
def test_what_a_stopping_worker_breaks_off_the_next_one_begins(variable: str, tmp_path: Path) -> None:
    broker_url, queue = os.environ[variable], f"baton-test-{uuid4().hex}"
    begun, proof = tmp_path / "begun", tmp_path / "proof"
    more = {"CELERY_BROKER_URL": broker_url, "DATA_DIR": str(tmp_path), "STOP_WITHIN": "1"}
    environment = {**os.environ, **more}
    environment.pop("BATON_READY_FILE", None)
    command = [sys.executable, "-m", "launch.serve", "worker", "--queues", queue, "--include", "tests.worker"]
    with Connection(broker_url) as connection:
        kept_waiting = {"begun": str(begun), "file": str(proof), "seconds": 600.0}
        take_a_while.apply_async(kwargs=kept_waiting, queue=queue, connection=connection)
        try:
            for _ in range(2):
                with (tmp_path / "log").open("wb") as log:
                    worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
                try:
                    up = appears(begun, within=90, unless=lambda: worker.poll() is not None)  # noqa: B023
                    assert up, (tmp_path / "log").read_text()
                    begun.unlink()
                    worker.terminate()
                    assert worker.wait(timeout=60) == 0
                finally:
                    worker.kill()
                    worker.wait()
        finally:
            app.amqp.queues.pop(queue, None)
            connection.default_channel.queue_delete(queue)
    assert not proof.exists()
