"""What differs between two versions and two long texts is said without what stayed."""

from escalation.upkeep.excerpt import excerpt
from escalation.upkeep.versions import version_differences


def test_settings_are_named_in_words_and_by_where_they_stand():
    before = {"defaults": {"contact_type": "phone"}, "work_note": True, "needs": ["facts"]}
    after = {
        "defaults": {},
        "work_note": False,
        "needs": ["facts", "diagnostics"],
        "categories": {"vpn": {"prompts": {"facts": "Which client?"}}},
        "fields": [
            {"name": "u_site", "label": "Site", "kind": "choice", "choices": ["A", "B"], "needed": True}
        ],
    }

    found = {each.label: (each.before, each.after) for each in version_differences(before, after)}

    assert found == {
        "Default: contact_type": ("phone", ""),
        "Assessment as first internal note": ("yes", "no"),
        "The receiver cannot start without": ("Validated facts", "Validated facts, Diagnostic results"),
        "Category: vpn: Question: Validated facts": ("", "Which client?"),
        "Field of the receiver's: u_site": ("", "Site, choice: A | B, needed"),
    }


def test_the_same_body_differs_in_nothing_and_empty_is_as_good_as_not_there():
    assert version_differences({"defaults": {}, "needs": []}, {}) == ()


def test_of_a_long_text_only_what_differs_is_left_with_a_line_around_it():
    before = "\n".join(f"line {number}" for number in range(10))
    after = before.replace("line 5", "another line")

    assert excerpt(before, after) == (
        "…\nline 4\nline 5\nline 6\n…",
        "…\nline 4\nanother line\nline 6\n…",
    )


def test_short_texts_are_shown_whole():
    assert excerpt("network", "hardware") == ("network", "hardware")
