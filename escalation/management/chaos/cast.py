"""Who plays in the chaos trial, and through which doors? The practice company, on both of its hops."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, ParamSpec, TypeVar

from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError, connections

from escalation.management.practice_company import DESK, ENGINEERING, OPERATIONS
from escalation.models import Connection, Route
from escalation.transport.errors import TransportError

Given = ParamSpec("Given")
Result = TypeVar("Result")
PATIENCE_S: Final = 120.0
# Together about 30 % of all calls. A 429 makes Baton rest the whole connection, as it should; with one call
# in a hundred nothing else would be seen.
FAULTS: Final[tuple[dict[str, Any], ...]] = (
    {"share": 0.11, "status": 500},
    {"share": 0.001, "status": 429, "retry_after": 1},
    {"share": 0.06, "status": 504, "html": True},
    {"share": 0.05, "lose_answer": True},
    {"share": 0.05, "lose_answer": "504"},
    {"share": 0.075, "html": True},
    {"share": 0.05, "webhooks": "drop"},
    {"share": 0.05, "webhooks": "duplicate"},
    {"share": 0.05, "webhooks": "reorder"},
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cast:
    """The two hops and who sends on them."""

    first: Route
    second: Route
    level_one: User
    level_two: User

    @property
    def tools(self) -> tuple[Connection, Connection, Connection]:
        """Desk, operations and engineering, in the order of the hops."""
        return self.first.source, self.first.target, self.second.target

    @classmethod
    def of_the_practice_company(cls) -> "Cast":
        """This will find them; raises ``DoesNotExist`` where the practice world is not loaded."""
        routes = Route.objects.select_related("sender", "receiver", "source", "target")
        first = routes.get(sender__name=DESK, receiver__name=OPERATIONS)
        return cls(
            first=first,
            second=routes.get(sender__name=OPERATIONS, receiver__name=ENGINEERING, source=first.target),
            level_one=User.objects.get(username="level-one"),
            level_two=User.objects.get(username="level-two"),
        )


def again(step: Callable[Given, Result], *given: Given.args, **named: Given.kwargs) -> Result:
    """This will do the step until nothing is in its way, for at most two minutes.

    As a person presses again after an error page. Only for steps which look first whether they are done.
    """
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return step(*given, **named)
        except (OperationalError, InterfaceError, TransportError):
            if time.monotonic() > until:
                raise
            connections.close_all()
            time.sleep(0.3)


def ask(connection: Connection, method: str, path: str, body: Any = None) -> Any:
    """This will ask the tool itself, past Baton's pauses; returns the JSON. Raises ``TransportError``."""
    door = connection.door(trial=True)
    return door.session.ask(method, f"{door.base_url}{path}", body=body).json
