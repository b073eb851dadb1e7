"""Wiki markup and documents say the same in the practice Jira, whatever anyone writes."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.practice.jira import adf, wiki
from escalation.practice.jira.rendering import to_html

PIECES = st.sampled_from(
    [
        "h3. ", "* ", "** ", "# ", "|", "||", "{code}", "{code:js}", "{quote}", "{noformat}", "----", "bq. ",
        "[", "]", "{{", "}}", "*", "_", "\\", "https://a.example/", "[~who]", "<b>", "\n", "\n\n", " ",
        "word", "é", "-",
    ]
)  # fmt: skip
MARKUP = st.lists(PIECES, max_size=30).map("".join)
TAGS = {
    "p", "ul", "ol", "li", "blockquote", "div", "table", "tbody", "tr", "th", "td", "h3", "h4", "h5", "h6",
    "strong", "em", "code", "s", "u", "a", "pre", "span", "br", "hr",
}  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(MARKUP, st.text(max_size=80)))
def test_any_markup_becomes_a_document_that_jira_takes_and_pages_show_safely(text):
    document = wiki.to_adf(text)

    adf.check(document)
    page = str(to_html(document))
    assert set(re.findall(r"<([a-z0-9]+)", page)) <= TAGS
    assert isinstance(wiki.to_wiki(document), str)


@pytest.mark.parametrize(
    "text",
    [
        "plain words",
        "two\nlines",
        "h3. Facts\n\n* one\n* two\n** below\n\n# first\n# second",
        "*bold* and _italic_ and {{mono}}",
        "[dashboard|https://finance-dash.example.com]",
        "{code:js}\nconst a = [1];\n{code}\n\nafter",
        "{quote}\nshe said\n{quote}",
        "||check||result||\n|cache cleared|no change|",
        "----",
        r"a \*star\* and a\_b",
    ],
)
def test_common_markup_comes_back_as_it_was(text):
    assert wiki.to_wiki(wiki.to_adf(text)) == text


def test_marks_and_nodes_that_pages_do_not_know_still_show_their_words():
    odd = {"type": "text", "text": "x²", "marks": [{"type": "subsup", "attrs": {"type": "sup"}}]}
    task = {"type": "taskItem", "attrs": {"localId": "1", "state": "TODO"}, "content": [odd]}
    emoji = {"type": "emoji", "attrs": {"shortName": ":x:", "text": "❌"}}
    document = adf.document(
        {"type": "taskList", "content": [task]}, {"type": "paragraph", "content": [emoji]}
    )

    adf.check(document)
    assert str(to_html(document)) == "x²<p>❌</p>"
    assert wiki.to_wiki(document) == "x²\n\n❌"
