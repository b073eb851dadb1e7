"""How much longer did a tool's records take once they had changed hands, by its past?

An upper limit of what understanding one took: it holds waiting too, and harder cases change hands more often.
So it is offered to whoever states what an escalation took before, and never reckoned with by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import connection as database

from escalation.metrics.comparing import ENOUGH
from escalation.models import Connection
from escalation.models.baseline import A_DAY

A_MINUTE: Final = 60
_QUERY: Final = """
SELECT reassignments > 0, count(*),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM resolved_at - opened_at))
FROM escalation_pastrecord WHERE connection_id = %(connection)s GROUP BY 1
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedHands:
    """The past of one tool, in seconds: medians of what changed hands and of what one team resolved."""

    connection: Connection
    moved: int
    moved_s: float | None
    stayed: int
    stayed_s: float | None

    @property
    def longer_s(self) -> float | None:
        """How much longer it took; None where too few are known, or where it took no longer."""
        if self.moved_s is None or self.stayed_s is None or min(self.moved, self.stayed) < ENOUGH:
            return None
        return self.moved_s - self.stayed_s if self.moved_s > self.stayed_s else None

    @property
    def minutes(self) -> float | None:
        """What can be stated from it; None where it is longer than one can be busy understanding."""
        minutes = None if self.longer_s is None else round(self.longer_s / A_MINUTE, 1)
        return minutes if minutes is not None and minutes <= A_DAY else None

    @property
    def known_from(self) -> str:
        """How it is known, as it stands beside what is stated."""
        return (
            f"Past of {self.connection.name[:60]}: changed hands ({self.moved}) took so much longer than not "
            f"({self.stayed}), in the median; an upper limit"
        )


def changed_hands(connections: Iterable[Connection]) -> tuple[ChangedHands, ...]:
    """This will say it of each tool of which a past was read."""
    return tuple(found for each in connections if (found := _of(each)) is not None)


def _of(connection: Connection) -> ChangedHands | None:
    with database.cursor() as cursor:
        cursor.execute(_QUERY, {"connection": connection.pk})
        rows = {moved: (count, float(half)) for moved, count, half in cursor.fetchall()}
    if not rows:
        return None
    moved, moved_s = rows.get(True, (0, None))
    stayed, stayed_s = rows.get(False, (0, None))
    return ChangedHands(connection=connection, moved=moved, moved_s=moved_s, stayed=stayed, stayed_s=stayed_s)
