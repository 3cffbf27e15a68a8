"""Measure the staff's pages with the whole country: 3.321 communes, 10.000 accounts, a million ratings."""

import random
import statistics
import sys
import tempfile
import time
import uuid
from collections import Counter as TallyCounter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import insert, select

from account.models import Account, Grant
from account.operations.account import build_account
from account.rules.permissions import Role
from app import create_app
from commune.files.country import read_country
from commune.models import Office, Unit
from commune.operations.country import load_country
from commune.operations.offices import create_office
from commune.queries.units import in_force
from core import clock, schema
from core.crypto import new_code
from core.settings import Settings
from core.values.week import local_date, monday_of
from core.web.extensions import db, keyring
from survey.counter.models import Counter, CounterAddress
from survey.instrument.rules.levels import Level
from survey.rating.models import OptionTally
from survey.rating.operations.many import Rated, store_ratings
from survey.rating.operations.record import Opinion
from survey.rating.rules.channels import Channel
from tests.factories import make_account
from tests.support.staff import enter

RATINGS, ACCOUNTS, WEEKS, TURNS, COMMENTED = 1_000_000, 10_000, 52, 15, 0.3
COUNTERS = ("Tư pháp, hộ tịch", "Đất đai", "Trả kết quả")
COMMUNES = ("commune", "ward", "special")
PAGES = (
    "/quan-tri/", "/quan-tri/danh-gia/", "/quan-tri/danh-gia/?tim=lam+binh", "/quan-tri/danh-gia/?trang=60",
    "/quan-tri/danh-gia/?sap-xep=ty-le", "/quan-tri/danh-gia/?sap-xep=luot",
    "/quan-tri/danh-gia/?tim=tan&sap-xep=ty-le", "/quan-tri/tai-khoan/danh-sach/",
    "/quan-tri/danh-gia/co-quan-1", "/quan-tri/danh-gia/co-quan-1?trang=2", "/quan-tri/cuoc-thi/",
    "/", "/ket-qua/", "/ket-qua/co-quan-1",
)  # fmt: skip


def build() -> list[Account]:
    """Build the country with an office of three counters in every commune; return an account for all of it and one for
    a province.
    """
    today = local_date(clock.now())
    load_country(db.session, read_country())
    communes = list(db.session.scalars(select(Unit).where(Unit.kind.in_(COMMUNES), in_force(today))))
    for at, unit in enumerate(communes):
        name = f"Trung tâm Phục vụ hành chính công {unit.name}"
        create_office(db.session, unit, slug=f"co-quan-{at}", name=name, host="Mặt trận")
    offices = list(db.session.scalars(select(Office.id)))
    counters = [
        {"office_id": office, "number": number, "name": name}
        for office in offices
        for number, name in enumerate(COUNTERS, start=1)
    ]
    db.session.execute(insert(Counter), counters)
    ids = list(db.session.scalars(select(Counter.id)))
    db.session.execute(insert(CounterAddress), [{"counter_id": id, "revision": 1, "issued_on": today} for id in ids])
    rate(ids, RATINGS)
    provinces = list(db.session.scalars(select(Unit.id).where(Unit.kind == "province", in_force(today))))
    _employ(communes)
    whole, own = (make_account(db.session, role=Role.ORGANISER, unit=communes[0]) for _ in range(2))
    for account, roots in ((whole, provinces), (own, provinces[:1])):
        account.grants = [
            Grant(role=role.value, unit_id=unit) for unit in roots for role in (Role.ADMINISTRATOR, Role.ORGANISER)
        ]
    db.session.commit()
    for account in (whole, own):
        db.session.refresh(account)
    db.session.expunge_all()
    return [whole, own]


def rate(counters: list[int], ratings: int) -> None:
    """Store so many *ratings* of *counters* over the weeks of a year, with their tallies."""
    hazard, monday = random.Random(7), monday_of(local_date(clock.now()))
    counts: TallyCounter[tuple[int, int, str, str]] = TallyCounter()

    def rated() -> Iterator[Rated]:
        for _ in range(ratings):
            counter, week = hazard.choice(counters), hazard.randrange(1, WEEKS)
            level = hazard.choice(list(Level))
            day = monday - timedelta(weeks=week)
            comment = "Được hướng dẫn rõ, không phải đi lại" if hazard.random() < COMMENTED else ""
            opinion = Opinion(level, comment=comment)
            counts.update((counter, week, *option) for option in opinion.counted)
            yield Rated(
                counter,
                opinion,
                Channel.OPEN,
                day,
                new_code(),
                uuid.UUID(int=hazard.getrandbits(128), version=4),
            )

    store_ratings(db.session, keyring(), rated())
    rows = [
        {"counter_id": counter, "week": monday - timedelta(weeks=week), "channel": "open"}
        | {"item": item, "option": option, "count": count}
        for (counter, week, item, option), count in counts.items()
    ]
    db.session.execute(insert(OptionTally), rows)


def _employ(units: list[Unit]) -> None:
    now = clock.now()
    for at in range(ACCOUNTS):
        name, unit = f"Cán bộ {at}", units[at % len(units)]
        db.session.add(build_account(email=f"cb-{at}@xa.example", name=name, role=Role.MANAGER, unit=unit, now=now))
    db.session.flush()


def timings(client: FlaskClient, page: str) -> tuple[float, float]:
    """Return the median and slowest milliseconds of *page*, after a warm-up."""
    took = []
    for turn in range(TURNS + 1):
        start = time.perf_counter()
        reply = client.get(page)
        if turn:
            took.append(1000 * (time.perf_counter() - start))
        assert reply.status_code == 200, (page, reply.status_code)
    return statistics.median(took), max(took)


def run(folder: Path) -> None:
    """Print the table."""
    place = folder / "console"
    place.mkdir()
    app = create_app(Settings(place, f"sqlite:///{place / 'c.sqlite3'}", "http://127.0.0.1", frozenset(), "Lắng Nghe"))
    with app.app_context():
        schema.upgrade(db.engine)
        accounts = build()
    clients = [enter(app.test_client(), account) for account in accounts]
    print(f"{'the staff, SQLite, the whole country with a million ratings':<58} country ms   max   province ms   max")
    for page in PAGES:
        figures = [figure for client in clients for figure in timings(client, page)]
        print(f"{page:<58} {figures[0]:10.1f} {figures[1]:5.0f} {figures[2]:13.1f} {figures[3]:5.0f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        run(Path(sys.argv[1] if len(sys.argv) > 1 else folder))
