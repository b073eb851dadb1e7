"""The docs show the table that the code has."""

from django.core.management import call_command


def test_the_lifecycle_in_the_docs_is_drawn_from_todays_table():
    call_command("draw_lifecycle", check=True)
