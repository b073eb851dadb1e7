"""Settings, URLs and entry points. Nothing in escalation imports this."""

# Whatever process reads the settings gets our Celery application as the current one: a task that a page
# sends would otherwise go to a broker nobody configured.
from config.celery import app as celery_app

__all__ = ["celery_app"]
