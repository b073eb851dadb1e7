"""How does a test talk to a practice tool without a socket: a `requests` adapter that answers from the WSGI
app.

session.mount("https://practice.example", PracticeAdapter(tool.application))
"""

import io
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as ConnectionLost
from requests.exceptions import ReadTimeout
from urllib3 import HTTPHeaderDict, HTTPResponse
from werkzeug.test import EnvironBuilder, run_wsgi_app

from escalation.practice.faults import AnswerLost

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class PracticeAdapter(HTTPAdapter):
    """Answers every call of a session from one practice tool, whatever host name it is mounted on."""

    def __init__(self, application: "WSGIApplication") -> None:
        super().__init__()
        self._application = application

    def send(  # noqa: PLR0913, PLR0917 - the signature belongs to requests
        self,
        request: PreparedRequest,
        stream: bool = False,  # noqa: FBT001, FBT002, ARG002
        timeout: Any = None,
        verify: bool | str = True,  # noqa: FBT001, FBT002, ARG002
        cert: Any = None,  # noqa: ARG002
        proxies: Any = None,  # noqa: ARG002
    ) -> Response:
        """Answer one call. Raises ReadTimeout or ConnectionError where a real socket would."""
        patience = _Patience(timeout)
        environ = _environ(request)
        environ["practice.sleep"] = patience.sleep
        try:
            chunks, status, headers = run_wsgi_app(self._application, environ, buffered=True)
        except AnswerLost as lost:
            raise ConnectionLost("Connection dropped before an answer", request=request) from lost
        if patience.is_over:
            raise ReadTimeout(f"Read timed out. (read timeout={patience.limit})", request=request)
        raw = HTTPResponse(
            body=io.BytesIO(b"".join(chunks)),
            headers=HTTPHeaderDict(headers.items()),
            status=int(status.split(" ", 1)[0]),
            reason=status.split(" ", 1)[1],
            preload_content=False,
            decode_content=False,
        )
        return self.build_response(request, raw)


class _Patience:
    """Lets a delay pass, except where the caller would have hung up: then nobody needs to wait."""

    def __init__(self, timeout: Any) -> None:
        self.limit: float | None = timeout[1] if isinstance(timeout, tuple) else timeout
        self.is_over = False

    def sleep(self, seconds: float) -> None:
        if self.limit is not None and seconds >= self.limit:
            self.is_over = True
        else:
            time.sleep(seconds)


def _environ(request: PreparedRequest) -> dict[str, Any]:
    body: Any = request.body or b""
    if isinstance(body, str):
        body = body.encode()
    elif not isinstance(body, bytes):
        body = body.read() if hasattr(body, "read") else b"".join(body)
    address = urlsplit(request.url or "")
    builder = EnvironBuilder(
        base_url=f"{address.scheme}://{address.netloc}",
        path=address.path,
        query_string=address.query,
        method=request.method or "GET",
        headers=list(request.headers.items()),
        input_stream=io.BytesIO(body),
        content_length=len(body),
    )
    return builder.get_environ()
