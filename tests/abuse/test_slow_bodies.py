"""A paper arrives when all of it has arrived, so that an open request gives no time to answer."""

import socket
import time
from urllib.parse import urlencode, urlsplit


def send_slowly(url, path, body, pause):
    """Post *body*, its last byte after *pause* seconds; return the status line."""
    at = urlsplit(url)
    head = f"POST {path} HTTP/1.1\r\nHost: {at.netloc}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    with socket.create_connection((at.hostname, at.port), timeout=20) as line:
        line.sendall(f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body[:-1])
        time.sleep(pause)
        line.sendall(body[-1:])
        return line.recv(64).decode().split("\r\n")[0]


def test_the_clock_runs_while_a_body_is_held_back(served, visitor):
    slug = served.new_contest()
    paper = served.begin(visitor, slug)
    body = urlencode(paper.filled(q1="A", q2="A", q3="A", guess=3)).encode()

    status = send_slowly(served.live.url, paper.action, body, pause=1.5)

    duration = served.attempts(slug)[0].duration_ms
    assert "201" in status
    assert duration >= 1500
