"""What does every test stand on? Settings of its own, a data folder and a database that are thrown away.

Nothing of the developer's machine is used: not ./var, not DATABASE_URL, not SECRET_KEY. The database is
started by the first test that asks for one, so `pytest tests/core` needs none.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import quote

# Settings are read below, once this stands.
if "PYTEST_XDIST_WORKER" not in os.environ:
    meant_for_a_run = ["ALLOWED_HOSTS", "BATON_PROCESS", "CELERY_BROKER_URL", "CREDENTIAL_KEYS"]
    meant_for_a_run += ["DATABASE_URL", "OUTBOUND_CA", "OUTBOUND_PROXY", "PORT", "PUBLIC_URL", "SECRET_KEY"]
    kinds = ("typing", "search", "export", "press", "page", "api", "outside", "hook")
    for name in meant_for_a_run:
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": tempfile.mkdtemp(prefix="baton-tests-"),
        "BATON_TESTING": "1",
        "PRACTICE": "1",
        "LOG_LEVEL": "WARNING",
        # A test asks a thousand times in a second; those about the pace set their own.
        "RATES": ",".join(f"{each}=1000000" for each in kinds),
    }
    if os.environ.get("TEST_DATABASE_URL"):
        os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
    # Registered before a database can be: it runs after the database's own end.
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

import django
import pytest
from django.conf import settings
from django.db import connections
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from config import env
from launch import postgres
from tests import recorded

django.setup()

hypothesis_settings.register_profile(
    "quick", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile("thorough", max_examples=1000, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_report_header() -> list[str]:
    """Say which database the tests use and whether recorded cases take part."""
    database = "TEST_DATABASE_URL" if os.environ.get("TEST_DATABASE_URL") else "thrown away after the run"
    cases = str(recorded.SHARED) if recorded.SHARED.is_dir() else f"not collected, no {recorded.SHARED}"
    return [f"database: {database}", f"recorded cases (BATON_SHARED): {cases}"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests over recorded cases where there are none; the header has said so."""
    if recorded.SHARED.is_dir():
        return
    left_out = [item for item in items if "shared" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with recorded cases."""
    return recorded.SHARED


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start the database that is thrown away, unless TEST_DATABASE_URL names a server."""
    if os.environ.get("TEST_DATABASE_URL"):
        return
    url = postgres.throw_away(folder=Path(settings.DATA_DIR) / "postgres")
    place = {key: value for key, value in env.database(url).items() if key in {"HOST", "PORT", "USER"}}
    connections["default"].settings_dict |= place


@pytest.fixture(scope="session")
def database_url(django_db_setup: None) -> str:
    """The URL of this process's test database, for programs that a test starts."""
    place = {key: quote(str(value)) for key, value in connections["default"].settings_dict.items()}
    return "postgres://{USER}:{PASSWORD}@/{NAME}?host={HOST}&port={PORT}".format_map(place)
