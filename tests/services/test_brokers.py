"""Redis and RabbitMQ carry tasks to a real worker. `make test-services` names the servers."""

import os
from pathlib import Path
from uuid import uuid4

import pytest
from kombu import Connection

from config.celery import app
from tests.worker import DONE_WITHIN, appears, leave_proof, running_worker


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
