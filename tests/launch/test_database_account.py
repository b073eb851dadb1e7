"""Two programs that start a machine's first database at once: one finds the list of users locked."""

import subprocess
import time
from pathlib import Path

import pytest

from launch import postgres


def test_a_locked_list_of_users_is_waited_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    waits = refusals(monkeypatch, ["useradd", "useradd"])

    postgres.start_anyhow(tmp_path, cleanup_mode=None)

    assert len(waits) == 2


def test_it_is_not_waited_for_ever(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    waits = refusals(monkeypatch, ["useradd"] * postgres.ACCOUNT_TRIES)

    with pytest.raises(subprocess.CalledProcessError, match="useradd"):
        postgres.start_anyhow(tmp_path, cleanup_mode=None)
    assert len(waits) == postgres.ACCOUNT_TRIES - 1


def test_another_failure_is_told_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    waits = refusals(monkeypatch, ["initdb"])

    with pytest.raises(subprocess.CalledProcessError, match="initdb"):
        postgres.start_anyhow(tmp_path, cleanup_mode=None)
    assert waits == []


def refusals(monkeypatch: pytest.MonkeyPatch, programs: list[str]) -> list[float]:
    """Let these programs fail one after the other before a server starts; the waits between are noted."""
    waits: list[float] = []
    left = list(programs)

    def get_server(folder: Path, *, cleanup_mode: str | None) -> str:
        if left:
            raise subprocess.CalledProcessError(1, [left.pop(0), "pgserver"])
        return "server"

    monkeypatch.setattr(postgres, "get_server", get_server)
    monkeypatch.setattr(time, "sleep", waits.append)
    return waits
