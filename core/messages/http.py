"""Text messages through a gateway and webhooks: a POST over https, to nobody inside our own network, no redirects.

A webhook's request is signed; `docs/operating.md` says how whoever receives it checks that.
"""

from __future__ import annotations

import hmac
import http.client
import ipaddress
import json
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from threading import Timer
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from core.crypto import Keyring
from core.messages.sending import TIMEOUT, SendError
from core.settings import LOOPBACK

LONGEST = 3 * TIMEOUT
"""Seconds that a receiver may take in all."""
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
UNICAST, NAT64 = ipaddress.IPv6Network("2000::/3"), ipaddress.IPv6Network("64:ff9b::/96")
"""All that is given out of the new kind of addresses; those that stand for one of the old kind (RFC 6052)."""


class _Pinned(http.client.HTTPSConnection):
    """HTTPS to the very address that was looked at: a name that changes in between leads nowhere else."""

    def __init__(self, host: str, port: int, address: str) -> None:
        self._own = ssl.create_default_context()
        super().__init__(host, port, timeout=TIMEOUT, context=self._own)
        self._address = address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), TIMEOUT)
        self.sock = own = self._own.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        own.do_handshake()


def send_sms(url: str, *, to: str, text: str, id: str) -> None:
    """Hand a text message to the gateway at *url* as JSON; *id* lets it recognise one that comes again.

    Raises:
        SendError: the gateway did not take it.
    """
    _post(url, json.dumps({"id": id, "to": to, "text": text}).encode(), {"Idempotency-Key": id})


def send_webhook(url: str, *, told: Mapping[str, Any], id: str, secret: str, now: datetime) -> None:
    """Tell the receiver at *url*, signed with *secret* at *now*; raises SendError when it was not taken."""
    body = json.dumps({"id": id, **told}, ensure_ascii=False, separators=(",", ":")).encode()
    stamp = int(now.timestamp())
    _post(url, body, {"X-Lang-Nghe-Id": id, "X-Lang-Nghe-Signature": f"t={stamp},v1={sign(secret, stamp, body)}"})


def sign(secret: str, stamp: int, body: bytes) -> str:
    """HMAC-SHA-256 over the seconds, a dot and the body, in hexadecimal."""
    return hmac.digest(secret.encode(), f"{stamp}.".encode() + body, "sha256").hex()


def secret_of(keyring: Keyring, url: str) -> str:
    """The secret that the receiver at *url* shares with us; another receiver has another."""
    return keyring.mac("webhook", url).hex()


def _post(url: str, body: bytes, headers: Mapping[str, str]) -> None:
    parts = urlsplit(url)
    sent = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "LangNghe", **headers, **_login(parts)}
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection = _connection(parts)
        with closing(connection), _cut_after(LONGEST, connection):
            connection.request("POST", path, body, sent)
            status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise SendError(f"không gửi được tới {parts.hostname} ({type(error).__name__})") from error
    if not 200 <= status < 300:
        raise SendError(f"{parts.hostname} trả lời {status}")


@contextmanager
def _cut_after(seconds: float, connection: http.client.HTTPConnection) -> Iterator[None]:
    """End *connection* then, whatever it still sends: every byte begins the socket's own time anew."""

    def cut() -> None:
        if connection.sock is not None:
            with suppress(OSError):  # it has just ended by itself
                socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "http" and host in LOOPBACK:
        return http.client.HTTPConnection(host, parts.port or 80, timeout=TIMEOUT)
    if parts.scheme != "https":
        raise SendError(f"{host}: chỉ gửi qua https", is_final=True)
    port = parts.port or 443
    return _Pinned(host, port, _looked_up(host, port))


def _looked_up(host: str, port: int) -> str:
    """The address to connect to; every one that the name has must be a public one, or this machine said in so many
    words."""
    found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if host not in LOOPBACK and not all(is_public(ipaddress.ip_address(each)) for each in found):
        raise SendError(f"{host} dẫn vào mạng nội bộ nên không gửi", is_final=True)
    return sorted(found)[0]


def is_public(address: Address) -> bool:
    """Whether *address* lies outside every private, local or reserved network, also where it carries another in it."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _carried(address)
        if inner is None:
            return address in UNICAST and address.is_global
        address = inner
    return address.is_global and not address.is_multicast


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address of the old kind that a translator or a tunnel would make of it."""
    last = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (last if address in NAT64 else None)


def _login(parts: SplitResult) -> dict[str, str]:
    if not parts.username:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}
