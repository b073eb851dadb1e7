"""Codes are found where programs put them in a message, and where nothing announces one, none is."""

import pytest

from escalation.extraction.entities import entities
from escalation.extraction.kinds import EntityKind


def codes(text: str) -> list[str]:
    return [entity.value for entity in entities(text) if entity.kind == EntityKind.ERROR_CODE]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('"The gateway cannot be reached (-20199)", then nothing', ["-20199"]),
        ("the domain could not be contacted. (5200)", ["5200"]),
        ('it says "Unable to start the session. 1030" and closes', ["1030"]),
        ('upload rejected: "LPK-20417: Bundle is not signed"', ["LPK-20417"]),
        ("SQL*Plus-306: not connected", ["306"]),
        ("Reason: Q.850;cause=41", ["41"]),
        ("C-STORE status: 0xA700 (out of resources)", ["0xA700"]),
        ("the code returned by the port monitor: 3221225794", []),
        ("error code returned by the port monitor: 3221225794", ["3221225794"]),
        ("SQL state: 23505", ["23505"]),
        ("PostgresException (0x80004005): 53300: too many clients", ["0x80004005", "53300"]),
        ("OSStatus -34018 from the keychain", ["-34018"]),
        ("license refused (-5,357)", ["-5"]),
        ("Error [1.5.-96]", ["1.5.-96"]),
        ("pinpad: RESP 05 DO NOT HONOR", ["05"]),
        ("code=exited, status=226/NAMESPACE", ["226"]),
        ("OpenSSL: error:0A000126:SSL routines::unexpected eof", ["0A000126"]),
        ("AcceptSecurityContext error, data 775, v4563", ["775"]),
        ("MSA|AE|2211|103^Table value not found", ["103"]),
        ("logged 'not authorised (rc 5)'", ["5"]),
        ("failed with 8007000E", ["8007000E"]),
        ("Support code 5B00 on the display", ["5B00"]),
        ("Meldungsnr. VL150 beim Liefern", ["VL150"]),
        ("エラー番号：E-203 が出ます", ["E-203"]),
        ("S3 answers AccessDenied (403)", ["AccessDenied"]),
        ("Ein Fehler (0x80070005-0x0004dc-0x000524)", ["0x80070005-0x0004dc-0x000524"]),
        ('it says "12514 EAP-TLS failed because of the CA"', ["12514"]),
        ("das Terminal zeigt „ABGELEHNT 57“", ["57"]),
        ("画面に「E-07」と表示されます", ["E-07"]),
        ('"Something went wrong [1001]"', ["1001"]),
        ("Lizenz ungültig (Code L-118)", ["L-118"]),
        ('{"reason":"95: Operation not supported"}', ["95"]),
        ("la impresora da error 2C-31 y para", ["2C-31"]),
        ("failure reason 500121 in the log", ["500121"]),
        ("it stops with 0x80180014. Again.", ["0x80180014"]),
        ('"Laufzeitfehler 3024: Datei nicht gefunden"', ["3024"]),
        ("02:00:07 ERROR exit status 255.", ["255"]),
        ('"405 Method Not Allowed" for all', []),
        ("Msg 2627, Level 14, State 1", ["2627"]),
    ],
    ids=str,
)
def test_a_code_is_found_where_messages_put_it(text: str, values: list[str]) -> None:
    assert codes(text) == values


@pytest.mark.parametrize(
    "text",
    [
        'he said "we have not met since. 2019"',
        "it was not printed (3)  and so on",
        "INC0012345: not solved",
        "[pool-3-thread-12] ERROR in the pool",
        "ERROR [pool-3-thread-12] c.a.Dispatcher",
        "the cause: 12 users pressed it",
        "the service id is the same for all",
        "message number 3 of the thread",
        "buffer at 0x7ffee4c0",
    ],
    ids=str,
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert codes(text) == []
