"""How do the practice tools show themselves to people: the rules every page of theirs follows.

Pages work without script, but for the frames of other sites that a page shows (`g.frames`). What people wrote
is shown as text, never as markup.
"""

from typing import Final
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, g, request

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


def page_blueprint(name: str) -> Blueprint:
    """Make a blueprint for the pages of a tool, with the headers and the origin check they share."""
    blueprint = Blueprint(name, __name__)
    blueprint.before_request(_refuse_strangers)
    blueprint.after_request(_with_policy)
    return blueprint


def _refuse_strangers() -> None:
    """Refuse a form sent from another site: the pages ask for no log-in, so the origin is all there is."""
    origin = request.headers.get("Origin")
    if request.method == "POST" and origin and urlsplit(origin).netloc != request.host:
        abort(403)


def _with_policy(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = _POLICY + _framing(" ".join(g.get("frames", ())))
    answer.headers["X-Content-Type-Options"] = "nosniff"
    # With "no-referrer" a browser would send "Origin: null" with its own forms, and be refused above.
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _framing(sites: str) -> str:
    """What a page needs besides that shows these sites in frames and opens them by a form."""
    return f" {sites}; frame-src {sites}; script-src 'self'" if sites else ""
