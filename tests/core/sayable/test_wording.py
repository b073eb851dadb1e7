"""Can an owner change a line, and is a line that could fail refused when it is written?"""

from datetime import UTC, datetime

import pytest

from escalation.translation.meaning import Meaning
from escalation.translation.sayable import sayable
from escalation.translation.wording import LINE_MAX, Unsayable, Wording

MONDAY = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def test_the_owners_line_replaces_ours_for_its_meaning_and_language_only() -> None:
    wording = Wording.from_values({"en": {"resolved": "Good news: it works again."}})

    assert sayable("Resolved.", said_at=MONDAY, wording=wording).line == "Good news: it works again."
    assert "gelöst" in sayable("Resolved.", said_at=MONDAY, language="de", wording=wording).line
    assert "Good news" not in sayable("Looking into it.", said_at=MONDAY, wording=wording).line


def test_the_owner_may_place_cause_team_and_expected_time() -> None:
    wording = Wording(
        lines={("en", Meaning.CAUSE_FOUND): "{expected} We know {cause}; {team} is on it {{now}}."}
    )
    update = "Root cause: bad config. Coordinating with infrastructure. Fix expected within 2 hours."

    line = sayable(update, said_at=MONDAY, wording=wording).line

    assert line == (
        "Expected within two hours. We know the configuration causing the problem; "
        "our infrastructure team is on it {now}."
    )


def test_an_expected_time_is_said_even_where_the_owner_left_it_out() -> None:
    wording = Wording(lines={("en", Meaning.FIX_IN_PROGRESS): "We are fixing it."})

    line = sayable("Deploying the hotfix, ETA 30 min", said_at=MONDAY, wording=wording).line

    assert line == "We are fixing it. Expected within 30 minutes."


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Hello {name}", "{name} is not known. Use only {cause}, {expected}, {team}"),
        ("Hello {cause.__class__}", "is not known"),
        ("Hello {cause!r}", "is not known"),
        ("Hello {cause:>9999999}", "is not known"),
        ("Hello {", "a brace stands alone"),
        ("   ", "the line is empty"),
        ("x" * (LINE_MAX + 1), f"Shorten it to {LINE_MAX}"),
    ],
)
def test_a_line_that_could_fail_is_refused_with_its_place_and_the_way_out(line: str, said: str) -> None:
    with pytest.raises(Unsayable) as refused:
        Wording.from_values({"en": {"resolved": line}})

    assert said in str(refused.value)
    assert str(refused.value).startswith("English, resolved: ")


def test_an_unknown_meaning_or_language_is_refused() -> None:
    with pytest.raises(Unsayable, match="there is no meaning 'solved_it'"):
        Wording.from_values({"en": {"solved_it": "Yes."}})
    with pytest.raises(Unsayable, match="this language has no lines"):
        Wording.from_values({"tlh": {"resolved": "Qapla'"}})


def test_a_wording_does_not_change_with_the_values_it_was_made_from() -> None:
    lines = {("en", Meaning.RESOLVED): "Done."}
    wording = Wording(lines=lines)

    lines[("en", Meaning.RESOLVED)] = "Changed."

    assert wording.line(language="en", meaning=Meaning.RESOLVED) == "Done."
