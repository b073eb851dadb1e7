"""How mails leave is said by the environment, and what cannot be meant stops the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://mail.example.com", 25, False, False),
        ("smtps://mail.example.com", 465, True, False),
        ("smtp+tls://mail.example.com:2525", 2525, False, True),
    ],
)
def test_a_mail_server_is_one_address(url, port, ssl, tls):
    server = env.smtp(url)

    assert (server.host, server.port, server.ssl, server.tls) == ("mail.example.com", port, ssl, tls)


def test_its_password_may_hold_any_sign():
    server = env.smtp("smtp+tls://baton%40example.com:p%40ss%2Fword@mail.example.com")

    assert (server.user, server.password) == ("baton@example.com", "p@ss/word")


@pytest.mark.parametrize("url", ["http://mail.example.com", "smtp://", "mail.example.com"])
def test_what_is_no_mail_server_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="SMTP_URL"):
        env.smtp(url)


def test_a_providers_settings_are_an_object_and_never_repeated(monkeypatch):
    monkeypatch.setenv("MAIL_PROVIDER_SETTINGS", '{"POSTMARK_SERVER_TOKEN": "token-1"}')
    assert env.mail_provider_settings() == {"POSTMARK_SERVER_TOKEN": "token-1"}

    monkeypatch.setenv("MAIL_PROVIDER_SETTINGS", "token-1")
    with pytest.raises(ImproperlyConfigured) as refused:
        env.mail_provider_settings()
    assert "token-1" not in str(refused.value)
