"""Is anything lost when everything breaks? `make faults-form` types handoffs while the parts are killed.

At random moments of the typing the tab, the web server or the worker is killed, the database restarted, or
the session ends; and at the press of Send too. One hundred times, from a seed that is printed. Broken is a
line that is gone or stands twice, typing of more than two seconds lost, or a handoff that became no incident,
or two. One JSON line per figure; exit code 1 when a limit is broken.
"""

import argparse
import json
import random
import re
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Error, Page, sync_playwright

from escalation.management.measuring import Measured, Sheet
from launch.bench.effort import log_in
from launch.bench.typist import Typist
from launch.bench.world import World, a_world
from launch.chromium import FLAGS, find

TYPING = ("tab", "web", "worker", "database", "session")
SENDING = ("web", "worker", "database")
LINES_EACH = 9  # typed on one handoff before it is sent, each through a disaster
MOST_LOST_S = 2.0
DELIVERED_WITHIN_S = 240
EDIT, SENT = re.compile(r"/edit"), re.compile(r"/handoffs/[0-9a-f-]+$")


class Trial:
    """One run: what was done, what was lost."""

    def __init__(self, world: World, browser: Browser, *, seed: int) -> None:
        """Log in, and count what is there before."""
        self.world = world
        self.random = random.Random(seed)  # noqa: S311  # chance for a trial, not for a secret
        self.context = log_in(browser, world.place.address, "level-one").context
        self.mark = f"of {seed:06}"  # in every title, so that its incidents are found again
        self.kills: Counter[str] = Counter()
        self.lost_s: list[float] = []
        self.lost_lines: list[str] = []
        self.doubled_lines: list[str] = []
        self.sent: list[str] = []

    def one_handoff(self, *, disasters: int) -> None:
        """Type a handoff through so many disasters, the last of them at the press of Send."""
        typist = self._begin()
        written = []
        for number in range(disasters - 1):
            line = f"handoff {len(self.sent)} line {number} checked and found in order"
            self._type(typist, line)
            written.append(line)
            self._compare(typist.lines(), written)
        self._compare(typist.look_again(), written)
        self._send(typist)

    def _begin(self) -> Typist:
        page = self.context.new_page()
        page.goto("/desk")
        page.get_by_role("button", name="Begin with an empty form").click()
        page.wait_for_url(EDIT)
        typist = Typist(self.context, page.url)
        page.close()
        typist.page.locator("#id_summary").fill(f"Trial {len(self.sent)} {self.mark}")
        typist.page.locator("#id_ask").fill("Nothing; this is a trial")
        typist.wait_until_saved()
        return typist

    def _type(self, typist: Typist, line: str) -> None:
        kind, at = self.random.choice(TYPING), self.random.randrange(3, len(line) - 3)
        self.kills[kind] += 1
        if kind == "tab":
            self.lost_s.append(typist.type_until_killed(line, at=at))
        else:
            typist.type_line(line, at=at, disaster=lambda: self._strike(kind, typist.page))
            self.world.wait()
            if kind == "session":
                typist.log_in_again("level-one")
        typist.wait_until_saved()

    def _strike(self, kind: str, page: Page) -> None:
        if kind == "session":
            page.context.clear_cookies(name="sessionid")
        elif kind == "database":
            self.world.restart_database()
        else:
            self.world.crash(kind)

    def _compare(self, there: list[str], written: list[str]) -> None:
        counted = Counter(there)
        self.lost_lines += [line for line in written if not counted[line] and line not in self.lost_lines]
        self.doubled_lines += [line for line in written if counted[line] > 1]

    def _send(self, typist: Typist) -> None:
        page, kind = typist.page, self.random.choice(SENDING)
        self.kills[f"{kind} while sending"] += 1
        page.goto(typist.address.replace("/edit", "/review"))
        if self.random.random() < 0.5:
            self._strike(kind, page)
            self._press_send(page)
        else:
            self._press_send(page)
            self._strike(kind, page)
        self.world.wait()
        for _ in range(3):  # as a person who saw an error page, or nothing: look, and press if it is offered
            page.goto(typist.address.replace("/edit", "/review"))
            if SENT.search(page.url):
                break
            self._press_send(page)
        self.sent.append(page.url)
        page.close()

    def _press_send(self, page: Page) -> None:
        try:
            page.get_by_role("button", name="Send to").click(timeout=5_000)
            page.wait_for_load_state()
        except Error:
            return  # the server was gone; the person looks again

    def incidents(self) -> Counter[str]:
        """Wait until every handoff sent has arrived, and count the incidents of each by its title."""
        end = time.monotonic() + DELIVERED_WITHIN_S
        while True:
            titles = Counter(_titles(self.world, self.mark))
            if len(titles) >= len(self.sent) or time.monotonic() > end:
                return titles
            time.sleep(1)


def run(out: Sheet, *, kills: int, seed: int) -> None:
    """Play the trial and print its figures."""
    with tempfile.TemporaryDirectory() as data, a_world(Path(data)) as world, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=find(), args=list(FLAGS))
        trial = Trial(world, browser, seed=seed)
        while (left := kills - trial.kills.total()) > 0:
            trial.one_handoff(disasters=min(left, LINES_EACH + 1))
        arrived = trial.incidents()
        browser.close()
    for kind, count in sorted(trial.kills.items()):
        out.tell(Measured(name=f"faults.{kind.replace(' ', '_')}", value=count, unit="times"))
    out.tell(Measured(name="faults.all", value=trial.kills.total(), unit="times"))
    figures = {
        "faults.typing_lost_s_max": max(trial.lost_s, default=0.0),
        "faults.lines_lost": len(trial.lost_lines),
        "faults.lines_doubled": len(trial.doubled_lines),
        "faults.handoffs_not_sent": len(trial.sent) - len(arrived),
        "faults.handoffs_sent_twice": sum(1 for count in arrived.values() if count > 1),
    }
    for name, value in figures.items():
        limit = MOST_LOST_S if name.endswith("_max") else 0
        out.tell(Measured(name=name, value=value, unit="s" if limit else "count", limit=limit))


def _titles(world: World, mark: str) -> list[str]:
    """The titles of this trial's incidents, from the list that the practice ServiceNow shows people."""
    address = f"http://127.0.0.1:{world.place.tool_ports['servicenow']}/?show=all&q={quote(mark)}"
    with urllib.request.urlopen(address, timeout=10) as answer:  # our own practice tool
        return re.findall(rf"<td>(Trial \d+ {mark})</td>", answer.read().decode())


def main() -> int:
    """Take the number of kills and the seed from the command line."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--kills", type=int, default=100)
    words.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311
    asked = words.parse_args()
    print(json.dumps({"seed": asked.seed}), flush=True)
    out = Sheet(sys.stdout)
    run(out, kills=asked.kills, seed=asked.seed)
    return 1 if out.broken else 0


if __name__ == "__main__":
    sys.exit(main())
