"""Keep-alive HTTP clients over raw sockets in one thread, so light that the processor is left to the server."""

import gc
import re
import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.load.submissions import Ask, Visit

LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
COOKIE = re.compile(rb"(?i)\r\nset-cookie: *([^;\r]+)")


@dataclass
class Load:
    """The clients' measurements: the milliseconds of every visit, and the seconds of all together."""

    took: list[float]
    seconds: float


class Client:
    """One connection with its cookie."""

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
        head = f"{verb} {ask.path} HTTP/1.1\r\nHost: {self._host}\r\n{self._cookie}X-Forwarded-For: {ask.sender}\r\n"
        if ask.data is not None:
            kind = "application/x-www-form-urlencoded"
            head += f"Origin: http://{self._host}\r\nContent-Type: {kind}\r\nContent-Length: {len(form)}\r\n"
        self.socket.sendall(f"{head}\r\n{form}".encode())


def visit_all(port: int, make: Callable[[], Visit], *, clients: int, visits: int, seconds: float) -> Load:
    """Make *visits* with so many *clients* at once; after *seconds* no more are begun."""
    took: list[float] = []
    waiting = iter(range(visits))
    gc.freeze()  # the garbage collector skips the large application that this process built
    with selectors.DefaultSelector() as ready:
        for _ in range(min(clients, visits)):  # an idle connection would hold a thread of the server
            client = Client(port)
            ready.register(client.socket, selectors.EVENT_READ, client)
        start = time.perf_counter()

        def go_on(client: Client) -> None:
            if time.perf_counter() - start < seconds and next(waiting, None) is not None:
                client.begin(make())
            else:
                ready.unregister(client.socket)
                client.socket.close()

        for key in list(ready.get_map().values()):
            go_on(key.data)
        while ready.get_map():
            for key, _events in ready.select():
                if (ms := key.data.receive()) is not None:
                    took.append(ms)
                    go_on(key.data)
    return Load(took, time.perf_counter() - start)
