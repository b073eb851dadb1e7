"""What is done by the clock, and how often? Each task only asks whether something is owed."""

# Seconds between two looks, by the task's name after "escalation.".
EVERY_S = {
    "relay": 2.0,  # deliveries that are due
    "draft": 2.0,  # what a language model may draft, where one is switched on
    "apply_waiting": 5.0,  # updates that wait for an earlier one
    "poll": 20.0,  # connections whose tool may have changed without a webhook
    "webhooks": 2.0,  # is one of the company's own programs owed an event?
    "audit": 60.0,  # is anything stuck?
    "mail": 10.0,  # is a notice due?
    "measure": 5.0,  # which handoffs moved, for the figures?
    "past": 30.0,  # a tool's past, where an owner has it read
    "silence": 30.0,  # has a promise run out?
    "ratings": 900.0,  # were users content?
    "sync_catalogs": 600.0,  # what the tools know by name
    "retention": 3_600.0,  # is something older than it may become?
    "weekly": 600.0,  # is it Monday morning for a lead?
    "discarded": 3_600.0,  # are a discarded draft's thirty days over?
    "drift": 43_200.0,  # does a tool still have the fields we fill?
}


# Ticks do not stand behind a thousand webhooks: a worker takes from both queues in turn, and a tick that has
# waited longer than its step is thrown away. In one queue all of them were, for as long as it was full.
QUEUE = "baton-schedule"


def entries() -> dict[str, dict[str, object]]:
    """Return the schedule in Celery's shape. A tick that found no worker is not worth keeping."""
    return {
        name: {
            "task": f"escalation.{name}",
            "schedule": seconds,
            "kwargs": {"every": seconds},
            "options": {"expires": max(seconds, 5), "queue": QUEUE},
        }
        for name, seconds in EVERY_S.items()
    }
