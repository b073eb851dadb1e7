"""How is the practice Zendesk put together: its addresses, what an account ships with, and its refusals."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, Response, request

from escalation.practice.credentials import (
    ZENDESK_AGENT_EMAIL,
    ZENDESK_INTEGRATION_EMAIL,
    ZENDESK_TECHNICIAN_EMAIL,
)
from escalation.practice.kinds import Surroundings, ToolKind, new_flask
from escalation.practice.store import Store
from escalation.practice.zendesk import shapes
from escalation.practice.zendesk.apps import app_api, app_pages
from escalation.practice.zendesk.authentication import oauth
from escalation.practice.zendesk.desk import Desk
from escalation.practice.zendesk.events import announcer
from escalation.practice.zendesk.export_api import export_api
from escalation.practice.zendesk.extra import load_extra
from escalation.practice.zendesk.pages import pages
from escalation.practice.zendesk.people_api import people_api
from escalation.practice.zendesk.rating_api import rating_api
from escalation.practice.zendesk.ticket_api import ticket_api
from escalation.practice.zendesk.upload_api import upload_api
from escalation.practice.zendesk.webhook_api import webhook_api

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

AGENT_ID: Final = 8_447_388_090_494
INTEGRATION_ID: Final = 8_447_388_090_495
TECHNICIAN_ID: Final = 8_447_388_090_496
_AGENTS: Final = (
    (AGENT_ID, "Alex Agent", ZENDESK_AGENT_EMAIL, "admin"),
    (INTEGRATION_ID, "Baton", ZENDESK_INTEGRATION_EMAIL, "admin"),
    (TECHNICIAN_ID, "Lena Okafor", ZENDESK_TECHNICIAN_EMAIL, "agent"),
)
_ERRORS: Final = {429: "TooManyRequests", 409: "DatabaseConflict", 503: "ServiceUnavailable"}


def create(surroundings: Surroundings) -> Flask:
    """Make the application."""
    flask = new_flask("practice_zendesk")
    flask.extensions["surroundings"] = surroundings
    flask.extensions["zendesk"] = Desk(
        store=surroundings.store,
        clock=surroundings.clock,
        new_id=surroundings.new_id,
        announce=announcer(surroundings),
    )
    apis = (oauth, ticket_api, people_api, export_api, rating_api, upload_api, webhook_api, app_api)
    for blueprint in (*apis, pages, app_pages):
        flask.register_blueprint(blueprint)
    flask.after_request(_with_limits)
    flask.wsgi_app = _WithoutSuffix(flask.wsgi_app)  # type: ignore[method-assign]
    return flask


class _WithoutSuffix:
    """Takes `.json` off API paths: the real service accepts both and zenpy always adds it."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith("/api/v2/"):
            environ["PATH_INFO"] = path.removesuffix(".json")
        return self._application(environ, start_response)


def _with_limits(answer: Response) -> Response:
    if request.path.startswith("/api/v2/"):
        for name in ("X-Rate-Limit", "ratelimit-limit"):
            answer.headers[name] = "700"
        for name in ("X-Rate-Limit-Remaining", "ratelimit-remaining"):
            answer.headers[name] = "699"
        answer.headers["ratelimit-reset"] = "60"
    return answer


def install(store: Store, now: datetime) -> None:
    """Write what an account ships with: its first agents and its default group."""
    group: dict[str, Any] = {
        "id": 8_447_320_466_430,
        "name": "Support",
        "description": "",
        "default": True,
        "deleted": False,
    }
    store.put("group", group["id"], {**group, "created_at": shapes.iso(now), "updated_at": shapes.iso(now)})
    for key, name, email, role in _AGENTS:
        given: dict[str, Any] = {"id": key, "name": name, "email": email, "role": role}
        given |= {"ticket_restriction": None, "restricted_agent": False, "default_group_id": group["id"]}
        store.put("user", key, shapes.user(given, now=now))


def refusal(status: int) -> dict[str, Any]:
    """Give the body of a refused call."""
    error = _ERRORS.get(status, "InternalError")
    return {"error": error, "description": f"Practice fault: status {status}"}


ZENDESK: Final = ToolKind(
    name="zendesk",
    create=create,
    install=install,
    refusal=refusal,
    load_extra=load_extra,
)
