"""How is a request raised in a service desk, exactly once?

Two steps, for a request is given only what stands on its form, and no property and no key of ours. So the key
goes along in its labels, or where the form has none as the last line of its description; by either ``find``
sees it after a lost answer. What an agent's screen alone holds is set in the second step (``finish``), which
can be done again: by whoever finds the request that an earlier try has raised. Source: Jira Service
Management Cloud REST, "Create customer request"; Jira Cloud REST v3, "Edit issue".
"""

from collections.abc import Mapping
from typing import Any, Final

from escalation.tools.contract import Proof, Remote
from escalation.tools.jira import adf, site
from escalation.tools.jira.links import FIELD as LINKS
from escalation.tools.jira.requests import (
    REFERENCE,
    SETTING,
    RequestForm,
    RequestType,
    form,
    is_raised,
    raised,
    request_type,
)
from escalation.tools.jira.vocabulary import DISPENSABLE, KEY_LABEL_PREFIX, PROPERTY
from escalation.transport.door import Door
from escalation.transport.errors import Ambiguous, Refused, TransportError

# What is no field of the issue, or follows from the type of request.
_NOT_ON_A_FORM: Final = frozenset({"project", "issuetype", "reporter", LINKS, SETTING, REFERENCE})


def raise_request(door: Door, *, payload: Mapping[str, Any], project: str, key: str) -> tuple[Remote, Proof]:
    """This will raise a request from a confirmed payload and give it what its form has no place for.

    Raises ``Ambiguous`` where it was raised and the rest was not taken: it is found again and finished.
    """
    wanted = request_type(door, project=project, name=site.text(payload.get(SETTING)))
    has = form(door, wanted)
    answer = _raised(door, _body(payload, wanted, has, key))
    number = site.text(answer.get("issueId"))
    if not number:
        raise Ambiguous("Jira's answer to a new request could not be understood.")
    remote = site.remote_of(door, {"id": number, "key": answer.get("issueKey")})
    try:
        return remote, _edited(door, remote, payload, key, given=has.names)
    except Ambiguous:
        raise
    except TransportError as error:
        raise Ambiguous(f"{remote.number} was raised and is not complete yet. {error}") from error


def finish(door: Door, *, remote: Remote, payload: Mapping[str, Any], key: str) -> Proof:
    """This will give a request that an earlier try has raised what is missing; an issue is made whole."""
    if not is_raised(door, payload):
        return Proof(remote=remote, kept={})
    issue = site.get(door, site.issue_path(remote.remote_id), fields="project", properties=PROPERTY)
    if site.member(issue, "properties").get(PROPERTY):
        return Proof(remote=remote, kept={})
    project = site.text(site.member(issue, "fields", "project").get("key"))
    wanted = request_type(door, project=project, name=site.text(payload.get(SETTING)))
    return _edited(door, remote, payload, key, given=form(door, wanted).names)


def _body(payload: Mapping[str, Any], wanted: RequestType, has: RequestForm, key: str) -> dict[str, Any]:
    values = {name: payload[name] for name in sorted((has.names & payload.keys()) - _NOT_ON_A_FORM)}
    if "labels" not in values:
        if "description" not in has.names:
            raise Refused(
                f"The form of “{payload[SETTING]}” has neither Description nor Labels, by which Baton would "
                "find the request again if the answer were lost; nothing was sent. Put one on the form."
            )
        values["description"] = adf.closing_with(values.get("description"), f"{KEY_LABEL_PREFIX}{key}")
    body: dict[str, Any] = {
        "serviceDeskId": wanted.desk,
        "requestTypeId": wanted.number,
        "requestFieldValues": values,
        "isAdfRequest": True,
    }
    reporter = site.text(site.member(payload, "reporter").get("accountId"))
    if reporter and has.for_others:
        body["raiseOnBehalfOf"] = reporter
    return body


def _raised(door: Door, body: dict[str, Any]) -> site.Document:
    try:
        return raised(door, body)
    except Refused as refusal:
        # A 400 is said before anything is done, and does not say of what: the requester may be no customer.
        if refusal.status != 400 or "raiseOnBehalfOf" not in body:
            raise
    return raised(door, {part: value for part, value in body.items() if part != "raiseOnBehalfOf"})


def _edited(
    door: Door, remote: Remote, payload: Mapping[str, Any], key: str, *, given: frozenset[str]
) -> Proof:
    """What is left, and the labels and the property; each round leaves one field out, so it ends."""
    fields = {
        name: value for name, value in payload.items() if name not in given | _NOT_ON_A_FORM | {"labels"}
    }
    left_out: list[str] = []
    while True:
        body: dict[str, Any] = {"properties": [{"key": PROPERTY, "value": {"id": key}}]}
        body["update"] = {"labels": [{"add": each} for each in payload.get("labels") or ()]}
        if fields:
            body["fields"] = fields
        try:
            door.session.ask("PUT", site.address(door, site.issue_path(remote.remote_id)), body=body)
        except Refused as refusal:
            if refusal.status == 400 and refusal.field in DISPENSABLE & fields.keys():
                left_out.append(refusal.field)
                del fields[refusal.field]
                continue
            raise Refused(
                f"{remote.number or 'The request'} stands there, but Jira did not take what its form has no "
                f"place for. {refusal}",
                status=refusal.status,
                field=refusal.field,
            ) from refusal
        return Proof(remote=remote, kept={}, ignored=tuple(left_out))
