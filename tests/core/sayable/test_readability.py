"""Does the yardstick itself measure right?"""

import pytest

from escalation.translation.readable import grade


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The cat sat on the mat.", -2, 0),
        ("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", 10.5, 12),
        ("We will tell you as soon as there is news.", -1, 3),
    ],
)
def test_known_sentences_have_their_known_grade(text: str, low: float, high: float) -> None:
    assert low <= grade(text) <= high
