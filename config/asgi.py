"""Which application does the web server serve? `uvicorn config.asgi:application --lifespan off`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Only this process pools its database connections: a Celery worker closes a pool at every task boundary.
os.environ.setdefault("BATON_PROCESS", "web")

application = get_asgi_application()
