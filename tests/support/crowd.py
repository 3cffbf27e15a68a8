"""Many concurrent people, each with a browser that retries until it is answered."""

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import httpx

from tests.support.pages import Pairs
from tests.support.served import ServedInstance
from tests.support.visitor import Answer, Visitor

T = TypeVar("T")
R = TypeVar("R")
BUSY = {409, 503}


class Crowd:
    """Threads that each have a browser of their own."""

    def __init__(self, served: ServedInstance | str, size: int = 16) -> None:
        """Browsers for the served instance, or for the proxy at an address."""
        self.url, self.size = served if isinstance(served, str) else served.live.url, size
        self._own = threading.local()
        self._all: list[Visitor] = []

    def visitor(self) -> Visitor:
        """This thread's browser."""
        if not hasattr(self._own, "visitor"):
            self._own.visitor = Visitor(self.url)
            self._all.append(self._own.visitor)
        found: Visitor = self._own.visitor
        return found

    def do(self, deed: Callable[[T], R], things: Iterable[T]) -> list[R]:
        """Return *deed* of all *things*, `size` at a time, in order."""
        try:
            with ThreadPoolExecutor(self.size) as pool:
                return list(pool.map(deed, things))
        finally:
            for visitor in self._all:
                visitor.http.close()

    def insist(self, path: str, pairs: Pairs, patience: float = 60) -> Answer:
        """Post until there is an answer: after a lost connection or a busy server the same form is sent with the same
        key.
        """
        return self.persist(lambda visitor: visitor.post(path, pairs), patience)

    def persist(self, ask: Callable[[Visitor], Answer], patience: float = 60) -> Answer:
        """Repeat *ask* until the server answers anything but that it is busy."""
        until = time.monotonic() + patience
        while True:
            try:
                answer = ask(self.visitor())
            except httpx.TransportError:
                assert time.monotonic() < until
                time.sleep(0.05)
                continue
            if answer.status not in BUSY or time.monotonic() > until:
                return answer
            assert "Retry-After" in answer.headers
            time.sleep(0.05)
