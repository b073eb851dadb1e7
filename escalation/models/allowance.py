"""How much may somebody still ask for this minute? One row for each who asks, shared by all processes.

A bucket that is full after a minute and leaks evenly (GCRA, as in ITU-T I.371): a whole minute's worth may
come at once, and after that as much as leaks. Django's cache would need a server of its own that an
installation on one machine does not have, and its table in a database counts wrongly when two count at once.
This is one statement, by the database's clock. The table is not logged: a count that a crash empties harms
nobody.
"""

from datetime import datetime
from math import ceil

from django.conf import settings
from django.db import connection, models

MINUTE_S = 60.0

_TAKE = """
    INSERT INTO escalation_allowance AS allowance (name, used_until)
    VALUES (%(name)s, clock_timestamp() + make_interval(secs => %(each)s))
    ON CONFLICT (name) DO UPDATE
    SET used_until = greatest(allowance.used_until, clock_timestamp()) + make_interval(secs => %(each)s)
    WHERE allowance.used_until + make_interval(secs => %(each)s)
        <= clock_timestamp() + make_interval(secs => %(minute)s)
"""
_WAIT = """
    SELECT extract(epoch FROM used_until - clock_timestamp()) + %(each)s - %(minute)s
    FROM escalation_allowance WHERE name = %(name)s
"""


class Allowance(models.Model):
    """One who asks for one kind of thing, and until when the allowance is used up."""

    name = models.CharField(max_length=160, primary_key=True)
    used_until = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def wait(cls, kind: str, who: str) -> int:
        """This will count one request; return 0, or after how many whole seconds it may come again."""
        per_minute = settings.RATES.get(kind, 0)
        return ceil(cls.take(f"{kind} {who}", per_minute=per_minute)) if per_minute else 0

    @classmethod
    def take(cls, name: str, *, per_minute: int) -> float:
        """This will take one of ``per_minute``; return 0.0, or in how many seconds there is one again."""
        values: dict[str, str | float] = {
            "name": name[:160],
            "each": MINUTE_S / per_minute,
            "minute": MINUTE_S,
        }
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, values)
            if cursor.rowcount:
                return 0.0
            cursor.execute(_WAIT, values)
            row = cursor.fetchone()
        return max(float(row[0]), 1.0) if row else 1.0

    @classmethod
    def forget(cls, *, now: datetime) -> int:
        """This will delete the rows whose allowance is whole again; returns how many."""
        return cls.objects.filter(used_until__lt=now).delete()[0]
