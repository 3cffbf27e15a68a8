"""A proxy that loses replies: the server has handled the request, and the client never hears of it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from urllib.parse import urlsplit


@dataclass
class LossyProxy:
    """The address of the proxy, and what passed through it."""

    url: str
    replies: list[tuple[bytes, int, str, bool]] = field(default_factory=list)
    """Of each form: its body, the status and the page that the server gave, and whether that was lost."""

    def pages_of(self, body: bytes) -> list[tuple[int, str]]:
        """Return status and page of every reply to a form, lost ones included, oldest first."""
        return [(status, page) for sent, status, page, _ in self.replies if sent == body]

    @property
    def lost(self) -> int:
        """How many replies to forms were lost."""
        return sum(is_lost for *_, is_lost in self.replies)


class _Relay(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._relay(b"")

    def do_POST(self) -> None:
        self._relay(self.rfile.read(int(self.headers["Content-Length"])))

    def _relay(self, body: bytes) -> None:
        line = HTTPConnection(self.server.upstream, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "accept-encoding"}
        line.request(self.command, self.path, body, headers)
        reply = line.getresponse()
        page = reply.read()  # whole: the server has committed by now
        line.close()
        is_lost, cut = self.server.decide()
        if self.command == "POST":
            self.server.proxy.replies.append((body, reply.status, page.decode(), is_lost))
        self._answer(reply.status, reply.getheaders(), page, cut=int(len(page) * cut) if is_lost else len(page))

    def _answer(self, status: int, headers: list[tuple[str, str]], page: bytes, *, cut: int) -> None:
        self.close_connection = cut < len(page)
        if self.close_connection and not cut:
            return
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in {"connection", "transfer-encoding", "content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page[:cut])

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, upstream: str, share: float, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), _Relay)
        self.upstream, self.share, self._hazard, self._turn = upstream, share, Random(seed), threading.Lock()
        self.proxy = LossyProxy(f"http://127.0.0.1:{self.server_address[1]}")

    def decide(self) -> tuple[bool, float]:
        """Return whether to lose the next reply, and how much of its page comes through before the line breaks."""
        with self._turn:
            return self._hazard.random() < self.share, self._hazard.choice((0.0, 0.5))


@contextmanager
def lossy_proxy(url: str, *, share: float, seed: int) -> Iterator[LossyProxy]:
    """Yield a proxy before the server at *url* that loses *share* of all replies, some of them half-way."""
    with _Server(urlsplit(url).netloc, share, seed) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server.proxy
        server.shutdown()
        thread.join()
