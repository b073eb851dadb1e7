"""How does a translation under other rules differ, said field by field? Pure."""

from dataclasses import dataclass

from escalation.translation.draft import Translation
from escalation.upkeep.changed_words import Run, changed_words, near
from escalation.upkeep.excerpt import excerpt


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One field, loss or question that is not the same; "" where it was or will be nothing."""

    label: str
    before: str
    after: str

    @property
    def excerpts(self) -> tuple[str, str]:
        """Before and after, of long texts only the lines that differ."""
        return excerpt(self.before, self.after)

    @property
    def words(self) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
        """The excerpts, cut where their words are others; of long lines what stands beside those words."""
        old, new = changed_words(*self.excerpts)
        if any(run.changed for run in (*old, *new)):
            return near(old), near(new)
        return old, new


def differences(before: Translation, after: Translation) -> tuple[Difference, ...]:
    """This will name what differs: fields in the order of the record, then losses and questions."""
    old = {each.name: each for each in before.draft.fields}
    new = {each.name: each for each in after.draft.fields}
    found = []
    for name in dict.fromkeys((*new, *old)):
        was, will = old.get(name), new.get(name)
        if was is None or will is None or was.value != will.value:
            label = (will or was or new[name]).label
            found.append(
                Difference(label=label, before=was.shown if was else "", after=will.shown if will else "")
            )
    found += _lists("Lost", {each.what for each in before.losses}, {each.what for each in after.losses})
    found += _lists(
        "Asked", {each.prompt for each in before.questions}, {each.prompt for each in after.questions}
    )
    return tuple(found)


def _lists(label: str, before: set[str], after: set[str]) -> list[Difference]:
    gone = [Difference(label=label, before=each, after="") for each in sorted(before - after)]
    return gone + [Difference(label=label, before="", after=each) for each in sorted(after - before)]
