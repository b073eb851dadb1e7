"""What must the contract suite be told about a tool that its protocols do not say?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from escalation.transport.door import Door
from tests.tools.bench import Bench


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """One way in which a receiver makes a record: which rules of a route lead there, and where it creates."""

    name: str
    create_path: str
    defaults: Mapping[str, str] = field(default_factory=dict)
    # What a route's rules fill in the practice tool, for it requires more than a state can give.
    needs: Mapping[str, object] = field(default_factory=dict)
    not_taken: tuple[str, ...] = ()  # what the practice tool has no place for and names


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """A practice tool and a door onto it, the declared limits, how the tool signs, where it creates."""

    bench: Callable[..., Bench]  # a practice tool in memory
    door: Callable[[Bench], Door]  # a door onto it with every right
    limits: Mapping[str, int] = field(default_factory=dict)  # field -> characters
    sign: Callable[[bytes, str, datetime], dict[str, str]] | None = None  # body, secret, time -> headers
    signs_time: bool = True
    ways: tuple[Way, ...] = ()  # in which its receiver makes a record
    own_key: Callable[[Mapping[str, object], str], bool] = lambda payload, key: False
