"""When are two states, or two drafts, the same?

SHA-256 over the canonical JSON: the order of keys does not count, everything else does.
"""

import hashlib
from typing import Any

from escalation.knowledge.codec import canonical, to_json
from escalation.knowledge.state import KnowledgeState


def fingerprint(values: Any) -> str:
    """This will return 64 hex digits for any JSON values."""
    return hashlib.sha256(canonical(values)).hexdigest()


def state_fingerprint(state: KnowledgeState) -> str:
    """This will return the fingerprint of a knowledge state."""
    return fingerprint(to_json(state))
