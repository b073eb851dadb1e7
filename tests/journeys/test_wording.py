"""An owner hears the own wording while typing it, in the language of those who will read it."""

import re


def test_what_is_typed_is_said_beside_the_field_and_the_shipped_line_is_where_one_begins(open_as):
    page = open_as("owner")
    page.goto("/connections")
    page.locator("a[href*='/routes/']").first.click()
    page.wait_for_url(re.compile(r"/routes/\d+$"))  # before the page's script is there, it hears nothing
    field = page.locator("#id_wording")

    field.fill("resolved de = Es läuft wieder.")
    page.get_by_text("1 line would be said otherwise").wait_for()
    page.locator("#shown_in").select_option("es")
    page.get_by_text("Every meaning in Spanish").click()
    page.get_by_role("button", name="Write my own for cause found").click()

    assert field.input_value().splitlines() == [
        "resolved de = Es läuft wieder.",
        "cause_found es = Hemos encontrado {cause}. Le diremos el siguiente paso en cuanto lo sepamos.",
    ]
    field.press("End")
    field.type(" Gracias.")
    page.get_by_text("2 lines would be said otherwise").wait_for()
    assert "el ajuste que causa el problema" in page.locator("#wording-effect .new[lang=es]").inner_text()
