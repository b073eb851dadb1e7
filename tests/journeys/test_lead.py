"""A team lead on a Monday: what moved, what it is made of, what it pays back, and reading again."""

import re

import pytest

from tests.journeys.running import Running
from tests.journeys.seeing import seems_right

PAGES = (
    "/figures",
    "/figures/rebuild",
    "/figures/sent",
    "/figures/ratings?category=access&escalated=1",
    "/figures/weekly",
    "/figures/people",
    "/reviews",
    "/reviews/behind/ask_clear/all",
    "/reviews/words-for-me",
    "/examples",
)


@pytest.fixture(scope="module")
def past(baton: Running) -> None:
    """Sixty days of the practice company."""
    loaded = baton.manage("load_practice_history")
    assert loaded.returncode == 0, loaded.stderr


def test_a_lead_follows_a_number_to_its_lines_and_a_week_to_its_handoffs(open_as, past):
    page = open_as("lead")
    page.goto("/figures")
    by_category = page.get_by_role("region", name="Table: by category")
    row = by_category.get_by_role("row", name=re.compile("^application"))
    assert "better" in row.inner_text()

    row.get_by_role("link", name=re.compile("^Rebuilding, application")).click()
    page.get_by_text("Only: application").wait_for()
    assert page.locator(".lines-behind li").first.is_visible()

    # The picture is drawn from the table, and a press on a week leads where the table's link leads.
    canvas = page.locator("canvas")
    canvas.wait_for()
    box = canvas.bounding_box()
    assert box is not None
    last = page.locator("tr[data-week] a").last.get_attribute("href")
    chart = "Chart.getChart(document.querySelector('canvas'))"
    page.wait_for_function(f"() => {chart}")
    place = page.evaluate(f"() => {chart}.getDatasetMeta(0).data.at(-1).getProps(['x', 'y'])")
    page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])
    page.wait_for_url(f"**{last}")
    page.get_by_text("What it is made of").wait_for()


def test_a_lead_states_what_it_took_before_and_reads_what_it_pays_back(open_as, past):
    page = open_as("lead")
    page.goto("/figures")
    page.get_by_text("Assumed of Service Desk").click()
    page.get_by_label("Understanding one, minutes").fill("60")
    page.get_by_label("How you know").fill("Twenty tickets, timed in spring")
    page.get_by_role("button", name="Keep for Service Desk").click()

    page.get_by_text("What it pays back is reckoned from these assumptions now").wait_for()
    assert "assumed before 60 min" in page.locator("#payback").locator("xpath=../..").inner_text()
    assert page.get_by_text("Twenty tickets, timed in spring").count()


def test_a_lead_reads_again_what_chance_has_drawn_and_keeps_an_example(open_as, past):
    page = open_as("lead")
    page.get_by_role("link", name="Reviews").click()
    page.get_by_role("link", name="Read the next one").click()
    first = page.url
    for question, answer in (
        ("Is the ask clear?", "Yes"),
        ("Is each fact traceable?", "Partly"),
        ("Would you start from here?", "Yes"),
    ):
        page.get_by_role("group", name=question).get_by_label(answer).check()
    page.get_by_label("A word to the author").fill("Say on which host, next time.")
    page.get_by_label("Keep it as a good example").check()
    page.get_by_label("What is good about it").fill("The check shows the error itself")
    seems_right(page)
    page.get_by_role("button", name="Keep, and read the next").click()

    page.get_by_text("The author is told your words").wait_for()
    assert page.url != first
    one = open_as("level-one")
    one.get_by_role("link", name="Good examples").click()
    one.get_by_text("The check shows the error itself").wait_for()


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_of_a_lead_are_fit_for_everybodys_eyes(open_as, past, address):
    page = open_as("lead")
    page.goto(address)
    page.wait_for_load_state("load")

    seems_right(page)
