"""What the contract suite must know of a language model: a door onto the practice endpoint."""

from dataclasses import replace
from functools import partial

from escalation.practice.credentials import LANGUAGE_MODEL_KEY
from escalation.transport.credentials import Bearer
from escalation.transport.door import Door
from tests.tools.bench import Bench, bench
from tests.tools.contract.proof import Proof


def door(built: Bench, *, model: str = "practice-drafter", key: str = LANGUAGE_MODEL_KEY) -> Door:
    """Open a door as an owner would have entered it; `model` says how it behaves."""
    at = built.opened(Bearer(token=key), model=model)
    return replace(at, base_url=f"{at.base_url}/v1")


PROOF = Proof(bench=partial(bench, "language_model", "llm.example"), door=door)
