"""The measurement of the sync reads a served catalog over HTTP and checks what it finds."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from escalation.models import CatalogRow, Drift
from launch.aside import free_ports

pytestmark = pytest.mark.django_db


def measured(**sizes):
    printed = StringIO()
    sizes = {"entries": 300, "changed": 3, "retired": 2, "port": free_ports()} | sizes
    call_command("bench_sync", **sizes, stdout=printed)
    return {each["name"]: each["value"] for each in map(json.loads, printed.getvalue().splitlines())}


def test_the_catalog_is_read_whole_then_what_changed_then_whole_again():
    figures = measured(whole_may_take=600.0)

    read = [figures[f"sync.{name}_entries_read"] for name in ("first", "changed", "again")]
    assert read == [300, 3, 296]
    assert CatalogRow.objects.filter(retired_at=None).count() == 296
    assert Drift.objects.get().kind == "entry_retired"
    assert CatalogRow.objects.exclude(related=[]).filter(retired_at=None).count() > 200


def test_a_broken_promise_ends_the_command_with_its_name():
    with pytest.raises(CommandError, match=r"sync\.first"):
        measured(entries=100, whole_may_take=0.001)
