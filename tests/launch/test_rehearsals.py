"""Restore and upgrade are rehearsed, so that the day they are needed is not the first time."""

import gzip
from pathlib import Path

import psycopg
import pytest

from launch import postgres, rehearse
from tests.recorded import ROOT
from tests.rooms import room

FIRST_LANDED = ROOT / "fixtures" / "upgrade" / "first_landed.sql.gz"
# What an upgrade fills for itself.
MADE_BY_AN_UPGRADE = {"django_migrations", "django_content_type", "auth_permission"}


@pytest.fixture(scope="module")
def folder() -> Path:
    return room("rehearsal")


@pytest.fixture(scope="module")
def server(folder: Path) -> str:
    return postgres.throw_away(folder=folder / "postgres")


@pytest.fixture(scope="module")
def upgraded(server: str, folder: Path) -> tuple[dict[str, int], str]:
    """What the first landed version left behind, counted, and its database after an upgrade."""
    old = folder / "first_landed.sql"
    old.write_bytes(gzip.decompress(FIRST_LANDED.read_bytes()))
    url = rehearse.restore(old, server=server, database="upgraded")
    before = rehearse.rows(url)
    done = rehearse.manage(url, "upgrade", "--verbosity", "0", data=folder / "data")
    assert done.returncode == 0, done.stderr
    return before, url


def test_an_upgrade_from_the_first_version_loses_no_row(upgraded: tuple[dict[str, int], str]) -> None:
    before, url = upgraded
    after = rehearse.rows(url)

    assert before["escalation_handoff"] == 2
    assert {name: after[name] for name in before.keys() - MADE_BY_AN_UPGRADE} == {
        name: count for name, count in before.items() if name not in MADE_BY_AN_UPGRADE
    }


def test_what_was_upgraded_keeps_every_promise(upgraded: tuple[dict[str, int], str], folder: Path) -> None:
    _, url = upgraded
    verified = rehearse.manage(url, "verify", data=folder / "data")

    assert verified.returncode == 0, verified.stdout
    assert rehearse.manage(url, "upgrade", "--verbosity", "0", data=folder / "data").returncode == 0


def test_what_was_upgraded_is_found_by_its_words_and_measured(
    upgraded: tuple[dict[str, int], str],
) -> None:
    _, url = upgraded
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT count(*) FROM escalation_searchtext WHERE words @@ to_tsquery('simple', 'finance')"
        ).fetchone()
        due = connection.execute("SELECT count(DISTINCT handoff_id) FROM escalation_measuredue").fetchone()

    assert found == (1,)
    assert due == (2,)


def test_a_backup_brings_everything_back(
    upgraded: tuple[dict[str, int], str], server: str, folder: Path
) -> None:
    _, url = upgraded
    rows, backup = rehearse.rows(url), folder / "baton.dump"

    rehearse.dump(url, file=backup)
    rehearse.destroy(server, database="upgraded")
    back = rehearse.restore(backup, server=server, database="upgraded")

    assert rehearse.rows(back) == rows
    verified = rehearse.manage(back, "verify", data=folder / "data")
    assert verified.returncode == 0, verified.stdout
