"""Where a request may go is decided by name, scheme and the address at the other end."""

import pytest

from escalation.transport.allowed import Allowed
from escalation.transport.errors import NotOnTheList

PUBLIC = Allowed(hosts=frozenset({"acme.zendesk.com"}))


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "0.0.0.0"),
        *("::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1"),
    ],
)
def test_private_addresses_are_refused(address):
    with pytest.raises(NotOnTheList):
        PUBLIC.check_peer(address)


@pytest.mark.parametrize("address", ["104.16.51.111", "2606:4700::6810:336f", "::ffff:104.16.51.111"])
def test_public_addresses_are_called(address):
    PUBLIC.check_peer(address)


@pytest.mark.parametrize("url", ["https://ACME.zendesk.com/a", "https://acme.zendesk.com:443/a"])
def test_a_listed_host_is_called_as_it_is(url):
    assert PUBLIC.route(url) == url


def test_a_mapped_host_is_called_where_the_map_says():
    practice = Allowed(
        hosts=frozenset({"acme.zendesk.com"}),
        host_map={"acme.zendesk.com": "http://127.0.0.1:4001"},
        private=True,
    )

    assert practice.route("https://acme.zendesk.com/api?x=1") == "http://127.0.0.1:4001/api?x=1"
