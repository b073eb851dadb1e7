"""Calls leave by the company's proxy and believe its own certificates, and nothing else is loosened."""

import socket

import pytest

from escalation.transport.credentials import Basic
from escalation.transport.door import Door
from escalation.transport.errors import NotOnTheList, Unavailable
from escalation.transport.opening import open_door
from escalation.transport.way_out import WayOut, check_proxy
from tests.tools.transport.tls import HOST, proxy_to, tool_behind_tls

SECRET = "the-tools-own-password"


@pytest.fixture
def behind(tmp_path):
    with tool_behind_tls(tmp_path) as running:
        yield running


@pytest.fixture
def proxy(behind):
    with proxy_to(behind) as running:
        yield running


def opened(way_out: WayOut, *, private: bool = False, base_url: str = f"https://{HOST}") -> Door:
    who = Basic(user="baton", password=SECRET)
    return open_door(base_url=base_url, credentials=who, way_out=way_out, allow_private=private)


def through(proxy, behind, user="") -> WayOut:
    return WayOut(proxy=f"http://{user}127.0.0.1:{proxy.port}", trusted=behind.authority)


def test_a_call_goes_through_the_proxy_and_the_proxy_reads_no_credential(proxy, behind):
    answer = opened(through(proxy, behind)).session.ask("POST", f"https://{HOST}/api", body={"note": "x"})

    assert answer.json == {"ok": "yes"}
    assert proxy.read[0].startswith(f"CONNECT {HOST}:443 HTTP/1.".encode())
    assert b"Authorization" not in b"".join(proxy.read)
    assert b"Authorization: Basic" in behind.heard[0]


def test_the_proxys_own_password_goes_to_the_proxy_alone(proxy, behind):
    way_out = through(proxy, behind, user="baton:pr0xy@")

    opened(way_out).session.ask("GET", f"https://{HOST}/api")

    assert b"Proxy-Authorization: Basic" in proxy.read[0]
    assert b"Proxy-Authorization" not in behind.heard[0]
    assert "pr0xy" not in repr(way_out)


def test_an_authority_that_is_not_trusted_ends_the_call_before_anything_is_said(proxy, behind):
    way_out = WayOut(proxy=f"http://127.0.0.1:{proxy.port}")

    with pytest.raises(Unavailable, match="nothing was sent"):
        opened(way_out).session.ask("POST", f"https://{HOST}/api", body={})

    assert behind.heard == []


def test_the_own_authority_replaces_the_public_ones(behind):
    assert WayOut(trusted=behind.authority).context().cert_store_stats()["x509_ca"] == 1
    assert WayOut().context().cert_store_stats()["x509_ca"] > 50


def test_a_tool_in_the_own_network_is_reached_straight_with_the_own_authority(behind, monkeypatch):
    real = socket.getaddrinfo

    def resolve(host, *args, **kwargs):
        return real("127.0.0.1" if host == HOST else host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    door = opened(WayOut(trusted=behind.authority), private=True, base_url=f"https://{HOST}:{behind.port}")

    assert door.session.ask("GET", f"https://{HOST}:{behind.port}/api").json == {"ok": "yes"}


def test_a_proxy_that_says_no_was_sent_nothing_for_the_tool(proxy, behind):
    proxy.opens = False

    with pytest.raises(Unavailable, match=f"The proxy leads to no {HOST}"):
        opened(through(proxy, behind)).session.ask("POST", f"https://{HOST}/api", body={})

    assert behind.heard == []


def test_a_proxy_opens_no_way_to_a_host_off_the_list(proxy, behind):
    with pytest.raises(NotOnTheList):
        opened(through(proxy, behind)).session.ask("GET", "https://elsewhere.test/api")

    assert proxy.read == []


@pytest.mark.parametrize("host", ["10.1.2.3", "169.254.169.254", "localhost"])
def test_a_proxy_opens_no_way_to_a_private_address(proxy, behind, host):
    door = opened(through(proxy, behind), base_url=f"https://{host}")

    with pytest.raises(NotOnTheList, match="private address"):
        door.session.ask("GET", f"https://{host}/api")

    assert proxy.read == []


def test_plain_http_never_goes_through_a_proxy():
    assert WayOut(proxy="http://proxy.example:3128").proxies("http://127.0.0.1:8001/api") == {}


def test_the_process_environment_names_no_proxy(behind, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")

    assert opened(WayOut()).session.trust_env is False


@pytest.mark.parametrize(
    "address", ["proxy.example:3128", "ftp://proxy", "http://", "http://p:99999", "http://p/x"]
)
def test_what_can_be_no_proxy_is_refused(address):
    with pytest.raises(ValueError, match="A proxy is given as"):
        check_proxy(address)


@pytest.mark.parametrize("words", ["hello", "Zertifikat für uns", "\x80"])
def test_what_is_no_certificate_is_refused(words):
    with pytest.raises(ValueError, match="no PEM certificates"):
        opened(WayOut(trusted=words))
