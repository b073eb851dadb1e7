"""How do tasks travel when no broker is given? As files in the data folder, through kombu's transport.

kombu 5.7 creates a message under its final name and fills it afterwards, so a reader in another process
can take an empty file and lose the message; and it writes its table of queues the same way. Here both
appear whole or not at all. What is lost when a process dies between taking and doing stays owed in the
database: the rows are the truth and the relay finds them again.
"""

import fcntl
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic_ns
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps

LOOKS_UP_S = 0.2


class Channel(filesystem.Channel):
    """kombu's filesystem channel with whole-file writes and folders that exist."""

    def __init__(self, connection: Any, **options: Any) -> None:
        super().__init__(connection, **options)
        for folder in (self.data_folder_in, self.data_folder_out, self.control_folder):
            Path(folder).mkdir(parents=True, exist_ok=True)

    def _put(self, queue: str, payload: dict[str, Any], **_: Any) -> None:  # type: ignore[override]  # as kombu
        # The number leads so that names sort in order of arrival; the reader wants "….<queue>.msg" exactly.
        name = f"{monotonic_ns():020d}_{uuid.uuid4().hex}.{queue}.msg"
        target = Path(self.data_folder_out) / name
        draft = target.with_name(f"{name}.part")
        draft.write_text(dumps(payload), encoding="utf-8")
        os.replace(draft, target)

    def _queue_bind(
        self, exchange: str, routing_key: str | None, pattern: str | None, queue: str | None
    ) -> None:
        with self._alone():
            table = self.get_table(exchange)
            row = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
            if row not in table:
                self._write_table(exchange, [row, *table])

    def _delete(
        self, queue: str, exchange: str, routing_key: str | None, pattern: str | None, *_: Any, **__: Any
    ) -> None:
        with self._alone():
            self._purge(queue)
            row = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
            self._write_table(exchange, [known for known in self.get_table(exchange) if known != row])

    def _write_table(self, exchange: str, rows: list[Any]) -> None:
        file: Path = self._exchange_file(exchange)  # type: ignore[attr-defined]  # missing in the stubs
        draft = file.with_name(f"{file.name}.{os.getpid()}.part")
        draft.write_text(dumps(rows), encoding="utf-8")
        os.replace(draft, file)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the table's lock against the other processes: read, change and write are one step."""
        with (self.control_folder / "lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield


class Transport(filesystem.Transport):
    """The transport that settings names when CELERY_BROKER_URL is not given."""

    Channel = Channel

    def drain_events(self, connection: Any, timeout: float | None = None, **_: Any) -> None:
        """As kombu's, for a moment at most: a worker that is asked to stop looks up only afterwards.

        Celery asks for two seconds, and once more after it was told; that was half of its stopping.
        """
        super().drain_events(connection, timeout=min(timeout or LOOKS_UP_S, LOOKS_UP_S))
