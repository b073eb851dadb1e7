"""What a line is decides whether it is evidence: tables and replies of machines are, farewells are not."""

import pytest

from escalation.extraction.lines import LineKind, lines


def kinds(text: str) -> list[LineKind]:
    return [line.kind for line in lines(text)]


@pytest.mark.parametrize(
    "line",
    [
        " 5.  core1.carrier.example   17.5%   40   81.7",
        "552 5.3.4 Message size exceeds fixed limit",
        "<ana@norrtra.example>: host mx1.norrtra.example said:",
        "# ./jsvc -debug Main",
    ],
)
def test_what_a_machine_printed_is_a_log(line: str) -> None:
    assert kinds(f"We get this:\n{line}") == [LineKind.PROSE, LineKind.LOG]


@pytest.mark.parametrize(
    "line",
    [
        "We have 3 lamps, 4 doors and 5 keys here",
        "5.  call the function with an empty list",
        "It costs 4  or 5  or 6",
    ],
)
def test_a_sentence_with_numbers_is_no_row_of_a_table(line: str) -> None:
    assert kinds(f"We get this:\n{line}") == [LineKind.PROSE, LineKind.PROSE]


def test_what_matlab_says_below_its_error_belongs_to_it() -> None:
    assert kinds("Error using griddata (line 55)\nInput arguments must be finite.") == [
        LineKind.LOG,
        LineKind.LOG,
    ]


@pytest.mark.parametrize(
    "farewell",
    [
        "Best,",
        "Cheers, Devon",
        "Bien à vous",
        "Un saludo, Nuria",
        "Thanks in advance,",
        "lg Lumi",
        "/Pia",
        "Herzliche Grüße",
    ],
)
def test_below_a_farewell_stands_who_wrote(farewell: str) -> None:
    text = f"The tunnel drops every hour.\n{farewell}\nMaren Toll\nController at Veldhuis"

    assert kinds(text) == [LineKind.PROSE, LineKind.SIGNATURE, LineKind.SIGNATURE, LineKind.SIGNATURE]


def test_best_in_a_sentence_is_no_farewell() -> None:
    assert kinds("It fails.\nBest would be to go back to 5.1.") == [LineKind.PROSE, LineKind.PROSE]
