"""An owner adds a tenant, reads what is wrong with it, and sees without reloading that a tool calls."""

import re

from playwright.sync_api import expect


def test_a_tool_is_seen_to_call_back(open_as, baton):
    done = baton.manage("walkthrough", "35436")
    assert done.returncode == 0, done.stdout + done.stderr
    page = open_as("owner")

    for tool in ("Practice ServiceNow", "Practice Zendesk"):
        page.goto("/connections")
        page.get_by_role("link", name=tool).first.click()
        page.wait_for_url(re.compile(r"/connections/[0-9a-f-]{36}$"))
        page.get_by_role("button", name="Check that it calls").click()
        expect(page.locator("#trial")).to_contain_text("It works.", timeout=30_000)


def test_a_tenant_is_added_step_by_step_and_a_wrong_password_is_named(open_as, baton):
    page = open_as("owner")
    page.goto("/connections")
    page.get_by_role("link", name="Add a connection").click()
    page.locator("a[href$='/connections/new/servicenow']").click()
    page.get_by_label("Address of your ServiceNow").fill(baton.servicenow)
    page.get_by_role("button", name="Next").click()

    page.get_by_label("Name of the connection").fill("Second ServiceNow")
    page.get_by_label("User ID of Baton's user").fill("baton.integration")
    page.get_by_label("User ID and password").check()
    page.locator("input[name='basic-user']").fill("nobody")
    page.locator("input[name='basic-password']").fill("not-the-password")
    page.get_by_text("Hosts, proxy, certificates").click()
    page.get_by_label("It stands in our own network").check()
    page.get_by_role("button", name="Keep and test").click()

    page.wait_for_url(re.compile(r"/connections/[0-9a-f-]{36}$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Second ServiceNow")
    # A ServiceNow that knows nobody of that name answers each question with a refusal of its own.
    expect(page.get_by_role("status").first).to_contain_text("lacks 8 things; each is named below")
    expect(page.get_by_role("region", name="Address, log-in and rights")).to_contain_text("8 things missing")
