"""Does Zendesk call us, and for all that it should (``health.Hearing``)?

A webhook that listens to events cannot be made one that triggers call, nor the reverse, and what triggers
call for is the customer's own affair. Source: Zendesk developer documentation, "Webhooks".
"""

from collections.abc import Mapping
from typing import Any, Final

from escalation.tools.health import Lack
from escalation.tools.zendesk.client import client, plain, reading, writing
from escalation.tools.zendesk.shapes import text
from escalation.tools.zendesk.vocabulary import EVENT_PREFIX, SUBSCRIPTIONS
from escalation.transport.door import Door
from escalation.transport.errors import NotFound, Refused, Unauthorised, Unavailable

NAME: Final = "Baton"
_FIX: Final = "Press “Have Zendesk call Baton” once more: it adds what is missing and keeps the rest."
_MOST: Final = 100


def listen(door: Door, *, url: str, secret: str) -> str:  # noqa: ARG001 - Zendesk draws the secret itself
    """This will register ``url`` once, however often it is called, and return Zendesk's signing secret.

    A webhook that an earlier version of Baton has registered gets what it lacks.
    """
    wanted = {
        "name": NAME,
        "status": "active",
        "endpoint": url,
        "http_method": "POST",
        "request_format": "json",
        "subscriptions": list(SUBSCRIPTIONS),
    }
    known = _known(door, url)
    if known is None:
        with writing():
            answer = door.session.ask("POST", f"{door.base_url}/api/v2/webhooks", body={"webhook": wanted})
            known = _member(answer.json, "webhook")
    elif _missing(known) or known.get("status") != "active":
        subscribed = _subscribed(known)
        if _hears_events(known):
            subscribed = [*subscribed, *_missing(known)]
        kept = {name: known[name] for name in ("name", "http_method", "request_format") if known.get(name)}
        door.session.ask(
            "PUT",
            f"{door.base_url}/api/v2/webhooks/{text(known.get('id'))}",
            body={"webhook": {**wanted, **kept, "subscriptions": subscribed}},
        )
    number = text(known.get("id"))
    answer = door.session.ask("GET", f"{door.base_url}/api/v2/webhooks/{number}/signing_secret")
    drawn = text(_member(answer.json, "signing_secret").get("secret"))
    if not drawn:
        raise Refused("Zendesk gives no signing secret for its webhook; its token may lack webhooks:write.")
    return drawn


def unheard(door: Door, *, url: str) -> tuple[Lack, ...]:
    """This will name what Zendesk does not call ``url`` for; () where the webhook cannot be seen."""
    try:
        known = _known(door, url)
    except (Unauthorised, NotFound, Refused):
        return ()
    if known is None:
        return ()
    if known.get("status") != "active":
        return (Lack(what="Zendesk's webhook to Baton is switched off.", fix=_FIX),)
    missing = _missing(known)
    if not missing:
        return ()
    names = ", ".join(each.removeprefix(EVENT_PREFIX) for each in missing)
    return (Lack(what=f"Zendesk's webhook does not call Baton for {names}.", fix=_FIX),)


def _known(door: Door, url: str) -> Mapping[str, Any] | None:
    with reading():
        listed = plain(client(door).webhooks.list(), most=_MOST)
    return next((each for each in listed if each.get("endpoint") == url), None)


def _subscribed(hook: Mapping[str, Any]) -> list[str]:
    named = hook.get("subscriptions")
    return list(map(str, named)) if isinstance(named, list) else []


def _hears_events(hook: Mapping[str, Any]) -> bool:
    return any(each.startswith(EVENT_PREFIX) for each in _subscribed(hook))


def _missing(hook: Mapping[str, Any]) -> list[str]:
    held = _subscribed(hook)
    return [each for each in SUBSCRIPTIONS if each not in held] if _hears_events(hook) else []


def _member(body: Any, name: str) -> Mapping[str, Any]:
    member = body.get(name) if isinstance(body, Mapping) else None
    if not isinstance(member, Mapping):
        raise Unavailable("Zendesk's answer could not be understood.")
    return member
