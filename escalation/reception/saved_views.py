"""How does a person keep a choice of filters under a name? A name that is there already is replaced."""

from datetime import datetime

from django.contrib.auth.models import User

from escalation.models import SavedView

MOST_VIEWS = 20


class TooManyViews(Exception):
    """One more view would not be found again; the text says what to do."""


def keep_view(*, user: User, name: str, query: str, now: datetime) -> SavedView:
    """This will keep the filters under that name; raises ``TooManyViews``."""
    others = SavedView.objects.filter(user=user).exclude(name=name)
    if others.count() >= MOST_VIEWS:
        raise TooManyViews(f"You have {MOST_VIEWS} views. Remove one before you keep another.")
    view, _ = SavedView.objects.update_or_create(
        user=user, name=name, defaults={"query": query, "saved_at": now}
    )
    return view


def forget_view(*, user: User, view_id: int) -> None:
    """This will remove the person's own view, if there is one."""
    SavedView.objects.filter(user=user, pk=view_id).delete()
