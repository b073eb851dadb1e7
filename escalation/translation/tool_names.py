"""How is a tool called among people? "Zendesk" and not "zendesk". Pure.

A state keeps the short word for the tool that a quote or a ticket comes from; that tool may be connected to
another Baton, so it is spelt here without asking what is connected.
"""

from collections.abc import Mapping
from typing import Final

from escalation.translation.plain import flat

# Names that a capital at their beginning does not make right.
_SPELT: Final[Mapping[str, str]] = {"servicenow": "ServiceNow"}


def called(kind: str) -> str:
    """This will return the tool's name as people write it; "" for none."""
    word = flat(kind)
    name = _SPELT.get(word) or word.replace("_", " ")
    return name[:1].upper() + name[1:]
