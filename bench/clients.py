"""Keep-alive HTTP clients over raw sockets, all in one thread: light, so that the processor is left to the server."""

import gc
import re
import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.submissions import Ask, Visit

LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
COOKIE = re.compile(rb"(?i)\r\nset-cookie: *([^;\r]+)")


@dataclass
class Load:
    """What the clients saw: the milliseconds of every visit, and the seconds that all took together."""

    took: list[float]
    seconds: float


class Client:
    """One connection, and the cookie that it was given."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._host, self._cookie, self._got = f"127.0.0.1:{port}", "", b""

    def begin(self, visit: Visit) -> None:
        """Send the first request of *visit*."""
        self._visit, self._began = visit, time.perf_counter()
        self._send(next(visit))

    def receive(self) -> float | None:
        """Read what has come in and send the next request; return the milliseconds of the visit once it is over."""
        part = self.socket.recv(65536)
        assert part, "the server closed the connection"
        self._got += part
        head, end, body = self._got.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if not end or (length and len(body) < int(length[1])):
            return None
        assert length and int(head[9:12]) == self._ask.status, (self._ask.path, head, body[:2000])
        self._got = b""
        if cookie := COOKIE.search(head):
            self._cookie = f"Cookie: {cookie[1].decode()}\r\n"
        try:
            self._send(self._visit.send(body.decode()))
        except StopIteration:
            return 1000 * (time.perf_counter() - self._began)
        return None

    def _send(self, ask: Ask) -> None:
        self._ask, form = ask, urlencode(ask.data or {})
        verb = "GET" if ask.data is None else "POST"
        head = f"{verb} {ask.path} HTTP/1.1\r\nHost: {self._host}\r\n{self._cookie}"
        if ask.data is not None:
            kind = "application/x-www-form-urlencoded"
            head += f"Origin: http://{self._host}\r\nContent-Type: {kind}\r\nContent-Length: {len(form)}\r\n"
        self.socket.sendall(f"{head}\r\n{form}".encode())


def visit_all(port: int, make: Callable[[], Visit], *, clients: int, visits: int, seconds: float) -> Load:
    """Make *visits* with so many *clients* at once; after *seconds* no more are begun."""
    lines, took, begun = [Client(port) for _ in range(clients)], [], 0
    gc.freeze()  # the large application that this process built is not looked through again and again
    start = time.perf_counter()
    with selectors.DefaultSelector() as ready:
        for line in lines[:visits]:
            ready.register(line.socket, selectors.EVENT_READ, line)
            line.begin(make())
            begun += 1
        while len(took) < begun:
            for key, _events in ready.select():
                ms = key.data.receive()
                if ms is None:
                    continue
                took.append(ms)
                if begun < visits and time.perf_counter() - start < seconds:
                    key.data.begin(make())
                    begun += 1
    elapsed = time.perf_counter() - start
    for line in lines:
        line.socket.close()
    return Load(took, elapsed)
