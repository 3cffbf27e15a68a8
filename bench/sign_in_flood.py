"""A page beside a flood of sign-ins: python -m bench.sign_in_flood measures a rating's page beside 16 clients."""

import http.client
import multiprocessing
import os
import re
import statistics
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
from sqlalchemy import create_engine

from core import schema
from tests.support.served import serve_instance

CLIENTS, SECONDS, PAUSE = 16, 8.0, 0.05
SIGN_IN = "/quan-tri/dang-nhap"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def knock(url: str, number: int, over: Event) -> Counter[int]:
    """Sign in wrongly until it is *over*, each time from another address to avoid the throttle; count the statuses."""
    page = httpx.get(f"{url}{SIGN_IN}")
    token, cookie = TOKEN.search(page.text), "; ".join(f"{name}={value}" for name, value in page.cookies.items())
    assert token is not None
    line, statuses = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60), Counter[int]()
    while not over.is_set():
        email = f"la{number}-{statuses.total()}@lang-nghe.example"
        form = urlencode({"csrf_token": token[1], "email": email, "password": "khong phai mat khau"})
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        address = f"10.{number}.{statuses.total() >> 8 & 255}.{statuses.total() & 255}"
        line.request("POST", SIGN_IN, form, headers | {"X-Forwarded-For": address})
        reply = line.getresponse()
        reply.read()
        statuses[reply.status] += 1
    return statuses


def flood(url: str, clients: int, over: Event, found: "Queue[dict[int, int]]") -> None:
    """Knock with many *clients*, in a process that leaves the processor to the others."""
    os.nice(10)
    with ThreadPoolExecutor(max(1, clients)) as pool:
        found.put(dict(sum(pool.map(lambda number: knock(url, number, over), range(clients)), Counter[int]())))


def visits(url: str, path: str) -> list[float]:
    """Return the milliseconds of each visit of a page, one after another."""
    took, until = [], time.monotonic() + SECONDS
    with httpx.Client(base_url=url, timeout=60) as client:
        while time.monotonic() < until:
            begun = time.perf_counter()
            assert client.get(path).status_code == 200
            took.append(1000 * (time.perf_counter() - begun))
            time.sleep(PAUSE)
    return took


def measure(url: str, path: str, clients: int) -> None:
    """Print the line of a page beside so many *clients*."""
    processes = multiprocessing.get_context("fork")
    over, found = processes.Event(), processes.Queue()
    process = processes.Process(target=flood, args=(url, clients, over, found))
    process.start()
    time.sleep(1)
    took = visits(url, path)
    over.set()
    statuses = found.get()
    process.join()
    print(f"{clients:>8} {statistics.median(took):8.1f} {statistics.quantiles(took, n=20)[18]:8.1f}   {statuses}")


def run(folder: Path) -> None:
    """Print a rating's page alone and beside the flood."""
    url = f"sqlite:///{folder / 'flood.sqlite3'}"
    schema.upgrade(create_engine(url))
    with serve_instance("sqlite", folder, url) as served:
        print("a rating's page beside n wrong sign-ins at a time\n       n   p50 ms   p95 ms   sign-ins by status")
        for clients in (0, CLIENTS):
            measure(served.live.url, served.rating, clients)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        run(Path(place))
