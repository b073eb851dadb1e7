"""A tool's refusal becomes one sentence, and nothing else of its body is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.transport.reasons import LONGEST, field_of, reason


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"error": {"message": "User Not Authenticated", "detail": "Required to provide Auth information"}},
         "User Not Authenticated: Required to provide Auth information"),
        ({"error": "RecordNotFound", "description": "Not found"}, "RecordNotFound: Not found"),
        ({"errorMessages": [], "errors": {"summary": "You must specify a summary."}},
         "summary: You must specify a summary."),
        ({"error": {"title": "Forbidden", "message": "You do not have access"}},
         "Forbidden: You do not have access"),
        ({"error": {"message": "Broken\n\tat com.glide.Script(12)\n\tat x"}}, "Broken"),
        ({"error": {"message": "\x1b[31mred\x00"}}, "[31mred"),
        ("a plain string", ""),
        ([1, 2], ""),
        ({"stack": "at com.glide"}, ""),
    ],
)  # fmt: skip
def test_the_documented_bodies_are_read(body, said):
    assert reason(body) == said


def test_the_field_a_tool_complains_about_is_named():
    assert field_of({"details": {"subject": [{"description": "Subject: cannot be blank"}]}}) == "subject"


MEMBERS = st.sampled_from(["error", "errors", "details", "message", "description", "errorMessages"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS, inner),
    max_leaves=12,
)


@given(body=JSON)
def test_whatever_the_body_is_the_reason_is_one_short_printable_line(body):
    said = reason(body)

    assert len(said) <= LONGEST
    assert said.isprintable()
