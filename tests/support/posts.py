"""Servers for mail and posts in the test's own process: they listen on loopback and record what they receive."""

import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class MailServer:
    """A mail server: the received letters, and its answers by recipient."""

    port: int
    context: ssl.SSLContext | None = None
    letters: list[str] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    was_secure: list[bool] = field(default_factory=list)
    to_recipients: str = "250 ok"
    to_data: str = "250 taken"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


class _Conversation(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.mail: MailServer = self.server.mail
        self.is_secure = False
        self.say("220 thu.example")
        while (line := self.hear()) is not None:
            if not self.answer(line):
                return

    def finish(self) -> None:
        self.request.close()

    def say(self, text: str) -> None:
        self.request.sendall(text.encode() + b"\r\n")

    def hear(self) -> str | None:
        line = b""
        while not line.endswith(b"\r\n"):
            piece = self.request.recv(1)
            if not piece:
                return None
            line += piece
        return line.decode().rstrip("\r\n")

    def answer(self, line: str) -> bool:
        verb = line.split(" ")[0].upper()
        if verb == "EHLO":
            offers = ["thu.example", *(["STARTTLS"] if self.mail.context and not self.is_secure else []), "AUTH PLAIN"]
            for at, offer in enumerate(offers):
                self.say(f"250{' ' if at == len(offers) - 1 else '-'}{offer}")
        elif verb == "STARTTLS":
            self.say("220 go")
            self.request = self.mail.context.wrap_socket(self.request, server_side=True)
            self.is_secure = True
        elif verb == "AUTH":
            self.mail.logins.append(line)
            self.say("235 in" if "YTphYmM=" in line or "AGEAYWJj" in line else "535 no")
        elif verb == "RCPT":
            self.say(self.mail.to_recipients)
        elif verb == "DATA":
            self.say("354 go")
            self.take()
        elif verb == "QUIT":
            self.say("221 bye")
            return False
        else:
            self.say("250 ok")
        return True

    def take(self) -> None:
        lines = []
        while (line := self.hear()) != ".":
            lines.append(line)
        self.mail.letters.append("\n".join([*lines, ""]))
        self.mail.was_secure.append(self.is_secure)
        self.say(self.mail.to_data)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def mail_server(port: int = 0, context: ssl.SSLContext | None = None) -> Iterator[MailServer]:
    """Yield a mail server on loopback."""
    with _Server(("127.0.0.1", port), _Conversation) as server:
        server.mail = MailServer(server.server_address[1], context)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server.mail
        server.shutdown()
        thread.join()


@dataclass
class PostServer:
    """An HTTP server: the received posts, and its answers."""

    port: int
    came: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/nhan"


class _Posts(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        posts: PostServer = self.server.posts
        body = self.rfile.read(int(self.headers["Content-Length"]))
        posts.came.append((self.path, dict(self.headers), body))
        self.send_response(posts.status)
        for name, value in posts.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def post_server(port: int = 0) -> Iterator[PostServer]:
    """Yield an HTTP server on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _Posts)
    server.posts = PostServer(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.posts
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def dripping_server(
    pause: float, answer: bytes = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", scheme: str = "http"
) -> Iterator[str]:
    """Yield the address of a receiver that sends *answer* one byte at a time, each within a socket's timeout."""

    class Drip(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(65_536)
            for byte in answer:
                try:
                    self.request.sendall(bytes([byte]))
                except OSError:
                    return
                time.sleep(pause)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Drip) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"{scheme}://127.0.0.1:{server.server_address[1]}/nhan"
        server.shutdown()


def unused_port() -> int:
    """Return a port on loopback without a listener."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Return a self-signed certificate for 127.0.0.1: its file, and a server's context that uses it."""
    import ipaddress

    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file, secret = folder / "cert.pem", folder / "key.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, secret)
    return file, context
