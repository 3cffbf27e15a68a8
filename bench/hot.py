"""The two hot submissions, page and post, against a constant reply and a bare form: in one process, interleaved."""

import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from bench.reference import create_reference
from core import clock, schema
from core.crypto import Keyring, new_code
from core.settings import Settings
from core.web.extensions import db
from survey.counter.queries.printed import address_of
from tests.factories import make_contest, make_counter, make_participant

ROUNDS, BATCH = 30, 10
HIDDEN = re.compile(r'<input[^>]*name="(key|form_token|csrf_token|start|code)"[^>]*value="([^"]*)"')


@dataclass
class Timing:
    """Milliseconds of processor time and of waiting, one per submission."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def add(self, act: Callable[[], object]) -> None:
        """Run *act* and note what it took."""
        cpu, wall = time.process_time(), time.perf_counter()
        act()
        self.cpu.append(1000 * (time.process_time() - cpu))
        self.wall.append(1000 * (time.perf_counter() - wall))


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's first form."""
    return dict(HIDDEN.findall(page))


def expect(status: int, reply: object) -> str:
    """The reply's text, if its status is the one that counts as a submission."""
    assert getattr(reply, "status_code", None) == status, getattr(reply, "text", "")
    return str(reply.text)  # type: ignore[attr-defined]


class Doors:
    """The four things that are timed."""

    def __init__(self, app: Flask, reference: Flask) -> None:
        self.client: FlaskClient = app.test_client(use_cookies=False)
        self.bare: FlaskClient = reference.test_client()
        with app.app_context():
            keyring: Keyring = app.extensions["keyring"]
            counter = make_counter(db.session)
            contest = make_contest(db.session, first_day=(clock.now() - timedelta(days=1)).date(), questions=10)
            self.rating = f"/q/{address_of(keyring, counter)}"
            self.contest = f"/thi/{contest.slug}"
            self.codes = [new_code() for _ in range(ROUNDS * BATCH + BATCH)]
            for number, code in enumerate(self.codes):
                make_participant(db.session, keyring, contest, name=f"Người {number}", code=code)
            db.session.commit()

    def constant(self) -> None:
        expect(200, self.bare.get("/constant"))

    def form(self) -> None:
        page = expect(200, self.bare.get("/form"))
        expect(201, self.bare.post("/form", data=hidden(page) | {"level": "5", "comment": "Phục vụ tốt"}))

    def rate(self) -> None:
        page = expect(200, self.client.get(self.rating))
        expect(201, self.client.post(self.rating, data=hidden(page) | {"level": "5", "comment": "Phục vụ tốt"}))

    def paper(self) -> None:
        page = expect(200, self.client.get(f"{self.contest}/vao-thi"))
        paper = expect(200, self.client.post(f"{self.contest}/vao-thi", data=hidden(page) | {"code": self.codes.pop()}))
        answers = {f"q{number}": "A" for number in range(1, 11)} | {"guess": "480"}
        expect(201, self.client.post(f"{self.contest}/nop-bai", data=hidden(paper) | answers))


def measure(app: Flask, folder: Path) -> dict[str, Timing]:
    """Timings of *ROUNDS* batches, the four interleaved, after a warm-up."""
    doors = Doors(app, create_reference(f"sqlite:///{folder / 'reference.sqlite3'}", folder))
    acts = {"constant": doors.constant, "form": doors.form, "rate": doors.rate, "paper": doors.paper}
    for act in acts.values():
        for _ in range(BATCH):
            act()
    timings = {name: Timing() for name in acts}
    for _ in range(ROUNDS):
        for name, act in acts.items():
            for _ in range(BATCH):
                timings[name].add(act)
    return timings


def run(folder: Path) -> None:
    """Print the table."""
    settings = Settings(
        instance_path=folder, database_url=f"sqlite:///{folder / 'bench.sqlite3'}", public_url="http://127.0.0.1:8000",
        trusted_proxies=frozenset(), brand="Lắng Nghe",
    )  # fmt: skip
    from app import create_app  # noqa: PLC0415 - the application reads its settings when it is assembled

    app = create_app(settings)
    with app.app_context():
        schema.upgrade(db.engine)
    timings = measure(app, folder)
    names = {
        "constant": "a constant reply (1 request)",
        "form": "bare Flask-WTF form: page + post (2 requests)",
        "rate": "rating: page + post (2 requests)",
        "paper": "contest: enter, begin, submit 10 answers (3 requests)",
    }
    base = statistics.median(timings["constant"].cpu)
    bare = statistics.median(timings["form"].cpu)
    head = f"in one process, SQLite WAL FULL, n = {ROUNDS * BATCH}"
    print(f"{head:<56} cpu ms   × constant  × bare   p50 ms  p99 ms")
    for name, words in names.items():
        cpu, wall = statistics.median(timings[name].cpu), timings[name].wall
        p99 = statistics.quantiles(wall, n=100)[98]
        print(
            f"{words:<56} {cpu:6.2f}   {cpu / base:10.1f} {cpu / bare:7.2f} {statistics.median(wall):8.2f} {p99:7.2f}"
        )
