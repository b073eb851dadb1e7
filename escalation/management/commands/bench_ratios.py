"""`manage.py bench_ratios`: how many times its own minimum does each thing cost?

One JSON line per ratio, beside its limit and the minimum from the same run (``management.bare``). Requests go
through the whole stack without the network, turn by turn with their minimum, so that a busy moment of the
machine hits both. It writes into the database that it is given; `make bench` gives it one of its own.
"""

import base64
import hashlib
import hmac
import itertools
import json
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test import Client, override_settings
from django.utils import timezone

from escalation.capture.preview import preview
from escalation.management import bare
from escalation.management.dispatched import dispatched
from escalation.management.measuring import Measured, Promise, Sheet, alternately
from escalation.management.preview_world import build, posted
from escalation.models import Handoff
from escalation.outbox import engine

PREVIEW_AT_MOST, SEND_AT_MOST = 8.0, 3.0
HOOK_AT_LEAST = DISPATCH_AT_LEAST = 0.5
FORM = "application/x-www-form-urlencoded"


class Command(BaseCommand):
    """Measure the ratios."""

    help = "Prints what preview, send, webhook and dispatch cost beside their minimum, one JSON line each."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the sizes."""
        parser.add_argument("--entries", type=int, default=10_000, help="names in the catalog")
        parser.add_argument("--times", type=int, default=60, help="of each request")
        parser.add_argument("--handoffs", type=int, default=160, help="delivered over loopback")
        parser.add_argument("--port", type=int, default=9301, help="of the practice tool")

    def handle(self, *_: Any, **options: Any) -> None:
        """Measure one after the other; fail where a limit is not kept."""
        engine.work_without_a_broker()
        sheet, times = Sheet(self.stdout), options["times"]
        draft = build(entries=options["entries"], lessons=100, now=timezone.now())
        with override_settings(ROOT_URLCONF="escalation.management.bare"):
            browser = Client(HTTP_HOST="localhost")
            browser.force_login(draft.author)
            for figure in (
                _preview(browser, draft, times),
                _send(browser, draft, times),
                _hook(draft, times),
            ):
                sheet.tell(figure)
        taken, least = dispatched(port=options["port"], handoffs=options["handoffs"])
        sheet.tell(_per_second("ratio.dispatch", taken, least, DISPATCH_AT_LEAST))
        if sheet.broken:
            raise CommandError(f"Limits broken: {', '.join(each.name for each in sheet.broken)}")


def _preview(browser: Client, draft: Handoff, times: int) -> Measured:
    draft.refresh_from_db()
    # What a browser posts is put together by the browser: beforehand, and for both sides.
    fields, revisions = posted(draft, line="again"), itertools.count(draft.revision)
    bodies = (urlencode(_typed(fields, revision)).encode() for revision in revisions)
    ahead = [next(bodies) for _ in range(times + 4)]
    address, posts = f"/handoffs/{draft.pk}/save", iter(ahead)
    ours: Callable[[], Any] = lambda: _expect(  # noqa: E731
        browser.post(address, next(posts), content_type=FORM), 200
    )
    bare.Page.body = ours().content
    theirs = lambda: _expect(browser.post("/bare/bytes", ahead[0], content_type=FORM), 200)  # noqa: E731
    taken, least = alternately((ours, theirs), times=times)
    return Measured(
        name="ratio.preview",
        value=median(taken),
        unit="ms",
        baseline=median(least),
        limit=PREVIEW_AT_MOST,
        promise=Promise.RATIO_AT_MOST,
    )


def _typed(fields: dict[str, str], revision: int) -> dict[str, str]:
    """The form as the next pause in typing posts it: another word, and the revision of the answer before."""
    first = next(name for name in fields if name.startswith("facts-0-statement"))
    return fields | {"revision": str(revision), first: f"{fields[first]} word{revision}"}


def _send(browser: Client, draft: Handoff, times: int) -> Measured:
    ready = _ready_drafts(draft, count=times + 3)
    ours: Callable[[], object] = lambda: _confirm(browser, *next(ready))  # noqa: E731
    theirs = lambda: _expect(browser.post("/bare/rows"), 302)  # noqa: E731
    taken, least = alternately((ours, theirs), times=times)
    return Measured(
        name="ratio.send",
        value=median(taken),
        unit="ms",
        baseline=median(least),
        limit=SEND_AT_MOST,
        promise=Promise.RATIO_AT_MOST,
    )


def _ready_drafts(draft: Handoff, *, count: int) -> Iterator[tuple[Handoff, str]]:
    """Drafts as the reviewer sees them: the fingerprint stands on the page before the press."""
    made = []
    for _ in range(count):
        copy = Handoff.objects.get(pk=draft.pk)
        copy.pk, copy._state.adding, copy.source_reference = None, True, ""  # noqa: SLF001  # Django's own way
        copy.save()
        made.append((copy, preview(handoff=copy).draft.fingerprint()))
    return iter(made)


def _confirm(browser: Client, draft: Handoff, fingerprint: str) -> None:
    _expect(
        browser.post(f"/handoffs/{draft.pk}/review", {"fingerprint": fingerprint, "reason": "bench"}), 302
    )


def _hook(draft: Handoff, times: int) -> Measured:
    source = draft.route.source
    source.keep_webhook_secret("bench-secret")
    source.save()
    tool, numbers = Client(HTTP_HOST="localhost"), itertools.count()

    def body() -> bytes:
        about = {
            "id": str(next(numbers)),
            "type": "zen:event-type:ticket.comment_added",
            "detail": {"id": "1"},
        }
        return json.dumps(about | {"event": {"comment": {"body": "x" * 400}}}).encode()

    def ours() -> None:
        said, stamp = body(), timezone.now().isoformat()
        digest = hmac.new(b"bench-secret", stamp.encode() + said, hashlib.sha256).digest()
        signed = {
            "X-Zendesk-Webhook-Signature": base64.b64encode(digest).decode(),
            "X-Zendesk-Webhook-Signature-Timestamp": stamp,
        }
        address = f"/hooks/zendesk/{source.pk}/"
        _expect(tool.post(address, said, content_type="application/json", headers=signed), 202)

    def theirs() -> None:
        said = body()
        signed = {"X-Signature": hmac.new(bare.SECRET, said, hashlib.sha256).hexdigest()}
        _expect(tool.post("/bare/hook", said, content_type="application/json", headers=signed), 202)

    taken, least = alternately((ours, theirs), times=times)
    return _per_second("ratio.webhook", taken, least, HOOK_AT_LEAST)


def _per_second(name: str, taken: list[float], least: list[float], limit: float) -> Measured:
    return Measured(
        name=name,
        value=1000 / median(taken),
        unit="per second",
        baseline=1000 / median(least),
        limit=limit,
        promise=Promise.RATIO_AT_LEAST,
    )


def _expect(answer: Any, status: int) -> Any:
    if answer.status_code != status:
        raise CommandError(f"Answered with {answer.status_code} where {status} was expected.")
    return answer
