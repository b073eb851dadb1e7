"""Which change of template or rules would have kept these setbacks away? Pure: a body in, a changed body out.

It is a proposal and begins a draft; an owner reads it against past handoffs and golden cases before it is in
force.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from escalation.knowledge.words import Part
from escalation.translation.asking import LONGEST_PROMPT, PROMPTS
from escalation.translation.rules import Rules
from escalation.upkeep.fault import Fault
from escalation.upkeep.setbacks import Loss

HIGHEST_FILL = 0.95


def mended_template(body: Mapping[str, Any], loss: Loss) -> dict[str, Any] | None:
    """This will return the template asking for it as needed; None where no question would help.

    Where all were of one category, only that category is asked more.
    """
    kind, _, name = loss.place.partition(":")
    changed = deepcopy(dict(body))
    if loss.fault is not Fault.NEVER_ASKED:
        return None
    if kind == "field":
        known = [each for each in changed.get("fields", []) if each["name"] == name]
        for each in known:
            each["needed"] = True
        return changed if known else None
    if not kind:
        return None
    part = Part(name) if kind == "part" else Part.FACTS
    where = changed.setdefault("categories", {}).setdefault(loss.category, {}) if loss.category else changed
    words = (
        name
        if kind == "question"
        else next((each.setback.words for each in loss.found if each.setback.words), "")
    )
    if kind == "part":
        where["needs"] = list(dict.fromkeys((*where.get("needs", []), part.value)))
        where["folded"] = [each for each in where.get("folded", []) if each != part.value]
    if words:
        before = (
            where.get("prompts", {}).get(part.value)
            or body.get("prompts", {}).get(part.value)
            or PROMPTS[part]
        )
        where.setdefault("prompts", {})[part.value] = _with(before, words)
    return changed if changed != dict(body) else None


def mended_rules(rules: Rules, loss: Loss) -> Rules | None:
    """This will return rules that fill it rightly, or leave it to be asked; None where rules cannot help."""
    kind, _, name = loss.place.partition(":")
    if loss.fault is not Fault.MAPPING_MISSED:
        return None
    if kind == "lost":
        return None if rules.work_note else rules.model_copy(update={"work_note": True})
    if kind != "map":
        return None
    named = _named(loss, name)
    if named:
        table = {**rules.values.get(name, {}), **named}
        return rules.model_copy(update={"values": {**rules.values, name: table}})
    scores = [
        field.score
        for each in loss.found
        for field in each.known.translation.draft.fields
        if field.name == name and field.score is not None
    ]
    fill_at = min(HIGHEST_FILL, round(max(scores) + 0.01, 2)) if scores else 0.0
    return rules.model_copy(update={"fill_at": fill_at}) if fill_at > rules.fill_at else None


def _named(loss: Loss, name: str) -> dict[str, str]:
    """For each thing a candidate stood beside: its name, and the candidate, where nothing was filled in."""
    found: dict[str, str] = {}
    for each in loss.found:
        fields = {field.name: field for field in each.known.translation.draft.fields}
        question = next((one for one in each.known.translation.questions if one.field == name), None)
        # A group is looked for by the name of what it looks after.
        about = next((fields[by].shown for by in each.known.named_by if by != name and by in fields), "")
        if question is not None and question.choices and about:
            found.setdefault(about.casefold(), question.choices[0].value)
    return found


def _with(prompt: str, words: str) -> str:
    if words.casefold() in prompt.casefold():
        return prompt
    return f"{prompt.strip()} {words.strip()}".strip()[:LONGEST_PROMPT]
