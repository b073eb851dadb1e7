"""Our calls, through zenpy, against the practice Zendesk with its world."""

from dataclasses import replace

import pytest

from escalation.knowledge.words import Role
from escalation.practice import credentials
from escalation.tools.updates import RemoteState, Update, UpdateKind
from escalation.tools.zendesk import hearing, interpret, mirror, receiver, source, upkeep
from escalation.transport.credentials import Basic, ClientCredentials
from escalation.transport.errors import Ambiguous, NotFound, Refused, Unauthorised, Unavailable
from escalation.transport.opening import open_door
from tests.tools.servicenow.test_translate import SCENE, given

KEY = "3f2b8c52-7f5e-4b36-9c2e-1a2b3c4d5e6f"


@pytest.fixture
def door(zendesk_door):
    return zendesk_door


@pytest.fixture
def scene(door):
    """The number of the finance dashboard's ticket."""
    return next(each.reference for each in source.open_tickets(door) if "Finance dashboard" in each.subject)


def put(door, number, **ticket):
    door.session.ask("PUT", f"{door.base_url}/api/v2/tickets/{number}.json", body={"ticket": ticket})


def test_open_tickets_come_newest_first_with_their_requesters(door):
    tickets = source.open_tickets(door)

    assert len(tickets) >= 10
    assert all(each.requester and each.number.startswith("#") for each in tickets)
    assert [each.updated_at for each in tickets] == sorted(
        (each.updated_at for each in tickets), reverse=True
    )


def test_a_ticket_becomes_a_conversation_with_its_people_zone_and_threads(door, scene):
    conversation = source.conversation(door, scene)

    assert conversation.zone == "America/New_York"
    assert "@" in conversation.source.requester_email
    assert conversation.source.organisation
    assert {each.role for each in conversation.messages} >= {Role.REQUESTER, Role.TECHNICIAN}
    assert any(not each.public for each in conversation.messages)
    assert all(
        url.startswith("https://") and ".slack.com/archives/" in url
        for url in conversation.source.thread_urls
    )
    assert conversation.source.thread_urls
    assert not any("<div" in each.text or "&nbsp;" in each.text for each in conversation.messages)


def test_every_ticket_of_the_world_can_be_read(door):
    for each in source.open_tickets(door):
        conversation = source.conversation(door, each.reference)
        assert conversation.messages
        assert all(message.text and message.at for message in conversation.messages)


@pytest.mark.parametrize("reference", ["99999999", "abc", "", "../1"])
def test_no_such_ticket_is_not_found(door, reference):
    with pytest.raises(NotFound):
        source.conversation(door, reference)


def test_a_note_is_internal_and_found_by_its_key(door, scene):
    proof = mirror.note(
        door, remote_id=scene, text="Handed to infrastructure {{ticket.id}}", key="n1", public=False
    )

    assert proof.ignored == ()
    assert mirror.find_note(door, remote_id=scene, key="n1") == proof.note_ids[0]
    assert mirror.find_note(door, remote_id=scene, key="n2") == ""
    last = source.conversation(door, scene).messages[-1]
    assert (last.reference, last.public) == (proof.note_ids[0], False)
    assert "{{" not in last.text


def test_only_a_public_note_reaches_the_user(door, scene):
    mirror.note(door, remote_id=scene, text="We found it.", key="n1", public=True)

    assert source.conversation(door, scene).messages[-1].public


def test_the_first_note_tags_the_ticket_once(door, scene):
    mirror.note(door, remote_id=scene, text="one", key="n1", public=False)
    mirror.note(door, remote_id=scene, text="two", key="n2", public=False)

    answer = door.session.ask("GET", f"{door.base_url}/api/v2/tickets/{scene}.json")
    assert answer.json["ticket"]["tags"].count("baton") == 1


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"status": 422}, Refused),
        ({"status": 401}, Unauthorised),
        ({"status": 429, "retry_after": 9}, Unavailable),
        ({"status": 503, "retry_after": 9}, Unavailable),
        ({"status": 500}, Ambiguous),
        ({"html": True}, Unavailable),
        ({"lose_answer": True}, Ambiguous),
        ({"delay_s": 60}, Ambiguous),
    ],
)
def test_each_way_to_fail_is_told_apart_and_zenpy_never_sleeps(zendesk, door, scene, fault, error):
    zendesk.fault(method="PUT", path="/api/v2/tickets/*", **fault)

    with pytest.raises(error) as raised:
        mirror.note(door, remote_id=scene, text="x", key="n1", public=False)

    if "retry_after" in fault:
        assert raised.value.wait_s == 9


def test_a_note_whose_answer_was_lost_is_found_and_not_written_twice(zendesk, door, scene):
    zendesk.fault(method="PUT", path="/api/v2/tickets/*", lose_answer=True)
    with pytest.raises(Ambiguous):
        mirror.note(door, remote_id=scene, text="x", key="n1", public=False)

    assert mirror.find_note(door, remote_id=scene, key="n1")


def test_the_history_is_read_once_and_the_same_again(door, scene):
    put(door, scene, status="pending", comment={"body": "Waiting for you", "public": True})
    put(door, scene, status="solved")

    updates = mirror.read(door, remote_id=scene)

    assert mirror.read(door, remote_id=scene) == updates
    assert [each.at for each in updates] == sorted(each.at for each in updates)
    states = [each.state for each in updates if each.kind is UpdateKind.STATE]
    assert states[-2:] == [RemoteState.WAITING, RemoteState.RESOLVED]
    assert len({each.key for each in updates}) == len(updates)


def test_a_poll_brings_what_changed_on_our_tickets_only(zendesk, door, scene):
    mirror.note(door, remote_id=scene, text="one", key="n1", public=False)
    zendesk.clock.now = zendesk.clock.now.replace(minute=30)
    first = mirror.poll(door, cursor="", now=zendesk.clock())
    put(door, scene, comment={"body": "Any news?", "public": True})
    others = [each.reference for each in source.open_tickets(door) if each.reference != scene]
    put(door, others[0], comment={"body": "unrelated", "public": True})

    second = mirror.poll(door, cursor=first.cursor, now=zendesk.clock())

    assert {each.remote_id for each in first.updates} == {scene}
    assert "Any news?" in [each.text for each in second.updates]
    assert {each.remote_id for each in second.updates} == {scene}


def test_a_created_ticket_is_internal_found_by_its_key_and_created_once(door):
    payload = receiver.translate(SCENE, given(key=KEY, links={})).draft.payload()

    proof = receiver.create(door, payload=payload, key=KEY)
    again = receiver.create(door, payload=payload, key=KEY)

    assert proof.ignored == ()
    assert again.remote == proof.remote
    assert receiver.find(door, key=KEY) == (proof.remote,)
    assert receiver.find(door, key="another") == ()
    assert not source.conversation(door, proof.remote.remote_id).messages[0].public


def test_a_ticket_for_a_state_that_says_nothing_is_created_all_the_same(door):
    payload = receiver.translate(
        replace(
            SCENE,
            **dict.fromkeys(
                ("facts", "diagnostics", "remediation", "hypothesis", "business", "availability"), ()
            ),
            summary="",
            ask="",
            source=None,
            investigation_url="",
        ),
        given(key=KEY, links={}),
    ).draft.payload()

    assert receiver.create(door, payload=payload, key=KEY).remote.number.startswith("#")


def test_groups_are_the_catalog_and_people_are_found_by_address(door, scene):
    page = receiver.catalog(door, cursor="")
    email = source.conversation(door, scene).source.requester_email

    assert page.entries
    assert page.cursor == ""
    assert set(receiver.people(door, emails=(email, "nobody@x.example", 'x" role:admin'))) == {email}


def test_the_check_tells_a_good_connection_from_a_bad_one(zendesk, door):
    stranger = zendesk.door(user="nobody@x.example/token", password="wrong")

    assert upkeep.check(door) == ()
    assert "credentials" in upkeep.check(stranger)[0].what


def test_listening_registers_once_and_returns_the_secret_that_signs(zendesk, door, scene):
    url = "https://baton.example/hooks/zendesk/1/"

    secret = upkeep.listen(door, url=url, secret="ours")

    assert secret not in {"", "ours"}
    assert upkeep.listen(door, url=url, secret="ours") == secret
    answer = door.session.ask("GET", f"{door.base_url}/api/v2/webhooks")
    assert [each["endpoint"] for each in answer.json["webhooks"]] == [url]


def test_a_webhook_from_earlier_that_lacks_an_event_is_named_and_gets_it(zendesk, door):
    url = "https://baton.example/hooks/zendesk/1/"
    secret = upkeep.listen(door, url=url, secret="ours")
    assert hearing.unheard(door, url=url) == ()
    (hook,) = zendesk.tool.store.all("webhook")
    own = "zen:event-type:user.created"
    earlier = [own, *(each for each in hook["subscriptions"] if not each.endswith("csat_received"))]
    zendesk.tool.store.put("webhook", hook["id"], {**hook, "subscriptions": earlier})

    (lack,) = hearing.unheard(door, url=url)

    assert lack.what == "Zendesk's webhook does not call Baton for csat_received."
    assert "Have Zendesk call Baton" in lack.fix
    assert upkeep.listen(door, url=url, secret="ours") == secret
    assert hearing.unheard(door, url=url) == ()
    (after,) = zendesk.tool.store.all("webhook")
    assert set(after["subscriptions"]) == {*hook["subscriptions"], own}


def test_a_webhook_that_is_switched_off_is_named_and_switched_on(zendesk, door):
    url = "https://baton.example/hooks/zendesk/1/"
    upkeep.listen(door, url=url, secret="ours")
    (hook,) = zendesk.tool.store.all("webhook")
    zendesk.tool.store.put("webhook", hook["id"], {**hook, "status": "inactive"})

    assert [each.what for each in hearing.unheard(door, url=url)] == [
        "Zendesk's webhook to Baton is switched off."
    ]
    upkeep.listen(door, url=url, secret="ours")
    assert hearing.unheard(door, url=url) == ()


def test_what_triggers_call_for_is_the_customers_own_affair(zendesk, door):
    url = "https://baton.example/hooks/zendesk/1/"
    upkeep.listen(door, url=url, secret="ours")
    (hook,) = zendesk.tool.store.all("webhook")
    by_trigger = {**hook, "subscriptions": ["conditional_ticket_events"]}
    zendesk.tool.store.put("webhook", hook["id"], by_trigger)

    assert hearing.unheard(door, url=url) == ()
    upkeep.listen(door, url=url, secret="ours")
    assert zendesk.tool.store.all("webhook") == [by_trigger]


@pytest.mark.parametrize("status", [401, 403, 404])
def test_webhooks_that_may_not_be_seen_are_not_named(zendesk, door, status):
    zendesk.fault(path="/api/v2/webhooks*", status=status)

    assert hearing.unheard(door, url="https://baton.example/hooks/zendesk/1/") == ()
    assert hearing.unheard(door, url="https://elsewhere.example/") == ()


def test_an_oauth_client_works_and_renews_itself(zendesk):
    kept = []
    door = open_door(
        base_url="https://acme.zendesk.com",
        credentials=ClientCredentials(
            token_url="https://acme.zendesk.com/oauth/tokens",
            client_id=credentials.ZENDESK_OAUTH_CLIENT,
            client_secret=credentials.ZENDESK_OAUTH_SECRET,
            on_tokens=kept.append,
        ),
    )
    template = zendesk.door(user="x", password="y")
    door.session.mount("https://", template.session.get_adapter("https://acme.zendesk.com"))

    assert source.open_tickets(door)
    zendesk.clock.now = zendesk.clock.now.replace(hour=23)
    assert source.open_tickets(door)
    assert len({each.access_token for each in kept}) == 2


def test_a_basic_credential_is_sent_as_zendesk_wants_it():
    assert Basic(user="a@b.c/token", password="t").header() == "Basic YUBiLmMvdG9rZW46dA=="


def test_a_webhook_is_verified_and_its_note_is_the_one_that_is_read(zendesk, door, scene):
    secret = upkeep.listen(door, url="https://baton.example/hooks/1/", secret="")

    put(door, scene, comment={"body": "Still waiting for infrastructure", "public": False})
    zendesk.settle()

    seen = []
    for _, headers, body in zendesk.posts:
        interpret.verify(headers=headers, body=body, secret=secret, now=zendesk.clock())
        seen += interpret.interpret(headers=headers, body=body)
    note = next(each for each in seen if isinstance(each, Update) and each.kind is UpdateKind.NOTE)
    same = next(each for each in mirror.read(door, remote_id=scene) if each.key == note.key)
    assert (note.text, note.internal, note.note_id) == (same.text, same.internal, same.note_id)
