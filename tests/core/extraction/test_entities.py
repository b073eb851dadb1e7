"""Entities are found where they stand, and nothing that only looks like one is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.extraction.entities import entities
from escalation.extraction.kinds import EntityKind


def found(text: str, kind: EntityKind) -> list[str]:
    return [entity.value for entity in entities(text) if entity.kind == kind]


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        (
            "open https://portal.example.com/a(b)?x=1, then",
            EntityKind.URL,
            ["https://portal.example.com/a(b)?x=1"],
        ),
        ("see (https://portal.example.com).", EntityKind.URL, ["https://portal.example.com"]),
        ("http://<server>:8080/health is down", EntityKind.URL, ["http://<server>:8080/health"]),
        ("CORS error for finance-dash.example.com", EntityKind.HOST, ["finance-dash.example.com"]),
        ("root@db-prod-02:/var/log# df", EntityKind.HOST, ["db-prod-02"]),
        ("the print server named prn07 is gone", EntityKind.HOST, ["prn07"]),
        ("lost 10.20.30.40:8443 and fe80::1", EntityKind.IP, ["10.20.30.40", "fe80::1"]),
        ("lost 10.20.30.40:8443", EntityKind.PORT, ["8443"]),
        ("update failed with 0x80070643", EntityKind.ERROR_CODE, ["0x80070643"]),
        ("Fehlercode 1603 beim Installieren", EntityKind.ERROR_CODE, ["1603"]),
        (
            "ORA-12541 and ERR_CERT_DATE_INVALID",
            EntityKind.ERROR_CODE,
            ["ORA-12541", "ERR_CERT_DATE_INVALID"],
        ),
        ("job ended, rc=9", EntityKind.ERROR_CODE, ["9"]),
        ("the page returns a 503 since noon", EntityKind.HTTP_STATUS, ["503"]),
        ("HTTP/1.1 404 Not Found", EntityKind.HTTP_STATUS, ["404"]),
        (
            "Caused by: java.net.SocketTimeoutException: x",
            EntityKind.EXCEPTION,
            ["java.net.SocketTimeoutException"],
        ),
        (
            "java.lang.NullPointerException\n\tat com.acme.Foo.bar(Foo.java:12)\n\tat a.B.c(B.java:3)\n",
            EntityKind.STACK_FRAME,
            ["\tat com.acme.Foo.bar(Foo.java:12)", "\tat a.B.c(B.java:3)"],
        ),
        (
            '  File "/srv/app/run.py", line 8, in main',
            EntityKind.STACK_FRAME,
            ['  File "/srv/app/run.py", line 8, in main'],
        ),
        ("it fails with FDX-4031 today", EntityKind.ERROR_CODE, ["FDX-4031"]),
        ("Titanium SDK 5.2.0 and 5.1.2.GA", EntityKind.VERSION, ["5.2.0", "5.1.2.GA"]),
        ("since we went from 3.4 to 3.5.1", EntityKind.VERSION, ["3.4", "3.5.1"]),
        ("laptop with Windows 11 23H2", EntityKind.OS, ["Windows 11 23H2"]),
        ("Firefox 128.0 and Google Chrome 126", EntityKind.BROWSER, ["Firefox 128.0", "Google Chrome 126"]),
        ("seit gestern, spätestens am 31. Mai 2024", EntityKind.DATE, ["gestern", "31. Mai 2024"]),
        ("depuis le 3 février", EntityKind.DATE, ["3 février"]),
        ("between 9 and 11 CET", EntityKind.TIME_WINDOW, ["9 and 11 CET"]),
        ("reachable 8–5 Eastern", EntityKind.TIME_WINDOW, ["8–5 Eastern"]),
        ("trace id: 4bf92f3577b34da6", EntityKind.TRACE_ID, ["4bf92f3577b34da6"]),
        ("like INC0012345 and OPS-77", EntityKind.TICKET_ID, ["INC0012345", "OPS-77"]),
        ("after CHG0030187", EntityKind.CHANGE_ID, ["CHG0030187"]),
        ("listens on port 5432 and tcp/8443", EntityKind.PORT, ["5432", "8443"]),
        ("ask @maria.lopez on Slack", EntityKind.HANDLE, ["maria.lopez"]),
        ("by tomorrow 17:00 at the latest", EntityKind.DATE, ["tomorrow"]),
        ("all 40 users in finance", EntityKind.AFFECTED_COUNT, ["40"]),
        ("in C:\\Program Files\\App\\app.log", EntityKind.PATH, ["C:\\Program Files\\App\\app.log"]),
        ("I ran `nslookup portal.example.com`", EntityKind.COMMAND, ["nslookup portal.example.com"]),
        ('it says "Access is denied" again', EntityKind.QUOTED_ERROR, ["Access is denied"]),
        ("call +49 30 1234567", EntityKind.PHONE, ["+49 30 1234567"]),
        # codes: where machines print them, and where a screen is said to show them
        ("files could not be transferred (code 23) at main.c", EntityKind.ERROR_CODE, ["23"]),
        ("make: *** [all] Error 2", EntityKind.ERROR_CODE, ["2"]),
        ("SocketException (10061): refused", EntityKind.ERROR_CODE, ["10061"]),
        ("bind() to port 80 failed (98: Address already in use)", EntityKind.ERROR_CODE, ["98"]),
        ("said: 552 5.3.4 Message size exceeds limit", EntityKind.ERROR_CODE, ["552"]),
        ('the pinpad shows "E-5021" again', EntityKind.ERROR_CODE, ["E-5021"]),
        ('it says "Lot locked (WM-2214)" and stops', EntityKind.ERROR_CODE, ["WM-2214"]),
        ("エラーコードは E1023 です", EntityKind.ERROR_CODE, ["E1023"]),
        ('{"code":"PAYLOAD_TOO_LARGE"}', EntityKind.ERROR_CODE, ["PAYLOAD_TOO_LARGE"]),
        ("smb says NT_STATUS_LOGON_FAILURE", EntityKind.ERROR_CODE, ["NT_STATUS_LOGON_FAILURE"]),
        # statuses: the second of two, and at the end of what an answer was
        ("the API returned 429 and then 503", EntityKind.HTTP_STATUS, ["429", "503"]),
        ("the webhook now gives 200.", EntityKind.HTTP_STATUS, ["200"]),
        ("ログに502エラーが出ます", EntityKind.HTTP_STATUS, ["502"]),
        # machines: by their place in a message, by their parts, by a zero before the number
        ("ssh: connect to host bastion-eu port 22: timed out", EntityKind.HOST, ["bastion-eu"]),
        ("sw-bldg4-03 answers ping", EntityKind.HOST, ["sw-bldg4-03"]),
        ("port 27000 on lic01 is filtered", EntityKind.HOST, ["lic01"]),
        ("the cert for *.brixen.de ran out", EntityKind.HOST, ["brixen.de"]),
        ("domain: harbour.app", EntityKind.HOST, ["harbour.app"]),
        # versions: before the word that says so, after an @, in an artifact, with a service pack
        ("not with the 1.8 branch", EntityKind.VERSION, ["1.8"]),
        ("found react@18.2.0 and nginx:1.25.3", EntityKind.VERSION, ["18.2.0", "1.25.3"]),
        ("the HMI runs version 4.6 SP2", EntityKind.VERSION, ["4.6 SP2"]),
        # hours of other languages, and a clock that nothing announces
        ("bis 19:00 Uhr im Büro", EntityKind.TIME_WINDOW, ["19:00 Uhr"]),
        ("de 9h à 12h et après 14h", EntityKind.TIME_WINDOW, ["9h à 12h", "14h"]),
        ("本日は17時まで対応可能です", EntityKind.TIME_WINDOW, ["17時"]),
        ("class starts 8:30 and ends at noon", EntityKind.TIME_WINDOW, ["8:30", "noon"]),
        ("Chrome 125、Windows 11です", EntityKind.OS, ["Windows 11"]),
        ("they sign in via Edge", EntityKind.BROWSER, ["Edge"]),
        # trackers: what clusters print, what stands under "Environment", releases by their first numbers
        ("shutdown of server 10.3.134.20:60020", EntityKind.IP, ["10.3.134.20"]),
        ("server=158-1-130-11,20020,1331108408232", EntityKind.HOST, ["158-1-130-11"]),
        ("Environment: windows, java 1.6", EntityKind.OS, ["windows"]),
        ("Environment: java 1.7, debian", EntityKind.OS, ["debian"]),
        ("fails on Android/Mobileweb", EntityKind.OS, ["Android"]),
        ("crashes on Yosemite", EntityKind.OS, ["Yosemite"]),
        ("buggy on 0.94 since the backport", EntityKind.VERSION, ["0.94"]),
        ("seen on 2.4.1 but not in 2.4 alone", EntityKind.VERSION, ["2.4.1", "2.4"]),
        ("the 2.0.x line and 3.x too", EntityKind.VERSION, ["2.0.x", "3.x"]),
        # pairs, and what a half of our own texts showed that nobody had looked at before
        ("shows SC542, then SC-819", EntityKind.ERROR_CODE, ["SC542", "SC-819"]),
        ("setup.exe /quiet returned 3010", EntityKind.ERROR_CODE, ["3010"]),
        ("requests.exceptions.ReadTimeout: x", EntityKind.EXCEPTION, ["requests.exceptions.ReadTimeout"]),
        ("two nodes, sched-a and sched-b", EntityKind.HOST, ["sched-a", "sched-b"]),
        ("sent to 2001:db8:40::2: code 4", EntityKind.IP, ["2001:db8:40::2"]),
        ("on macOS Sierra 10.12.5", EntityKind.OS, ["macOS Sierra 10.12.5"]),
        ("User-Agent: okhttp/4.12.0;", EntityKind.VERSION, ["4.12.0"]),
        ("seen 11/25, 11/26 and again", EntityKind.DATE, ["11/25", "11/26"]),
        ("Exportiert 29.11.26 17:31:02", EntityKind.DATE, ["29.11.26"]),
        ("notAfter=Dec  2 23:59:59 2026 GMT", EntityKind.DATE, ["Dec  2 23:59:59 2026 GMT"]),
        ("all hands Wed 10:00", EntityKind.DATE, ["Wed"]),
        ("release 2026.11.4 is out", EntityKind.VERSION, ["2026.11.4"]),
        ("back Thursday at 8.30, then off", EntityKind.TIME_WINDOW, ["8.30"]),
        ("on paper since 0615. Sorry", EntityKind.TIME_WINDOW, ["0615"]),
        ("deploy Thu 26 Nov 18:40. Bad", EntityKind.TIME_WINDOW, ["18:40"]),
        ("the workspace app 24.9.0.225 hangs", EntityKind.VERSION, ["24.9.0.225"]),
        ("against 9.9.9.9 it resolves", EntityKind.IP, ["9.9.9.9"]),
        ("on SLES 15 SP5 and iOS 18.2 beta 3", EntityKind.OS, ["SLES 15 SP5", "iOS 18.2 beta 3"]),
        ("python3.12 and PAN-OS 11.1.4-h7", EntityKind.VERSION, ["3.12", "11.1.4-h7"]),
        ("dump CX_SY_ZERODIVIDE in ST22", EntityKind.EXCEPTION, ["CX_SY_ZERODIVIDE"]),
        ("Bad Gateway 502 at noon", EntityKind.HTTP_STATUS, ["502"]),
        ("in the office Tue to Thu", EntityKind.DATE, ["Tue", "Thu"]),
        ("ended at 09:31:07, all of them", EntityKind.TIME_WINDOW, ["09:31:07"]),
    ],
    ids=str,
)
def test_a_kind_is_found_with_its_exact_value(text: str, kind: EntityKind, values: list[str]) -> None:
    assert found(text, kind) == values


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("import org.apache.commons.io.FileUtils", EntityKind.HOST),
        ("bundle com.example.finance.mobile crashed", EntityKind.HOST),
        ("write to ana@example.com", EntityKind.HOST),
        ("firmware version 2.3.1.31", EntityKind.IP),
        ("2024-05-01 10:56:36,500 ERROR shutting down", EntityKind.HTTP_STATUS),
        ("failed to map at address 0x7fff5fbff8a0", EntityKind.ERROR_CODE),
        ("tid=0x08ab5000 nid=0x87b", EntityKind.ERROR_CODE),
        ("it took 3.5 seconds", EntityKind.VERSION),
        ("see Table 3.2", EntityKind.VERSION),
        ("it may fail 3 times", EntityKind.DATE),
        ("close the windows on the left", EntityKind.OS),
        ("i.e. an edge case", EntityKind.BROWSER),
        ("Guten Morgen zusammen", EntityKind.DATE),
        ("UTF-8 and SHA-256", EntityKind.TICKET_ID),
        ("  at com.acme.Foo.bar(Foo.java:12)", EntityKind.PORT),
        ("see the sample code 2 lines below", EntityKind.ERROR_CODE),
        ("only trials with (event code 7)", EntityKind.ERROR_CODE),
        ("the character code 34 is a quote", EntityKind.ERROR_CODE),
        ("keyCode=KEYCODE_ENTER, scanCode=28", EntityKind.ERROR_CODE),
        ("others reported OPS-1071 and OPS-1302", EntityKind.ERROR_CODE),
        ("we were here before with HADOOP-2341", EntityKind.HOST),
        ("curl (i486-pc-linux-gnu) was built", EntityKind.HOST),
        ("replaced by subject01 in the list", EntityKind.HOST),
        ("the text values read from the node values, because", EntityKind.HOST),
        ("room 404 has 200 seats and order 500 is late", EntityKind.HTTP_STATUS),
        ("freq = 1:10; foi = 10:50;", EntityKind.TIME_WINDOW),
        ("-rw-r--r-- 1 ana staff 1894 Mar 22 11:22 it.log", EntityKind.TIME_WINDOW),
        ("bounced with 550 5.1.1 user unknown", EntityKind.VERSION),
        ("the MAC of the replaced device", EntityKind.OS),
        ("a step of 0.25 in the mean", EntityKind.VERSION),
        ("a scale of 2.5 in the picture", EntityKind.VERSION),
        ("the query returned 3010 rows", EntityKind.ERROR_CODE),
        ("Win32 error from the spooler", EntityKind.OS),
        ("a cable on IOS XE routers", EntityKind.OS),
        ("at ThrowHelper.ThrowNoElementsException()", EntityKind.EXCEPTION),
        ("working since 2019", EntityKind.TIME_WINDOW),
        ("on to plan-b and vitamin-c", EntityKind.HOST),
    ],
    ids=str,
)
def test_what_only_looks_like_one_is_left_alone(text: str, kind: EntityKind) -> None:
    assert found(text, kind) == []


def test_an_error_code_inside_a_quoted_message_is_found_too() -> None:
    kinds = {
        entity.kind: entity.value for entity in entities('It said "Logon failed, error 0x80070005" twice')
    }

    assert kinds[EntityKind.QUOTED_ERROR] == "Logon failed, error 0x80070005"
    assert kinds[EntityKind.ERROR_CODE] == "0x80070005"


@given(st.text(st.characters(codec=None), max_size=400))
def test_every_value_is_the_slice_it_claims(text: str) -> None:
    for entity in entities(text):
        assert text[entity.start : entity.end] == entity.value != ""


@given(
    st.lists(
        st.sampled_from(
            ["error ", "0x", "1.2.", "a@b.", "://", "\x00", "\u202e", "€", "9am ", "host-01:", "\n"]
        ),
        max_size=60,
    )
)
def test_pieces_of_entities_in_any_order_never_raise_and_read_alike_twice(pieces: list[str]) -> None:
    text = "".join(pieces)

    assert entities(text) == entities(text)
