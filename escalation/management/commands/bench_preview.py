"""`manage.py bench_preview`: how soon does the server answer a pause in typing, with a big company's catalog?

One JSON line per figure. Each request is the form's own: the whole draft posted with another word in it, all
the way from the outermost middleware to the rendered answer; only the network is missing. It writes into the
database that it is given: `make bench-form` gives it one of its own.
"""

from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test import Client, override_settings
from django.utils import timezone

from escalation.capture.draft import state_of
from escalation.catalog.index import index_at_hand
from escalation.knowledge.state import KnowledgeState
from escalation.management.measuring import Measured, Sheet, percentile
from escalation.management.preview_world import build, posted
from escalation.models import Handoff

P95_MS = 60.0
FIRST_MS = 2_000.0  # what was typed is saved within two seconds, also while the names are being read in
PATIENCE_S = 0.5  # as config.settings has it for a web process
WARM, SERIES = 5, 3  # other work on a machine only makes it slower: the best series is held to the limit
AS_THE_PAGE_POSTS = "application/x-www-form-urlencoded"


class Command(BaseCommand):
    """Measure the preview on the server."""

    help = "Prints how long a save with its preview takes, one JSON line per figure."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the sizes."""
        parser.add_argument("--entries", type=int, default=100_000)
        parser.add_argument("--lessons", type=int, default=300)
        parser.add_argument("--saves", type=int, default=60, help="of each series")
        parser.add_argument("--p95-may-be", type=float, default=P95_MS, help="ms")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Build a world, type into it, print; fail where the promise is broken."""
        handoff = build(entries=options["entries"], lessons=options["lessons"], now=timezone.now())
        browser = Client(HTTP_HOST="localhost")
        browser.force_login(handoff.author)
        sheet = Sheet(self.stdout)
        _first(browser, handoff, sheet)
        sheet.tell(Measured(name="preview.lines", value=_lines(state_of(handoff)), unit="items"))
        for number in range(WARM):
            _save(browser, handoff, f"warm{number}")
        series = [_series(browser, handoff, options["saves"], number) for number in range(SERIES)]
        best = min(series, key=lambda each: percentile(each, 0.95))
        bare = [_bare(browser) for _ in range(options["saves"])]
        sheet.tell(Measured(name="preview.server_p50", value=percentile(best, 0.5), unit="ms"))
        sheet.tell(
            Measured(
                name="preview.server_p95",
                value=percentile(best, 0.95),
                unit="ms",
                baseline=percentile(bare, 0.95),
                limit=options["p95_may_be"],
            )
        )
        every = [taken for each in series for taken in each]
        sheet.tell(Measured(name="preview.server_p95_of_all", value=percentile(every, 0.95), unit="ms"))
        if sheet.broken:
            raise CommandError(f"Promises broken: {', '.join(each.name for each in sheet.broken)}")


def _first(browser: Client, handoff: Handoff, sheet: Sheet) -> None:
    """Save once as a web process does that has no names yet, then wait for them."""
    start = perf_counter()
    with override_settings(LINKS_PATIENCE_S=PATIENCE_S):
        first = _save(browser, handoff, "first")
        while index_at_hand(connection_id=handoff.route.target_id) is None:
            pass
    sheet.tell(Measured(name="preview.first_save", value=first, unit="ms", limit=FIRST_MS))
    sheet.tell(Measured(name="preview.names_read_in", value=perf_counter() - start, unit="s"))


def _series(browser: Client, handoff: Handoff, saves: int, number: int) -> list[float]:
    return [_save(browser, handoff, f"word{number}x{save}") for save in range(saves)]


def _bare(browser: Client) -> float:
    start = perf_counter()
    browser.get("/health/ready")
    return 1000 * (perf_counter() - start)


def _save(browser: Client, handoff: Handoff, word: str) -> float:
    """Milliseconds from the request to the answer; what a browser does before it is not counted."""
    handoff.refresh_from_db()
    fields = urlencode(posted(handoff, line=word))
    start = perf_counter()
    answer = browser.post(f"/handoffs/{handoff.pk}/save", fields, content_type=AS_THE_PAGE_POSTS)
    taken = 1000 * (perf_counter() - start)
    if answer.status_code != 200 or word not in answer.content.decode():
        raise CommandError(f"The save was answered with {answer.status_code}, without the typed word.")
    return taken


def _lines(state: KnowledgeState) -> int:
    return sum(1 for _ in state.items())
