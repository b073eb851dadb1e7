"""What the contract suite must know of Slack."""

import hashlib
import hmac
from functools import partial

from escalation.practice import credentials
from escalation.transport.credentials import Bearer
from tests.tools.bench import bench
from tests.tools.contract.proof import Proof


def sign(body, secret, at):
    stamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={digest}"}


PROOF = Proof(
    bench=partial(bench, "slack", "halden.slack.com", with_world=True),
    door=lambda slack: slack.opened(Bearer(token=credentials.SLACK_BOT_TOKEN), our_user="baton"),
    sign=sign,
)
