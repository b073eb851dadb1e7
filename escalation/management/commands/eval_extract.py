"""`manage.py eval_extract`: how good are extraction and prefill, beside the baselines, in one run?

Reads our own cases in `fixtures/eval`, and the shared evaluation data where that folder is
(`BATON_SHARED`, else `../shared`), with the baseline programs that lie beside it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from escalation.extraction.protocol import extract_answer, prefill_answer
from escalation.extraction.scoring import Figures, entity_figures, item_figures

Rows = list[dict[str, Any]]
BASELINE_SECONDS = 120
# Written before the rules were changed for them (one half studied, one read once), and after.
LATER = ("harbour_develop", "harbour_locked", "quay")


class Command(BaseCommand):
    """Scores what this Baton finds on labelled texts and conversations."""

    help = "Prints the figures of extraction and prefill beside the baselines'."
    requires_system_checks: list[str] = []  # noqa: RUF012  (Django's own declaration)
    requires_migrations_checks = False

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Score our own cases, then the shared ones."""
        shared = Path(os.environ.get("BATON_SHARED") or settings.BASE_DIR.parent / "shared") / "eval"
        for title, folder in (
            ("our own cases", settings.BASE_DIR / "fixtures" / "eval"),
            ("shared cases", shared / "data" / "dev"),
        ):
            if folder.exists():
                self._score(f"extraction, {title}", folder / "extract", shared, _Extract)
                self._score(f"prefill, {title}", folder / "prefill", shared, _Prefill)
                # Other desks, other styles, texts written before the rules were read: harder, and apart so
                # that no figure hides in another.
                for more in (
                    "fresh_develop",
                    "fresh_locked",
                    "next_develop",
                    "next_locked",
                    "third",
                    "plain",
                    *LATER,
                ):
                    self._score(f"extraction, {title}, {more}", folder / f"extract_{more}", shared, _Extract)
                for more in ("desks", "styles", "fresh_develop", "fresh_locked", *LATER):
                    self._score(f"prefill, {title}, {more}", folder / f"prefill_{more}", shared, _Prefill)

    def _score(self, title: str, folder: Path, shared: Path, task: "type[_Extract | _Prefill]") -> None:
        asked, gold = _read(folder / "input.jsonl"), _read(folder / "gold.jsonl")
        if not gold:
            return
        self.stdout.write(f"\n{title}: {len(gold)} cases\n{'':24}{'labelled':>9}{'P':>7}{'R':>7}{'F1':>7}")
        for row in task.figures(gold, {line["id"]: line[task.found] for line in map(task.answer, asked)}):
            self._line(row.name, row)
        baseline = shared / "harness" / f"baseline_{task.name}.py"
        if baseline.exists():
            answers = _run(baseline, asked)
            row = task.figures(gold, {line["id"]: line[task.found] for line in answers})[-2]
            self._line(f"  {baseline.name}, micro", row)

    def _line(self, name: str, row: Figures) -> None:
        shares = f"{100 * row.precision:7.1f}{100 * row.recall:7.1f}{100 * row.f1:7.1f}"
        self.stdout.write(f"{name:24}{row.labelled:9}{shares}")


class _Extract:
    name, found = "extract", "entities"
    answer: Callable[[Any], dict[str, Any]] = staticmethod(extract_answer)
    figures: Callable[..., Sequence[Figures]] = staticmethod(entity_figures)


class _Prefill:
    name, found = "prefill", "items"
    answer: Callable[[Any], dict[str, Any]] = staticmethod(prefill_answer)
    figures: Callable[..., Sequence[Figures]] = staticmethod(item_figures)


def _read(path: Path) -> Rows:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _run(program: Path, asked: Rows) -> Rows:
    """Run a baseline over the same lines."""
    lines = "".join(json.dumps(row) + "\n" for row in asked)
    done = subprocess.run(  # noqa: S603  (a path of ours)
        [sys.executable, str(program)], input=lines, capture_output=True, text=True, check=True,
        timeout=BASELINE_SECONDS,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]
