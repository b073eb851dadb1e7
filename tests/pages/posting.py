"""How a browser fills the form in: the fields of a page, as it would post them."""

from html.parser import HTMLParser
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from escalation.capture.preview import preview
from escalation.capture.submit import submit
from escalation.lifecycle.words import Status
from escalation.models import Entry, Handoff
from escalation.timeline.record import Line, record
from tests import builders


class _Fields(HTMLParser):
    """The named fields of the form with that id, with the values that a browser would send."""

    def __init__(self, form_id: str) -> None:
        super().__init__(convert_charrefs=True)
        self.form_id = form_id
        self.values: dict[str, str] = {}
        self.inside = False
        self.templates = 0
        self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        if tag == "form":
            self.inside = own.get("id") == self.form_id
        self.templates += tag == "template"
        name = own.get("name") or ""
        if not self.inside or self.templates or not name:
            return
        if tag == "textarea":
            self.area = name
            self.values[name] = ""
        if tag == "input" and (own.get("type") not in {"radio", "checkbox"} or "checked" in own):
            self.values[name] = own.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        self.templates -= tag == "template"
        self.inside = self.inside and tag != "form"
        self.area = "" if tag == "textarea" else self.area

    def handle_data(self, data: str) -> None:
        if self.area:
            # A browser drops the line break after the opening tag.
            self.values[self.area] += data.removeprefix("\n")


def fields_of(browser: Client, handoff: Handoff) -> dict[str, str]:
    """Open the form and return what it would post untouched."""
    answer = browser.get(f"/handoffs/{handoff.pk}/edit")
    assert answer.status_code == 200
    return fields_in(answer.content.decode())


def fields_in(html: str, *, form_id: str = "sheet") -> dict[str, str]:
    """Return what the form in this page would post untouched."""
    reader = _Fields(form_id)
    reader.feed(html)
    return reader.values


def press(browser: Client, handoff: Handoff, do: str, **changes: str) -> Any:
    """Open the form, change fields and press one of its buttons, as with script off."""
    fields = fields_of(browser, handoff) | {key.replace("__", "-"): value for key, value in changes.items()}
    return browser.post(f"/handoffs/{handoff.pk}/edit", fields | {"do": do})


def confirmed(draft: Handoff, *, by: User) -> Handoff:
    """Send a draft and let the tool have proved it."""
    submit(
        handoff=draft,
        fingerprint=preview(handoff=draft).draft.fingerprint(),
        by=by,
        now=builders.NOW,
    )
    draft.refresh_from_db()
    draft.status = Status.DELIVERED
    draft.remote_id, draft.remote_number = "a" * 32, "INC0012345"
    draft.remote_url = "https://acme.service-now.com/nav_to.do?uri=incident.do?sys_id=" + "a" * 32
    draft.save()
    return draft


def note(handoff: Handoff, text: str, *, sayable: str = "") -> Entry:
    """A line that the receiver wrote in its tool."""
    line = Line(
        kind=Entry.Kind.NOTE,
        happened_at=builders.NOW,
        who="Tomás Berg",
        tool="servicenow",
        text=text,
        sayable=sayable,
    )
    return record(handoff=handoff, line=line, now=builders.NOW)
