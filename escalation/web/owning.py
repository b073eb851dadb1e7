"""How does an owner fill in rules and a template, and what is said where they do not fit?"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import User

from escalation.knowledge.words import PART_TITLES, Level, Part
from escalation.models import BenchDraft, Route
from escalation.translation.asking import LONGEST_PROMPT, Kind, template_from
from escalation.translation.rules import Rules
from escalation.translation.wording import LANGUAGE_NAMES
from escalation.upkeep.asked_lines import (
    CATEGORY,
    FIELD,
    categories_of,
    fields_of,
    written_categories,
    written_fields,
)
from escalation.upkeep.bench import needs_two
from escalation.upkeep.publish import NotValid, candidates, valid_rules, valid_template
from escalation.upkeep.written import (
    NotReadable,
    pairs_of,
    tables_of,
    wording_of,
    written_pairs,
    written_tables,
    written_wording,
)

LONGEST_LINES = 20_000
_LEVELS = [(level.value, level.value.capitalize()) for level in Level]


class LinesField(forms.CharField):
    """Lines of text that are read into values."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})

    def __init__(self, read: Any, **rest: Any) -> None:
        super().__init__(required=False, max_length=LONGEST_LINES, **rest)
        self.read = read

    def clean(self, value: Any) -> Any:
        """This will read the lines; the error names the line."""
        try:
            return self.read(super().clean(value))
        except NotReadable as error:
            raise forms.ValidationError(str(error)) from error


class RulesForm(forms.Form):
    """The translation settings of a route, as a draft."""

    defaults = LinesField(
        pairs_of,
        label="Defaults",
        help_text="One on a line, as “contact_type = phone”: what a field gets when nothing else fills it.",
    )
    values = LinesField(
        tables_of,
        label="Our words, their values",
        help_text="One on a line, as “category: vpn = network”.",
    )
    fill_at = forms.FloatField(
        min_value=0,
        max_value=1,
        label="Fill in from",
        help_text="A name found in the catalog is filled in when it is at least this sure (0 to 1).",
    )
    ask_at = forms.FloatField(
        min_value=0, max_value=1, label="Offer from", help_text="Below this it is not even offered."
    )
    default_impact = forms.ChoiceField(choices=_LEVELS, label="Impact when nobody says")
    default_urgency = forms.ChoiceField(choices=_LEVELS, label="Urgency when nobody says")
    work_note = forms.BooleanField(required=False, label="Write the assessment as the first internal note")
    rich_note = forms.BooleanField(
        required=False,
        label="Write that note as the card with headings and lists",
        help_text="ServiceNow only, where the instance shows HTML between [code] tags in work notes.",
    )
    answer_links = forms.BooleanField(
        required=False, label="Write links by which readers of the record answer without an account"
    )
    language = forms.ChoiceField(
        choices=list(LANGUAGE_NAMES.items()), label="Language of what users are told"
    )
    wording = LinesField(
        wording_of,
        label="What users are told instead",
        help_text="One on a line, as “resolved en = Your problem is solved.” {cause}, {team} and {expected} "
        "are filled in.",
    )
    statuses = LinesField(
        tables_of,
        label="Which statuses are set",
        help_text="One on a line, as “later: resolved = In Progress” or “record: resolved = Done; "
        "resolution = Fixed”. record: what the receiver says here; later: what the tier after it says; "
        "source: the user's ticket. working, waiting, resolved, returned. What is not named is not set.",
    )
    note = forms.CharField(
        required=False, max_length=255, label="Why", help_text="Stands in the history and on the charts."
    )

    def __init__(self, data: Any = None, *, base: Rules, route: Route | None = None) -> None:
        written = {
            "defaults": written_pairs(base.defaults),
            "values": written_tables(base.values),
            "wording": written_wording(base.wording),
            "statuses": written_tables(base.model_dump(mode="json")["statuses"]),
        }
        super().__init__(data, initial=base.model_dump(mode="json") | written)
        self.base, self.route = base, route

    def clean(self) -> dict[str, Any]:
        """This will hold the whole against the rules' own demands."""
        values: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                valid_rules(self.body(), route=self.route)
            except NotValid as error:
                self._refuse(str(error))
        return values

    def body(self) -> dict[str, Any]:
        """The rules as they are stored; a setting that this form does not know stays as it is."""
        filled = {name: value for name, value in self.cleaned_data.items() if name in Rules.model_fields}
        return self.base.model_dump(mode="json") | filled

    def _refuse(self, words: str) -> None:
        place, _, what = words.partition(": ")
        name = place.partition(".")[0]
        self.add_error(name if name in self.fields else None, what or words)


class TemplateForm(forms.Form):
    """What a route asks for: per part its question and its weight, fields of the receiver's, categories."""

    fields_lines = LinesField(
        fields_of,
        label="Fields that only this receiver has",
        help_text=f"One on a line, as “{FIELD}”. Kinds: {', '.join(Kind)}.",
    )
    categories = LinesField(
        categories_of,
        label="What a category adds",
        help_text=f"One on a line, as “{CATEGORY}” or “vpn: ask facts = Which client?”.",
    )
    note = forms.CharField(required=False, max_length=255, label="Why")

    def __init__(self, data: Any = None, *, body: dict[str, Any] | None = None) -> None:
        asked = template_from(body or {})
        written = {
            "fields_lines": written_fields(asked.fields),
            "categories": written_categories(asked.categories),
        }
        # Two forms on one page: their fields need names of their own for labels.
        super().__init__(data, initial=written, auto_id="template_%s")
        for part in Part:
            self.fields[f"prompt_{part}"] = forms.CharField(
                required=False,
                max_length=LONGEST_PROMPT,
                label=PART_TITLES[part],
                initial=asked.prompts.get(part, ""),
            )
            self.fields[f"need_{part}"] = forms.BooleanField(
                required=False, label="needed", initial=part in asked.needs
            )
            self.fields[f"fold_{part}"] = forms.BooleanField(
                required=False, label="folded", initial=part in asked.folded
            )

    def parts(self) -> list[tuple[Any, Any, Any]]:
        """The question and the two ticks of each part, for the page."""
        return [(self[f"prompt_{part}"], self[f"need_{part}"], self[f"fold_{part}"]) for part in Part]

    def clean(self) -> dict[str, Any]:
        """This will hold the whole against a template's own demands."""
        values: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                valid_template(self.body())
            except NotValid as error:
                place, _, what = str(error).partition(": ")
                self.add_error("categories" if place.startswith("categories") else "fields_lines", what)
        return values

    def body(self) -> dict[str, Any]:
        """The template as it is stored."""
        values = self.cleaned_data
        return {
            "needs": [part.value for part in Part if values[f"need_{part}"]],
            "folded": [part.value for part in Part if values[f"fold_{part}"]],
            "prompts": {part.value: values[f"prompt_{part}"] for part in Part if values[f"prompt_{part}"]},
            "fields": values["fields_lines"],
            "categories": values["categories"],
        }


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no type at run time
    """A person, by the name others know."""

    def label_from_instance(self, obj: Any) -> str:
        """This will return the name."""
        return str(obj.get_full_name() or obj.get_username())


class OwnerForm(forms.Form):
    """Who answers for a route, when it is looked at again, and its two clocks."""

    owner = PersonField(queryset=User.objects.none(), required=False, empty_label="nobody yet")
    review_by = forms.DateField(
        required=False,
        label="Review by",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    recall_seconds = forms.IntegerField(
        min_value=0, max_value=120, required=False, label="Seconds in which it can be called back"
    )
    owed_within_minutes = forms.IntegerField(
        min_value=5, max_value=1440, required=False, label="Urgent: minutes for the rest"
    )

    two_persons = forms.BooleanField(required=False, label="Two people publish")

    def __init__(self, data: Any = None, *, route: Route, by: User) -> None:
        self.route, self.by = route, by
        clocks = {
            "recall_seconds": route.recall_seconds,
            "owed_within_minutes": route.owed_within_minutes,
            "two_persons": route.two_persons,
        }
        super().__init__(data, initial={"owner": route.owner_id, "review_by": route.review_by, **clocks})
        people = User.objects.filter(pk__in=[each.pk for each in candidates(route)])
        choice = self.fields["owner"]
        if isinstance(choice, PersonField):
            choice.queryset = people.order_by("first_name", "username")

    def clean_two_persons(self) -> bool:
        """This will refuse what would leave nobody to publish, or nobody to hold the asker to it."""
        wanted = bool(self.cleaned_data["two_persons"])
        try:
            needs_two(route=self.route, wanted=wanted, by=self.by, owners=len(candidates(self.route)))
        except NotValid as error:
            raise forms.ValidationError(str(error).partition(": ")[2]) from error
        return wanted


def form_of(route: Route, what: str, *, typed: Mapping[str, str] | None = None) -> RulesForm | TemplateForm:
    """This will return the form with what was typed into a draft, or with what is in force."""
    if what == BenchDraft.What.RULES:
        return RulesForm(typed, base=route.rules_in_force(), route=route)
    return TemplateForm(typed, body=route.asked_in_force())


def typed_in(posted: Mapping[str, Any], what: str) -> dict[str, str]:
    """This will take of what was posted what belongs to the form, as it was typed."""
    form = RulesForm(base=Rules()) if what == BenchDraft.What.RULES else TemplateForm()
    return {name: str(posted[name])[: LONGEST_LINES + 1] for name in form.fields if name in posted}


def as_typed(form: RulesForm | TemplateForm) -> dict[str, str]:
    """This will return what somebody would have typed to see an unbound form as it is."""
    shown = {name: form[name].value() for name in form.fields}
    return {
        name: "on" if value is True else str(value)
        for name, value in shown.items()
        if value not in (None, False)
    }
