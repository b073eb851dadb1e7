"""`make eval` says how right the reading of updates is, and claims nothing that is not so."""

import io

from django.core.management import call_command


def test_the_reading_is_far_above_one_that_never_reads_and_never_says_solved_too_early() -> None:
    printed = io.StringIO()

    call_command("eval_sayable", stdout=printed)

    rows = {line[:14].strip(): line[14:].split() for line in printed.getvalue().splitlines() if line[14:]}
    for part in ("development", "held_out"):
        _, right, never_reads, _, _, overclaims, hardest = map(float, rows[part])
        assert right > never_reads + 0.5
        assert overclaims == 0
        assert hardest <= 8
