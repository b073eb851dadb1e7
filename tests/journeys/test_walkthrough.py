"""Every ticket goes all the way: our own world's, and recorded ones as foreign as they come."""

import json
from pathlib import Path

from tests.journeys.running import Running, running
from tests.rooms import room


def test_every_ticket_of_the_practice_world_goes_all_the_way(baton: Running):
    done = baton.manage("walkthrough", "--all")

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "tickets went all the way" in done.stdout


def test_every_recorded_ticket_goes_all_the_way(shared: Path):
    folder = shared / "recorded" / "zendesk"
    tickets = sorted({reference for file in folder.rglob("*.json") for reference in references(file)})
    assert tickets
    with running(room("recorded"), PRACTICE_EXTRA=str(folder)) as baton:
        done = baton.manage("walkthrough", *tickets)

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert f"{len(tickets)} of {len(tickets)} tickets went all the way" in done.stdout


def references(file: Path) -> list[str]:
    """The ids of the tickets in a recorded answer, whatever its shape."""
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return []
    if not isinstance(values, dict):
        return []
    one, many = values.get("ticket"), values.get("tickets")
    found = [*([one] if isinstance(one, dict) else []), *(many if isinstance(many, list) else [])]
    return [str(each["id"]) for each in found if isinstance(each.get("id"), int) and "subject" in each]
