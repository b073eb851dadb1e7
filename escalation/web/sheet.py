"""How does a whole draft become a form, and a posted form a whole draft again?

Six formsets, summary, ask and the answers to open questions. Whatever does not fit is reported and
keeps its last saved value; everything else is saved all the same, so one slip never costs the rest.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.forms.formsets import BaseFormSet, ManagementForm, formset_factory
from django.http import QueryDict
from django.utils.functional import cached_property

from escalation.capture.asked import body_for
from escalation.capture.draft import later_of, state_of
from escalation.knowledge.state import Item, KnowledgeState
from escalation.knowledge.words import PART_TITLES, Origin, Part
from escalation.models import Amendment, Handoff, Lane
from escalation.translation.asking import Asking, TemplateBody
from escalation.web.row import Row, new_id, not_too_long
from escalation.web.rows import ROWS, Shared, initial_of

if TYPE_CHECKING:
    Base = BaseFormSet[Row]
else:
    Base = BaseFormSet  # the stubs make it generic, Django does not

LETTERS: dict[Part, str] = {
    Part.FACTS: "F",
    Part.DIAGNOSTICS: "D",
    Part.REMEDIATION: "R",
    Part.HYPOTHESIS: "H",
    Part.BUSINESS: "B",
    Part.AVAILABILITY: "A",
}
WHO = "Who is hit, how many, since when? One line."
# The form's last field. A browser lets a button be pressed while the page still loads, and then sends the
# fields that it has: without this one, what is missing was not taken out, it had not arrived.
WHOLE = "whole"
HALF = (
    "The page was still loading when you pressed. What had arrived is saved, and the rest is as it was: "
    "look, and press again."
)
# With the holes that removed lines leave, more than a draft may hold: what is beyond is refused aloud.
MOST_ROWS = 1000
# The colon behind Django's labels, which nobody draws here, would be translated for every line.
PLAIN: dict[str, Any] = {"label_suffix": ""}


class Head(forms.Form):
    """What stands around the six parts."""

    summary = forms.CharField(
        label="Summary",
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 1, "class": "line-main", "placeholder": "What is wrong, for whom"}
        ),
        help_text="One line: what is wrong, for whom. Level Two reads it first.",
    )
    ask = forms.CharField(
        label="What I need back",
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "class": "line-main", "placeholder": "Find out, decide, do"}),
        help_text="The ask: what Level Two should find out, decide or do.",
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    active_seconds = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def clean_summary(self) -> str:
        """One line."""
        return not_too_long(self.cleaned_data["summary"])

    def clean_ask(self) -> str:
        """One line."""
        return not_too_long(self.cleaned_data["ask"])


class Counts(ManagementForm):
    """How many lines of a part were posted."""


Counts.base_fields = Shared(Counts.base_fields)


class Rows(Base):
    """The lines of one part, in the order the person gave them."""

    @cached_property
    def management_form(self) -> ManagementForm:
        """This will read the posted count without a copy of its fields for each part."""
        if not self.is_bound:
            return super().management_form
        # Without a renderer: it is never drawn.
        posted = Counts(self.data, auto_id=self.auto_id, prefix=self.prefix)
        posted.full_clean()
        return posted

    def items(self) -> tuple[Item, ...]:
        """This will return the items of all lines that hold words; ask ``is_valid`` first."""
        filled: list[Row] = [form for form in self.forms if form.has_changed()]
        ordered = sorted(enumerate(filled), key=lambda pair: (_place(pair[1]), pair[0]))
        return tuple(form.item() for _, form in ordered)


def _place(row: Row) -> int:
    place = row.cleaned_data.get("place")
    return 10_000 if place is None else place


@dataclass(frozen=True, kw_only=True, slots=True)
class PartView:
    """One part as the page shows it."""

    part: Part
    title: str
    letter: str
    prompt: str
    rows: Rows
    needed: bool = False  # the receiver cannot start without it
    folded: bool = False  # seldom asked for on this route, or owed later on this lane
    later: frozenset[str] = frozenset()  # suggestions that need not be read first
    opened: bool = False  # they are looked at all the same

    @property
    def filled(self) -> bool:
        """Whether anything stands in it, so that it is not folded out of sight."""
        return any(row.seen for row in self.rows.forms)

    @property
    def suggestions(self) -> int:
        """How many lines wait for a yes or no, without those that need not be read first."""
        return sum(1 for row in self.rows.forms if row.found and (self.opened or not self.is_later(row)))

    @property
    def waiting_behind(self) -> int:
        """How many more were found."""
        return sum(1 for row in self.rows.forms if row.found and self.is_later(row))

    @property
    def numbered(self) -> Iterator[tuple[Row, str]]:
        """Each line with its label, as ``labels`` gives it; the empty one has none."""
        filled = [row for row in self.rows.forms if row.filled]
        filled.sort(key=lambda row: row.found and self.is_later(row))
        label = {id(row): f"{self.letter}{number}" for number, row in enumerate(filled, start=1)}
        return ((row, label.get(id(row), "")) for row in self.rows.forms)

    def is_later(self, row: Row) -> bool:
        """Whether the line is one of those."""
        return row["id"].value() in self.later


class Sheet:
    """The form of one draft, fresh from the draft or as it was posted."""

    def __init__(
        self,
        *,
        handoff: Handoff | Amendment,
        posted: QueryDict | None = None,
    ) -> None:
        self.template, self.asking, self.urgent = _asking(handoff)
        self.later = later_of(handoff.handoff if isinstance(handoff, Amendment) else handoff)
        self.before = state_of(handoff)
        first = {
            "summary": self.before.summary,
            "ask": self.before.ask,
            "revision": handoff.revision,
            "active_seconds": handoff.active_seconds,
        }
        self.head = Head(posted, initial=first)
        if not self.before.summary:
            # Nothing stands there yet: whoever opens the page begins to type here.
            self.head.fields["summary"].widget.attrs["autofocus"] = True
        # On the urgent lane the one part that is asked for stands first.
        order = sorted(Part, key=lambda part: self.urgent and part is not Part.BUSINESS)
        self.whole = posted is None or WHOLE in posted
        begun = order if posted is None or self.whole else _begun(order, posted)
        # Of a half-loaded page, the part that began last may lack lines, and what stands above the first
        # one may be half a sentence.
        arrived = begun if self.whole else begun[:-1]
        self.has_head = bool(begun)
        self.parts = tuple(self._part(part, posted if part in arrived else None) for part in order)
        # All of them, so that every message is there at once.
        checked = [view.rows.is_valid() for view in self.parts if view.part in arrived]
        self.valid = all([self.head.is_valid(), *checked])

    def _part(self, part: Part, posted: QueryDict | None) -> PartView:
        row = ROWS[part]
        factory = formset_factory(row, formset=Rows, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
        first = [
            initial_of(part, item) | {"place": place} for place, item in enumerate(self.before.part(part))
        ]
        rows = cast("Rows", factory(posted, initial=first, prefix=part.value, form_kwargs=PLAIN))
        return PartView(
            part=part,
            title=PART_TITLES[part],
            letter=LETTERS[part],
            prompt=WHO if self.urgent and part is Part.BUSINESS else self.asking.prompt(part),
            rows=rows,
            needed=part in self.asking.needs,
            folded=part is not Part.BUSINESS if self.urgent else part in self.asking.folded,
            later=self.later,
            opened=posted is not None and f"more-{part}" in posted,
        )

    @property
    def folded_lines(self) -> frozenset[str]:
        """The ids of the lines that stand behind a press which nobody has made."""
        opened = {item.id for view in self.parts if view.opened for item in self.before.part(view.part)}
        return self.later - opened

    @property
    def messages(self) -> tuple[str, ...]:
        """What does not fit, each said once."""
        errors = [*self.head.errors.values(), *(error for view in self.parts for error in _errors(view.rows))]
        return tuple(dict.fromkeys(str(text) for texts in errors for text in texts))

    def state(self) -> KnowledgeState:
        """This will return the posted state, on what the draft held before."""
        parts: dict[str, Any] = {
            # A request that leaves a whole part out says nothing about it.
            view.part.value: unique(view.rows.items())
            if view.rows.management_form.is_valid()
            else self.before.part(view.part)
            for view in self.parts
        }
        if self.has_head:
            said = self.head.cleaned_data
            parts |= {name: said.get(name, getattr(self.before, name)) for name in ("summary", "ask")}
        return replace(self.before, **parts)

    @property
    def overfull(self) -> bool:
        """Whether a part came with so many lines that not all of them were read."""
        counted = (view.rows.management_form for view in self.parts)
        return any((each.cleaned_data["TOTAL_FORMS"] or 0) > MOST_ROWS for each in counted if each.is_valid())

    @property
    def revision(self) -> int:
        """The revision the page was made from; a page that does not say is older than all."""
        return int(self.head.cleaned_data.get("revision", -1))

    @property
    def active_seconds(self) -> int:
        """Seconds of work in the form, as the page counted them."""
        return int(self.head.cleaned_data.get("active_seconds") or 0)


def _begun(order: Sequence[Part], posted: QueryDict) -> Sequence[Part]:
    return [part for part in order if f"{part.value}-TOTAL_FORMS" in posted]


def _asking(of: Handoff | Amendment) -> tuple[TemplateBody, Asking, bool]:
    """What the draft's template asks, and whether it is on the urgent lane; an amendment asks nothing."""
    if isinstance(of, Amendment):
        return TemplateBody(), Asking(), False
    body = body_for(of)
    return body, body.in_category(of.category), of.lane == Lane.URGENT


def unique(items: Iterable[Item]) -> tuple[Item, ...]:
    """This will give a new id to an item whose id another one has already."""
    taken: set[str] = set()
    result: list[Item] = []
    for each in items:
        item = replace(each, id=new_id()) if each.id in taken else each
        taken.add(item.id)
        result.append(item)
    return tuple(result)


def _errors(rows: Rows) -> list[Any]:
    return [texts for form in rows.forms if form.has_changed() for texts in form.errors.values()]


def suggestions(state: KnowledgeState, *, later: frozenset[str] = frozenset()) -> int:
    """This will count the suggestions that nobody has accepted or dropped, without the ``later`` ones."""
    return sum(1 for _, item in state.items() if item.origin is Origin.FOUND and item.id not in later)


def labels(state: KnowledgeState, *, later: frozenset[str] = frozenset()) -> Mapping[str, str]:
    """This will return the short label of every item, as "F2": its part's letter and its number.

    The ``later`` suggestions are counted last, so that what is shown is numbered without a gap.
    """
    return {
        item.id: f"{LETTERS[part]}{number}"
        for part in Part
        for number, item in enumerate(
            sorted(state.part(part), key=lambda item: item.origin is Origin.FOUND and item.id in later),
            start=1,
        )
    }
