"""What an installation is told by its environment, and what it says when it is told too little."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from config import env, keys
from tests.recorded import ROOT

PRODUCTION = {
    "SECRET_KEY": "an-example-for-the-test-only-0123456789-abcdefghijklmnopqrstuvw",
    "CREDENTIAL_KEYS": Fernet.generate_key().decode(),
    "PUBLIC_URL": "https://baton.example",
    "DATABASE_URL": "postgres://baton:p%40ss@database.example:6432/baton?sslmode=require",
    "CELERY_BROKER_URL": "redis://broker.example/0",
}


def test_numbers_by_their_words_change_what_they_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_DAYS", "raw=7, files=0")

    assert env.numbers("SOME_DAYS", default={"raw": 30, "files": 730, "audit": 90}) == {
        "raw": 7,
        "files": 0,
        "audit": 90,
    }


@pytest.mark.parametrize("given", ["raws=7", "raw=-7", "raw", "raw=soon"])
def test_a_slip_in_numbers_by_their_words_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("SOME_DAYS", given)

    with pytest.raises(ImproperlyConfigured, match="SOME_DAYS"):
        env.numbers("SOME_DAYS", default={"raw": 30})


@pytest.mark.parametrize(
    ("word", "meant"), [("1", True), ("Yes", True), (" on ", True), ("0", False), ("", False), ("no", False)]
)
def test_a_flag_is_read_as_people_write_it(monkeypatch: pytest.MonkeyPatch, word: str, meant: bool) -> None:
    monkeypatch.setenv("SOME_FLAG", word)

    assert env.flag("SOME_FLAG", default=not meant) is meant


@pytest.mark.parametrize(
    ("read", "value"), [(env.flag, "perhaps"), (lambda name: env.number(name, default=1), "many")]
)
def test_a_value_that_makes_no_sense_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, read, value: str
) -> None:
    monkeypatch.setenv("SOME_VALUE", value)

    with pytest.raises(ImproperlyConfigured, match="SOME_VALUE"):
        read("SOME_VALUE")


def test_a_list_drops_its_empty_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_HOSTS", "a.example, ,b.example,")

    assert env.words("SOME_HOSTS") == ("a.example", "b.example")
    assert env.words("NOT_THERE", default=("c.example",)) == ("c.example",)


def test_a_secret_can_be_a_file_and_a_missing_file_is_loud(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text("from the file\n")
    monkeypatch.setenv("SOME_SECRET_FILE", str(tmp_path / "key"))
    assert env.secret("SOME_SECRET") == "from the file"

    monkeypatch.setenv("SOME_SECRET_FILE", str(tmp_path / "nothing"))
    with pytest.raises(ImproperlyConfigured, match="SOME_SECRET_FILE"):
        env.secret("SOME_SECRET")

    monkeypatch.setenv("SOME_SECRET", "and here")
    with pytest.raises(ImproperlyConfigured, match="both set"):
        env.secret("SOME_SECRET")


def test_a_database_url_is_taken_apart() -> None:
    read = env.database(PRODUCTION["DATABASE_URL"])

    assert (read["NAME"], read["USER"], read["PASSWORD"]) == ("baton", "baton", "p@ss")
    assert (read["HOST"], read["PORT"]) == ("database.example", "6432")
    assert read["OPTIONS"] == {"sslmode": "require"}


def test_a_database_url_may_name_a_socket() -> None:
    read = env.database("postgres://postgres@/baton?host=/run/some%20where")

    assert (read["HOST"], read["PORT"], read["OPTIONS"]) == ("/run/some where", "", {})


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgres://host", "postgres://host/", "nonsense"])
def test_another_database_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        env.database(url)


def test_practice_makes_its_keys_once_and_for_its_owner_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    folder = tmp_path / "secrets"

    first = keys.secret_key(folder=folder, practice=True), keys.credential_keys(folder=folder, practice=True)
    second = keys.secret_key(folder=folder, practice=True), keys.credential_keys(folder=folder, practice=True)

    assert first == second
    assert [stat.S_IMODE(file.stat().st_mode) for file in sorted(folder.iterdir())] == [0o600, 0o600]


def test_credential_keys_are_a_list_and_each_is_checked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    new, old = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    monkeypatch.setenv("CREDENTIAL_KEYS", f"{new}, {old}")
    assert keys.credential_keys(folder=tmp_path, practice=False) == (new, old)

    monkeypatch.setenv("CREDENTIAL_KEYS", f"{new},short")
    with pytest.raises(ImproperlyConfigured, match="Key 2"):
        keys.credential_keys(folder=tmp_path, practice=False)


def settings_say(question: str, data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of its own, with nothing of this one's environment."""
    return subprocess.run(
        [sys.executable, "-c", f"from config import settings as s; print({question})"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(data), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("missing", ["SECRET_KEY", "CREDENTIAL_KEYS", "PUBLIC_URL"])
def test_an_installation_does_not_start_without_what_it_needs(missing: str, tmp_path: Path) -> None:
    given = {name: value for name, value in PRODUCTION.items() if name != missing}

    told = settings_say("s.PRACTICE", tmp_path, **given)

    assert told.returncode != 0
    assert missing in told.stderr.splitlines()[-1]
    assert list(tmp_path.iterdir()) == [], "nothing was generated behind anybody's back"


def test_an_installation_is_closed_by_default(tmp_path: Path) -> None:
    told = settings_say(
        "s.PRACTICE, s.DEBUG, s.SESSION_COOKIE_SECURE, s.ALLOWED_HOSTS, s.SECURE_SSL_REDIRECT",
        tmp_path,
        **PRODUCTION,
    )

    assert told.stdout.strip() == "False False True ['baton.example'] True", told.stderr


@pytest.mark.parametrize("command", ["extract", "link", "prefill", "sayable", "translate"])
def test_a_command_that_only_answers_lines_needs_no_installation(command: str, tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)},
        input='{"op": "ready"}\n',
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout.splitlines()[0])
    assert list(tmp_path.iterdir()) == [], "it made no key that anything keeps"


def test_what_a_practice_run_left_behind_does_not_open_an_installation(tmp_path: Path) -> None:
    (tmp_path / "practice.env").write_text("PRACTICE=1\nPORT=8123\n")

    assert settings_say("s.PRACTICE, s.PORT", tmp_path).stdout.strip() == "True 8123"
    assert settings_say("s.PRACTICE", tmp_path, **PRODUCTION).stdout.strip() == "False"


def test_only_the_web_process_pools_its_connections(tmp_path: Path) -> None:
    question = "'pool' in s.DATABASES['default']['OPTIONS']"

    for process, pools in {"web": "True", "worker": "False", "": "False"}.items():
        told = settings_say(question, tmp_path, **PRODUCTION, BATON_PROCESS=process)
        assert told.stdout.strip() == pools, told.stderr


@pytest.mark.django_db(transaction=True)
def test_after_a_restart_of_the_database_no_page_gets_a_dead_connection(
    tmp_path: Path, database_url: str
) -> None:
    cut_off = """
import django, psycopg
from django.db import connection
django.setup()
with connection.cursor() as cursor:
    cursor.execute("SELECT pg_backend_pid()")
    dead = cursor.fetchone()[0]
connection.close()  # as at the end of a request: back into the pool
with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
    other.execute("SELECT pg_terminate_backend(%s, 5000)", [dead])
with connection.cursor() as cursor:
    cursor.execute("SELECT pg_backend_pid()")
    print(cursor.fetchone()[0] != dead)
connection.close_pool()
"""
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "PRACTICE": "1"}
    environment |= {"DATABASE_URL": database_url, "BATON_PROCESS": "web", "DATABASE_POOL_MIN": "1"}

    told = subprocess.run(
        [sys.executable, "-c", cut_off],
        cwd=ROOT,
        env=environment | {"DATABASE_POOL_MAX": "1", "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert told.stdout.strip() == "True", told.stderr


def test_a_key_that_is_exchanged_keeps_open_what_the_old_one_signed(tmp_path: Path) -> None:
    told = settings_say(
        "s.SECRET_KEY_FALLBACKS", tmp_path, **PRODUCTION, SECRET_KEY_FALLBACKS="the-last-one the-one-before"
    )

    assert told.stdout.strip() == "['the-last-one', 'the-one-before']", told.stderr
