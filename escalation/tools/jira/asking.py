"""How is a technician asked for a field that a project demands and no state of ours fills?

By the type that the create screen names: a list becomes a choice; a text, a number or a day is typed. What
only Jira's own pickers can name (people, several levels, a moment) is not asked for: the rules may fill it.
Pure.
Source: Jira Cloud REST v3, "Issue field types".
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from escalation.tools.jira import adf, site
from escalation.tools.jira.references import KINDS, MOST_CHOICES, entry_id
from escalation.tools.jira.vocabulary import Flavour
from escalation.translation.asking import MOST_CHOICES as MOST_LISTED
from escalation.translation.asking import TYPED, ExtraField, Kind
from escalation.translation.draft import Choice, Question
from escalation.translation.plain import cut, flat

_LONGEST_LABEL: Final = 60
_TYPED: Final = {"string": Kind.TEXT, "number": Kind.NUMBER, "date": Kind.DATE}
_CHOSEN: Final = frozenset({"option", "priority", "resolution", "securitylevel", "version", "component"})


def asked(field: site.Document, *, project: str, flavour: Flavour) -> ExtraField | Question | None:
    """This will say how a person is asked for a field of the create screen; None where nobody can be."""
    name, label = site.text(field.get("fieldId")) or site.text(field.get("key")), flat(_label(field))
    if name in KINDS:
        return _question(name, label, field, project)
    kind = site.text(site.member(field, "schema").get("type"))
    said: dict[str, Any] = {"name": name, "label": cut(label, _LONGEST_LABEL), "needed": True}
    several = kind == "array"
    one = site.text(site.member(field, "schema").get("items")) if several else kind
    offered = site.documents(field.get("allowedValues"))
    if one in _CHOSEN and offered and len(offered) <= MOST_LISTED:
        said |= _chosen(offered, several=several)
    elif one in _TYPED:
        said |= {"kind": _TYPED[one], "sent_as": _sent_as(field, one, several=several, flavour=flavour)}
    else:
        return None
    try:
        return ExtraField.model_validate(said)
    except ValidationError:
        return None  # a name or a value that no form of ours can carry


def _question(name: str, label: str, field: site.Document, project: str) -> Question:
    offered = [
        each for each in site.documents(field.get("allowedValues")) if each.get("archived") is not True
    ]
    choices = tuple(
        Choice(
            value=entry_id(project, KINDS[name], site.text(each.get("id"))),
            label=flat(site.text(each.get("name"))),
        )
        for each in offered[:MOST_CHOICES]
    )
    return Question(field=name, prompt=f"{project} takes no issue without {label}. Which?", choices=choices)


def _label(field: site.Document) -> str:
    return site.text(field.get("name")) or site.text(field.get("fieldId")) or site.text(field.get("key"))


def _chosen(offered: list[site.Document], *, several: bool) -> Mapping[str, Any]:
    sends: dict[str, str] = {}
    for each in offered:
        word = flat(site.text(each.get("value")) or site.text(each.get("name")))
        value: Any = {"id": site.text(each.get("id"))}
        if word:
            sends.setdefault(word, json.dumps([value] if several else value))
    return {"kind": Kind.CHOICE, "choices": tuple(sends), "sends": tuple(sends.items())}


def _sent_as(field: site.Document, kind: str, *, several: bool, flavour: Flavour) -> str:
    """Of long texts Cloud wants documents; a number must be none in quotes."""
    long = site.text(site.member(field, "schema").get("custom")).endswith(":textarea")
    long = long or site.text(site.member(field, "schema").get("system")) == "environment"
    value: Any = TYPED
    if kind == "string" and long and flavour is Flavour.CLOUD:
        value = adf.plain_document(TYPED)
    if several:
        value = [value]
    return json.dumps(value) if value != TYPED or kind == "number" else ""
