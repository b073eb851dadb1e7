"""What does the practice ServiceNow know by name: tables of text in `data/catalog/`, parts split by `|`.

groups      key | name | manager | members | description
items       class | name | description | fqdn | ip | also known as | group
services    name | criticality | group | description
offerings   name | service
relations   above | below
changes     number | title | state | begin | end | group | items (main one first) | what is done
incidents   number | caller | opened | title | item | group | impact | urgency | close notes (open: none)
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent / "data" / "catalog"
# The labels of change_request.state in sys_choice, by value.
CHANGE_STATES: Final = {
    "New": "-5",
    "Assess": "-4",
    "Authorize": "-3",
    "Scheduled": "-2",
    "Implement": "-1",
    "Review": "0",
    "Closed": "3",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """One team. People are named by their key in `people`."""

    key: str
    name: str
    manager: str
    members: tuple[str, ...]
    description: str


def table(name: str) -> list[list[str]]:
    """Read one table as rows of parts."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.split("|") for line in lines]


def groups() -> dict[str, Group]:
    """Read the teams by key."""
    return {
        key: Group(
            key=key, name=name, manager=manager, members=tuple(members.split(",")), description=description
        )
        for key, name, manager, members, description in table("groups")
    }
