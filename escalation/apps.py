"""Django's entry to the one app."""

from django.apps import AppConfig


class EscalationConfig(AppConfig):
    """The app that holds all of Baton."""

    name = "escalation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """This will register the system checks."""
        from escalation import checks  # noqa: F401, PLC0415  (checks need the app registry)
