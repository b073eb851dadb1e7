"""The proof of every tool in the registry, found in `tests/tools/<kind>/proof.py`."""

from importlib import import_module

from escalation.tools.registry import TOOLS
from tests.tools.contract.proof import Proof

PROOFS: dict[str, Proof] = {kind: import_module(f"tests.tools.{kind}.proof").PROOF for kind in TOOLS}
