"""Which golden cases does the practice company begin with? Those of `fixtures/golden/practice.jsonl`.

One state on a line, written as a technician would have confirmed it, with its category. Its links are found
in the practice tool's catalog when it is kept, and frozen with it.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings

from escalation.knowledge.codec import from_json
from escalation.knowledge.state import KnowledgeState
from escalation.models import CatalogRow, GoldenCase, Route
from escalation.outbox.owe import record_key
from escalation.upkeep.golden import keep_state

_NAMESPACE = UUID("5b8d3c0e-3f52-4c0a-9a67-0e6f7d0b9c21")


def keep_shipped(route: Route, *, now: datetime) -> int:
    """Keep them on a route that has no case yet and whose tool's catalog is here; return how many."""
    here = CatalogRow.objects.filter(connection_id=route.target_id, retired_at=None).exists()
    if not here or GoldenCase.objects.filter(route=route).exists():
        return 0
    cases = tuple(shipped())
    for state, category in cases:
        key = record_key(handoff_id=uuid5(_NAMESPACE, f"{route.name} {state.summary}"))
        keep_state(route=route, state=state, category=category, key=key, now=now)
    return len(cases)


def shipped() -> Iterator[tuple[KnowledgeState, str]]:
    """Read every state with its category, in the file's order."""
    path = settings.BASE_DIR / "fixtures" / "golden" / "practice.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        yield from_json(case["state"]), case["category"]
