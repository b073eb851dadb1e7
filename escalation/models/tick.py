"""When did each schedule last begin? One row for each, so that any number of schedulers make one schedule.

The database's clock decides: schedulers on machines whose clocks differ still agree.
"""

from django.db import connection, models

# Two ticks of one scheduler are never quite their interval apart; those of two are half of it, as a rule.
NEARLY = 0.7

# One statement: of two that come at once, the second waits for the first one's row and finds it fresh. A
# begin that lies in the future was written before the clock was set back; it must not stop a schedule.
_BEGIN = """
    INSERT INTO escalation_tick AS tick (name, begun_at) VALUES (%(name)s, clock_timestamp())
    ON CONFLICT (name) DO UPDATE SET begun_at = clock_timestamp()
    WHERE tick.begun_at <= clock_timestamp() - make_interval(secs => %(apart)s)
        OR tick.begun_at > clock_timestamp()
"""


class Tick(models.Model):
    """The last begin of one schedule."""

    name = models.CharField(max_length=60, primary_key=True)
    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.begun_at:%H:%M:%S}"

    @classmethod
    def begin(cls, name: str, *, every: float) -> bool:
        """This will note that a schedule begins now; False when another scheduler's tick was just before.

        ``every`` is the schedule's interval in seconds.
        """
        with connection.cursor() as cursor:
            cursor.execute(_BEGIN, {"name": name, "apart": every * NEARLY})
            return bool(cursor.rowcount)
