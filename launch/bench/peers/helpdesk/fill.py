"""What stands in it? Tickets of the words and shares that Baton's handoffs have, and one agent.

Run by its own Python: `python -m launch.bench.peers.helpdesk.fill 10000`. Prints, as one line of JSON, the
agent's cookie and which tickets there are.
"""

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import django

django.setup()  # its models are there only afterwards

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from helpdesk.models import FollowUp, Queue, Ticket, UserSettings  # type: ignore[import-not-found]  # noqa: E402

SEED, QUEUES, LONGEST_PAST = 20261129, 12, timedelta(days=3 * 365)
VOCABULARY, SPOKEN = 60_000, 40
EVERYWHERE, TENTH = "everybody cannot open", "kerberos"
OPEN_OF, AT_ONCE = 500, 2_000


def main(tickets: int) -> None:
    """Write them, with a first comment each."""
    agent = get_user_model().objects.create(
        username="bench", email="bench@bench.example", is_staff=True, is_superuser=True
    )
    UserSettings.objects.get_or_create(user=agent)
    queues = [
        Queue.objects.create(title=f"Bench {number:02}", slug=f"bench-{number:02}")
        for number in range(QUEUES)
    ]
    Ticket.objects.bulk_create(_tickets(tickets, queues, agent), batch_size=AT_ONCE)
    made = list(Ticket.objects.order_by("pk").only("pk", "created", "queue_id", "title"))
    comments = (
        FollowUp(ticket=each, date=each.created, title="Comment", comment="Seen.", user=agent, public=False)
        for each in made
    )
    FollowUp.objects.bulk_create(comments, batch_size=AT_ONCE)
    browser = Client()
    browser.force_login(agent)
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
    some = made[:: max(1, len(made) // 100)]
    said = {
        "cookie": cookie,
        "tickets": [each.pk for each in some],
        "forms": [{"queue": each.queue_id, "title": each.title, "priority": 3} for each in some],
        "queue": queues[0].pk,
        "count": len(made),
    }
    print(json.dumps(said))


def _tickets(count: int, queues: list[Any], agent: Any) -> Iterator[Any]:
    now, random = timezone.now(), Random(SEED)  # noqa: S311, TID251  # made up, hides nothing
    words = [f"w{number:x}q" for number in range(VOCABULARY)]
    for number in range(count):
        spoken = [*random.choices(words, k=SPOKEN), EVERYWHERE, f"E{number:07X}"]
        spoken += [TENTH] * (number % 10 == 0)
        yield Ticket(
            queue=queues[number % QUEUES],
            title=" ".join(spoken[-2:] + spoken[:6])[:200],
            description=" ".join(spoken),
            submitter_email=f"user{number}@bench.example",
            created=now - LONGEST_PAST * random.random(),
            modified=now,
            status=Ticket.OPEN_STATUS if number % OPEN_OF == 0 else Ticket.CLOSED_STATUS,
            assigned_to=agent if number % 2 else None,
            priority=3,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]))
