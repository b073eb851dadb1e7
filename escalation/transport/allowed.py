"""Where may a connection's requests go?

Only to the hosts it names, over TLS, and to public addresses. The name is checked before a
connection is made; the address is checked on the open socket, before a byte is sent, so that a name
that resolves differently a moment later (DNS rebinding) gains nothing.
"""

import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from escalation.transport.errors import NotOnTheList


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowed:
    """The hosts of one connection; ".example.com" stands for every host below it.

    ``host_map`` sends a host's requests elsewhere, as "acme.zendesk.com" to "http://127.0.0.1:4001"
    for a practice tool; ``private`` admits loopback and private addresses, and plain HTTP to them.
    """

    hosts: frozenset[str]
    host_map: Mapping[str, str] = field(default_factory=dict)
    private: bool = False

    def route(self, url: str) -> str:
        """This will return the URL to call for ``url``; raises ``NotOnTheList``."""
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        if host not in self.hosts and not any(host.endswith(each) for each in self.hosts if each[:1] == "."):
            raise NotOnTheList(f"{host or 'An address without a host'} is not a host of this connection.")
        if parts.username is not None or parts.password is not None:
            raise NotOnTheList("An address with a user name in it is never called.")
        target = self.host_map.get(host)
        if target is not None:
            mapped = urlsplit(target)
            parts = parts._replace(scheme=mapped.scheme, netloc=mapped.netloc)
        if parts.scheme != "https" and not (self.private and parts.scheme == "http"):
            raise NotOnTheList(f"{host} is called over https only.")
        return urlunsplit(parts)

    def check_peer(self, address: str) -> None:
        """This will raise ``NotOnTheList`` when an open socket leads to an address we do not call."""
        # "%eth0" is the zone of a link-local address, and no part of it.
        peer = ipaddress.ip_address(address.partition("%")[0])
        inner = getattr(peer, "ipv4_mapped", None)  # ::ffff:10.0.0.1 is 10.0.0.1
        if not self.private and not (inner or peer).is_global:
            raise NotOnTheList("The host's name leads to a private address, which this connection forbids.")

    def check_name(self, host: str) -> None:
        """This will raise ``NotOnTheList`` for a host that leads to a private address, as far as we can see.

        For calls through a proxy, where the socket leads to the proxy. Where our own network does not know
        the name, the proxy's does, and decides.
        """
        if self.private:
            return
        try:
            found = {str(each[4][0]) for each in socket.getaddrinfo(host, None)}
        except (OSError, UnicodeError):
            return
        for address in found:
            self.check_peer(address)


def host_of(url: str) -> str:
    """This will return the host of a URL in lower case, "" when it has none."""
    return (urlsplit(url).hostname or "").lower()
