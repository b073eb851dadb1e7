"""An old key can go once everything that it sealed is sealed with the new one."""

import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import CommandError, call_command

from escalation.models import Connection
from escalation.models.sealed import Unreadable, seal, unseal
from escalation.models.subscriber import Event
from escalation.subscribers.keep import Wish, subscribe
from escalation.upkeep.reseal import SEALED
from tests import builders

pytestmark = pytest.mark.django_db
OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))
SECRET = "not-a-secret"


@pytest.fixture
def sealed_by_the_old_key(settings):
    settings.CREDENTIAL_KEYS = (OLD,)
    builders.connection("servicenow")
    builders.connection("zendesk")
    settings.CREDENTIAL_KEYS = (NEW, OLD)
    return settings


def said() -> str:
    out = StringIO()
    call_command("reseal", stdout=out)
    return out.getvalue()


def test_afterwards_the_new_key_alone_opens_everything(sealed_by_the_old_key):
    assert said().startswith("4 sealed anew")

    sealed_by_the_old_key.CREDENTIAL_KEYS = (NEW,)
    for row in Connection.objects.all():
        assert row.credentials["password"] == SECRET
        assert row.webhook_secret == "a-webhook-secret"


def test_without_it_the_old_key_is_still_needed(sealed_by_the_old_key):
    sealed_by_the_old_key.CREDENTIAL_KEYS = (NEW,)

    with pytest.raises(Unreadable):
        _ = Connection.objects.first().credentials


def test_a_second_run_writes_nothing(sealed_by_the_old_key):
    said()
    before = list(Connection.objects.order_by("pk").values_list(*SEALED[Connection]))

    assert said().startswith("0 sealed anew")
    assert list(Connection.objects.order_by("pk").values_list(*SEALED[Connection])) == before


def test_what_no_key_opens_is_named_and_left_and_the_rest_goes_on(sealed_by_the_old_key):
    lost = Connection.objects.get(tool="servicenow")
    lost.sealed_credentials = Fernet(Fernet.generate_key()).encrypt(b"{}").decode()
    lost.save()

    with pytest.raises(CommandError, match=re.escape("of Acme servicenow.")) as refused:
        said()

    assert SECRET not in str(refused.value)
    assert Connection.objects.get(pk=lost.pk).sealed_credentials == lost.sealed_credentials
    sealed_by_the_old_key.CREDENTIAL_KEYS = (NEW,)
    assert Connection.objects.get(tool="zendesk").credentials["password"] == SECRET


def test_nothing_else_of_the_row_is_written(sealed_by_the_old_key, monkeypatch):
    stored = []
    monkeypatch.setattr(Connection, "save", lambda self, **more: stored.append(set(more["update_fields"])))

    said()

    assert stored == [set(SEALED[Connection]), set(SEALED[Connection])]


def test_a_connection_without_credentials_is_passed_over(sealed_by_the_old_key):
    Connection.objects.update(sealed_credentials="", sealed_webhook_secret="")

    assert said().startswith("0 sealed anew")


def test_no_sealed_column_is_forgotten():
    columns = {
        (model, field.name)
        for model in apps.get_app_config("escalation").get_models()
        for field in model._meta.get_fields()
        if field.name.startswith("sealed")
    }

    assert columns == {(model, column) for model, own in SEALED.items() for column in own}


def test_secrets_of_outgoing_webhooks_are_sealed_anew_too(sealed_by_the_old_key):
    sealed_by_the_old_key.CREDENTIAL_KEYS = (OLD,)
    route = builders.route(source=Connection.objects.first(), target=Connection.objects.last())
    wish = Wish(team=route.sender, name="Reports", url="https://reports.example", events=list(Event))
    row, secret = subscribe(wish=wish, by=builders.person("kenji"), now=builders.NOW)
    sealed_by_the_old_key.CREDENTIAL_KEYS = (NEW, OLD)

    assert said().startswith("5 sealed anew")

    sealed_by_the_old_key.CREDENTIAL_KEYS = (NEW,)
    row.refresh_from_db()
    assert row.secret == secret


def test_second_factors_are_sealed_anew_too(sealed_by_the_old_key):
    sealed_by_the_old_key.CREDENTIAL_KEYS = (OLD,)
    lena = builders.person("lena")
    Authenticator.objects.create(user=lena, type="totp", data={"secret": seal({"secret": "JBSW"})})
    Authenticator.objects.create(
        user=lena, type="recovery_codes", data={"seed": seal({"secret": "s"}), "used_mask": 3}
    )
    sealed_by_the_old_key.CREDENTIAL_KEYS = (NEW, OLD)

    assert said().startswith("6 sealed anew")

    sealed_by_the_old_key.CREDENTIAL_KEYS = (NEW,)
    app, codes = Authenticator.objects.order_by("pk")
    assert unseal(app.data["secret"]) == {"secret": "JBSW"}
    assert unseal(codes.data["seed"]) == {"secret": "s"}
    assert codes.data["used_mask"] == 3
    assert said().startswith("0 sealed anew")
