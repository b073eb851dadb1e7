"""How is the practice ServiceNow put together: its addresses, the base system, its refusals."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from flask import Flask

from escalation.practice import credentials
from escalation.practice.kinds import Surroundings, ToolKind, new_flask
from escalation.practice.servicenow import choices, dictionary
from escalation.practice.servicenow.attachment_api import attachment_api
from escalation.practice.servicenow.authentication import oauth
from escalation.practice.servicenow.business_rule import announcer, listeners
from escalation.practice.servicenow.pages import pages
from escalation.practice.servicenow.records import Instance
from escalation.practice.servicenow.shipped import put_rows
from escalation.practice.servicenow.table_api import table_api
from escalation.practice.store import Store

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_REFUSALS: Final = {
    401: "User Not Authenticated",
    403: "Operation Failed",
    404: "No Record found",
    429: "Rate limit exceeded",
}
# user name, shown name, zone
_USERS: Final = (
    (credentials.SERVICENOW_USER, "Baton Integration", "GMT"),
    (credentials.SERVICENOW_ITIL_USER, "Baton ITIL", "GMT"),
    (credentials.SERVICENOW_READER, "Baton Reader", "GMT"),
    (credentials.SERVICENOW_ZONELESS_USER, "Baton Zoneless", ""),
)


def create(surroundings: Surroundings) -> Flask:
    """Make the application."""
    flask = new_flask("practice_servicenow")
    flask.extensions["servicenow"] = Instance(
        store=surroundings.store,
        clock=surroundings.clock,
        new_id=surroundings.new_id,
        announce=announcer(surroundings),
    )
    for blueprint in (oauth, table_api, attachment_api, pages, listeners(surroundings)):
        flask.register_blueprint(blueprint)
    flask.wsgi_app = _WithOverride(flask.wsgi_app)  # type: ignore[method-assign]
    return flask


class _WithOverride:
    """Obeys `X-HTTP-Method-Override` on a POST, for callers that cannot send PATCH."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        wanted = str(environ.get("HTTP_X_HTTP_METHOD_OVERRIDE", "")).upper()
        if environ["REQUEST_METHOD"] == "POST" and wanted in {"GET", "PUT", "PATCH", "DELETE"}:
            environ["REQUEST_METHOD"] = wanted
        return self._application(environ, start_response)


def install(store: Store, now: datetime) -> None:
    """Write what the base system ships: dictionary, choices and the integration's users."""
    put_rows(store, "sys_dictionary", dictionary.base_rows(), now=now)
    put_rows(store, "sys_choice", choices.base_rows(), now=now)
    users = (
        {"user_name": user_name, "name": name, "email": f"{user_name}@practice.example", "time_zone": zone}
        for user_name, name, zone in _USERS
    )
    put_rows(store, "sys_user", users, now=now)


def refusal(status: int) -> Mapping[str, Any]:
    """Give the body of a refused call."""
    message = _REFUSALS.get(status, "Transaction cancelled: maximum execution time exceeded")
    return {"error": {"message": message, "detail": f"Practice fault: status {status}"}, "status": "failure"}


SERVICENOW: Final = ToolKind(name="servicenow", create=create, install=install, refusal=refusal)
