"""Measure submissions and public pages over loopback HTTP, with the real server and keep-alive clients."""

import statistics
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from bench import hot
from bench.load.clients import Load, visit_all
from bench.load.served import PRODUCT, Server, serving
from bench.load.submissions import Submissions, Visit, view
from bench.stage.instance import Stage, build
from core.web.extensions import db

CLIENTS, ROUNDS, SECONDS = 16, 3, 10.0
VISITS = {"constant": 4000, "form": 480, "rating": 480, "bare paper": 240, "paper": 160, "page": 2400}
SMALLEST = 16
"""Visits of the warm-up."""


@dataclass
class VisitKind:
    """A kind of visit: its server, its maker, its number, and the measurements of each round."""

    words: str
    server: Server
    make: Callable[[], Visit]
    visits: int
    loads: list[Load] = field(default_factory=list)
    cpus: list[float] = field(default_factory=list)

    def measure(self, visits: int) -> tuple[Load, float]:
        """Make *visits*; return the clients' measurements, and the server's milliseconds of processor time per
        visit.
        """
        before = self.server.cpu_ms()
        load = visit_all(self.server.port, self.make, clients=CLIENTS, visits=visits, seconds=SECONDS)
        return load, (self.server.cpu_ms() - before) / len(load.took)

    @property
    def rate(self) -> float:
        """The visits per second, median of the rounds."""
        return statistics.median(len(load.took) / load.seconds for load in self.loads)

    @property
    def cpu(self) -> float:
        """The milliseconds of processor time per visit, median of the rounds."""
        return statistics.median(self.cpus)

    @property
    def line(self) -> str:
        """The figures of a table's line."""
        took = [ms for load in self.loads for ms in load.took]
        p99 = statistics.quantiles(took, n=100)[98]
        return f"{self.words:<48} {self.rate:7.0f} {self.cpu:8.2f} {statistics.median(took):8.1f} {p99:8.1f}"


HEAD = f"{'a second':>7} {'cpu ms':>7} {'p50 ms':>8} {'p99 ms':>8}"


def measure(kinds: list[VisitKind]) -> None:
    """Measure *kinds*, interleaved, so that a slow machine slows all of them alike."""
    for kind in kinds:
        kind.measure(min(SMALLEST, kind.visits))
    for _ in range(ROUNDS):
        for kind in kinds:
            load, cpu = kind.measure(kind.visits)
            kind.loads.append(load)
            kind.cpus.append(cpu)


def submissions(product: Server, reference: Server, made: Submissions) -> None:
    """Print the table of submissions: each beside its reference."""
    form = VisitKind("bare form: page + post", reference, made.bare_form, VISITS["form"])
    rating = VisitKind("rating: page + post", product, made.rating, VISITS["rating"])
    bare_paper = VisitKind("bare paper: enter, begin, submit", reference, made.bare_paper, VISITS["bare paper"])
    paper = VisitKind("paper: enter, begin, submit", product, made.paper, VISITS["paper"])
    measure([form, rating, bare_paper, paper])
    print(f"{f'submissions over HTTP, {CLIENTS} clients':<48} {HEAD}   × cpu of reference  × its rate")
    for kind, against in ((form, form), (rating, form), (bare_paper, bare_paper), (paper, bare_paper)):
        print(f"{kind.line} {kind.cpu / against.cpu:20.2f} {kind.rate / against.rate:11.2f}")


def pages(product: Server, reference: Server, stage: Stage) -> None:
    """Print the table of public pages: their rate as a share of a constant reply."""
    paths = {
        "rating page": f"/q/{stage.counter_code}",
        "board of an open contest": f"/thi/{stage.running}/bang",
        "home": "/",
        "results of an office": f"/ket-qua/{stage.office}",
        "results of a round": f"/thi/{stage.past}/tuan/1",
        "board of a finished contest, today's units": f"/thi/{stage.merged}/bang?don-vi=hom-nay",
    }
    constant = VisitKind("a constant reply", reference, lambda: view("/constant"), VISITS["constant"])
    kinds = [VisitKind(words, product, lambda path=path: view(path), VISITS["page"]) for words, path in paths.items()]
    measure([constant, *kinds])
    print(f"{f'public pages over HTTP, {CLIENTS} clients':<48} {HEAD}   share of constant: rate, cpu")
    for kind in (constant, *kinds):
        print(f"{kind.line} {kind.rate / constant.rate:17.2f} {constant.cpu / kind.cpu:18.2f}")


def run(folder: Path) -> None:
    """Print both tables."""
    place = folder / "http"
    place.mkdir()
    papers = max(VISITS["paper"], VISITS["bare paper"]) * ROUNDS + SMALLEST
    app, _reference, made = hot.build(place, papers)
    stage = _staged(app)
    url, bare = f"sqlite:///{place / 'reference.sqlite3'}", place / "reference"
    bare.mkdir()
    with ExitStack() as stack:
        product = stack.enter_context(serving(place, *PRODUCT))
        factory = f"bench.load.reference:create_reference({url!r}, {str(place)!r})"
        reference = stack.enter_context(serving(bare, "bench/load/reference_server.py", factory))
        submissions(product, reference, made)
        print()
        pages(product, reference, stage)


def _staged(app: Flask) -> Stage:
    with app.app_context():
        stage = build(db.session, app.extensions["keyring"])
        db.session.commit()
        db.engine.dispose()
    return stage


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as here:
        run(Path(here))
