"""What does an answer's status mean for whoever asked?

One table from HTTP status to the families of ``transport.errors``. The rule a newcomer would break:
after an unsafe method a server error does not mean "not done", so it is Ambiguous.
"""

from collections.abc import Mapping
from typing import Any

from escalation.transport.errors import (
    Ambiguous,
    Limited,
    NotFound,
    Refused,
    TransportError,
    Unauthorised,
    Unavailable,
)
from escalation.transport.reasons import field_of, reason
from escalation.transport.wait import asked_wait_s

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# 408, 425: the request was not taken. 429, 503: documented by all four tools as "later, nothing done".
_TOO_MANY = 429
_LATER = {
    408: "The tool did not take the call in time.",
    425: "The tool is not ready to take this call.",
    503: "The tool is not available for now.",
}
# Jira names the limit that was reached; this one is of a single issue, and other calls go on.
_OF_ONE_RECORD = "jira-per-issue-on-write"
# ServiceNow says 403 both for a missing right and for a business rule or data policy that aborted the
# write; only the latter carries this message (KB: "Operation Failed", the reason in error.detail).
_ABORTED_BY_RULE = "operation failed"
# Jira answers a dead token with 200 and nothing in it wherever it also serves strangers; only the header
# X-Seraph-LoginReason tells. An empty search would then look like "not there" and be created again.
_LOGIN_REASON = "x-seraph-loginreason"
_NOT_LOGGED_IN = frozenset({"AUTHENTICATED_FAILED", "AUTHENTICATION_DENIED"})


def error_for(*, status: int, method: str, headers: Mapping[str, str], body: Any) -> TransportError | None:
    """This will return the error an answer stands for, or None when it is a success.

    ``headers`` has lower-case names; ``body`` is the decoded JSON, or None where it was none.
    """
    if headers.get(_LOGIN_REASON, "").strip().upper() in _NOT_LOGGED_IN:
        return Unauthorised("The tool does not accept this connection's credentials.")
    if status < 300:
        return None
    if status in _LATER or status == _TOO_MANY:
        return _later(status, headers)
    if status < 500:
        return _no(status, reason(body), field_of(body))
    if method in SAFE_METHODS:
        return Unavailable(
            f"The tool failed with an error of its own ({status}).", wait_s=asked_wait_s(headers)
        )
    return Ambiguous(f"The tool failed with an error of its own ({status}); it may have done it or not.")


def _later(status: int, headers: Mapping[str, str]) -> Unavailable:
    if status in _LATER:
        return Unavailable(_LATER[status], wait_s=asked_wait_s(headers))
    one = headers.get("ratelimit-reason", "").strip().lower() == _OF_ONE_RECORD
    which = "its limit for a single record" if one else "its rate limit"
    text = f"The tool takes no more calls for now: {which} is reached."
    return Limited(text, wait_s=asked_wait_s(headers), everywhere=not one)


def _no(status: int, said: str, field: str) -> TransportError:
    if status == 401:
        return Unauthorised(_say("The tool does not accept this connection's credentials", said))
    if status == 403:
        return _forbidden(said)
    if status == 404:
        text = _say("The tool holds no such record, or does not show it to this connection", said)
        return NotFound(text, status=status)
    if status < 400:
        text = "The tool sends us to another address; check the address of the connection."
        return Refused(text, status=status)
    return Refused(_say("The tool did not accept this", said), status=status, field=field)


def _forbidden(said: str) -> TransportError:
    if said.lower().startswith(_ABORTED_BY_RULE):
        return Refused(_say("A rule of the tool stopped this", said), status=403)
    return Unauthorised(_say("The tool does not let this connection do that; a permission is missing", said))


def _say(ours: str, theirs: str) -> str:
    return f"{ours}: {theirs.rstrip('.')}." if theirs else f"{ours}."
