"""How is a door to one tenant opened?

Whoever opens a door has decrypted the connection's secrets; from here on only the session holds them.
"""

from collections.abc import Iterable, Mapping

from requests import Session

from escalation.transport.adapter import CheckedAdapter
from escalation.transport.allowed import Allowed, host_of
from escalation.transport.credentials import Credentials
from escalation.transport.door import Door
from escalation.transport.gate import Gate
from escalation.transport.session import GuardedSession
from escalation.transport.way_out import WayOut


def open_door(  # noqa: PLR0913 - a connection's row, named
    *,
    base_url: str,
    credentials: Credentials,
    settings: Mapping[str, str] | None = None,
    allowed_hosts: Iterable[str] = (),
    host_map: Mapping[str, str] | None = None,
    allow_private: bool = False,
    our_user: str = "",
    way_out: WayOut | None = None,
    gate: Gate | None = None,
) -> Door:
    """This will return a door to ``base_url``.

    The host of ``base_url`` is always allowed; ``allowed_hosts`` adds others, as a token server or
    an attachment store. ``host_map`` sends a host elsewhere: {"acme.zendesk.com": "http://127.0.0.1:4001"}.
    ``gate`` holds calls back while the tool is away. Raises ``ValueError`` where the way out is none.
    """
    base_url = base_url.rstrip("/")
    hosts = frozenset(host.lower() for host in allowed_hosts) | {host_of(base_url)}
    mapped = {host_of(f"//{host}"): target for host, target in (host_map or {}).items()}
    if base_url.startswith("http://"):
        # Client libraries that build their own addresses (zenpy) know https only.
        mapped.setdefault(host_of(base_url), base_url)
    allowed = Allowed(hosts=hosts, host_map=mapped, private=allow_private)
    return Door(
        session=GuardedSession(allowed=allowed, credentials=credentials, way_out=way_out, gate=gate),
        base_url=base_url,
        settings=dict(settings or {}),
        our_user=our_user,
    )


def prepare(session: Session, way_out: WayOut) -> Session:
    """This will let a library's own session leave by our way out: our proxy, our certificates.

    For addresses that whoever runs Baton has set up, as the identity provider's: they may be private.
    """
    anywhere = Allowed(hosts=frozenset(), private=True)
    session.trust_env = False
    session.proxies = {"https": way_out.proxy} if way_out.proxy else {}
    for scheme in ("https://", "http://"):
        session.mount(scheme, CheckedAdapter(anywhere, way_out.context()))
    return session
