"""What the contract suite must know of Zendesk."""

import base64
import hashlib
import hmac
from functools import partial

from escalation.practice import credentials
from escalation.tools.zendesk import vocabulary
from tests.tools.bench import bench
from tests.tools.contract.proof import Proof, Way


def door(zendesk):
    return zendesk.door(
        user=f"{credentials.ZENDESK_INTEGRATION_EMAIL}/token", password=credentials.ZENDESK_API_TOKEN
    )


def sign(body, secret, at):
    stamp = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    digest = hmac.new(secret.encode(), stamp.encode() + body, hashlib.sha256).digest()
    return {
        "x-zendesk-webhook-signature": base64.b64encode(digest).decode(),
        "x-zendesk-webhook-signature-timestamp": stamp,
    }


PROOF = Proof(
    bench=partial(bench, "zendesk", "acme.zendesk.com", with_world=True),
    door=door,
    limits=vocabulary.LIMITS,
    sign=sign,
    ways=(Way(name="record", create_path="/api/v2/tickets.json"),),
    own_key=lambda payload, key: payload.get("external_id") == f"baton:{key}",
)
