"""A company sets its own tenants up: secrets go in sealed and never come out."""

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from escalation.models import Connection

pytestmark = pytest.mark.django_db
PASSWORD = "a-password-that-nobody-may-read"


@pytest.fixture
def owner(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("root"))
    return client


def entered(**changes: str) -> dict[str, str]:
    return {
        "tool": "servicenow",
        "name": "Acme",
        "base_url": "https://acme.service-now.com",
        "our_user": "baton",
        "settings": "{}",
        "credentials": json.dumps({"scheme": "basic", "user": "baton", "password": PASSWORD}),
        "webhook_secret": "whispered",
    } | changes


def test_credentials_are_sealed_and_never_shown_again(owner: Client):
    owner.post(reverse("admin:escalation_connection_add"), entered())

    row = Connection.objects.get(name="Acme")
    page = owner.get(reverse("admin:escalation_connection_change", args=[row.pk])).content.decode()
    assert row.credentials["password"] == PASSWORD
    assert row.webhook_secret == "whispered"
    assert PASSWORD not in row.sealed_credentials
    assert PASSWORD not in page
    assert "whispered" not in page


def test_what_is_left_empty_stays_as_it_was(owner: Client):
    owner.post(reverse("admin:escalation_connection_add"), entered())
    row = Connection.objects.get(name="Acme")

    owner.post(
        reverse("admin:escalation_connection_change", args=[row.pk]),
        entered(credentials="", webhook_secret="", our_user="baton.two"),
    )

    again = Connection.objects.get(pk=row.pk)
    assert again.our_user == "baton.two"
    assert again.credentials["password"] == PASSWORD
    assert again.webhook_secret == "whispered"


@pytest.mark.parametrize(
    ("credentials", "words"),
    [
        ({"scheme": "magic"}, "is one of basic, bearer, client_credentials"),
        ({"scheme": "basic", "user": "baton"}, "Still missing: password"),
    ],
)
def test_credentials_with_which_no_call_could_be_made_are_refused(
    owner: Client, credentials: dict[str, str], words: str
):
    answer = owner.post(
        reverse("admin:escalation_connection_add"), entered(credentials=json.dumps(credentials))
    )

    assert words in answer.content.decode().replace("&quot;", '"')
    assert not Connection.objects.exists()


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"proxy": "proxy.example"}, "A proxy is given as http://proxy.example:3128."),
        ({"proxy": "http://baton:pr0xy@proxy.example:3128"}, "OUTBOUND_PROXY"),
        ({"trusted": "hello"}, "The certificates to trust are no PEM certificates."),
    ],
)
def test_a_way_out_that_is_none_is_refused_in_words(owner: Client, entry: dict[str, str], said: str):
    answer = owner.post(reverse("admin:escalation_connection_add"), entered(**entry))

    assert said in answer.content.decode()
    assert not Connection.objects.exists()


@pytest.mark.parametrize("proxy", ["http://proxy.example:3128", "none"])
def test_a_connection_has_its_own_way_out(owner: Client, proxy: str, settings):
    settings.OUTBOUND_PROXY = "http://other.example:3128"
    owner.post(reverse("admin:escalation_connection_add"), entered(proxy=proxy))

    row = Connection.objects.get(name="Acme")

    assert row.way_out().proxy == ("" if proxy == "none" else proxy)
