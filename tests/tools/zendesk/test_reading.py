"""Text from Zendesk, as people and mail clients write it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.tools.zendesk.html_text import html_text
from escalation.tools.zendesk.reading import conversation_of, language_of, reference_of, unresolved
from escalation.tools.zendesk.shapes import by_id, documents, moment
from tests import recorded


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("35436", "35436"),
        (" #35436 ", "35436"),
        ("ticket #35436", "35436"),
        ("https://acme.zendesk.com/agent/tickets/35436", "35436"),
        ("https://acme.zendesk.com/agent/tickets/35436?comment=1#x", "35436"),
        ("https://acme.zendesk.com/hc/requests/35436", "35436"),
        ("https://acme.zendesk.com/api/v2/tickets/35436.json", "35436"),
        ("https://acme.zendesk.com/agent/dashboard", ""),
        ("INC0012345", ""),
        ("", ""),
        ("tickets/12", ""),
        ("9" * 40, ""),
    ],
)
def test_a_reference_is_read_from_what_people_paste(text, number):
    assert reference_of(text) == number


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<div><p>One</p><p>Two&nbsp;three<br>four</p></div>", "One\nTwo three\nfour"),
        ('<a href="https://x.example/a">the log</a>', "the log (https://x.example/a)"),
        ('<a href="https://x.example">https://x.example</a>', "https://x.example"),
        ('<a href="javascript:alert(1)">click</a>', "click"),
        ("<ul><li>cache</li><li>cookies</li></ul>", "- cache\n- cookies"),
        ("<pre>at a\n    at b</pre>done", "at a\n    at b\ndone"),
        ("<script>alert(1)</script><style>p{}</style>seen", "seen"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ('<img src="cid:1" alt="console.png">', "[image: console.png]"),
        ("<p>never closed <b>bold", "never closed bold"),
        ("<p>キャッシュを削除</p>", "キャッシュを削除"),
        ("", ""),
    ],
)
def test_markup_becomes_the_text_a_person_saw(markup, text):
    assert html_text(markup) == text


PIECES = st.sampled_from(["<p>", "</p>", "<pre>", "<a href=", "x", "<!--", "&#0;", "<script>"])


@given(markup=st.text() | st.lists(PIECES).map("".join))
def test_any_markup_is_read_without_complaint(markup):
    assert isinstance(html_text(markup), str)


def test_a_megabyte_of_open_tags_is_read_in_good_time():
    assert html_text("<div><a href='x'>" * 60_000) == ""


@pytest.mark.parametrize("text", ["{{ticket.requester.email}}", "{% if x %}", "{{{x}}}", "{ {x}"])
def test_placeholders_stay_as_long_and_are_none(text):
    kept = unresolved(text)

    assert len(kept) == len(text)
    assert "{{" not in kept
    assert "{%" not in kept


@pytest.mark.parametrize("tail", ["15:04:05Z", "15:04:05.123456789Z", "16:04:05+01:00"])
def test_times_are_read_at_every_precision(tail):
    assert moment(f"2026-11-23T{tail}").timestamp() // 1 == 1795446245


@pytest.mark.parametrize("value", [None, "", "soon", 12, {}, []])
def test_what_is_no_time_is_none(value):
    assert moment(value) is None


def test_only_a_comment_that_says_it_is_public_is_public():
    said = [
        {"id": 1, "body": "a", "public": True},
        {"id": 2, "body": "b"},
        {"id": 3, "body": "c", "public": "true"},
    ]

    messages = conversation_of({"id": 1}, comments=said, people={}, site="https://a.example").messages

    assert [each.public for each in messages] == [True, False, False]


TICKETS = recorded.files("recorded/zendesk/go-zendesk-fixture/*/*ticket*.json")


@pytest.mark.parametrize("file", TICKETS, ids=lambda each: f"{each.parent.name}-{each.stem}")
def test_recorded_tickets_of_any_shape_become_conversations(shared, file):
    body = json.loads(file.read_text())
    tickets = documents(body.get("tickets")) or [body.get("ticket") or {}]

    for ticket in tickets:
        conversation = conversation_of(
            ticket,
            comments=documents(body.get("comments")),
            people=by_id(documents(body.get("users"))),
            site="https://acme.zendesk.com",
        )
        assert conversation.zone == "UTC"
        assert all(each.text or each.files for each in conversation.messages)


@pytest.mark.parametrize(
    ("locale", "language"),
    [("de", "de"), ("de-AT", "de"), ("EN-gb", "en"), ("", ""), (None, ""), ("x" * 40, ""), ("<b>", "")],
)
def test_a_users_language_is_the_first_part_of_the_locale(locale, language):
    assert language_of({"locale": locale}) == language
