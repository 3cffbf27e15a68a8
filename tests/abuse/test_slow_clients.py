"""Behind a reference proxy slow clients hold no thread, and the application gets what it needs to know."""

import gzip
import os
import socket
import statistics
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from urllib.parse import urlencode, urlsplit

import pytest

from tests.abuse.test_slow_bodies import send_slowly
from tests.support.caddy import caddy_before
from tests.support.nginx import nginx_before
from tests.support.postgres import free_port
from tests.support.visitor import Visitor

SLOW = 1000 if os.environ.get("LONG") else 60
"""Clients that send a byte a second; eight of them stop the application when no proxy stands before it."""


PROXIES = [pytest.param(nginx_before, id="nginx")]
if os.environ.get("LONG"):  # `make test-long` installs Caddy
    PROXIES.append(pytest.param(caddy_before, id="caddy"))


@pytest.fixture(params=PROXIES)
def proxy(served, request):
    """Return the address of a reference proxy before the served instance."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with request.param(served.live.url, Path(folder)) as url:
            yield url


@contextmanager
def slow_clients(url, path, count):
    """Keep *count* posts under way that send a byte a second."""
    at, over, lines = urlsplit(url), Event(), []
    head = f"POST {path} HTTP/1.1\r\nHost: {at.netloc}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    for _ in range(count):
        lines.append(socket.create_connection((at.hostname, at.port), timeout=20))
        lines[-1].sendall(f"{head}Content-Length: 5000\r\n\r\n".encode())

    def drip():
        while not over.wait(1):
            for line in lines:
                line.sendall(b"a")

    thread = Thread(target=drip)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        for line in lines:
            line.close()


def seconds_of(ask):
    begun = time.monotonic()
    assert ask().status in {200, 201}
    return time.monotonic() - begun


def test_honest_visitors_are_served_beside_many_slow_clients(served, proxy):
    took = []
    with slow_clients(proxy, served.rating, SLOW), Visitor(proxy) as visitor:
        for _ in range(20):
            form = served.rating_form(visitor)
            took.append(seconds_of(lambda: visitor.get(served.rating)))
            took.append(seconds_of(lambda form=form: visitor.post(served.rating, form.filled(level=5))))

    assert statistics.quantiles(took, n=20)[18] < 1


def test_a_page_comes_compressed_through_the_proxy_and_a_staff_page_does_not(served, proxy):
    with Visitor(proxy) as visitor:
        page, desk = visitor.get(served.rating), visitor.get("/quan-tri/dang-nhap")

    assert page.headers["Content-Encoding"] == "gzip"
    assert int(page.headers["Content-Length"]) < 9000 < len(page.html)
    assert len(gzip.compress(page.html.encode())) < 9000
    assert "Content-Encoding" not in desk.headers


def test_a_paper_arrives_when_the_proxy_has_all_of_it(served, proxy):
    slug = served.new_contest()
    with Visitor(proxy) as visitor:
        paper = served.begin(visitor, slug)
    body = urlencode(paper.filled(q1="A", q2="A", q3="A", guess=3)).encode()

    status = send_slowly(proxy, paper.action, body, pause=1.5)

    assert "201" in status
    assert served.attempts(slug)[0].duration_ms >= 1500


def test_a_stamp_and_a_host_that_a_visitor_writes_are_dropped(served, proxy):
    early = {
        "X_Request_Start": "t=1000000000.000",
        "X_Forwarded_Host": "evil.example",
        "Forwarded": "host=evil.example",
    }
    with Visitor(proxy) as visitor:
        answer = visitor.get(served.rating, **early)

    assert answer.status == 200
    assert "evil" not in answer.html


@pytest.mark.parametrize("proxy_before", PROXIES)
def test_while_the_application_restarts_the_proxy_says_so(proxy_before):
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with proxy_before(f"http://127.0.0.1:{free_port()}", Path(folder)) as url, Visitor(url) as visitor:
            reply = visitor.http.get("/")

    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "30")
    assert reply.text == "Hệ thống đang khởi động lại. Xin đợi nửa phút rồi mở lại trang.\n"
