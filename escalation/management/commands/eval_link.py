"""`manage.py eval_link`: how good is linking, beside the baselines, in one run?

Tries every project of `fixtures/eval/link`, and of the shared evaluation data where that folder is
(`BATON_SHARED`, else `../shared`). Baselines: the most frequent entries, and the shared data's own program.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # before NumPy is loaded

from escalation.linking.protocol import Conversation  # noqa: E402
from escalation.linking.trial import Figures, Project, Setting, Trial, mean, prepare, score  # noqa: E402

Answer = Callable[[str], str | None]
_HEAD = f"{'':30}{'top 1':>7}{'top 3':>7}{'cov.9':>7}{'sure':>7}{'right':>7}{'ms p95':>8}"


class Command(BaseCommand):
    """Try linking on projects whose answers are known."""

    help = "Prints linking's figures beside the baselines'."
    requires_system_checks: list[str] = []  # noqa: RUF012  (Django's own declaration)
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to try."""
        parser.add_argument("--tried", default=",".join(Setting))
        parser.add_argument("--projects", default="", help="comma-separated; all without it")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Try all, setting by setting."""
        shared = Path(os.environ.get("BATON_SHARED") or settings.BASE_DIR.parent / "shared") / "eval"
        baseline = shared / "harness" / "baseline_link.py"
        for title, folder in (
            ("our own cases", settings.BASE_DIR / "fixtures" / "eval" / "link"),
            ("shared cases", shared / "data" / "dev" / "link"),
        ):
            projects = [p for p in _projects(folder) if p.name in (options["projects"] or p.name).split(",")]
            self.stdout.write(f"\nlinking, {title}: {len(projects)} projects")
            for setting in map(Setting, options["tried"].split(",")):
                self._try(projects, setting, baseline if baseline.exists() else None)

    def _try(self, projects: list[Project], setting: Setting, baseline: Path | None) -> None:
        trials = [(p.name, trial) for p in projects if (trial := prepare(p, setting))]
        if not trials:
            return
        self.stdout.write(f"\n{setting:30}{_HEAD[30:]}")
        ours = [self._line(name, _run(trial, Conversation().hear)) for name, trial in trials]
        self._line("mean", mean(ours))
        self._line("  most frequent", mean([_run(trial, MostFrequent().hear) for _, trial in trials]))
        if baseline:
            figures = []
            for _, trial in trials:
                with _program(baseline) as hear:
                    figures.append(_run(trial, hear))
            self._line("  baseline_link.py", mean(figures))

    def _line(self, name: str, figures: Figures) -> Figures:
        shares = (figures.top1, figures.top3, figures.covered_at_90, figures.sure, figures.sure_and_right)
        self.stdout.write(f"{name:30}{''.join(f'{share:7.3f}' for share in shares)}{figures.ms_p95:8.1f}")
        self.stdout.flush()
        return figures


class MostFrequent:
    """A baseline that never reads: the entries that were right most often."""

    def __init__(self) -> None:
        """Start with nothing counted."""
        self._kinds: dict[str, str] = {}
        self._counts: Counter[str] = Counter()

    def hear(self, line: str) -> str | None:
        """Speak the protocol."""
        event = json.loads(line)
        if event["op"] == "catalog":
            self._kinds = {entry["id"]: entry["kind"] for entry in event["entries"]}
        for item in event.get("items", [event] if event["op"] == "feedback" else []):
            self._counts.update(item["labels"])
        if event["op"] == "query":
            ids = sorted(i for i, kind in self._kinds.items() if kind == event["kind"])
            total = sum(self._counts[i] for i in ids) or 1
            ranked = sorted(({"id": i, "score": self._counts[i] / total} for i in ids), key=_by_score)
            return json.dumps({"id": event["id"], "ranked": ranked[:20]})
        return '{"ready":true}' if event["op"] == "ready" else None


def _by_score(found: dict[str, Any]) -> float:
    return -float(found["score"])


def _run(trial: Trial, hear: Answer) -> Figures:
    answers = []
    for event in trial.lines:
        line = json.dumps(event)
        start = perf_counter()
        answer = hear(line)
        if event["op"] == "query" and answer:
            answers.append({**json.loads(answer), "ms": 1000 * (perf_counter() - start)})
    return score(trial, answers)


@contextmanager
def _program(path: Path) -> Iterator[Answer]:
    """Start a program that speaks the protocol on its standard streams."""
    command = [sys.executable, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:  # noqa: S603  (a path of ours)
        if running.stdin is None or running.stdout is None:
            raise RuntimeError("The baseline was started without its streams.")
        said, heard = running.stdin, running.stdout

        def hear(line: str) -> str | None:
            said.write(line + "\n")
            said.flush()
            return heard.readline() if json.loads(line)["op"] in ("ready", "query") else None

        yield hear
        said.close()


def _projects(folder: Path) -> list[Project]:
    found = []
    for path in sorted(folder.glob("*.items.jsonl")):
        name = path.name.split(".")[0]
        catalog = _records(folder / f"{name}.catalog.jsonl")
        found.append(Project(name=name, catalog=catalog, items=_records(path)))
    return found


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
