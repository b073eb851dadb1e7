"""How is one method of Slack's Web API called? It answers 200 to everything: ``ok`` says what happened."""

from collections.abc import Mapping
from typing import Any, Final

from escalation.transport.door import Answer, Door
from escalation.transport.errors import NotFound, Refused, TransportError, Unauthorised, Unavailable

_OUR_TOKEN: Final = frozenset(
    {"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "org_login_required"}
)
_NOT_THERE: Final = frozenset(
    {"channel_not_found", "thread_not_found", "message_not_found", "user_not_found"}
)
_LATER: Final = frozenset(
    {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable"}
)


def called(door: Door, method: str, params: Mapping[str, str]) -> Mapping[str, Any]:
    """This will read by one method; raises the errors of ``transport.errors``."""
    return _body(door.session.ask("GET", f"{door.base_url}/api/{method}", params=params))


def written(door: Door, method: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """This will write by one method, once; raises the errors of ``transport.errors``."""
    return _body(door.session.ask("POST", f"{door.base_url}/api/{method}", body=dict(body)))


def scopes(door: Door) -> tuple[Mapping[str, Any], frozenset[str]]:
    """This will say who we are and which scopes the token has; none where Slack does not tell."""
    answer = door.session.ask("GET", f"{door.base_url}/api/auth.test")
    told = answer.headers.get("x-oauth-scopes", "")
    return _body(answer), frozenset(each.strip() for each in told.split(",") if each.strip())


def cursor_of(answer: Mapping[str, Any]) -> str:
    """This will return where the next page begins, "" at the end."""
    further = answer.get("response_metadata")
    return str(further.get("next_cursor") or "") if isinstance(further, Mapping) else ""


def _body(answer: Answer) -> Mapping[str, Any]:
    body = answer.json
    if not isinstance(body, Mapping):
        raise Unavailable("Slack's answer could not be understood.")
    if body.get("ok") is not True:
        raise refusal(str(body.get("error") or "unknown"), body)
    return body


def refusal(error: str, answer: Mapping[str, Any]) -> TransportError:
    """This will say in a sentence why Slack did not do it."""
    if error in _OUR_TOKEN:
        return Unauthorised("Slack does not accept the app's token; an owner has to connect Slack again.")
    if error == "missing_scope":
        return Unauthorised(f"The Slack app lacks the scope {str(answer.get('needed') or 'it needs')[:80]}.")
    if error == "not_in_channel":
        return NotFound("The Slack app is not in that channel; invite it there, or paste what was said.")
    if error in _NOT_THERE:
        return NotFound("Slack shows no such thread to the app: it was deleted, or the channel is private.")
    if error in _LATER:
        return Unavailable("Slack does not answer for now.")
    return Refused(f"Slack refused ({error[:60]}).")
