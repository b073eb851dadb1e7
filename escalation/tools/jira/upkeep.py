"""Is a Jira connection able to do its work, and does Jira call us?"""

from collections.abc import Iterator
from typing import Final

from escalation.tools.health import Lack
from escalation.tools.jira import asking, rights, screen, site
from escalation.tools.jira.vocabulary import LABEL, LABELS
from escalation.transport.door import Door
from escalation.transport.errors import NotFound, Refused, Unauthorised

NAME: Final = "Baton"
EVENTS: Final = (
    "jira:issue_updated",
    "jira:issue_deleted",
    "comment_created",
    "comment_updated",
    "comment_deleted",
)
# The old path answers 404 from Data Center 10 on, the new one before.
_HOOK_PATHS: Final = ("/rest/webhooks/1.0/webhook", "/rest/jira-webhook/1.0/webhooks")


def check(door: Door) -> tuple[Lack, ...]:
    """This will name what the connection may not do and what its project asks for. Raises ``Unavailable``."""
    try:
        site.document(site.get(door, "/myself"))
    except (Unauthorised, NotFound) as error:
        fix = "Make a new API token (Data Center: a personal access token) for the integration user."
        return (Lack(what=str(error), fix=fix),)
    projects = site.projects_of(door)
    if not projects:
        fix = "Set “project” to a key, as PLAT; several are separated by commas."
        return (Lack(what="The connection names no project.", fix=fix),)
    return tuple(lack for each in projects for lack in (*rights.lacking(door, each), *_wanted(door, each)))


def listen(door: Door, *, url: str, secret: str) -> str:
    """This will register ``url`` once, however often it is called, and return the secret in force.

    Raises ``Refused`` where only an administrator may do it.
    """
    wanted = {
        "name": NAME,
        "url": url,
        "events": list(EVENTS),
        "filters": {"issue-related-events-section": f"labels = {LABEL}"},
        "excludeBody": False,
        "secret": secret,
    }
    path, known = _registered(door, url)
    if known is None:
        door.session.ask("POST", f"{door.base_url}{path}", body=wanted)
    else:
        # Jira never shows a secret again, so the one in force is set anew.
        number = site.text(known.get("id")) or site.text(known.get("self")).rpartition("/")[2]
        door.session.ask("PUT", f"{door.base_url}{path}/{number}", body=wanted)
    return secret


def unheard(door: Door, *, url: str) -> tuple[Lack, ...]:
    """This will name what Jira does not call ``url`` for; () where only an administrator could see it."""
    try:
        _, known = _registered(door, url)
    except Refused:
        return ()
    events = known.get("events") if known else None
    if known is None or not isinstance(events, list):
        return ()
    fix = "Press “Have Jira call Baton” once more: it sets the webhook up anew."
    if known.get("enabled") is False:
        return (Lack(what="Jira's webhook to Baton is switched off.", fix=fix),)
    missing = [each for each in EVENTS if each not in events]
    return (
        (Lack(what=f"Jira's webhook does not call Baton for {', '.join(missing)}.", fix=fix),)
        if missing
        else ()
    )


def _registered(door: Door, url: str) -> tuple[str, site.Document | None]:
    for path in _HOOK_PATHS:
        try:
            found = site.documents(door.session.ask("GET", f"{door.base_url}{path}").json)
        except NotFound:
            continue
        except Unauthorised:
            break
        return path, next((each for each in found if each.get("url") == url), None)
    raise Refused(
        "Only a Jira administrator may register the webhook. In Jira's settings under System, WebHooks, "
        "enter this address and a secret, with the issue and comment events and the filter "
        f"“labels = {LABEL}”."
    )


def _wanted(door: Door, project: str) -> Iterator[Lack]:
    """Fields that a create screen requires, that Baton has nothing for and nobody can be asked for."""
    kind = screen.kind_of(door)
    filled = {each.strip() for each in str(door.settings.get("filled_by_rules", "")).split(",")}
    try:
        fields = screen.fields(door, project, kind)
    except (NotFound, Refused, Unauthorised) as error:
        yield Lack(what=f"It cannot see what {project} asks of a new {kind}: {error}", fix=_SCREEN_FIX)
        return
    for each in fields:
        name = screen.name_of(each)
        if not screen.is_demanded(each) or asking.asked(each, project=project, flavour=site.flavour_of(door)):
            continue
        if name not in LABELS and name not in filled:
            title = site.text(each.get("name")) or name
            yield Lack(
                what=f"{project} requires “{title}” ({name}) of every {kind}; Baton has nothing for it.",
                fix=f"Give {name} a default in the route's rules, then name it under “filled_by_rules” here.",
            )


_SCREEN_FIX: Final = "Let the integration user create issues in the project, or correct the issue type."
