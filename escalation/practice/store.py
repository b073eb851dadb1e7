"""Where does a practice tool keep its records: documents by kind and key, in SQLite, alive over a restart.

Documents are replaced, never changed in place: what `get` and `all` hand out is the stored object itself.
"""

import json
import sqlite3
import threading
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Document = Mapping[str, Any]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (kind, key)
)
"""
_UPSERT = """
INSERT INTO document (kind, key, body) VALUES (?, ?, ?)
ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body
"""


class Store:
    """Documents in memory, written through to one SQLite file in the same transaction.

    `path` is the file, or None for a store that lives as long as the object. Safe to use from many threads.
    """

    def __init__(self, path: Path | None = None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
        # WAL with NORMAL: a killed process loses nothing; only a power cut may lose the last moments.
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute(_SCHEMA)
        self._lock = threading.RLock()
        self._depth = 0
        self._undo: list[Callable[[], object]] = []
        self._shelves: dict[str, dict[str, Document]] = {}
        self._keys: dict[str, list[str]] = {}  # of a kind in order; forgotten when one comes or goes
        for kind, key, body in self._connection.execute(
            "SELECT kind, key, body FROM document ORDER BY position"
        ):
            self._shelf(kind)[key] = json.loads(body)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the store for one change: all of it is kept, or on an exception none of it."""
        with self._lock:
            if self._depth == 0:
                self._connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self._roll_back()
                raise
            self._depth -= 1
            if self._depth == 0:
                self._undo.clear()
                self._connection.execute("COMMIT")

    def get(self, kind: str, key: str | int) -> Document | None:
        """Find one document."""
        with self._lock:
            return self._shelves.get(kind, {}).get(str(key))

    def all(self, kind: str) -> list[Document]:
        """List the documents of a kind, oldest first."""
        with self._lock:
            return list(self._shelves.get(kind, {}).values())

    def after(self, kind: str, key: str) -> Iterator[Document]:
        """Give the documents of a kind whose key is greater, by ascending key."""
        with self._lock:
            shelf = self._shelves.get(kind, {})
            keys = self._keys.get(kind)
            if keys is None or len(keys) != len(shelf):
                keys = self._keys[kind] = sorted(shelf)
        walked = keys[bisect_right(keys, key) :]
        return (found for each in walked if (found := shelf.get(each)) is not None)

    def put(self, kind: str, key: str | int, document: Document) -> None:
        """Insert or replace one document."""
        key = str(key)
        with self.transaction():
            shelf = self._shelf(kind)
            if key in shelf:
                before = shelf[key]
                self._undo.append(lambda: shelf.__setitem__(key, before))
            else:
                self._undo.append(lambda: shelf.pop(key))
                self._keys.pop(kind, None)
            shelf[key] = document
            self._connection.execute(_UPSERT, (kind, key, json.dumps(document, ensure_ascii=False)))

    def remove(self, kind: str, key: str | int) -> None:
        """Delete one document; a missing one is no error."""
        key = str(key)
        with self.transaction():
            shelf = self._shelf(kind)
            if key not in shelf:
                return
            self._undo.append(lambda: self._shelves.__setitem__(kind, shelf))
            self._keys.pop(kind, None)
            self._shelves[kind] = {name: document for name, document in shelf.items() if name != key}
            self._connection.execute("DELETE FROM document WHERE kind = ? AND key = ?", (kind, key))

    def next_number(self, name: str, *, first: int) -> int:
        """Count up: `first` on the first call for this name, then one more each time, also over a restart."""
        with self.transaction():
            counter = self.get("counter", name)
            number = first if counter is None else int(counter["last"]) + 1
            self.put("counter", name, {"last": number})
            return number

    def clear(self) -> None:
        """Forget everything."""
        with self.transaction():
            before = self._shelves
            self._undo.append(lambda: setattr(self, "_shelves", before))
            self._shelves, self._keys = {}, {}
            self._connection.execute("DELETE FROM document")

    def close(self) -> None:
        """Close the file. The object is of no use afterwards."""
        with self._lock:
            self._connection.close()

    def _shelf(self, kind: str) -> dict[str, Document]:
        return self._shelves.setdefault(kind, {})

    def _roll_back(self) -> None:
        for step in reversed(self._undo):
            step()
        self._undo.clear()
        self._keys.clear()
        self._connection.execute("ROLLBACK")
