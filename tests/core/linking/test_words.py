"""Do two people who mean the same end up with the same words, and is a host only what is one?"""

import pytest

from escalation.linking.hosts import find_bare, find_hosts
from escalation.linking.words import parts, read, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rendering", "renderer"),
        ("parse", "Parsing"),
        ("plotting", "plots"),
        ("docs", "Documentation"),
        ("utilities", "utility"),
        ("Gerät", "geräte"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert parts(one)[0][:5] == parts(other)[0][:5]


def test_documents_are_not_documentation() -> None:
    assert stem("document") != stem("documentation")


def test_camel_case_is_itself_its_pieces_and_its_neighbours() -> None:
    assert {"region", "server", "regionserver"} & set(parts("HRegionServer")) >= {"region"}
    assert stem("regionserver") in parts("HRegionServer")


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    assert len(read("title\n" + "word " * 100_000).body) <= 400


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("blocked for https://finance-dash.example.com/login", ("finance-dash.example.com",)),
        ("ping 10.20.0.5 fails", ("10.20.0.5",)),
        ("mail to a.user@example.com", ()),
        ("org.apache.pdfbox.Loader in pom.xml", ()),
        ("version 1.8.10.2 and 300.1.1.1", ("1.8.10.2",)),
        ("client.connect() in app.js", ()),
        ("It failed.Then it worked", ()),
    ],
)
def test_a_host_is_only_what_is_surely_one(text: str, hosts: tuple[str, ...]) -> None:
    assert find_hosts(text) == hosts


def test_bare_machine_names_have_a_digit_or_a_hyphen() -> None:
    assert find_bare("srv-fin-01 and PRN02 but not server or a@b-c.de") == ("srv-fin-01", "prn02")
