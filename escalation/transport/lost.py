"""A call got no answer: was it sent, and may it have been done?"""

from requests.exceptions import ConnectionError as NoConnection
from requests.exceptions import ConnectTimeout, ProxyError, RequestException, SSLError
from urllib3.exceptions import MaxRetryError, NewConnectionError

from escalation.transport.errors import Ambiguous, TransportError, Unavailable
from escalation.transport.verdict import SAFE_METHODS


class NotReadable(Exception):
    """The answer's body is larger, or comes in more slowly, than a tool has a reason to send it."""


def lost(error: RequestException | NotReadable, *, method: str, host: str) -> TransportError:
    """This will say what a call without an answer means for whoever asked."""
    if isinstance(error, ProxyError):
        # Said before the tunnel stands, so nothing has gone through it.
        return Unavailable(f"The proxy leads to no {host}; nothing was sent. Whoever runs Baton can look.")
    if isinstance(error, RequestException) and _before_sending(error):
        return Unavailable(f"{host} cannot be reached; nothing was sent.")
    if method in SAFE_METHODS:
        return Unavailable(f"{host} gave no answer that could be read.")
    return Ambiguous(f"{host} gave no answer after the request was sent; it may have been done.")


def _before_sending(error: RequestException) -> bool:
    if isinstance(error, ConnectTimeout):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    if isinstance(error, SSLError):
        return "CERTIFICATE_VERIFY_FAILED" in str(reason)
    return isinstance(error, NoConnection) and isinstance(reason, NewConnectionError)
