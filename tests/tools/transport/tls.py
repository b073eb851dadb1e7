"""A tool behind TLS whose certificate only a company's own authority vouches for, and a proxy to it."""

import datetime as dt
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "acme.tool.test"  # a name that no network resolves
_ANSWER = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{"ok": "yes"}'


@dataclass
class Behind:
    """The tool's port, what it was sent, and the authority to trust."""

    port: int
    authority: str
    heard: list[bytes] = field(default_factory=list)


@dataclass
class Proxy:
    """The proxy's port and every byte that could be read on it outside the tunnel."""

    port: int
    read: list[bytes] = field(default_factory=list)
    opens: bool = True


@contextmanager
def tool_behind_tls(folder: Path) -> Iterator[Behind]:
    """Serve one answer after another under HOST, by a certificate of an authority of our own."""
    authority = _issue(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "tool.pem", folder / "tool.key")
    behind = Behind(port=0, authority=authority)

    def serve(raw: socket.socket) -> None:
        with suppress(OSError), context.wrap_socket(raw, server_side=True) as talk:
            behind.heard.append(_request(talk))
            talk.sendall(_ANSWER)

    with _listening(serve) as behind.port:
        yield behind


@contextmanager
def proxy_to(behind: Behind) -> Iterator[Proxy]:
    """Lead every CONNECT to the tool, whatever name was asked for, as a company's proxy resolves it."""
    proxy = Proxy(port=0)

    def serve(near: socket.socket) -> None:
        with near:
            proxy.read.append(near.recv(65536))
            if not proxy.opens:
                near.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
                return
            with socket.create_connection(("127.0.0.1", behind.port)) as far:
                near.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                back = threading.Thread(target=_pump, args=(far, near), daemon=True)
                back.start()
                _pump(near, far)
                back.join(timeout=5)

    with _listening(serve) as proxy.port:
        yield proxy


@contextmanager
def _listening(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with suppress(OSError):
            while True:
                talk, _ = listener.accept()
                threading.Thread(target=serve, args=(talk,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        # Closing alone does not wake whoever waits in accept.
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(timeout=5)


def _request(talk: socket.socket) -> bytes:
    """Read headers and body, which may come in two pieces."""
    read = b""
    while b"\r\n\r\n" not in read:
        read += talk.recv(65536)
    head, _, body = read.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head.lower())
    while length and len(body) < int(length[1]):
        body += talk.recv(65536)
    return head + b"\r\n\r\n" + body


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(65536):
            target.sendall(chunk)
        target.shutdown(socket.SHUT_WR)


def _issue(folder: Path) -> str:
    """Write the tool's certificate and key into the folder; return the authority's certificate."""
    begin = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    end = begin + dt.timedelta(days=365 * 80)
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Acme's own authority")])
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])

    def signed(subject: x509.Name, public: ec.EllipticCurvePublicKey, *, authority: bool) -> x509.Certificate:
        draft = x509.CertificateBuilder().subject_name(subject).issuer_name(root).public_key(public)
        draft = draft.serial_number(1 if authority else 2).not_valid_before(begin).not_valid_after(end)
        draft = draft.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        near = x509.SubjectKeyIdentifier.from_public_key(public)
        draft = draft.add_extension(near, critical=False)
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
        draft = draft.add_extension(above, critical=False)
        if authority:
            may = dict.fromkeys(
                ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement"), False
            )
            usage = x509.KeyUsage(
                digital_signature=True, key_cert_sign=True, crl_sign=True, encipher_only=False,
                decipher_only=False, **may,
            )  # fmt: skip
            draft = draft.add_extension(usage, critical=True)
        else:
            names = x509.SubjectAlternativeName([x509.DNSName(HOST)])
            draft = draft.add_extension(names, critical=False)
        return draft.sign(root_key, hashes.SHA256())

    pem = serialization.Encoding.PEM
    (folder / "tool.pem").write_bytes(signed(name, key.public_key(), authority=False).public_bytes(pem))
    (folder / "tool.key").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return signed(root, root_key.public_key(), authority=True).public_bytes(pem).decode()
