"""A rating and a paper beside their same-shaped references, in one process, interleaved: python -m bench.hot."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event

from bench.load import reference as bare
from bench.load.submissions import Submissions, Visit
from core import schema
from core.settings import Settings
from core.web.extensions import db

ROUNDS, BATCH = 30, 10


class Meter:
    """A WSGI middleware that sums the processor time spent in the application."""

    def __init__(self, app: Flask) -> None:
        self.ms = 0.0
        self._inner = app.wsgi_app
        app.wsgi_app = self  # type: ignore[method-assign]

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start = time.process_time_ns()
        reply = self._inner(environ, start_response)
        body = [b"".join(reply)]
        if hasattr(reply, "close"):
            reply.close()
        self.ms += (time.process_time_ns() - start) / 1e6
        return body


class Bench:
    """An application behind a test client, which counts its processor time and SQL statements."""

    def __init__(self, app: Flask, engine: Engine) -> None:
        self.meter, self.client, self.statements = Meter(app), app.test_client(), 0
        self._engine = engine

    def take(self, visit: Visit) -> float:
        """Make *visit*; return the milliseconds of processor time that the application spent on it."""
        before, text = self.meter.ms, None
        try:
            while True:
                ask = visit.send(text)  # type: ignore[arg-type]
                method, sender = "GET" if ask.data is None else "POST", {"REMOTE_ADDR": ask.sender}
                reply = self.client.open(ask.path, method=method, data=ask.data, environ_base=sender)
                text = reply.text
                assert reply.status_code == ask.status, (ask.path, reply.status_code, text)
        except StopIteration:
            return self.meter.ms - before

    def count(self, visit: Visit) -> int:
        """Make *visit*; return how many SQL statements it took, savepoints included."""
        found: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            found.append(statement)

        event.listen(self._engine, "before_cursor_execute", note)
        try:
            self.take(visit)
        finally:
            event.remove(self._engine, "before_cursor_execute", note)
        return len(found)


Row = tuple[str, str, str, Bench, Callable[[], Visit]]
"""Name, name of the reference, title, client and maker of visits."""


def build(folder: Path, papers: int) -> tuple[Flask, Flask, Submissions]:
    """Return the product, the reference and the submissions to both, on new databases in *folder*."""
    from app import create_app  # noqa: PLC0415 - the application reads its settings when it is assembled

    url = f"sqlite:///{folder / 'lang-nghe.sqlite3'}"
    app = create_app(Settings(folder, url, "http://127.0.0.1:8000", frozenset(), "Lắng Nghe"))
    reference = bare.create_reference(f"sqlite:///{folder / 'reference.sqlite3'}", folder)
    with app.app_context():
        schema.upgrade(db.engine)
    return app, reference, Submissions(app, reference, papers)


def rows(app: Flask, reference: Flask, made: Submissions) -> list[Row]:
    """Return the measured rows, in the order of the table."""
    with app.app_context():
        product = Bench(app, db.engine)
    with reference.app_context():
        plain = Bench(reference, bare.db.engine)
    return [
        ("constant", "constant", "a constant reply (1 request)", plain, made.constant),
        ("form", "form", "bare form: page + post (2 requests)", plain, made.bare_form),
        ("rating", "form", "rating: page + post (2 requests)", product, made.rating),
        ("bare more", "bare more", "bare form, then a comment (3 requests)", plain, made.bare_more),
        ("more", "bare more", "rating, then a comment (3 requests)", product, made.more),
        ("bare paper", "bare paper", "bare paper: enter, begin, submit (3 requests)", plain, made.bare_paper),
        ("paper", "bare paper", "paper: enter, begin, submit (3 requests)", product, made.paper),
    ]


def measure(table: list[Row]) -> dict[str, list[float]]:
    """Return the milliseconds of each submission after a warm-up, the kinds interleaved."""
    found: dict[str, list[float]] = {name: [] for name, *_ in table}
    for round in range(ROUNDS + 1):
        for name, _against, _words, bench, make in table:
            took = [bench.take(make()) for _ in range(BATCH)]
            found[name] += took if round else []
    return found


def run(folder: Path) -> None:
    """Print the table."""
    place = folder / "hot"
    place.mkdir()
    table = rows(*build(place, (ROUNDS + 1) * BATCH + 1))
    found = measure(table)
    medians = {name: statistics.median(took) for name, took in found.items()}
    statements = {name: bench.count(make()) for name, _against, _words, bench, make in table}
    head = f"in one process, SQLite WAL FULL, n = {ROUNDS * BATCH}"
    print(f"{head:<56} cpu ms  × reference  × constant  statements")
    for name, against, words, *_ in table:
        ms, ratio = medians[name], medians[name] / medians[against]
        print(f"{words:<56} {ms:6.2f} {ratio:12.2f} {ms / medians['constant']:11.1f} {statements[name]:11}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as here:
        run(Path(here))
