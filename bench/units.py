"""Measure loading the country and searching a unit in it, on both databases."""

import statistics
import time
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from commune.files.country import read_country
from commune.operations.country import load_country
from commune.queries.search import search_units
from core import schema
from tests.support import postgres

ROUNDS = 20
ASKED = (
    "xa xuan lap", "UBND xã Xuân Lập", "TT Lăng Can", "lam binh tuyen quang", "xa phin", "quan son", "tinh khe",
    "Phường 1, Quận 3, TP Hồ Chí Minh", "xuan lap h. lam binh t. tuyen quang", "x", "tan", "hoà bình", "không có đâu",
)  # fmt: skip


def measure(url: str) -> tuple[float, list[float]]:
    """Return the seconds of the load, and the milliseconds of every search with the parents of its results."""
    engine = create_engine(url)
    schema.upgrade(engine)
    with Session(engine) as session:
        start = time.perf_counter()
        load_country(session, read_country())
        session.commit()
        loaded = time.perf_counter() - start
        took = []
        for round in range(ROUNDS + 1):
            for text in ASKED:
                session.expunge_all()
                start = time.perf_counter()
                search_units(session, text)
                took.append(1000 * (time.perf_counter() - start))
            took = took if round else []  # the first round warms up
    engine.dispose()
    return loaded, took


def run(folder: Path) -> None:
    """Print the table."""
    print(f"{f'the country: 14.149 units; {len(ASKED)} searches × {ROUNDS}':<56} load s   p50 ms  p95 ms  max ms")
    with postgres.cluster() as server:
        server.sql("CREATE DATABASE units")
        for name, url in (
            ("SQLite", f"sqlite:///{folder / 'units.sqlite3'}"),
            ("PostgreSQL", server.url("units")),
        ):
            loaded, took = measure(url)
            p95 = statistics.quantiles(took, n=20)[18]
            print(f"{name:<56} {loaded:6.1f} {statistics.median(took):8.1f} {p95:7.1f} {max(took):7.1f}")
