"""People can work in the practice Jira: on Jira's own layout, without script, and text stays text."""

import pytest

from .test_pages import EVIL, Form, attributes

V3 = "/rest/api/3"
HOOK = "https://baton.example/hooks/jira"


def text(words, *marks):
    return {"type": "text", "text": words, **({"marks": list(marks)} if marks else {})}


@pytest.fixture
def issue(jira):
    link = {"type": "link", "attrs": {"href": "javascript:alert(3)"}}
    good = {"type": "link", "attrs": {"href": "https://finance-dash.example.com/?a=1&b=2"}}
    blocks = [
        {"type": "heading", "attrs": {"level": 3}, "content": [text("Facts")]},
        {"type": "paragraph", "content": [text(EVIL), text("bad", link), text("good", good)]},
        {"type": "codeBlock", "content": [text(EVIL)]},
        {"type": "paragraph", "content": [{"type": "mention", "attrs": {"id": "1", "text": EVIL}}]},
    ]
    fields = {
        "project": {"key": "PLAT"},
        "issuetype": {"name": "Bug"},
        "summary": EVIL,
        "customfield_10041": {"value": "Production"},
        "description": {"type": "doc", "version": 1, "content": blocks},
        "environment": {"type": "doc", "version": 1, "content": [blocks[1]]},
        "components": [{"name": "API Gateway"}],
        "versions": [{"name": "2.4.1"}],
        "labels": ["baton-1"],
    }
    key = jira("POST", f"{V3}/issue", json={"fields": fields}).json()["key"]
    target = {"url": "javascript:alert(4)", "title": EVIL}
    jira("POST", f"{V3}/issue/{key}/remotelink", json={"globalId": "baton=1", "object": target})
    return key


def press(jira, page, button, **typed):
    form = Form(page)
    return jira("POST", form.action, data={**form.values, **typed, "do": button}, allow_redirects=True)


def test_no_text_becomes_markup(jira, issue):
    jira("POST", f"{V3}/issue/{issue}/comment", json={"body": {"type": "doc", "version": 1, "content": [
        {"type": "paragraph", "content": [text(EVIL)]}]}})  # fmt: skip

    for address in ("/", "/issues/?show=all", f"/browse/{issue}"):
        page = jira("GET", address)
        assert page.status_code == 200
        assert "alert(1)" in page.text
        assert "<script" not in page.text
        assert "<img" not in page.text
        assert 'href="javascript:' not in page.text
        assert not [name for name in attributes(page.text) if name.startswith("on") or name == "style"]
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_an_issue_shows_what_an_engineer_needs(jira, issue):
    page = jira("GET", f"/browse/{issue}").text

    assert "<h3>Facts</h3>" in page
    assert 'href="https://finance-dash.example.com/?a=1&amp;b=2"' in page
    for words in ("API Gateway", "2.4.1", "baton-1", "Production", "To Do", "Platform Engineering"):
        assert words in page


def test_an_engineer_takes_comments_and_resolves_an_issue_and_baton_hears(jira, issue, sink):
    jira("POST", "/practice/webhooks", json={"url": HOOK, "secret": "s"})
    page = jira("GET", f"/browse/{issue}").text

    page = press(jira, page, "assign", by="mei.tanaka", assignee="mei.tanaka").text
    page = press(jira, page, "go-21", by="mei.tanaka").text
    page = press(jira, page, "comment", by="mei.tanaka", comment="Found it:\n* the *allow-list*").text
    refused = press(jira, page, "go-51", by="mei.tanaka")
    done = press(jira, page, "go-51", by="mei.tanaka", resolution="10004")

    fields = jira("GET", f"{V3}/issue/{issue}").json()["fields"]
    assert "<li><p>the <strong>allow-list</strong></p></li>" in page
    assert refused.status_code == 422
    assert "Resolution is required." in refused.text
    assert (fields["status"]["name"], fields["resolution"]["name"]) == ("Done", "Fixed")
    assert fields["assignee"]["displayName"] == "Mei Tanaka"
    assert "Reopen" in done.text
    assert jira.tool.outgoing.wait_until_idle()
    assert len(sink.posts) == 4


def test_a_service_request_offers_an_internal_note_beside_the_reply(jira):
    page = jira("GET", "/browse/SUP-320").text
    assert "Reply to customer" in page

    noted = press(jira, page, "internal", by="amara.okafor", comment="only for us").text
    press(jira, noted, "comment", by="amara.okafor", comment="for the user")

    comments = jira("GET", f"{V3}/issue/SUP-320/comment").json()["comments"]
    assert [one["jsdPublic"] for one in comments[-2:]] == [False, True]
    assert "Internal note" in noted
    assert "Add internal note" not in jira("GET", "/browse/PLAT-2206").text


def test_the_list_narrows_by_project_state_and_words(jira):
    everything = jira("GET", "/issues/?show=all&q=allow-list").text
    support = jira("GET", "/issues/?project=SUP").text

    assert "PLAT-2206" in everything
    assert "PLAT-2206" not in jira("GET", "/").text
    assert "SUP-321" in support
    assert "PLAT-22" not in support


def test_what_is_unknown_empty_or_from_elsewhere_is_refused(jira, issue):
    page = jira("GET", f"/browse/{issue}").text
    elsewhere = {"Origin": "https://evil.example"}

    assert jira("GET", "/browse/PLAT-1").status_code == 404
    assert press(jira, page, "comment", by="mei.tanaka", comment=" ").status_code == 422
    assert press(jira, page, "comment", by="nobody", comment="x").status_code == 422
    assert press(jira, page, "go-999", by="mei.tanaka").status_code == 422
    assert jira("POST", f"/browse/{issue}", data={}, headers=elsewhere).status_code == 403
