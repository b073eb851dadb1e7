"""Who may follow a handoff's timeline, by which clock, and from which side?

Asked in one statement: when a server comes back, every open page asks within seconds, and what the last of
them waits is the sum of all these answers.
"""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection

from escalation.lifecycle.words import Status

# Their page is the form, which has no news.
UNSENT: Final = (Status.DRAFT, Status.DISCARDED)
_ASK: Final = """
SELECT h.author_id, r.sender_id, r.receiver_id, m.team_id, m.role, t.zone
FROM escalation_handoff h
JOIN escalation_route r ON r.id = h.route_id
LEFT JOIN escalation_membership m ON m.user_id = %(user)s
LEFT JOIN escalation_team t ON t.id = m.team_id
WHERE h.id = %(handoff)s AND NOT h.status = ANY(%(unsent)s)
ORDER BY m.id
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class LetIn:
    """Somebody who may follow it: the clock they live by, their side, and the teams that say so."""

    zone: str
    sends: bool  # wrote it or is in the sending team
    teams: frozenset[tuple[int, str]]  # with the role there


def let_in(*, user: User, handoff_id: UUID) -> LetIn | None:
    """Return how the person follows it; None who may not see it, as in ``Handoff.objects.open_to``."""
    asked: dict[str, Any] = {
        "user": user.pk,
        "handoff": handoff_id,
        "unsent": [each.value for each in UNSENT],
    }
    with connection.cursor() as cursor:
        cursor.execute(_ASK, asked)
        rows = cursor.fetchall()
    if not rows:
        return None
    author, sender, receiver = rows[0][:3]
    mine = [(team, role, zone) for *_, team, role, zone in rows if team is not None]
    teams = {team for team, _, _ in mine}
    if author != user.pk and teams.isdisjoint({sender, receiver}):
        return None
    return LetIn(
        zone=mine[0][2] if mine else settings.TIME_ZONE,
        sends=author == user.pk or sender in teams,
        teams=frozenset((team, role) for team, role, _ in mine),
    )
