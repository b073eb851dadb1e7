"""An owner changes a rule on the page: what it would change is seen, published and taken back."""

import re
from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.seeing import seems_right

ROUTE = "Service Desk → Infrastructure Operations"


def open_route(open_as: Callable[..., Page], **window) -> Page:
    page = open_as("owner", **window)
    page.goto("/connections")
    page.get_by_role("link", name=ROUTE, exact=True).click()
    page.wait_for_url(re.compile(r"/routes/\d+$"))
    return page


def test_a_rule_is_edited_seen_on_the_golden_cases_published_and_taken_back(open_as):
    page = open_route(open_as)
    before = page.locator("[aria-labelledby=rules-history] tbody tr").count()
    defaults = page.locator("#id_defaults")
    old = defaults.input_value()

    defaults.fill("contact_type = walk-in")
    page.get_by_text("24 of 24 would differ with the draft").wait_for()
    assert "walk-in" in page.locator("#golden-box .new").first.inner_text()

    page.locator("#id_note").fill("People come to the desk")
    page.locator("form[action*='/rules']").get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("Not published yet: 24 golden cases read differently").wait_for()
    page.get_by_role("button", name="Accept and publish").click()
    page.get_by_text("What was confirmed before stays as it was.").wait_for()
    assert page.locator("[aria-labelledby=rules-history] tbody tr").count() == before + 1

    history = page.locator("[aria-labelledby=rules-history]")
    history.get_by_role("button", name=re.compile("Back to")).first.click()
    page.get_by_text("is in force again").wait_for()
    assert page.locator("#id_defaults").input_value() == old


def test_what_is_typed_is_still_there_in_another_browser(open_as):
    page = open_route(open_as)
    page.locator("#template_prompt_facts").fill("What have you seen yourself?")
    page.locator("#template-state").get_by_text("last kept by Kenji Sato").wait_for()

    other = open_route(open_as)

    assert other.locator("#template_prompt_facts").input_value() == "What have you seen yourself?"
    other.locator("#template-state").get_by_role("button", name="Discard draft").click()
    other.get_by_text("Discarded. What is in force stays.").wait_for()


def test_the_owners_pages_are_fit_for_everybodys_eyes(open_as):
    page = open_route(open_as)
    address = page.url
    for place in ("/connections", address, f"{address}/faults", f"{address}/rules/compare"):
        page.goto(place)
        seems_right(page)
    page.goto(address)
    page.locator("#id_default_impact").select_option("high")
    page.locator("#golden-box del").first.wait_for(state="attached")
    page.locator("#golden-box details").evaluate_all("all => all.forEach(each => { each.open = true })")
    seems_right(page)
    page.locator("#rules-state").get_by_role("button", name="Discard draft").click()
    page.get_by_text("Discarded. What is in force stays.").wait_for()
    for name in ("Practice Zendesk", "Practice ServiceNow"):
        page.goto("/connections")
        page.get_by_role("link", name=name, exact=True).click()
        page.get_by_role("heading", level=1, name=name).wait_for()
        seems_right(page)
    page.get_by_role("link", name="Before Baton").click()
    page.get_by_role("button", name="Read the last 365 days").click()
    page.get_by_text("It goes on in the background").wait_for()
    seems_right(page)


def test_a_line_that_is_not_finished_has_no_effect_beside_it(open_as):
    page = open_route(open_as)
    page.locator("#id_defaults").fill("contact_type walk-in")
    page.locator("#effect-box").get_by_text("Defaults: Line 1: write it like").wait_for()
    assert page.locator(".field-error").count() == 0  # nothing is red while it is typed
    page.locator("#id_note").fill("Not finished")
    page.locator("form[action*='/rules']").get_by_role("button", name="Publish", exact=True).click()

    page.get_by_text("Kept as a draft, but not published or tried").wait_for()
    page.locator("form[action*='/rules'] .notice-error").get_by_role("link", name="Defaults").click()
    assert page.locator("#id_defaults").evaluate("each => each.getBoundingClientRect().bottom") <= 768
    seems_right(page)
    page.locator("#rules-state").get_by_role("button", name="Discard draft").click()
    page.get_by_text("Discarded. What is in force stays.").wait_for()


def test_a_templates_draft_shows_what_past_senders_would_have_been_asked(open_as):
    page = open_route(open_as)
    page.locator("#template_fields_lines").fill("u_site = Site, text, needed")
    page.locator("#asked-box").get_by_text("1 setting changed").wait_for()
    page.locator("#golden-box").get_by_text("24 of 24 would differ with the draft").wait_for()
    seems_right(page)

    page.locator("#template-state").get_by_role("button", name="Discard draft").click()
    page.get_by_text("Discarded. What is in force stays.").wait_for()
    assert page.locator("#notices").evaluate("each => each.getBoundingClientRect().top") >= 0


def test_what_one_owner_asks_for_another_publishes(open_as):
    page = open_route(open_as)
    page.get_by_label("Two people publish").check()
    page.get_by_role("region", name="Who answers for it").get_by_role("button", name="Keep").click()
    page.get_by_text("Kept.", exact=True).wait_for()
    page.locator("#template_prompt_facts").fill("What have you seen yourself?")
    page.locator("#template-state").get_by_text("last kept by Kenji Sato").wait_for()
    page.locator("#template_note").fill("Hearsay came as a fact")
    page.locator("#template-state").get_by_role("button", name="Ask for approval").click()
    page.get_by_text("Asked. Another owner of the route can publish it now.").wait_for()

    other = open_as("second-owner")
    other.goto("/notices")
    told = other.locator(".notice-list > li").filter(has_text="a new template waits for a second person")
    told.get_by_role("button").first.click()
    other.get_by_text("Kenji Sato asks another owner to publish it").wait_for()
    seems_right(other)
    other.locator("#template-state").get_by_role("button", name="Approve and publish").click()
    other.get_by_text("What was confirmed before stays as it was.").wait_for()
    history = other.locator("[aria-labelledby=template-history]")
    assert "asked for by Kenji Sato" in history.inner_text()

    history.get_by_role("button", name=re.compile("Back to")).first.click()
    other.get_by_text("is in force again").wait_for()
    page.reload()
    page.get_by_label("Two people publish").uncheck()
    page.get_by_role("region", name="Who answers for it").get_by_role("button", name="Keep").click()
    page.get_by_text("Kept.", exact=True).wait_for()


def test_the_second_hop_has_an_owner_too(open_as):
    page = open_as("second-owner")
    row = page.get_by_role("row").filter(has_text="Infrastructure Operations → Platform Engineering")
    assert "Sofia Lindqvist" in row.inner_text()

    row.get_by_role("link").first.click()
    page.locator("#id_defaults").wait_for()
    assert "issuetype = Bug" in page.locator("#id_defaults").input_value()
    page.get_by_text("All 24 golden cases").wait_for()
