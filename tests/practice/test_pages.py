"""People can work in the practice tools: without script, and without anyone's text becoming markup."""

from html.parser import HTMLParser

import pytest

TICKETS = "/api/v2/tickets"
INCIDENTS = "/api/now/v2/table/incident"
EVIL = '<script>alert(1)</script><img src=x onerror=alert(2)> "quoted"'


class Form(HTMLParser):
    """Reads the fields of the one form that posts, as a browser without script would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.values: dict[str, str] = {}
        self._select = self._area = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form" and given.get("method") == "post":
            self.action = given["action"]
        if not self.action or ("name" not in given and tag != "option"):
            return
        if tag == "select":
            self._select = given["name"]
        elif tag == "textarea":
            self._area = given["name"]
            self.values[self._area] = ""
        elif tag == "option" and self._select and ("selected" in given or self._select not in self.values):
            self.values[self._select] = given.get("value", "")
        elif tag == "input" and (given.get("type") != "radio" or "checked" in given):
            self.values[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data):
        if self._area:
            self.values[self._area] += data.removeprefix("\n")


class Attributes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.names += [name for name, _ in attrs]


def attributes(page):
    reader = Attributes()
    reader.feed(page)
    return reader.names


def send(site, page, **changed):
    form = Form(page)
    return site("POST", form.action, data={**form.values, **changed}, allow_redirects=True)


@pytest.fixture
def ticket(start, zendesk):
    sent = {
        "subject": EVIL,
        "comment": {"body": EVIL},
        "requester": {"name": EVIL, "email": "e@halden.example"},
    }
    return zendesk("POST", TICKETS, json={"ticket": sent}).json()["ticket"]


@pytest.fixture
def incident(servicenow):
    group = servicenow("POST", "/api/now/v2/table/sys_user_group", json={"name": "API"}).json()["result"][
        "sys_id"
    ]
    person = {"user_name": "mei.tanaka", "name": "Mei Tanaka"}
    user = servicenow("POST", "/api/now/v2/table/sys_user", json=person).json()["result"]["sys_id"]
    servicenow("POST", "/api/now/v2/table/sys_user_grmember", json={"user": user, "group": group})
    sent = {"short_description": EVIL, "description": EVIL + "\nline two", "work_notes": EVIL, "impact": "1"}
    return servicenow("POST", INCIDENTS, json=sent).json()["result"]


def test_no_text_becomes_markup(zendesk, ticket, servicenow, incident):
    pages = [
        zendesk("GET", "/"),
        zendesk("GET", f"/agent/tickets/{ticket['id']}"),
        servicenow("GET", "/"),
        servicenow("GET", f"/incident.do?sys_id={incident['sys_id']}"),
    ]

    for page in pages:
        assert page.status_code == 200
        assert "alert(1)" in page.text
        assert "<script" not in page.text
        assert "<img" not in page.text
        assert not [name for name in attributes(page.text) if name.startswith("on") or name == "style"]
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_an_agent_writes_an_internal_note_and_a_public_reply(zendesk, ticket):
    address = f"/agent/tickets/{ticket['id']}"
    note = send(zendesk, zendesk("GET", address).text, body="only for us", status="open")
    send(zendesk, note.text, body="for the user", kind="public")

    comments = zendesk("GET", f"{TICKETS}/{ticket['id']}/comments").json()["comments"]
    assert [(one["plain_body"], one["public"]) for one in comments[1:]] == [
        ("only for us", False),
        ("for the user", True),
    ]
    assert zendesk("GET", f"{TICKETS}/{ticket['id']}").json()["ticket"]["status"] == "open"
    assert 'class="said internal"' in note.text


def test_a_ticket_offers_to_escalate_with_baton(start):
    tool = start("zendesk", with_world=True, baton_url="http://127.0.0.1:8000")
    page = tool.flask.test_client().get("/agent/tickets/35436").get_data(as_text=True)

    assert 'href="http://127.0.0.1:8000/start?ticket=35436"' in page
    assert "Escalate with Baton" in page


def test_the_list_of_tickets_narrows_by_status_and_words(start):
    client = start("zendesk", with_world=True).flask.test_client()

    assert "#35401" in client.get("/?status=solved").get_data(as_text=True)
    found = client.get("/?q=dashboard").get_data(as_text=True)
    assert "#35436" in found
    assert "#35433" not in found


def test_an_agent_takes_an_incident_notes_and_resolves_it_and_baton_hears(servicenow, incident, sink):
    servicenow("POST", "/practice/webhooks", json={"url": "https://baton.example/h", "secret": "s"})
    address = f"/incident.do?sys_id={incident['sys_id']}"
    page = servicenow("GET", address).text

    page = send(servicenow, page, by="mei.tanaka", state="2", work_notes="Found the CORS policy").text
    refused = send(servicenow, page, by="mei.tanaka", state="6")
    done = {"close_code": "Solution provided", "close_notes": "Origin added"}
    send(servicenow, page, by="mei.tanaka", state="6", comments="Please try again", **done)

    row = servicenow("GET", f"{INCIDENTS}/{incident['sys_id']}?sysparm_display_value=all").json()["result"]
    assert refused.status_code == 422
    assert "close_code, close_notes" in refused.text
    assert row["state"]["value"] == "6"
    assert "Mei Tanaka (Work notes)\nFound the CORS policy" in row["work_notes"]["display_value"]
    assert "Please try again" in row["comments"]["display_value"]
    assert row["description"]["value"] == incident["description"]
    assert row["sys_mod_count"]["value"] == "2"
    assert servicenow.tool.outgoing.wait_until_idle()
    assert len(sink.posts) == 2


def test_a_form_opened_before_does_not_put_back_what_moved_meanwhile(servicenow, incident):
    path = f"{INCIDENTS}/{incident['sys_id']}"
    page = servicenow("GET", f"/incident.do?sys_id={incident['sys_id']}").text
    servicenow("PATCH", path, json={"state": "2", "urgency": "1"})

    send(servicenow, page, by="mei.tanaka", work_notes="late note")

    row = servicenow("GET", path).json()["result"]
    assert (row["state"], row["urgency"]) == ("2", "1")


def test_the_vendors_record_address_leads_to_the_form(servicenow, incident):
    page = servicenow("GET", f"/nav_to.do?uri=incident.do?sys_id={incident['sys_id']}")

    assert page.status_code == 200
    assert incident["number"] in page.text
    assert servicenow("GET", "/nav_to.do?uri=//evil.example/incident.do?sys_id=1").status_code == 404


def test_a_form_from_another_site_is_refused(servicenow, incident, zendesk, ticket):
    elsewhere = {"Origin": "https://evil.example"}
    address = f"/incident.do?sys_id={incident['sys_id']}"

    assert servicenow("POST", address, data={"by": "mei.tanaka"}, headers=elsewhere).status_code == 403
    assert zendesk("POST", f"/agent/tickets/{ticket['id']}", headers=elsewhere).status_code == 403


def test_unknown_records_are_404(servicenow, zendesk):
    assert servicenow("GET", "/incident.do?sys_id=1").status_code == 404
    assert zendesk("GET", "/agent/tickets/1").status_code == 404
