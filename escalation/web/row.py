"""What do the lines of all six parts share: their item, their seal, what a page shows beside the fields?

A line carries its whole item along, signed: what has no field of its own (quotes, resolved times) survives
moves, undo and a second window, and nobody can make up a quote.
"""

import re
import secrets
from dataclasses import replace
from functools import lru_cache
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.validators import RegexValidator
from django.utils.functional import cached_property

from escalation.drafting.choose import MARK
from escalation.knowledge import codec
from escalation.knowledge.state import HEADLINES, Item, KnowledgeState, Moment
from escalation.knowledge.words import Origin, Part
from escalation.web.widgets import Choices, Hidden

SALT = "escalation.web.rows"
ITEM_ID = RegexValidator(r"^[A-Za-z0-9_:.-]{1,64}$")
SHARED = ("id", "origin", "kept", "place")

LONGEST_KEPT = 2_000  # characters of a seal that is remembered
LONGEST_LINE = 20_000  # characters; the field itself names no bound, or a browser would cut what is pasted

# A quote that only begins with one of these, and a name, need not be read beside its line.
GREETINGS = frozenset(
    {"hi", "hello", "hey", "dear", "morning", "hallo", "hola", "bonjour", "salut", "thanks"}
)
GREETING = 4  # words at most, the name included


def not_too_long(text: str) -> str:
    """This will return the text; raises ``ValidationError`` where it is a log and not a line."""
    if len(text) > LONGEST_LINE:
        raise forms.ValidationError(
            f"A line holds at most {LONGEST_LINE:,} characters; this one has {len(text):,}. "
            "Use the box to paste a log, or attach it as a file."
        )
    return text


def new_id() -> str:
    """This will make the id of a new line; the browser makes the same kind."""
    return secrets.token_hex(8)


def sealed(part: Part, item: Item) -> str:
    """This will sign an item so that a page may carry it."""
    alone: dict[str, Any] = {part.value: (item,)}
    values = codec.to_json(KnowledgeState(**alone))[part.value][0]
    return signing.dumps([part.value, values], salt=SALT, compress=True)


def unsealed(text: str) -> tuple[Part, Item] | None:
    """This will return the part and item of a sealed text, or None when it is not ours."""
    return _remembered(text) if len(text) <= LONGEST_KEPT else _opened(text)


# Whoever types changes one line, and every pause in typing posts the seals of all of them again.
@lru_cache(maxsize=2048)
def _remembered(text: str) -> tuple[Part, Item] | None:
    return _opened(text)


def _opened(text: str) -> tuple[Part, Item] | None:
    try:
        part, values = signing.loads(text, salt=SALT)
        state = codec.from_json({"schema": codec.SCHEMA, part: [values]})
    except (signing.BadSignature, codec.Malformed, TypeError, ValueError):
        return None
    return Part(part), state.part(Part(part))[0]


class Row(forms.Form):
    """What the lines of all parts share."""

    part: ClassVar[Part]
    makes: ClassVar[type[Item]]

    id = forms.CharField(required=False, widget=Hidden, validators=[ITEM_ID])
    origin = forms.TypedChoiceField(
        required=False,
        widget=Hidden,
        choices=[(each.value, each.value) for each in Origin],
        coerce=Origin,
        empty_value=Origin.TYPED,
    )
    kept = forms.CharField(required=False, widget=Hidden)
    place = forms.IntegerField(required=False, widget=Hidden(attrs={"class": "place"}))

    def has_changed(self) -> bool:
        """A line counts as soon as it holds any words of its own; a preselected choice is not words."""
        words = (name for name, field in self.fields.items() if type(field) is forms.CharField)
        texts = (self.data.get(self.add_prefix(name), "") for name in words if name not in SHARED)
        return any(str(text).strip() for text in texts)

    def clean_kept(self) -> Item | None:
        """The item as it was when the page was made; None for a new line or a forged one."""
        found = unsealed(self.cleaned_data["kept"])
        return found[1] if found and found[0] is self.part else None

    def clean(self) -> None:
        """Whoever pastes a log into a line is told where it belongs; what stood there before stays."""
        kept: Item | None = self.cleaned_data.get("kept")
        for name, value in list(self.cleaned_data.items()):
            if name not in SHARED and type(value) is str and value != getattr(kept, name, None):
                try:
                    not_too_long(value)
                except forms.ValidationError as error:
                    self.add_error(name, error)

    def item(self) -> Item:
        """This will build the item; a field that does not fit keeps its last saved value."""
        kept: Item | None = self.cleaned_data.get("kept")
        values: dict[str, Any] = {
            name: self.cleaned_data[name] for name in self.cleaned_data if name not in {"kept", "place"}
        }
        values["id"] = values.get("id") or (kept.id if kept else new_id())
        values |= {name: _moment(values[name], kept, name) for name in ("when", "deadline") if name in values}
        if kept is None:
            return self.makes(**({HEADLINES[self.part]: ""} | values))
        if values.get("origin") is Origin.FOUND and values.get(HEADLINES[self.part]) != getattr(
            kept, HEADLINES[self.part]
        ):
            # Whoever rewrites a suggestion has taken it over.
            values["origin"] = Origin.CONFIRMED
        return replace(kept, **values)

    @cached_property
    def seen(self) -> Item | None:
        """The item behind the line, for what a template shows beside the fields."""
        found = unsealed(str(self["kept"].value() or ""))
        return found[1] if found else None

    @property
    def found(self) -> bool:
        """Whether the line is a suggestion nobody has confirmed."""
        return str(self["origin"].value() or "") == Origin.FOUND

    @property
    def filled(self) -> bool:
        """Whether anything is written in it."""
        return any(str(each.value() or "").strip() for each in (self.main, *self.more))

    @property
    def by_model(self) -> bool:
        """Whether a language model wrote its first version."""
        return str(self["id"].value() or "").startswith(MARK)

    @property
    def is_quote(self) -> bool:
        """Whether the line with its fields says all that its quote says: showing both is reading twice."""
        seen = self.seen
        said = _plain(" ".join(str(each.value() or "") for each in (self.main, *self.more)))
        return seen is not None and any(
            _plain(each.quote) in said
            or _only_greets(_plain(each.quote), _plain(str(self.main.value() or "")))
            for each in seen.evidence[:1]
        )

    @cached_property
    def main(self) -> forms.BoundField:
        """The field that makes the line."""
        return self[HEADLINES[self.part]]

    @cached_property
    def choices(self) -> list[forms.BoundField]:
        """The fields answered by one press."""
        return [self[name] for name, field in self.fields.items() if isinstance(field.widget, Choices)]

    @cached_property
    def more(self) -> list[forms.BoundField]:
        """The small fields after the main one."""
        apart = {self.main.name, *(each.name for each in self.choices)}
        return [each for each in self.visible_fields() if each.name not in apart]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _only_greets(quote: str, line: str) -> bool:
    """Whether the quote says nothing more than the line but a greeting, an address, a name before it."""
    before, found, after = f" {quote} ".partition(f" {line} ")
    left = [*before.split(), *after.split()]
    return bool(found and line and before.split()) and left[0] in GREETINGS and len(left) <= GREETING


def _moment(words: str, kept: Item | None, name: str) -> Moment | None:
    before: Moment | None = getattr(kept, name, None)
    if before is not None and before.words == words:
        return before
    return Moment(words=words) if words else None
