"""What the contract suite must know of ServiceNow."""

import hashlib
import hmac
from functools import partial

from escalation.practice import credentials
from escalation.tools.servicenow import vocabulary
from tests.tools.bench import bench
from tests.tools.contract.proof import Proof, Way


def door(servicenow):
    return servicenow.door(
        user=credentials.SERVICENOW_USER, password=credentials.SERVICENOW_PASSWORD, alias_field="u_aliases"
    )


def sign(body, secret, at):
    stamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"x-baton-timestamp": stamp, "x-baton-signature": f"sha256={digest}"}


PROOF = Proof(
    bench=partial(bench, "servicenow", "acme.service-now.com"),
    door=door,
    limits=vocabulary.LIMITS,
    sign=sign,
    ways=(Way(name="record", create_path="/api/now/v2/table/incident"),),
    own_key=lambda payload, key: payload.get("correlation_id") == f"baton:{key}",
)
