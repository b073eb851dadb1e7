"""How does a receiver know that a message is ours and new? As Standard Webhooks says.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md (read 29 November
2026): HMAC-SHA256 over id, time and body with a secret of 24 to 64 bytes, written as base64 after "whsec_".
"""

import base64
import hashlib
import hmac
from datetime import datetime

PREFIX = "whsec_"
SECRET_BYTES = 32


def secret_of(random: bytes) -> str:
    """This will return the secret as its receiver enters it."""
    return PREFIX + base64.b64encode(random).decode()


def signed(*, secret: str, message: str, at: datetime, body: bytes) -> dict[str, str]:
    """This will return the three headers of one try; ``at`` is the time of the try."""
    stamp = str(int(at.timestamp()))
    key = base64.b64decode(secret.removeprefix(PREFIX))
    digest = hmac.new(key, f"{message}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": message,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }
