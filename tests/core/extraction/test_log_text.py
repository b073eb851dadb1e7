"""Of a log only the lines a person would look for first, each once."""

from escalation.extraction.log_text import bad_lines

LOG = """\
2026-11-23 14:20:01 INFO  gateway started on port 8443
2026-11-23 14:20:05 ERROR upstream 10.0.0.7 timed out after 3000 ms
2026-11-23 14:20:09 ERROR upstream 10.0.0.8 timed out after 3001 ms
java.lang.IllegalStateException: pool exhausted
2026-11-23 14:20:11 INFO  errors so far: none worth a page
"""


def test_lines_that_differ_in_numbers_only_are_one():
    first, second = bad_lines(LOG)

    assert first.text == "2026-11-23 14:20:05 ERROR upstream 10.0.0.7 timed out after 3000 ms"
    assert first.times == 2
    assert second.text == "java.lang.IllegalStateException: pool exhausted"


def test_a_quiet_log_tells_nothing():
    assert bad_lines("all fine\n" * 100) == ()
