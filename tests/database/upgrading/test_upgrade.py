"""An upgrade runs once at a time and does not make a running Baton wait."""

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from escalation.management.commands import upgrade

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_of_two_waits_for_the_first():
    done = threading.Event()

    def second() -> None:
        try:
            call_command("upgrade", verbosity=0)
            done.set()
        finally:
            connections.close_all()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", upgrade.LOCK)
        other = threading.Thread(target=second)
        other.start()
        waited = not done.wait(0.5)
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", upgrade.LOCK)
    other.join(timeout=30)

    assert waited
    assert done.is_set()


def test_a_busy_table_is_tried_again_and_nothing_is_half_done(monkeypatch):
    monkeypatch.setattr(upgrade, "WAIT_FOR_A_LOCK", "100ms")
    monkeypatch.setattr(upgrade, "PAUSE_S", 0.05)
    said, held, free = StringIO(), threading.Event(), threading.Event()

    def busy() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("BEGIN; LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")
                held.set()
                free.wait(30)
                cursor.execute("ROLLBACK")
        finally:
            connections.close_all()

    applied = MigrationRecorder(connection).applied_migrations()
    other = threading.Thread(target=busy)
    other.start()
    held.wait(30)
    with pytest.raises(CommandError, match="Nothing is half done"):
        call_command("upgrade", tries=2, verbosity=0, stdout=StringIO(), stderr=said)
    free.set()
    other.join(timeout=30)

    assert "A table is busy; trying again, 1 times at most." in said.getvalue()
    call_command("upgrade", verbosity=0)
    assert MigrationRecorder(connection).applied_migrations().keys() == applied.keys()
