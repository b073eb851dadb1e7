"""Which application does the web server serve? `uvicorn config.asgi:application --lifespan off`."""

import os
import resource
from contextlib import suppress
from typing import cast

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Only this process pools its database connections: a Celery worker closes a pool at every task boundary.
os.environ.setdefault("BATON_PROCESS", "web")

# Each open page is a socket; the usual 1,024 would be a limit on people.
MOST_FILES = 65_536
_allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
with suppress(ValueError, OSError):  # a system that allows less keeps what it has
    most = MOST_FILES if _allowed == resource.RLIM_INFINITY else min(MOST_FILES, _allowed)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, _allowed))

django.setup(set_prefix=False)

from config import telemetry  # noqa: E402  # needs Django to be set up

telemetry.begin("web")  # before the handler reads which middleware there is

from config.handler import OneHop  # noqa: E402  # needs Django to be set up
from config.pauses import keep_short  # noqa: E402
from escalation.web.streaming import Application, Streaming  # noqa: E402  # needs Django to be set up

application = Streaming(cast("Application", OneHop()))  # Django's own type names its messages otherwise
keep_short()
