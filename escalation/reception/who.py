"""Who answers for the receiver? One of ours, or somebody in a tool who followed a signed link."""

from dataclasses import dataclass

from django.contrib.auth.models import User


@dataclass(frozen=True, kw_only=True, slots=True)
class Outsider:
    """Somebody without an account here; ``name`` is how a page calls them."""

    name: str


Actor = User | Outsider


def user_of(actor: Actor) -> User | None:
    """This will return the account, if there is one."""
    return actor if isinstance(actor, User) else None


def name_of(actor: Actor) -> str:
    """This will return the name of somebody without an account; "" for one of ours."""
    return actor.name if isinstance(actor, Outsider) else ""
