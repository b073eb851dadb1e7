"""What the contract suite must know of Minimal."""

import hashlib
import hmac
from functools import partial

from escalation.tools.minimal import vocabulary

from tests.tools.bench import bench
from tests.tools.contract.proof import Proof, Way
from tests.tools.minimal.practice import MINIMAL, PASSWORD, USER


def sign(body, secret, at):
    stamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"x-minimal-time": stamp, "x-minimal-signature": digest}


PROOF = Proof(
    bench=partial(bench, MINIMAL, "acme.minimal.example"),
    door=lambda minimal: minimal.door(user=USER, password=PASSWORD),
    limits=vocabulary.LIMITS,
    sign=sign,
    ways=(Way(name="record", create_path="/api/tickets"),),
    own_key=lambda payload, key: payload.get("reference") == f"baton:{key}",
)
