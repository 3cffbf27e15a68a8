"""Text messages through a gateway and webhooks: a POST over https to a public address, without redirects.

A webhook's request is signed; `docs/operating.md` says how its receiver checks that.
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

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from core.crypto import Keyring
from core.messages.sending import TIMEOUT, SendError, why
from core.settings import LOOPBACK
from core.translation import gettext
from core.values.kept import kept
from core.values.text import N_

LONGEST = 3 * TIMEOUT
"""Seconds that a receiver may take in all."""
BUSY = (429, 502, 503, 504)
"""Statuses of a receiver that may take the same message later."""
_UNREACHED = kept(N_("không gửi được tới %(hostname)s: %(why)s"))
_ANSWERED = kept(N_("%(hostname)s trả lời %(status)s"))
_BUSY = kept(N_("%(hostname)s đang bận (mã lỗi %(status)s), gửi lại được"))
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
UNICAST, NAT64 = ipaddress.IPv6Network("2000::/3"), ipaddress.IPv6Network("64:ff9b::/96")
"""The IPv6 addresses that are assigned; those that translate to an IPv4 address (RFC 6052)."""


def send_sms(url: str, *, to: str, text: str, id: str) -> None:
    """Send a text message to the gateway at *url* as JSON; the gateway recognises a repeated one by *id*.

    Raises:
        SendError: the gateway did not accept it.
    """
    _post(url, json.dumps({"id": id, "to": to, "text": text}).encode(), {"Idempotency-Key": id})


def send_webhook(url: str, *, payload: Mapping[str, Any], id: str, secret: str, now: datetime) -> None:
    """Post *payload* to the receiver at *url*, signed with *secret* at *now*; raises SendError if not accepted."""
    body = json.dumps({"id": id, **payload}, ensure_ascii=False, separators=(",", ":")).encode()
    stamp = int(now.timestamp())
    _post(url, body, {"X-Lang-Nghe-Id": id, "X-Lang-Nghe-Signature": f"t={stamp},v1={sign(secret, stamp, body)}"})


def sign(secret: str, stamp: int, body: bytes) -> str:
    """Return HMAC-SHA-256 over the seconds, a dot and the body, in hexadecimal."""
    return hmac.digest(secret.encode(), f"{stamp}.".encode() + body, "sha256").hex()


def secret_of(keyring: Keyring, url: str) -> str:
    """Return the secret shared with the receiver at *url*; each receiver has its own."""
    return keyring.mac("webhook", url).hex()


class _WithLine:
    """A connection of urllib3 that can be cut from another thread, in the middle of a TLS handshake too."""

    line: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        connected: socket.socket = super()._new_conn()  # type: ignore[misc]
        self.line = connected.dup()
        return connected

    def cut(self) -> None:
        if self.line is not None:
            with suppress(OSError):  # already closed
                self.line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        super().close()  # type: ignore[misc]
        if self.line is not None:
            self.line.close()


class _Http(_WithLine, HTTPConnection):
    """HTTP, for a receiver on this machine."""


class _Https(_WithLine, HTTPSConnection):
    """HTTPS."""


def _post(url: str, body: bytes, headers: Mapping[str, str]) -> None:
    parts = urlsplit(url)
    sent = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "LangNghe", **headers}
    sent["Host"] = parts.netloc.rpartition("@")[2]
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        sent["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with closing(_connection(parts)) as connection, _cut_after(LONGEST, connection):
            connection.request("POST", path, body, sent, preload_content=False)
            status = connection.getresponse().status
    except (OSError, HTTPError, http.client.HTTPException) as error:
        raise SendError(gettext(_UNREACHED, hostname=parts.hostname, why=why(error.__cause__ or error))) from error
    if not 200 <= status < 300:
        wording = _BUSY if status in BUSY else _ANSWERED
        raise SendError(gettext(wording, hostname=parts.hostname, status=status))


@contextmanager
def _cut_after(seconds: float, connection: _WithLine) -> Iterator[None]:
    """Cut *connection* after *seconds* in all; urllib3's own timeout restarts with every byte received."""
    timer = Timer(seconds, connection.cut)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _connection(parts: SplitResult) -> _Http | _Https:
    """Return a connection to the address that was checked, so that a changed DNS name can't redirect it."""
    host = parts.hostname or ""
    if parts.scheme == "http" and host in LOOPBACK:
        return _Http(host, parts.port or 80, timeout=TIMEOUT)
    if parts.scheme != "https":
        raise SendError(gettext("%(host)s: chỉ gửi qua https", host=host), is_final=True)
    port = parts.port or 443
    context = ssl.create_default_context()
    address = _looked_up(host, port)
    return _Https(
        address,
        port,
        timeout=TIMEOUT,
        ssl_context=context,
        cert_reqs=ssl.CERT_REQUIRED,
        server_hostname=host,
        assert_hostname=host,
    )


def _looked_up(host: str, port: int) -> str:
    """Return the address to connect to. Every address of *host* must be public, unless *host* is this machine.

    Raises:
        SendError: one of them is not public.
    """
    found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if host not in LOOPBACK and not all(is_public(ipaddress.ip_address(each)) for each in found):
        raise SendError(gettext("%(host)s dẫn vào mạng nội bộ nên không gửi", host=host), is_final=True)
    return sorted(found)[0]


def is_public(address: Address) -> bool:
    """Whether *address*, or the one embedded in it, is outside every private, local and reserved network."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _carried(address)
        if inner is None:
            return address in UNICAST and address.is_global
        address = inner
    return address.is_global and not address.is_multicast


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that a translator or tunnel would use for *address*; None if there is none."""
    last = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (last if address in NAT64 else None)
