"""Who is calling Jira, in which dialect, and what may be seen without a name.

Basic `email:token` is Cloud, a bearer token is a Data Center. The trap to know: with a wrong Basic token
Cloud answers the calls open to everyone with 200 and nothing, and only `X-Seraph-LoginReason` tells.
"""

from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, Request, Response, current_app, g, request
from flask.typing import ResponseReturnValue

from escalation.practice.credentials import (
    JIRA_API_TOKEN,
    JIRA_EMAIL,
    JIRA_PERSONAL_TOKEN,
    JIRA_USER_NAME,
)
from escalation.practice.jira.answers import refused
from escalation.practice.jira.site import Site, issue_named, project_named, user_with
from escalation.practice.store import Document

# Blueprint endpoints that the vendor also answers to nobody: a quarter of its operations.
_OPEN: Final = frozenset(
    {
        "meta.server_info", "meta.list_projects", "meta.show_project", "meta.list_components",
        "meta.page_components", "meta.list_versions", "meta.page_versions", "search.search",
        "search.search_pages", "search.bulk_fetch", "issue.show_issue", "issue.list_changes",
        "comment.list_comments", "link.list_remote_links",
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Dialect:
    """How the caller is spoken to: `cloud` decides identities, `adf` how texts are written."""

    cloud: bool
    adf: bool
    base: str

    @property
    def api(self) -> str:
        """Give the address that every `self` begins with."""
        return f"{self.base}/rest/api/{3 if self.adf else 2}"


def site() -> Site:
    """Give the stand-in that answers the running request."""
    found: Site = current_app.extensions["jira"]
    return found


def dialect() -> Dialect:
    """Give the dialect of the running request."""
    base = request.host_url.rstrip("/")
    return Dialect(cloud=g.cloud, adf=request.path.startswith("/rest/api/3"), base=base)


def authenticate() -> ResponseReturnValue | None:
    """Let a known user in, before each API call; nobody may only make the open calls."""
    given = request.authorization
    g.cloud = given is None or given.type != "bearer"
    g.user = _caller(request)
    g.login_failed = given is not None and g.user is None
    if not g.cloud and request.path.startswith(("/rest/api/3", "/rest/servicedeskapi")):
        return refused(404, "HTTP 404 Not Found")
    if g.user is None and (not g.cloud or request.endpoint not in _OPEN):
        return refused(401, "You do not have the permission to see the specified issue.", "Login Required")
    return None


def tell_reason(answer: Response) -> Response:
    """Say in a header how the log-in went."""
    if "login_failed" in g and request.authorization is not None:
        answer.headers["X-Seraph-LoginReason"] = "AUTHENTICATED_FAILED" if g.login_failed else "OK"
    return answer


def api_blueprint(name: str, *, below: str = "") -> Blueprint:
    """Make a blueprint for addresses below `/rest/api/2`, `3` and `latest`, for callers that were let in."""
    prefix = f"/rest/api/<any('2', '3', 'latest'):version>{below}"
    blueprint = Blueprint(name, __name__, url_prefix=prefix)
    blueprint.before_request(authenticate)
    blueprint.url_value_preprocessor(_drop_version)
    return blueprint


def _drop_version(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    # The dialect reads it from the path; no view has to.
    if values is not None:
        values.pop("version", None)


def visible_issue(name: str) -> Document | None:
    """Find an issue that the caller may see; nobody sees none."""
    return issue_named(site().store, name) if g.user else None


def visible_project(name: str) -> Document | None:
    """Find a project that the caller may see; nobody sees none."""
    return project_named(site().store, name) if g.user else None


def _caller(call: Request) -> Document | None:
    given = call.authorization
    if given is None:
        return None
    store = site().store
    if given.type == "bearer":
        return user_with(store, name=JIRA_USER_NAME) if given.token == JIRA_PERSONAL_TOKEN else None
    known = given.type == "basic" and (given.username, given.password) == (JIRA_EMAIL, JIRA_API_TOKEN)
    return user_with(store, emailAddress=JIRA_EMAIL) if known else None
