"""Do the form's own widgets write what Django's would, and read what they read?"""

import pytest
from django import forms
from django.test.html import parse_html

from escalation.web.widgets import Choices, Hidden, Line, Text

VALUES = ("", "plain", '"><script>alert(1)</script>', "a & b 'c'", "\nfirst line is empty", "ü\tx", None, 7)
ATTRS = {
    "id": "id_x",
    "aria-label": 'What "it" says',
    "class": "line-main",
    "autofocus": True,
    "hidden": False,
}
WIDGETS = ((Line, forms.TextInput), (Hidden, forms.HiddenInput), (Text, forms.Textarea))


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize(("ours", "djangos"), WIDGETS)
def test_a_field_is_written_as_django_writes_it(ours: type[forms.Widget], djangos: type[forms.Widget], value):
    attrs = {"size": 14}

    written = ours(attrs=attrs).render("part-0-name", value, ATTRS)

    assert parse_html(written) == parse_html(djangos(attrs=attrs).render("part-0-name", value, ATTRS))


@pytest.mark.parametrize("value", ["high", "", None, '"x'])
def test_a_choice_has_its_words_and_the_one_that_was_made(value):
    words = [("high", "High <b>"), ('"x', "Quoted"), ("", "Not said")]

    page = parse_html(f"<p>{Choices(choices=words).render('b-0-impact', value)}</p>")

    labels = [each for each in page.children if not isinstance(each, str)]
    radios = [dict(label.children[0].attributes) for label in labels]
    assert [each["value"] for each in radios] == ["high", '"x', ""]
    assert {each["name"] for each in radios} == {"b-0-impact"}
    assert [each["value"] for each in radios if "checked" in each] == [value or ""]
    assert "<b>" not in Choices(choices=words).render("b-0-impact", value)
