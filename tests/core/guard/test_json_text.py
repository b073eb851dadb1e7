"""Are secrets found that a JSON text writes with escapes, and is everything else left as it is?"""

import json

from hypothesis import given
from hypothesis import strategies as st

from escalation.guard.json_text import cleaned_json

ADDRESS = "postgres://app:" + "s3cr" + "etPw" + "@db-07.example.com/ledger"
ESCAPED = json.dumps(ADDRESS).replace("/", "\\/")


def test_a_secret_behind_escapes_is_masked_and_named() -> None:
    clean, kinds = cleaned_json(f'{{"level": "error", "target": {ESCAPED}}}')

    assert "etPw" not in clean
    assert kinds == ("password in an address",)
    assert json.loads(clean)["level"] == "error"


def test_each_line_of_a_log_of_objects_is_read_and_the_others_stay() -> None:
    plain = '{"level":  "info"}'
    clean, kinds = cleaned_json(f'{plain}\n{{"target": {ESCAPED}}}\nnot \\ JSON')

    assert clean.split("\n")[0] == plain
    assert clean.split("\n")[2] == "not \\ JSON"
    assert "etPw" not in clean
    assert len(kinds) == 1


@given(st.recursive(st.none() | st.booleans() | st.text(max_size=20), st.lists))
def test_json_without_secrets_is_not_touched(value) -> None:
    text = json.dumps(value)

    clean, kinds = cleaned_json(text)

    assert kinds or clean == text
