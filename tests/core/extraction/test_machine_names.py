"""Names without dots are machines beside what runs on them, in shares, beside addresses, in families."""

import pytest

from escalation.extraction.entities import entities
from escalation.extraction.kinds import EntityKind


def hosts(text: str) -> list[str]:
    return [entity.value for entity in entities(text) if entity.kind == EntityKind.HOST]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("the log on pacs-arch-1 is full", ["pacs-arch-1"]),
        ("LDAPS on ldap2 fails", ["ldap2"]),
        ("primary is pg-ord-01, replica pg-ord-02 lags", ["pg-ord-01", "pg-ord-02"]),
        ("Applikationsserver sapp11-as03 hängt", ["sapp11-as03"]),
        ("the firewall fw-osl-a was moved", ["fw-osl-a"]),
        ("Server evsrv-fra antwortet nicht", ["evsrv-fra"]),
        ("Server voip-mstr unter Last", ["voip-mstr"]),
        ("takeover by cl2-n04 went well", ["cl2-n04"]),
        ("isn't known at dcmroute1", ["dcmroute1"]),
        ("INVITE sip:100@trunk.lowland.example", ["trunk.lowland.example"]),
        ("bad passwords from MOB-IPAD-77", ["MOB-IPAD-77"]),
        ("Agent DWHP3 is gone", ["DWHP3"]),
        ("seen on VDA-CALL-07 to VDA-CALL-19", ["VDA-CALL-07", "VDA-CALL-19"]),
        ("hosts RDSH-11 and RDSH-14.", ["RDSH-11", "RDSH-14"]),
        ("the alert on LAP-2231 is new", ["LAP-2231"]),
        ("restarted BERDC02 twice", ["BERDC02"]),
        ("copy it to \\\\fileserver3\\sales\\2026", ["fileserver3"]),
        ("our box nas-atelier (192.168.10.6)", ["nas-atelier"]),
        ("Port 27000@lic.torval.example is shut", ["lic.torval.example"]),
    ],
    ids=str,
)
def test_a_machine_is_found_by_its_place(text: str, values: list[str]) -> None:
    assert hosts(text) == values


@pytest.mark.parametrize(
    "text",
    [
        "compiled on matlab71",
        "reproduced on branch-1",
        "the address on eth0 is gone",
        "seen on Pixel6 only",
        "related to TC-2837 and TC-2836",
        "channels STI101 to STI016",
        "on page3 of the manual",
        "a server side-effect",
    ],
    ids=str,
)
def test_parts_products_and_tickets_are_no_machines(text: str) -> None:
    assert hosts(text) == []


def test_the_share_stays_a_path_that_holds_its_machine() -> None:
    kinds = [entity.kind for entity in entities("in \\\\fs3\\sales")]

    assert kinds == [EntityKind.PATH, EntityKind.HOST]
