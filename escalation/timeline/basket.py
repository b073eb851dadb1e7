"""What has one follower of everything, such as a list, not looked at yet?"""

import asyncio
from uuid import UUID

MOST_GATHERED = 1000  # of a follower that is slow no more is remembered than "anything"


class Basket:
    """Handoffs with news; ``event`` is set while there are any."""

    def __init__(self) -> None:
        self.event = asyncio.Event()
        self._handoffs: set[UUID] = set()
        self._anything = False

    def put(self, handoff_id: UUID) -> None:
        """This will note that the handoff has news."""
        self._handoffs.add(handoff_id)
        if len(self._handoffs) > MOST_GATHERED:
            self.put_anything()
        self.event.set()

    def put_anything(self) -> None:
        """This will note that any handoff may have news: for a time nobody listened."""
        self._handoffs.clear()
        self._anything = True
        self.event.set()

    def take(self) -> frozenset[UUID]:
        """This will empty the basket; an empty set says that any handoff may have news."""
        taken = frozenset() if self._anything else frozenset(self._handoffs)
        self._handoffs, self._anything = set(), False
        self.event.clear()
        return taken
