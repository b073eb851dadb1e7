"""An owner writes fields and categories as lines, and reads the same lines back."""

import pytest

from escalation.translation.asking import template_from
from escalation.upkeep.asked_lines import categories_of, fields_of, written_categories, written_fields
from escalation.upkeep.written import NotReadable

FIELDS = "u_site = Site, choice: Berlin | Zaragoza, needed\nu_asset = Asset tag, text"
CATEGORIES = """\
vpn: needs = diagnostics, availability
vpn: folded = hypothesis
vpn: ask facts = Which client version?
vpn: field u_gateway = Gateway, text, needed"""


def test_what_is_written_reads_back_the_same():
    body = template_from({"fields": fields_of(FIELDS), "categories": categories_of(CATEGORIES)})

    assert written_fields(body.fields) == FIELDS
    assert written_categories(body.categories) == CATEGORIES


@pytest.mark.parametrize(
    ("read", "text", "why"),
    [
        (fields_of, "u_site", "Line 1: write it like"),
        (fields_of, "\nu_site = Site, colour", "Line 2: “colour” is no kind of field"),
        (categories_of, "needs = facts", "Line 1: write it like"),
        (categories_of, "vpn: wants = facts", "Line 1: a category has needs"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(read, text, why):
    with pytest.raises(NotReadable, match=why):
        read(text)


def test_a_category_adds_to_its_route_and_wins_where_they_differ():
    always = {"needs": ["facts"], "folded": ["diagnostics"], "fields": fields_of(FIELDS)}
    body = template_from(always | {"categories": categories_of(CATEGORIES)})

    asked = body.in_category("vpn")

    assert [*asked.needs] == ["facts", "diagnostics", "availability"]
    assert [*asked.folded] == ["hypothesis"]
    assert [each.name for each in asked.fields] == ["u_site", "u_asset", "u_gateway"]
    assert body.in_category("printers").needs == ("facts",)
