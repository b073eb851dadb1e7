"""What is measured of the live timeline: lateness, how many pages are held, what a storm of them does."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import psycopg

from escalation.management.live_bench import echo
from escalation.management.live_bench.pages import OpenPage, open_all
from escalation.management.live_bench.painting import Eyes, all_painted, windows
from escalation.management.live_bench.server import Server
from escalation.management.live_bench.world import World, Written, database_url
from escalation.management.live_bench.writing import Job, Writer
from escalation.management.measuring import Measured, Sheet, percentile

PAGES_PER_HANDOFF = 4
ARRIVES_WITHIN_S = 600.0  # of lines that are on their way; on a machine that does other work they are late
P99_MS = 150.0
RAW = "bench_raw"


class Lost(Exception):
    """Lines did not reach every page in time; the text says how many pages lack some."""


@dataclass(kw_only=True, slots=True)
class Run:
    """One run: its pace, who writes, where its figures go, and where each timeline stands."""

    sheet: Sheet
    writer: Writer
    updates: int
    every_s: float
    p99_ms: float = P99_MS
    bare: float | None = None  # how late the 99th is on the bare echo, once that is measured
    newest: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def say(self, name: str, value: float, unit: str, **beside: Any) -> None:
        """This will print one figure."""
        self.sheet.tell(Measured(name=f"live.{name}", value=value, unit=unit, **beside))

    async def write(self, names: Sequence[str], *, channel: str = "") -> Written:
        """This will have lines written, or bare notices on that channel, while the pages look."""
        job = Job(names=names, every_s=self.every_s, channel=channel)
        written = await asyncio.to_thread(self.writer.write, job)
        self.newest |= written.newest
        return written

    def turns(self, names: Sequence[str]) -> list[str]:
        """The names in turn, as many as there are updates."""
        return [names[place % len(names)] for place in range(self.updates)]

    def pages(self, world: World, count: int, *, handoffs: int) -> list[OpenPage]:
        """That many pages over that many handoffs, each having all that is there."""
        shown = [str(world.handoffs[place % handoffs]) for place in range(count)]
        return [
            OpenPage(
                f"/handoffs/{name}/live",
                cookie=world.cookies[place % len(world.cookies)],
                last=self.newest[name],
            )
            for place, name in enumerate(shown)
        ]

    async def all_arrived(self, pages: Sequence[OpenPage]) -> None:
        """This will wait until every page has the newest line of what it shows."""
        end = perf_counter() + ARRIVES_WITHIN_S
        while behind := sum(page.newest < self.newest[page.name] for page in pages):
            if perf_counter() > end:
                raise Lost(f"{behind} of {len(pages)} pages did not get every line in time.")
            await asyncio.sleep(0.05)


async def raw_notify(run: Run) -> None:
    """Milliseconds from commit to a bare LISTEN having it, the 99th of a hundred."""
    connection = await psycopg.AsyncConnection.connect(database_url(), autocommit=True)
    async with connection as heard:
        await heard.execute(f"LISTEN {RAW}")
        writing = asyncio.create_task(run.write(["x"] * run.updates, channel=RAW))
        at: dict[int, float] = {}
        async for notice in heard.notifies(stop_after=run.updates, timeout=ARRIVES_WITHIN_S):
            at[int(notice.payload.partition(":")[2])] = perf_counter()
        written = await writing
    late = [1000 * max(0.0, at[number] - when) for (_, number), when in written.at.items()]
    run.say("raw_notify_ms_p99", percentile(late, 0.99), "ms")


async def bare_echo(run: Run, server: Server, *, count: int) -> None:
    """The same with as many streams open on an application that only passes on."""
    pages = [OpenPage(f"/page-{place // PAGES_PER_HANDOFF}") for place in range(count)]
    await open_all(pages, port=server.port)
    written = await run.write(run.turns(sorted({page.name for page in pages})), channel=echo.CHANNEL)
    await run.all_arrived(pages)
    late = lateness(pages, written)
    run.bare = percentile(late, 0.99)
    run.say(f"bare_echo_ms_p99.{count}", run.bare, "ms")
    _drop(pages)


async def latency(run: Run, server: Server, world: World, *, count: int) -> None:
    """How late a line is: on pages of many handoffs, and where all look at one."""
    handoffs = count // PAGES_PER_HANDOFF
    pages = run.pages(world, count, handoffs=handoffs)
    await open_all(pages, port=server.port)
    names = run.turns([str(each) for each in world.handoffs[:handoffs]])
    written = await run.write(names)
    await run.all_arrived(pages)
    late = lateness(pages, written)
    run.say(f"received_ms_p50.{count}", percentile(late, 0.5), "ms")
    run.say(f"received_ms_p99.{count}", percentile(late, 0.99), "ms", limit=run.p99_ms, baseline=run.bare)
    _drop(pages)
    pages = run.pages(world, count, handoffs=1)
    await open_all(pages, port=server.port)
    written = await run.write([str(world.handoffs[0])] * min(10, run.updates))
    await run.all_arrived(pages)
    run.say(f"received_all_on_one_ms_p99.{count}", percentile(lateness(pages, written), 0.99), "ms")
    _drop(pages)


async def painting(run: Run, server: Server, world: World, *, count: int, eyes: Eyes) -> None:
    """How late a line is before somebody's eyes, in windows beside the open pages."""
    pages = run.pages(world, count, handoffs=count // PAGES_PER_HANDOFF)
    await open_all(pages, port=server.port)
    names = [str(each) for each in world.handoffs[: eyes.windows]]
    async with windows(world, names, port=server.port, chromium=eyes.chromium) as opened:
        written = await run.write(run.turns(names))
        late = await all_painted(opened, written, within_s=ARRIVES_WITHIN_S)
    run.say(f"painted_ms_p50.{count}", percentile(late, 0.5), "ms")
    run.say(f"painted_ms_p99.{count}", percentile(late, 0.99), "ms", limit=run.p99_ms, baseline=run.bare)
    _drop(pages)


async def held(run: Run, server: Server, world: World, *, count: int) -> list[OpenPage]:
    """How many one process holds, and at what cost; the pages are left open."""
    before = server.memory_kb
    pages = run.pages(world, count, handoffs=count // PAGES_PER_HANDOFF)
    start = perf_counter()
    await open_all(pages, port=server.port)
    run.say(f"opened_s.{count}", perf_counter() - start, "s")
    await asyncio.sleep(1)
    run.say(f"memory_per_page_kb.{count}", (server.memory_kb - before) / count, "kB")
    run.say(f"threads.{count}", server.threads, "threads")
    names = run.turns(sorted({page.name for page in pages}))
    written = await run.write(names)
    await run.all_arrived(pages)
    run.say(f"received_ms_p99.{count}", percentile(lateness(pages, written), 0.99), "ms")
    return pages


async def storm(run: Run, server: Server, pages: list[OpenPage]) -> None:
    """All connections break at once, lines come meanwhile, and all pages come back together."""
    _drop(pages)
    await asyncio.sleep(0.5)
    pace, run.every_s = run.every_s, 0.0
    names = sorted({page.name for page in pages})
    await run.write(names * 2)
    again = [page.again() for page in pages]
    start = perf_counter()
    coming = asyncio.create_task(open_all(again, port=server.port))
    await run.write(names)  # and while they come back
    refused = await coming
    await run.all_arrived(again)
    count = len(pages)
    run.say(f"storm_s.{count}", perf_counter() - start, "s")
    run.say(f"storm_tries_refused.{count}", refused, "tries")
    await asyncio.sleep(0.5)  # what comes twice would come now
    wrong = [page for page in again if not complete(page, run.newest[page.name])]
    run.say(f"storm_pages_with_gap_or_repeat.{count}", len(wrong), "pages", limit=0)
    run.every_s = pace
    _drop(again)


def complete(page: OpenPage, newest: int) -> bool:
    """Whether the page got every line after its last, each once and in order."""
    return [number for number, _ in page.lines] == list(range(page.last + 1, newest + 1))


def lateness(pages: Sequence[OpenPage], written: Written) -> list[float]:
    """Milliseconds from commit to each page having the line."""
    return [
        1000 * max(0.0, at - written.at[page.name, number])
        for page in pages
        for number, at in page.lines
        if (page.name, number) in written.at
    ]


def _drop(pages: Sequence[OpenPage]) -> None:
    for page in pages:
        page.drop()
