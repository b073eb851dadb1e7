"""On what does a connector stand in a test? A practice tool in memory, behind a door of ours, no socket."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from escalation.practice.adapter import PracticeAdapter
from escalation.practice.kinds import ToolKind
from escalation.practice.tool import Plan, PracticeTool, build
from escalation.transport.credentials import Basic, Credentials
from escalation.transport.door import Door
from escalation.transport.opening import open_door

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@dataclass(kw_only=True)
class Clock:
    """A clock that moves one second with each look, and further when told."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass(kw_only=True)
class Bench:
    """One practice tool with a door of ours and the posts it sent."""

    tool: PracticeTool
    host: str
    clock: Clock
    posts: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def door(self, *, user: str, password: str, our_user: str = "", **settings: str) -> Door:
        """Open a door with a user's password."""
        return self.opened(Basic(user=user, password=password), our_user=our_user or user, **settings)

    def opened(self, credentials: Credentials, *, our_user: str = "", **settings: str) -> Door:
        """Open a door with credentials of any kind."""
        door = open_door(
            base_url=f"https://{self.host}", credentials=credentials, settings=settings, our_user=our_user
        )
        door.session.mount("https://", PracticeAdapter(self.tool.application))
        return door

    def fault(self, **rule: Any) -> None:
        """Let the practice tool fail as a rule of `escalation.practice.faults` says."""
        self.tool.faults.add(rule)

    def settle(self) -> None:
        """Wait until everything that is due has been posted."""
        assert self.tool.outgoing.wait_until_idle()


def bench(kind: str | ToolKind, host: str, **plan: Any) -> Bench:
    """Build a practice tool: one that comes with Baton by its name, another as it is."""
    clock = Clock()
    posts: list[tuple[str, dict[str, str], bytes]] = []

    def send(url, headers, body) -> int:
        posts.append((url, {key.lower(): value for key, value in headers.items()}, body))
        return 200

    practice = build(kind, Plan(clock=clock, send=send, say=lambda _: None, **{"with_world": False, **plan}))
    return Bench(tool=practice, host=host, clock=clock, posts=posts)
