"""What the contract suite must know of Jira."""

import hashlib
import hmac
from functools import partial

from escalation.practice import credentials
from escalation.tools.jira import vocabulary
from tests.tools.bench import bench
from tests.tools.contract.proof import Proof, Way


def door(jira):
    return jira.door(
        user=credentials.JIRA_EMAIL, password=credentials.JIRA_API_TOKEN, our_user="Baton", project="PLAT"
    )


def sign(body, secret, _):
    return {"x-hub-signature": "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}


PROOF = Proof(
    bench=partial(bench, "jira", "acme.atlassian.net", with_world=True),
    door=door,
    limits=vocabulary.LIMITS,
    sign=sign,
    signs_time=False,
    ways=(
        Way(
            name="issue",
            create_path="/rest/api/3/issue",
            needs={"customfield_10041": {"value": "Production"}},
        ),
        Way(
            name="request",
            create_path="/rest/servicedeskapi/request",
            defaults={"project": "SUP", "requesttype": "Report a system problem"},
            not_taken=("environment",),
        ),
    ),
    own_key=lambda payload, key: f"baton-{key}" in (payload.get("labels") or []),
)
