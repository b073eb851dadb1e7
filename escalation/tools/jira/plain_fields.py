"""Which of the issue's ordinary fields follow from the state, the rules and the key? Pure."""

import json
from collections.abc import Iterator
from typing import Any, Final

from escalation.knowledge.state import KnowledgeState
from escalation.knowledge.words import Level
from escalation.tools.jira.requests import REFERENCE, SETTING
from escalation.tools.jira.texts import flavour_of
from escalation.tools.jira.vocabulary import (
    DEFAULT_ISSUE_TYPE,
    GLOBAL_ID_PREFIX,
    KEY_LABEL_PREFIX,
    LABEL,
    LABELS,
    PRIORITIES,
    Flavour,
)
from escalation.translation.draft import Field
from escalation.translation.given import Given
from escalation.translation.plain import cut, flat
from escalation.translation.tool_names import called

# Settings of ours that stand among the defaults, and what no default may set.
_NO_DEFAULT: Final = frozenset(
    {"flavour", "issuetype", SETTING, REFERENCE, "remotelink", "summary", "description", "key", "id"}
)
_LONGEST_URL: Final = 2000


def project_and_type(given: Given) -> Iterator[Field]:
    """This will return where the issue goes; a project the rules do not name is the connection's."""
    project = flat(given.answers.get("project", given.rules.defaults.get("project", "")))
    if project:
        yield _named("project", {"key": project}, project, "the route's default")
    requested = request_type(given)
    if requested is not None:
        yield requested
    kind = flat(given.answers.get("issuetype") or given.rules.defaults.get("issuetype", ""))
    if requested is not None and flavour_of(given) is Flavour.CLOUD:
        return  # the type of request decides it
    yield _named("issuetype", {"name": kind or DEFAULT_ISSUE_TYPE}, kind or DEFAULT_ISSUE_TYPE, "")


def request_type(given: Given) -> Field | None:
    """This will return the type of request of a service desk, where the rules or a person name one."""
    name = flat(given.answers.get(SETTING, given.rules.defaults.get(SETTING, "")))
    return _named(SETTING, name, name, "the route's default") if name else None


def reference(given: Given) -> Field | None:
    """This will return by what a request is found again whose form has no labels; none without a key."""
    if not given.key or request_type(given) is None or flavour_of(given) is not Flavour.CLOUD:
        return None
    value = f"{KEY_LABEL_PREFIX}{given.key}"
    because = (
        "the last line of the description where the form has no labels: the request is found again by it"
    )
    return _named(REFERENCE, value, value, because)


def priority(state: KnowledgeState, given: Given) -> Field | None:
    """This will return the one priority that impact and urgency come to."""
    impact, its = _highest(state, "impact")
    urgency, others = _highest(state, "urgency")
    levels = (impact or given.rules.default_impact, urgency or given.rules.default_urgency)
    table = given.rules.values.get("priority", {})
    value = table.get(f"{levels[0].value}/{levels[1].value}", PRIORITIES[levels])
    because = f"impact {levels[0].value}, urgency {levels[1].value}"
    if "priority" in given.answers:
        value, because = flat(given.answers["priority"]), "chosen by the technician"
    if not flat(value):
        return None
    items = tuple(dict.fromkeys((*its, *others)))
    return Field(
        name="priority",
        label=LABELS["priority"],
        value=_id_or_name(flat(value)),
        shown=flat(value),
        items=items,
        because=because,
    )


def reporter(state: KnowledgeState, given: Given) -> Field | None:
    """This will return the requester where Jira knows the address; else Baton itself reports."""
    source = state.source
    user = given.people.get(source.requester_email) if source and source.requester_email else None
    user = flat(given.answers.get("reporter", user or ""))
    if source is None or not user:
        return None
    identity = "accountId" if flavour_of(given) is Flavour.CLOUD else "name"
    shown = flat(source.requester) or flat(source.requester_email) or user
    because = f"has the e-mail address {flat(source.requester_email)}"
    return _named("reporter", {identity: user}, shown, because)


def labels(given: Given) -> Field | None:
    """This will return the labels by which the issue is found again; none without a key."""
    if not given.key:
        return None
    own = [each for each in flat(given.rules.defaults.get("labels", "")).replace(",", " ").split() if each]
    found = list(dict.fromkeys((LABEL, f"{KEY_LABEL_PREFIX}{given.key}", *own)))
    return _named("labels", found, ", ".join(found), "the issue can be found again by them")


def web_links(state: KnowledgeState, given: Given) -> Field | None:
    """This will return the links back, written right after the issue; none without a key."""
    source = state.source
    number = flat(source.number or source.reference) if source else ""
    ticket = f"{called(source.tool)} {number}".strip() if source else ""
    wanted = {
        "": (state.investigation_url, "Whole investigation in Baton"),
        ":source": (source.url if source else "", ticket),
    }
    found = [
        {
            "globalId": f"{GLOBAL_ID_PREFIX}{given.key}{suffix}",
            "url": flat(url),
            "title": cut(title or flat(url), 255),
        }
        for suffix, (url, title) in wanted.items()
        if flat(url).startswith(("https://", "http://")) and len(flat(url)) <= _LONGEST_URL
    ]
    if not given.key or not found:
        return None
    shown = "; ".join(f"{each['title']}: {each['url']}" for each in found)
    return _named("remotelink", found, shown, "leads back to where this came from")


def defaults(fields: list[Field], given: Given) -> Iterator[Field]:
    """What the route's rules put into fields that nothing else fills and nobody emptied."""
    taken = {each.name for each in fields} | set(given.answers) | _NO_DEFAULT
    for name, default in sorted(given.rules.defaults.items()):
        text = flat(default)
        if name not in taken and text:
            value = _json_or_text(text)
            yield Field(
                name=name,
                label=LABELS.get(name, name),
                value=value,
                shown=_shown(value),
                because="the route's default",
            )


def _named(name: str, value: Any, shown: str, because: str) -> Field:
    return Field(name=name, label=LABELS[name], value=value, shown=shown, because=because)


def _highest(state: KnowledgeState, name: str) -> tuple[Level | None, tuple[str, ...]]:
    levels = {item.id: getattr(item, name) for item in state.business if getattr(item, name) is not None}
    for level in (Level.HIGH, Level.MEDIUM, Level.LOW):
        items = tuple(item for item, its in levels.items() if its is level)
        if items:
            return level, items
    return None, ()


def _id_or_name(value: str) -> dict[str, str]:
    return {"id": value} if value.isascii() and value.isdigit() else {"name": value}


def _json_or_text(text: str) -> Any:
    """A select wants an object, as {"value": "EMEA"}; the rules hold it as text."""
    if text.startswith(("{", "[")):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return text


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("value") or value.get("name") or value.get("id") or value)
    return ", ".join(map(_shown, value)) if isinstance(value, list) else str(value)
