"""A fault is known by the shape in which its family of software prints it, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.extraction.entities import entities
from escalation.extraction.kinds import EntityKind


def values(text: str, kind: EntityKind) -> list[str]:
    return [each.value for each in entities(text) if each.kind == kind]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("%SYS-2-MALLOCFAIL: Memory allocation failed", "%SYS-2-MALLOCFAIL"),
        ("last line CAPWAP-3-DTLS_CONN_ERR: could not resolve", "CAPWAP-3-DTLS_CONN_ERR"),
        ("JES says IEF450I PAYROLL STEP2", "IEF450I"),
        ("the step abended with S0C7", "S0C7"),
        ("message class VL 150 on saving", "VL 150"),
        ("rpc error: code = Unavailable desc = refused", "Unavailable"),
        ("the grpc call ends in RESOURCE_EXHAUSTED", "RESOURCE_EXHAUSTED"),
        ("returned -2146233087 every time", "-2146233087"),
        ("ODBC driver: [08S01] link failure", "08S01"),
        ("VSS_E_WRITERERROR_TIMEOUT in the log", "VSS_E_WRITERERROR_TIMEOUT"),
        ("Error code: DM_Gateway_AccessError", "DM_Gateway_AccessError"),
        ("An error occurred (InvalidParameterValue) when calling", "InvalidParameterValue"),
        ("api error ExpiredToken: token expired", "ExpiredToken"),
        ("reason: rateLimitExceeded", "rateLimitExceeded"),
        ("Code E000E020: the job could not start", "E000E020"),
    ],
)
def test_a_fault_in_the_shape_of_its_family_is_a_code(text: str, code: str) -> None:
    assert values(text, EntityKind.ERROR_CODE) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "the order -2146 was cancelled, 214 left",
        "set [HYBRID] and [12345] in the list",
        "service is Unavailable in the evening",
        "the reason MailboxMove=true is set",
        "code review of DM_Gateway is done",
        "step abended without a word",
        "part number ABC-12-DEFG is out of stock",
        "call me at 0171 5550133",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert values(text, EntityKind.ERROR_CODE) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Errno::EPIPE: Broken pipe", "Errno::EPIPE"),
        ("ActiveRecord::RecordNotUnique on save", "ActiveRecord::RecordNotUnique"),
        ("Net::OpenTimeout to the relay", "Net::OpenTimeout"),
        ("Illuminate\\Database\\QueryException in line 4", "Illuminate\\Database\\QueryException"),
        ("an instance of 'std::out_of_range'", "std::out_of_range"),
    ],
)
def test_a_class_is_an_exception_in_any_language(text: str, name: str) -> None:
    assert values(text, EntityKind.EXCEPTION) == [name]


@pytest.mark.parametrize("text", ["std::vector grows", "DBD::mysql is loaded", "Foo::Bar is fine"])
def test_a_class_that_names_no_fault_is_none(text: str) -> None:
    assert values(text, EntityKind.EXCEPTION) == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ('"407 Proxy Authentication Required" when updating', "407"),
        ("a 301 loop since the move", "301"),
        ("código 500 al guardar la página", "500"),
    ],
)
def test_a_status_is_read_by_its_reason(text: str, status: str) -> None:
    assert values(text, EntityKind.HTTP_STATUS) == [status]


def test_statuses_are_counted_in_the_plural() -> None:
    assert values("lots of 499s and 504s in nginx", EntityKind.HTTP_STATUS) == ["499", "504"]
    assert values("people in their 400s", EntityKind.HTTP_STATUS) == []


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("Junos 22.4R3-S2.11", "22.4R3-S2.11"),
        ("NX-OS 10.3(4a)M", "10.3(4a)M"),
        ("BarTender 2021 R8", "2021 R8"),
        ("VDA 2402 LTSR CU1", "2402 LTSR CU1"),
        ("Oracle 21c", "21c"),
        ("fw FL.10.13.1040", "FL.10.13.1040"),
    ],
)
def test_a_version_is_read_in_its_makers_notation(text: str, version: str) -> None:
    assert values(text, EntityKind.VERSION) == [version]


def test_a_server_of_windows_goes_by_its_year() -> None:
    assert values("DC runs Server 2022, SQL Server 2019 apart", EntityKind.OS) == ["Server 2022"]


def test_a_browser_ends_at_its_version() -> None:
    assert values("only IE11 mode works", EntityKind.BROWSER) == ["IE11"]


@pytest.mark.parametrize("text", ["(PRT-QUAI04, 10.31.8.44)", "KS-LAGER02 = 10.4.4.12", "mars7 has 10.1.2.3"])
def test_a_name_before_an_address_is_a_machine(text: str) -> None:
    assert len(values(text, EntityKind.HOST)) == 1


def test_a_model_before_an_address_is_none() -> None:
    assert values("Zebra ZT411, 172.22.16.45", EntityKind.HOST) == []


_LETTERS = st.text(alphabet="ABCDEFGHKLMNPRSTUVWXYZ", min_size=4, max_size=9)


@given(_LETTERS, st.integers(0, 7), _LETTERS)
def test_any_facility_and_mnemonic_is_read(facility: str, severity: int, mnemonic: str) -> None:
    code = f"%{facility}-{severity}-{mnemonic}"

    assert values(f"log: {code}: neighbor changed", EntityKind.ERROR_CODE) == [code]
