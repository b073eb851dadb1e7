"""How is something written into Jira, and what did it keep?

What a project's screen lacks or we may not set is left out and named, where an issue can do without it: a
400 is said before anything is done. The web links come after, each as a delivery of its own (``links``). A
comment is internal unless ``public``; in a service project Jira's own default would be public.
"""

from collections.abc import Mapping
from typing import Any, Final

from escalation.tools.contract import Proof
from escalation.tools.jira import site
from escalation.tools.jira.comments import listed
from escalation.tools.jira.links import FIELD as LINKS
from escalation.tools.jira.raising import raise_request
from escalation.tools.jira.requests import REFERENCE, SETTING, is_raised
from escalation.tools.jira.texts import fitted
from escalation.tools.jira.vocabulary import COMMENT_LIMIT, DISPENSABLE, PROPERTY, Flavour
from escalation.translation.plain import block
from escalation.transport.door import Door
from escalation.transport.errors import Ambiguous, Refused, TransportError

_TEXTS: Final = frozenset(
    {"description", "environment"}
)  # Jira rewrites them; only that they are there counts
_SETTINGS: Final = frozenset({LINKS, SETTING, REFERENCE})  # of ours; no fields of an issue


def create(door: Door, *, payload: Mapping[str, Any], key: str) -> Proof:
    """This will create the issue, or raise the request, with the key as a property."""
    fields = {name: value for name, value in payload.items() if name not in _SETTINGS}
    if "project" not in fields:
        fields["project"] = {"key": _project(door)}
    if is_raised(door, payload):
        project = site.text(site.member(fields, "project").get("key"))
        remote, done = raise_request(door, payload=payload, project=project, key=key)
        left_out = frozenset(done.ignored)
    else:
        issue, left_out = _made(door, fields, key)
        remote = site.remote_of(door, issue)
        # A Data Center takes no type of request from us.
        left_out |= {SETTING} & payload.keys()
    kept = _kept(door, remote.remote_id, fields)
    lost = [name for name in payload if name in left_out or (kept and not _same(payload[name], kept, name))]
    return Proof(remote=remote, kept=kept, ignored=tuple(lost))


def note(door: Door, *, remote_id: str, text: str, key: str, public: bool) -> Proof:
    """This will add one comment with the key as a property; internal unless ``public`` says otherwise.

    With the setting "note_role" an internal one is for that role of the project alone.
    """
    _, value = fitted(block(text), site.flavour_of(door), limit=COMMENT_LIMIT)
    body: dict[str, Any] = {
        "body": value,
        "properties": [
            {"key": "sd.public.comment", "value": {"internal": not public}},
            {"key": PROPERTY, "value": {"id": key}},
        ],
    }
    role = str(door.settings.get("note_role", "")).strip()
    if role and not public:
        body["visibility"] = {"type": "role", "value": role}
    answer = site.post(door, site.issue_path(remote_id, "/comment"), body)
    number = site.text(answer.get("id")) if isinstance(answer, Mapping) else ""
    if not number:
        raise Ambiguous("Jira's answer to a comment could not be understood.")
    return Proof(
        remote=site.remote_of(door, {"id": remote_id}),
        kept={"comment": {"public": public}},
        note_ids=(number,),
    )


def find_note(door: Door, *, remote_id: str, key: str) -> str:
    """This will return the id of the comment that carries the key, or ""; raises ``NotFound``."""
    for each in listed(door, remote_id, expand="properties"):
        ours = [one for one in site.documents(each.get("properties")) if one.get("key") == PROPERTY]
        if any(site.member(one, "value").get("id") == key for one in ours):
            return site.text(each.get("id"))
    return ""


def _made(door: Door, fields: dict[str, Any], key: str) -> tuple[site.Document, frozenset[str]]:
    """The new issue, and what Jira would not take; each round leaves one field out, so it ends."""
    left_out: set[str] = set()
    flavour = _flavour(door, fields)
    while True:
        body = {"fields": fields, "properties": [{"key": PROPERTY, "value": {"id": key}}]}
        try:
            answer = door.session.ask("POST", site.address(door, "/issue", flavour=flavour), body=body).json
        except Refused as refusal:
            if refusal.status != 400 or refusal.field not in DISPENSABLE & fields.keys():
                raise
            left_out.add(refusal.field)
            fields = {name: value for name, value in fields.items() if name != refusal.field}
            continue
        if not isinstance(answer, Mapping) or not site.text(answer.get("id")):
            raise Ambiguous("Jira's answer to a new issue could not be understood.")
        return answer, frozenset(left_out)


def _flavour(door: Door, fields: Mapping[str, Any]) -> Flavour:
    """Cloud still takes wiki markup through v2; Data Center takes no documents at all."""
    written_for_cloud = isinstance(fields.get("description"), Mapping)
    if written_for_cloud and site.flavour_of(door) is Flavour.DATA_CENTER:
        raise Refused(
            "The route's rules write for Jira Cloud and this is Jira Data Center: set the rules' default "
            f'"flavour" to "{Flavour.DATA_CENTER}".'
        )
    return Flavour.CLOUD if written_for_cloud else Flavour.DATA_CENTER


def _project(door: Door) -> str:
    known = site.projects_of(door)
    if not known:
        raise Refused("Neither the route's rules nor the connection name a project; nothing was sent.")
    return known[0]


def _kept(door: Door, remote_id: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What the issue holds now. It has been created; that it cannot be read must not hide that."""
    try:
        issue = site.get(door, site.issue_path(remote_id), fields=",".join(fields))
    except TransportError:
        return {}
    there = site.member(issue, "fields")
    return {name: there.get(name) for name in fields if name in there}


def _same(sent: Any, kept: Mapping[str, Any], name: str) -> bool:
    if name in _SETTINGS:
        return True
    if name in _TEXTS:
        return bool(kept.get(name)) == bool(sent)
    return _holds(kept.get(name), sent)


def _holds(there: Any, sent: Any) -> bool:
    """Whether what is there says at least what was sent: Jira adds members of its own."""
    if isinstance(sent, Mapping):
        return isinstance(there, Mapping) and all(
            _holds(there.get(name), each) for name, each in sent.items()
        )
    if isinstance(sent, list):
        return isinstance(there, list) and all(any(_holds(one, each) for one in there) for each in sent)
    return str(there) == str(sent)
