"""How is the address at the other end of a socket checked before anything is said?

requests hands connections to urllib3; these subclasses look at the peer right after the socket opens
and before TLS or a request is written. Nothing is ever retried here: whoever asked decides.
"""

import socket
import ssl
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from escalation.transport.allowed import Allowed


class CheckedAdapter(HTTPAdapter):
    """An adapter whose connections refuse addresses that ``allowed`` does not admit."""

    def __init__(self, allowed: Allowed, context: ssl.SSLContext) -> None:
        self._allowed = allowed
        self._context = context
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """This will give the pool manager pools of checked connections."""
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = _pools(self._allowed)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """This will return a way through the proxy, whose own address the operator has vouched for."""
        return super().proxy_manager_for(
            proxy, ssl_context=self._context, proxy_ssl_context=self._context, **kwargs
        )

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:  # noqa: ARG002 - named by requests
        """This will leave the choice of certificates to our context, which always verifies."""
        conn.cert_reqs = "CERT_REQUIRED"


def _pools(allowed: Allowed) -> dict[str, type[HTTPConnectionPool]]:
    class Checked(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _checked(super()._new_conn(), allowed)

    class CheckedTLS(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _checked(super()._new_conn(), allowed)

    class Pool(HTTPConnectionPool):
        ConnectionCls = Checked

    class PoolTLS(HTTPSConnectionPool):
        ConnectionCls = CheckedTLS

    return {"http": Pool, "https": PoolTLS}


def _checked(opened: socket.socket, allowed: Allowed) -> socket.socket:
    try:
        allowed.check_peer(opened.getpeername()[0])
    except Exception:
        opened.close()
        raise
    return opened
