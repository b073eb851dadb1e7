"""What would an owner's draft change: settings, past handoffs, golden cases? As the route's page shows it."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from escalation.models import Route
from escalation.translation.rules import Rules
from escalation.upkeep import golden
from escalation.upkeep.replay import NoReceiver, Replayed, replay, replay_asking
from escalation.upkeep.versions import version_differences
from escalation.web.owning import RulesForm, TemplateForm


def effect_of(owned: Route, form: RulesForm | TemplateForm) -> dict[str, Any]:
    """This will return what the draft in the form would change; of one that cannot be read, which lines."""
    if isinstance(form, TemplateForm):
        if not form.is_valid():
            return {"asked_unreadable": _troubles(form)}
        return asked_of(owned, form) | held_against(golden.under_template(route=owned, draft=form.body()))
    if not form.is_valid():
        return {"unreadable": _troubles(form)}
    draft = Rules.model_validate(form.body())
    try:
        replayed = replay(route=owned, draft=draft)
        cases = golden.under_rules(route=owned, draft=draft)
    except NoReceiver as error:
        form.add_error(None, str(error))
        return {"unreadable": _troubles(form)}
    in_force = owned.rules_in_force().model_dump(mode="json")
    settings = version_differences(in_force, draft.model_dump(mode="json"))
    return {"replayed": replayed, "settings": settings, **_counted("changed", replayed)} | held_against(cases)


def asked_of(owned: Route, form: TemplateForm) -> dict[str, Any]:
    """This will return what the template in the form, which can be read, would have asked past senders."""
    asked = replay_asking(route=owned, draft=form.body())
    settings = version_differences(owned.asked_in_force(), form.body())
    return {"asked": asked, "asked_settings": settings, **_counted("asked_changed", asked)}


def held_against(cases: tuple[golden.Case, ...] | None) -> dict[str, Any]:
    """This will return what the page says of golden cases under a draft; None where none was tried."""
    moved = [each for each in cases or () if each.differences]
    return {
        "cases": cases,
        "moved": moved,
        "moved_in": _tally(moved),
        "accepts": golden.accepted_by(cases or ()),
    }


def _counted(name: str, replayed: Iterable[Replayed]) -> dict[str, Any]:
    changed = [each for each in replayed if each.differences]
    return {name: changed, f"{name}_in": _tally(changed)}


def _tally(changed: Iterable[Replayed | golden.Case]) -> list[tuple[str, int]]:
    """In how many cases each field differs, the most frequent first."""
    labels = Counter(label for each in changed for label in {one.label for one in each.differences})
    return sorted(labels.items(), key=lambda each: (-each[1], each[0]))


def _troubles(form: RulesForm | TemplateForm) -> list[tuple[str, str]]:
    """Field and reason of what cannot be read yet."""
    named = ((form.fields[name].label if name in form.fields else "", name) for name in form.errors)
    return [(str(label or ""), str(text)) for label, name in named for text in form.errors[name]]
