"""What the contract suite must be told about a tool that its protocols do not say.

One entry per kind of the registry; the suite fails where one is missing.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from escalation.tools.jira import vocabulary as jira
from escalation.tools.servicenow import vocabulary as servicenow
from escalation.tools.zendesk import vocabulary as zendesk


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """A tool's declared limits, how it signs, where its records are created and what they cannot lack."""

    limits: Mapping[str, int] = field(default_factory=dict)
    sign: Callable[[bytes, str, datetime], dict[str, str]] | None = None
    signs_time: bool = True
    create_path: str = ""
    needs: Mapping[str, object] = field(
        default_factory=dict
    )  # what a route's rules fill in the practice tool
    own_key: Callable[[Mapping[str, object], str], bool] = lambda payload, key: False


def _sign_zendesk(body: bytes, secret: str, at: datetime) -> dict[str, str]:
    stamp = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    digest = hmac.new(secret.encode(), stamp.encode() + body, hashlib.sha256).digest()
    return {
        "x-zendesk-webhook-signature": base64.b64encode(digest).decode(),
        "x-zendesk-webhook-signature-timestamp": stamp,
    }


def _sign_servicenow(body: bytes, secret: str, at: datetime) -> dict[str, str]:
    stamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"x-baton-timestamp": stamp, "x-baton-signature": f"sha256={digest}"}


def _sign_jira(body: bytes, secret: str, _: datetime) -> dict[str, str]:
    return {"x-hub-signature": "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}


def _sign_slack(body: bytes, secret: str, at: datetime) -> dict[str, str]:
    stamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={digest}"}


PROOFS: dict[str, Proof] = {
    "zendesk": Proof(
        limits=zendesk.LIMITS,
        sign=_sign_zendesk,
        create_path="/api/v2/tickets.json",
        own_key=lambda payload, key: payload.get("external_id") == f"baton:{key}",
    ),
    "servicenow": Proof(
        limits=servicenow.LIMITS,
        sign=_sign_servicenow,
        create_path="/api/now/v2/table/incident",
        own_key=lambda payload, key: payload.get("correlation_id") == f"baton:{key}",
    ),
    "jira": Proof(
        limits=jira.LIMITS,
        sign=_sign_jira,
        signs_time=False,
        create_path="/rest/api/3/issue",
        needs={"customfield_10041": {"value": "Production"}},
        own_key=lambda payload, key: f"baton-{key}" in (payload.get("labels") or []),
    ),
    "slack": Proof(sign=_sign_slack),
}
