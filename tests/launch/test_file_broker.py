"""Without a broker, tasks travel as files, whole and each to one worker."""

import json
import threading
from pathlib import Path
from queue import Empty
from time import monotonic
from uuid import uuid4

import pytest
from django.conf import settings
from kombu import Connection

from config.broker import Transport
from tests.pace import delay
from tests.worker import DONE_WITHIN, appears, leave_proof, running_worker


def test_a_task_sent_as_a_file_is_done_by_a_worker(tmp_path: Path) -> None:
    queue, proof = f"baton-test-{uuid4().hex}", tmp_path / "proof"

    with running_worker(folder=tmp_path, queue=queue, broker_url=None):
        leave_proof.apply_async(kwargs={"file": str(proof), "words": "arrived"}, queue=queue)

        assert appears(proof, within=DONE_WITHIN), (tmp_path / "worker.log").read_text()
    assert proof.read_text() == "arrived worker"


@pytest.fixture
def connection(tmp_path: Path) -> Connection:
    folders = {"data_folder_in": "in", "data_folder_out": "in", "control_folder": "queues"}
    return Connection(
        transport=Transport, transport_options={key: str(tmp_path / name) for key, name in folders.items()}
    )


def test_messages_leave_in_the_order_in_which_they_came(connection: Connection) -> None:
    with connection.SimpleQueue("orders") as queue:
        for number in range(20):
            queue.put({"number": number})

        assert [queue.get(timeout=1).payload["number"] for _ in range(20)] == list(range(20))
        with pytest.raises(Empty):
            queue.get(block=False)


def test_a_reader_of_an_empty_queue_soon_looks_up_whatever_it_was_given(connection: Connection) -> None:
    connection.transport_options["polling_interval"] = 0.05
    with connection.SimpleQueue("nothing"):
        begun = monotonic()

        with pytest.raises(TimeoutError):
            connection.drain_events(timeout=60)

    # A worker that is asked to stop is inside of this.
    assert monotonic() - begun < 2 * delay()


def test_a_reader_never_takes_half_a_message(connection: Connection, tmp_path: Path) -> None:
    # Large enough that a write in place would be seen unfinished.
    content, total, taken = "x" * 200_000, 60, []

    def read() -> None:
        with connection.clone() as mine, mine.SimpleQueue("large") as queue:
            while len(taken) < total:
                message = queue.get(timeout=10)
                taken.append(len(message.payload["content"]))
                message.ack()

    with connection.SimpleQueue("large") as queue:
        reader = threading.Thread(target=read)
        reader.start()
        for _ in range(total):
            queue.put({"content": content})
        reader.join(timeout=30)

    assert taken == [len(content)] * total
    assert not list((tmp_path / "in").iterdir())


def test_queues_bound_at_the_same_time_are_all_kept(connection: Connection, tmp_path: Path) -> None:
    names = [f"queue-{number}" for number in range(12)]

    def bind(name: str) -> None:
        with connection.clone() as mine:
            channel = mine.channel()
            channel.exchange_declare("work", type="direct")
            channel.queue_bind(queue=name, exchange="work", routing_key=name)

    threads = [threading.Thread(target=bind, args=[name]) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)

    table = json.loads((tmp_path / "queues" / "work.exchange").read_text())
    assert sorted(row[2] for row in table) == sorted(names)


def test_tasks_of_the_tests_stay_in_the_folder_of_the_tests() -> None:
    assert str(settings.DATA_DIR) in settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"]
