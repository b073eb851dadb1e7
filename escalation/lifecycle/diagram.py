"""How does the transition table look as a picture?

Mermaid text; the docs hold what this returns and a test compares the two.
"""

from escalation.lifecycle.table import TRANSITIONS
from escalation.lifecycle.words import Status


def mermaid() -> str:
    """This will return a Mermaid state diagram of the whole table."""
    lines = ["stateDiagram-v2", f"    [*] --> {Status.DRAFT}"]
    lines += [f"    {origin} --> {target}: {move}" for (origin, move), target in TRANSITIONS.items()]
    return "\n".join(lines) + "\n"
