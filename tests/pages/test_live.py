"""The stream of an open page: what came after its last line, each line once, for those who may see it."""

import asyncio
import re
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from http.cookies import SimpleCookie
from typing import Any, TypeVar, cast

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import Client
from django.utils import timezone

from config.handler import OneHop
from escalation.models import Entry, Handoff, Membership, Team
from escalation.timeline import stream
from escalation.timeline.record import Line, record
from escalation.timeline.stream import drain, followers
from escalation.web import live, still_in, streaming
from escalation.web.access import reader_of
from escalation.web.letting_in import let_in
from tests.builders import NOW
from tests.pages.posting import note

pytestmark = pytest.mark.django_db(transaction=True)

T = TypeVar("T")
NOBODYS = still_in.Ticket("", 0, "", frozenset())

ORIGINAL = "Identified misconfigured CORS policy on API gateway"
SAYABLE = "We have found what causes the problem and are fixing it."


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run it within ten seconds, and close the connections of the thread that read the rows for it."""

    async def bounded() -> T:
        try:
            return await asyncio.wait_for(coroutine, 10)
        finally:
            await sync_to_async(connections.close_all)()

    return asyncio.run(bounded())


class Page:
    """An open page's stream, as a server serves it."""

    def __init__(self, asked: ApplicationCommunicator, head: dict[str, Any]) -> None:
        self.asked = asked
        self.status = head["status"]
        self.headers = {name.decode().lower(): value.decode() for name, value in head["headers"]}

    async def next(self) -> bytes:
        message = await self.asked.receive_output(5)
        return bytes(message.get("body", b""))

    async def next_line(self) -> bytes:
        while not (chunk := await self.next()).startswith(b"id:"):
            assert chunk, "The stream ended."
        return chunk


@asynccontextmanager
async def opened(
    handoff: Handoff, cookies: SimpleCookie, *, last: int | None = None, path: str = "", query: bytes = b""
) -> AsyncIterator[Page]:
    headers = [(b"host", b"localhost")]
    headers += [(b"cookie", f"{name}={cookie.value}".encode()) for name, cookie in cookies.items()]
    headers += [(b"last-event-id", str(last).encode())] if last is not None else []
    scope = {
        "type": "http",
        "method": "GET",
        "path": path or f"/handoffs/{handoff.pk}/live",
        "query_string": query,
        "headers": headers,
        "asgi": {"version": "3.0"},
    }
    asked = ApplicationCommunicator(streaming.Streaming(cast("streaming.Application", OneHop())), scope)
    await asked.send_input({"type": "http.request", "body": b""})
    try:
        yield Page(asked, dict(await asked.receive_output(5)))
    finally:
        await asked.send_input({"type": "http.disconnect"})
        await asked.wait(5)


def cookies_of(user: User) -> SimpleCookie:
    browser = Client()
    browser.force_login(user)
    return browser.cookies


def test_a_line_of_many_lines_is_one_message_of_the_stream():
    assert live.message("<li>\none</li>", sequence=7) == b"id: 7\ndata: <li>\ndata: one</li>\n\n"


def test_the_stream_sends_what_came_after_the_line_the_page_has(sent, author):
    line = note(sent, ORIGINAL, sayable=SAYABLE)
    cookies = cookies_of(author)

    async def first_line() -> bytes:
        async with opened(sent, cookies, last=line.sequence - 1) as page:
            assert page.headers["content-type"] == "text/event-stream"
            assert "content-length" not in page.headers
            return await page.next_line()

    message = run(first_line())
    assert message.startswith(f"id: {line.sequence}\n".encode())
    assert SAYABLE.encode() in message
    assert b'hx-target="#status"' in message


def test_a_page_that_comes_back_gets_each_line_once_and_then_hears_the_next(sent, author):
    first = note(sent, "One")
    note(sent, "Two")
    cookies = cookies_of(author)

    async def heard() -> list[bytes]:
        async with opened(sent, cookies, last=first.sequence - 1) as page:
            lines = [await page.next_line(), await page.next_line()]
            await sync_to_async(note)(sent, "Three")
            return [*lines, await page.next_line()]

    messages = run(heard())
    ids = [int(each.split(b"\n", 1)[0].removeprefix(b"id: ")) for each in messages]
    assert ids == [first.sequence, first.sequence + 1, first.sequence + 2]
    # How it stands comes once with what was missed, and with each line after that.
    assert [b'hx-target="#status"' in each for each in messages] == [False, True, True]


def test_two_people_of_one_side_see_the_same_line_with_a_form_token_of_their_own(sent, author, teammate):
    line = note(sent, ORIGINAL, sayable=SAYABLE)
    both = [cookies_of(author), cookies_of(author), cookies_of(teammate)]

    async def seen() -> list[bytes]:
        shown = []
        for cookies in both:
            async with opened(sent, cookies, last=line.sequence - 1) as page:
                shown.append(await page.next_line())
        return shown

    found = run(seen())
    tokens = [each.split(b'name="csrfmiddlewaretoken" value="')[1].split(b'"')[0] for each in found]
    assert len({*tokens}) == 3
    assert all(len(token) == 64 for token in tokens)
    assert live.TOKEN.encode() not in b"".join(found)
    assert len({each.replace(token, b"") for each, token in zip(found, tokens, strict=True)}) == 1


def test_a_page_that_chose_its_lines_gets_those_and_what_the_others_change(sent, author):
    left_out, wanted = note(sent, ORIGINAL), note(sent, "Found it", sayable=SAYABLE)
    cookies = cookies_of(author)

    async def heard() -> list[bytes]:
        async with opened(
            sent, cookies, last=left_out.sequence - 1, query=b"sayable=on&from=servicenow"
        ) as page:
            return [await page.next_line(), await page.next_line()]

    first, second = run(heard())
    assert first.startswith(f"id: {left_out.sequence}\n".encode())
    assert ORIGINAL.encode() not in first
    assert b'hx-target="#status"' in first
    assert f'id="line-{wanted.sequence}"'.encode() in second


def test_the_first_line_of_a_later_hop_makes_it_a_choice_on_the_open_page(sent, author):
    cookies = cookies_of(author)
    details = {"hop": 1, "number": "PLAT-42"}
    lines = [
        record(
            handoff=sent,
            line=Line(kind=Entry.Kind.NOTE, happened_at=NOW, text=text, tool="jira", details=details),
            now=NOW,
        )
        for text in ("One", "Two")
    ]

    async def heard() -> list[bytes]:
        async with opened(sent, cookies, last=lines[0].sequence - 1) as page:
            return [await page.next_line(), await page.next_line()]

    first, second = run(heard())
    assert b"Jira PLAT-42, handed on" in first.partition(b'hx-target="#sieve"')[2]
    assert b'hx-target="#sieve"' not in second


@pytest.mark.parametrize("who", ["stranger", "nobody"])
def test_the_stream_is_closed_to_everybody_else(sent, stranger, who):
    cookies = cookies_of(stranger) if who == "stranger" else SimpleCookie()

    async def status() -> int:
        async with opened(sent, cookies) as page:
            return int(page.status)

    assert run(status()) == 404


LETS_GO = {
    "logged out": lambda user, key: Session.objects.filter(pk=key).delete(),
    "idle": lambda user, key: Session.objects.filter(pk=key).update(expire_date=timezone.now()),
    "new password": lambda user, key: User.objects.filter(pk=user.pk).update(password="another"),
    "account closed": lambda user, key: User.objects.filter(pk=user.pk).update(is_active=False),
    "other teams": lambda user, key: Membership.objects.filter(user=user).delete(),
}


@pytest.mark.parametrize("why", LETS_GO)
def test_a_stream_ends_when_what_let_it_in_no_longer_holds(monkeypatch, sent, author, teammate, why):
    monkeypatch.setattr(still_in, "LOOK_EVERY_S", 0.05)
    hers, his = cookies_of(author), cookies_of(teammate)
    key = hers[settings.SESSION_COOKIE_NAME].value
    newest = Handoff.objects.get(pk=sent.pk).last_sequence

    async def ended() -> tuple[bytes, bytes]:
        async with opened(sent, hers, last=newest) as page, opened(sent, his, last=newest) as other:
            await page.next()
            await other.next()
            await sync_to_async(LETS_GO[why])(author, key)
            end = await page.next()
            await sync_to_async(note)(sent, ORIGINAL)
            return end, await other.next_line()

    end, line_of_the_other = run(ended())

    assert end == b""
    assert ORIGINAL.encode() in line_of_the_other


def test_a_server_that_stops_sends_its_pages_away_with_a_time_to_come_back(sent, author):
    cookies = cookies_of(author)

    async def last_words() -> tuple[int, list[bytes]]:
        async with opened(sent, cookies, last=sent.last_sequence) as page:
            first = await page.next()
            await asyncio.sleep(0.1)
            open_pages = followers()
            drain(asyncio.get_running_loop())
            return open_pages, [first, await page.next(), await page.next()]

    open_pages, (first, goodbye, end) = run(last_words())
    assert open_pages == 1
    hint = rb"event: come-back\nretry: (\d+)\ndata: soon\n\n"
    assert re.match(hint, first)
    said = re.fullmatch(hint, goodbye)
    assert said
    assert 500 <= int(said[1]) < 4_000
    assert end == b""


def test_a_silent_page_hears_the_heartbeat(monkeypatch, sent, author):
    monkeypatch.setattr(stream, "HEARTBEAT_S", 0.05)
    newest = Handoff.objects.get(pk=sent.pk).last_sequence

    cookies = cookies_of(author)

    async def beats() -> list[bytes]:
        async with opened(sent, cookies, last=newest) as page:
            return [await page.next(), await page.next(), await page.next()]

    first, *later = run(beats())

    assert b"\nretry: " in first
    assert later == [live.HEARTBEAT, live.HEARTBEAT]


def test_an_open_queue_hears_that_something_changed(sent, receiver):
    cookies = cookies_of(receiver)

    async def heard() -> bytes:
        async with opened(sent, cookies, path="/queue/live") as page:
            await page.next()
            await sync_to_async(note)(sent, "Something new")
            while b"event: changed" not in (chunk := await page.next()):
                pass
            return chunk

    assert b"data: queue" in run(heard())


def test_pages_without_an_asgi_server_are_told_so(sent, author, browser_of):
    answer = browser_of(author).get(f"/handoffs/{sent.pk}/live")

    assert answer.status_code == 501


def test_a_page_that_takes_nothing_is_let_go(monkeypatch):
    monkeypatch.setattr(streaming, "STALLED_S", 0.05)
    closed = []

    async def body():
        try:
            while True:
                yield b"news"
        finally:
            closed.append(True)

    async def application(scope, receive, send):
        scope[streaming.HANDED_OVER] = (body(), NOBODYS)
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        if message["type"] == "http.response.body":
            await asyncio.sleep(60)

    run(streaming.Streaming(application)(STREAM, Asker().receive, send))

    assert closed == [True]


STREAM = {"type": "http", "method": "GET", "path": "/queue/live"}


class Asker:
    """Somebody who asks for a stream, and may leave."""

    def __init__(self, *, left: bool = False, more: bool = False) -> None:
        self.left = asyncio.Event()
        self.more = more
        self.asked = 0
        if left:
            self.left.set()

    async def receive(self) -> dict[str, Any]:
        self.asked += 1
        if self.asked == 1:
            return {"type": "http.request", "body": b"", "more_body": self.more}
        await self.left.wait()
        return {"type": "http.disconnect"}


def crowded(monkeypatch, path: str, *askers: Asker) -> list[int]:
    """Who is answered while one stands in the only entrance and does not come through."""
    monkeypatch.setattr(streaming, "AT_ONCE", 1)
    answered: list[int] = []

    async def application(scope, receive, send):
        answered.append(scope["number"])
        if scope["number"] == 0:
            await asyncio.sleep(0.2)

    async def come() -> None:
        streams = streaming.Streaming(application)
        first = asyncio.create_task(streams({**STREAM, "number": 0}, Asker().receive, nothing))
        await asyncio.sleep(0.05)
        others = [
            asyncio.create_task(streams({**STREAM, "path": path, "number": place}, asker.receive, nothing))
            for place, asker in enumerate(askers, start=1)
        ]
        await asyncio.sleep(0.05)
        assert answered == [0] if streaming.is_stream({**STREAM, "path": path}) else answered == [0, 1]
        await first
        await asyncio.sleep(0.05)
        for each in others:
            each.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    run(come())
    return answered


async def nothing(message):
    pass


def test_who_has_left_is_not_let_in(monkeypatch):
    assert crowded(monkeypatch, "/queue/live", Asker(left=True), Asker()) == [0, 2]


def test_who_does_not_end_the_question_stands_in_nobodys_way(monkeypatch):
    assert crowded(monkeypatch, "/queue/live", Asker(more=True), Asker()) == [0, 2]


def test_a_probe_does_not_wait_for_the_pages_that_come_back(monkeypatch):
    assert crowded(monkeypatch, "/health/live", Asker()) == [0, 1]


def test_a_page_is_let_in_with_three_questions(sent, author, django_assert_num_queries):
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(author)

    with django_assert_num_queries(3):  # the session, the person, and who may follow it
        assert browser.get(f"/handoffs/{sent.pk}/live").status_code == 501  # no stream without its server


@pytest.mark.parametrize("who", ["author", "sender", "receiver", "both", "stranger", "nobody_of_a_team"])
@pytest.mark.parametrize("status", ["draft", "queued", "resolved", "discarded"])
def test_who_may_follow_it_is_who_may_open_it(sent, teammate, receiver, who, status):
    route = sent.route
    Handoff.objects.filter(pk=sent.pk).update(status=status)
    user = {"author": sent.author, "sender": teammate, "receiver": receiver}.get(who)
    if user is None:
        user = User.objects.create(username="somebody")
        teams = {"both": [route.receiver, route.sender], "stranger": [Team.objects.create(name="Other")]}
        for team in teams.get(who, []):
            Membership.objects.create(user=user, team=team, role=Membership.Role.LEVEL_TWO)

    found = let_in(user=user, handoff_id=sent.pk)

    unsent = status in {"draft", "discarded"}
    assert bool(found) == (Handoff.objects.open_to(user).filter(pk=sent.pk).exists() and not unsent)
    if found:
        assert found.sends == (who in {"author", "sender", "both"})
        assert found.zone == reader_of(user).zone
        assert found.teams == frozenset(Membership.objects.filter(user=user).values_list("team_id", "role"))
