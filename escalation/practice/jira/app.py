"""How is the practice Jira put together: its addresses, what a site ships with, and its refusals."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from flask import Flask
from flask.typing import ResponseReturnValue

from escalation.practice import credentials
from escalation.practice.jira.adf import NotADocument
from escalation.practice.jira.answers import refused
from escalation.practice.jira.attachment_api import attachment_api
from escalation.practice.jira.authentication import tell_reason
from escalation.practice.jira.comment_api import comment_api, service_desk
from escalation.practice.jira.fields import Invalid
from escalation.practice.jira.issue_api import issue
from escalation.practice.jira.jql import BadQuery
from escalation.practice.jira.link_api import link_api
from escalation.practice.jira.meta_api import meta
from escalation.practice.jira.pages import pages
from escalation.practice.jira.people_api import people_api
from escalation.practice.jira.property_api import property_api
from escalation.practice.jira.search_api import search_api
from escalation.practice.jira.service_desk_api import desk_api
from escalation.practice.jira.site import Site
from escalation.practice.jira.transition_api import transition_api
from escalation.practice.jira.webhook_api import listeners, webhook_api
from escalation.practice.jira.webhooks import announcer
from escalation.practice.kinds import Surroundings, ToolKind, new_flask
from escalation.practice.store import Store

_REFUSALS: Final = {
    401: "Client must be authenticated to access this resource.",
    403: "You do not have permission to do this.",
    404: "Issue does not exist or you do not have permission to see it.",
    409: "The issue was changed by somebody else at the same time.",
    429: "Rate limit exceeded.",
}


def create(surroundings: Surroundings) -> Flask:
    """Make the application."""
    flask = new_flask("practice_jira")
    flask.extensions["jira"] = Site(
        store=surroundings.store,
        clock=surroundings.clock,
        new_id=surroundings.new_id,
        announce=announcer(surroundings),
        search_lag=surroundings.search_lag,
    )
    for blueprint in (meta, issue, search_api, comment_api, service_desk, link_api, attachment_api):
        flask.register_blueprint(blueprint)
    for blueprint in (desk_api, transition_api, property_api, people_api, webhook_api, listeners, pages):
        flask.register_blueprint(blueprint)
    flask.register_error_handler(Invalid, _invalid)
    flask.register_error_handler(NotADocument, _no_document)
    flask.register_error_handler(BadQuery, _bad_query)
    flask.after_request(tell_reason)
    return flask


def _invalid(why: Invalid) -> ResponseReturnValue:
    return refused(400, *why.messages, errors=why.errors)


def _no_document(_why: NotADocument) -> ResponseReturnValue:
    text = "Comment body is not valid!"
    return refused(400, text, errors={"comment": text})


def _bad_query(why: BadQuery) -> ResponseReturnValue:
    return refused(400, str(why))


def account_id(name: str) -> str:
    """Give the account of a person: the same name always has the same one."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    return f"712020:{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}"


def put_users(store: Store, users: Iterable[Mapping[str, str]]) -> None:
    """Store people given by `name`, `displayName` and `emailAddress`, with what an account has besides."""
    for user in users:
        account = account_id(user["name"])
        shipped = {"key": user["name"], "timeZone": "UTC", "locale": "en_US", "active": True}
        store.put("user", account, {"accountId": account, **shipped, **user})


def install(store: Store, _now: datetime) -> None:
    """Write what a site ships with for us: the integration's account."""
    name = credentials.JIRA_USER_NAME
    put_users(store, [{"name": name, "displayName": "Baton", "emailAddress": credentials.JIRA_EMAIL}])


def refusal(status: int) -> Mapping[str, Any]:
    """Give the body of a refused call."""
    return {"errorMessages": [_REFUSALS.get(status, "Internal server error")], "errors": {}}


JIRA: Final = ToolKind(name="jira", create=create, install=install, refusal=refusal)
