"""How are the fields of the form's lines drawn? As Django's own, without a template for each of them.

A filled form holds some four hundred fields. Django renders a template for every one, which was half of the
time the page took; these widgets write the same element at once. What is posted is read by Django's widgets.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.utils.safestring import SafeString

Attributes = Mapping[str, Any] | None


def _written(attributes: Mapping[str, Any]) -> str:
    """As Django's ``flatatt``: what is True stands alone, what is None or False not at all."""
    named = (f' {name}="{escape(str(value))}"' for name, value in attributes.items() if not _is_flag(value))
    alone = (f" {name}" for name, value in attributes.items() if value is True)
    return "".join((*named, *alone))


def _is_flag(value: Any) -> bool:
    return value is None or value is True or value is False


class _Input(forms.TextInput):
    """An input element, written at once."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Attributes = None,
        renderer: BaseRenderer | None = None,  # noqa: ARG002  # Django's
    ) -> SafeString:
        """This will return the element; `renderer` is Django's and not asked."""
        shown = self.format_value(value)
        said = "" if shown is None else f' value="{escape(str(shown))}"'
        rest = _written({**self.attrs, **(attrs or {})})
        html = f'<input type="{self.input_type}" name="{escape(name)}"{said}{rest}>'
        return SafeString(html)  # nosec


class Line(_Input):
    """A field for a few words."""


class Hidden(_Input):
    """What a line carries along."""

    input_type = "hidden"


class Text(forms.Textarea):
    """A field for a line that may grow."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Attributes = None,
        renderer: BaseRenderer | None = None,  # noqa: ARG002  # Django's
    ) -> SafeString:
        """This will return the element; the first line break belongs to HTML and not to the text."""
        shown = escape(str(self.format_value(value) or ""))
        rest = _written({**self.attrs, **(attrs or {})})
        html = f'<textarea name="{escape(name)}"{rest}>\n{shown}</textarea>'
        return SafeString(html)  # nosec


class Choices(forms.RadioSelect):
    """One word of a few, side by side; the word that says nothing is drawn as a cross."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Attributes = None,  # noqa: ARG002  # each button has its label around it and needs no id
        renderer: BaseRenderer | None = None,  # noqa: ARG002  # Django's
    ) -> SafeString:
        """This will return a label with its radio button for each choice."""
        chosen = self.format_value(value)
        html = (self._one(name, str(word), str(title), chosen=chosen) for word, title in self.choices)
        return SafeString("".join(html))  # nosec

    def _one(self, name: str, word: str, title: str, *, chosen: Any) -> str:
        on = " checked" if word in chosen else ""
        radio = f'<input type="radio" name="{escape(name)}" value="{escape(word)}"{on}>'
        if word:
            return f"<label>{radio}<span>{escape(title)}</span></label>"
        said = f'<span class="visually-hidden"> {escape(title)}</span>'
        return f'<label class="seg-none" title="{escape(title)}">{radio}<span>×{said}</span></label>'
