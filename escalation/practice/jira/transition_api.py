"""What do the addresses of transitions answer: which ways lead on from a status, and taking one."""

from collections.abc import Mapping
from typing import Final

from flask import g, jsonify
from flask.typing import ResponseReturnValue

from escalation.practice.jira import issues, workflow
from escalation.practice.jira.answers import flags, no_issue, refused, sent
from escalation.practice.jira.authentication import api_blueprint, dialect, site, visible_issue
from escalation.practice.jira.edits import comments_of
from escalation.practice.jira.shown import Shown

transition_api: Final = api_blueprint("transition", below="/issue/<name>/transitions")


@transition_api.get("")
def list_transitions(name: str) -> ResponseReturnValue:
    """List the ways on from the issue's status."""
    found = visible_issue(name)
    if found is None:
        return no_issue()
    show, asked = Shown(store=site().store, dialect=dialect()), "transitions.fields" in flags("expand")
    ways = [workflow.shown(one, show, with_fields=asked) for one in workflow.ways_out(site().store, found)]
    return jsonify({"expand": "transitions", "transitions": ways})


@transition_api.post("")
def make_transition(name: str) -> ResponseReturnValue:
    """Take a way on: 204. A comment may come along in `update`."""
    found, body = visible_issue(name), sent() or {}
    if found is None:
        return no_issue()
    transition = body.get("transition")
    if not isinstance(transition, Mapping) or not transition.get("id"):
        return refused(400, "Missing 'transition' identifier")
    bodies, fields = comments_of(body, as_adf=dialect().adf), body.get("fields") or {}
    if not isinstance(fields, Mapping):
        return refused(400, "fields must be an object")
    after = workflow.move(site(), found, str(transition["id"]), fields=fields, by=g.user)
    for text in bodies:
        issues.comment(site(), after, body=text, by=g.user)
    return "", 204
