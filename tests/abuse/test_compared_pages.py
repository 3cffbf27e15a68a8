"""Somebody fetches every public page of results each day and compares: no group of fewer than five appears (F25)."""

import os
import random
import re
import shutil
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from core import clock
from core.crypto import new_code, new_key
from core.values.week import VIETNAM, local_date, monday_of
from survey.counter.models import Counter
from survey.counter.queries.printed import address_of
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import make_counter
from tests.support.moved_clock import APPLICATION, move
from tests.support.pages import Page
from tests.support.postgres import Server, cluster_folder
from tests.support.served import serve_instance
from tests.support.visitor import Visitor

SEEDS, DAYS = (range(8), 49) if os.environ.get("LONG") else (range(1), 22)
HIDDEN = re.compile(r'<input[^>]*name="(key|form_token|rehearsal)"[^>]*value="([^"]*)"')
STRIP = r"[\d,]+\s% từ \d+ đến \d+ \S+ ([\d.]+) lượt"
"""The words of a row of strips: its share, its interval, its ratings."""
COUNTS = {
    "headline": re.compile(r"[\d.]+ trong ([\d.]+) lượt đánh giá"),
    "set apart": re.compile(r"có ([\d.]+) lượt để riêng"),
    "paper": re.compile(rf"Phiếu giấy {STRIP}"),
    "by QR code": re.compile(rf"Mã QR tại quầy {STRIP}"),
    "counter 1": re.compile(rf"Quầy 1 \D*{STRIP}"),
    "counter 2": re.compile(rf"Quầy 2 \D*{STRIP}"),
    "listed": re.compile(r"hài lòng, trong ([\d.]+) lượt đánh giá"),
}
IN_FILE = re.compile(r"^((?:Tổng|Tháng|Quầy|Kênh);[^;]+);(\d+);", re.M)


@pytest.fixture
def place(backend, request, sqlite_template):
    """Serve an instance of its own under a clock that can be moved."""
    with TemporaryDirectory(dir=cluster_folder()) as name:
        folder = Path(name)
        move(folder, timedelta(0))
        if backend == "sqlite":
            url = f"sqlite:///{shutil.copy(sqlite_template, folder / 'served.sqlite3')}"
        else:
            server: Server = request.getfixturevalue("postgres_server")
            url = server.copied()
        with serve_instance(backend, folder, url, APPLICATION) as found:
            yield found


def fetched(visitor, slug):
    """Return every count on the public pages of an office with two counters, by page and kind."""
    found, pages = {}, (f"/ket-qua/{slug}", f"/ket-qua/{slug}/quay/1", f"/ket-qua/{slug}/quay/2")
    for path in (*pages, "/ket-qua/", "/"):
        text = Page(visitor.http.get(path).text).text
        for kind, pattern in COUNTS.items():
            count = pattern.search(text)
            found[path, kind] = int(count[1].replace(".", "")) if count else 0
    for path in (f"{page}/so-lieu.csv" for page in pages):
        found |= {(path, line): int(count) for line, count in IN_FILE.findall(visitor.http.get(path).text)}
    return found


def rate(visitor, path, *, level, device, address):
    page = dict(HIDDEN.findall(visitor.http.get(path).text))
    fields = page | {"key": new_key(), "level": str(level), "device": device}
    assert visitor.http.post(path, data=fields, headers={"X-Forwarded-For": address}).status_code == 201


def one_day(place, visitor, counter_id, path, hazard, now):
    """Rate as on one day: citizens, one who comes often, now and then a script, and a paper form."""
    for _ in range(hazard.choice((0, 0, 0, 1, 1, 2))):
        address = f"203.0.113.{hazard.randrange(250)}"
        rate(visitor, path, level=hazard.randint(1, 5), device=new_key(), address=address)
    for _ in range(hazard.choice((0, 0, 1, 5))):
        rate(visitor, path, level=5, device="c" * 22, address="198.51.100.7")
    if hazard.random() < 0.3:
        with place.session() as session:
            record_rating(
                session,
                place.keyring,
                session.get_one(Counter, counter_id),
                Opinion(Level(hazard.randint(1, 5))),
                channel=Channel.PAPER,
                receipt=new_code(),
                now=now,
            )


@pytest.mark.both_databases
@pytest.mark.parametrize("seed", SEEDS)
def test_no_two_pages_of_no_two_days_differ_by_fewer_than_five(place, seed):
    hazard, before, office = random.Random(seed), {}, None
    begun = clock.now()
    monday = datetime.combine(monday_of(local_date(begun)) + timedelta(weeks=1), time(9), VIETNAM)
    with place.session() as session:
        first = make_counter(session, number=1)
        second = make_counter(session, office=first.office, number=2)
        office = first.office.slug
        paths = {each.id: f"/q/{address_of(place.keyring, each)}" for each in (first, second)}
    with Visitor(place.live.url) as visitor:
        for day in range(DAYS):
            now = monday + timedelta(days=day)
            move(place.folder, now - begun)
            for counter_id, path in paths.items():
                one_day(place, visitor, counter_id, path, hazard, now)
            today = fetched(visitor, office)
            assert_nothing_small(office, before, today)
            before = today
    assert before[f"/ket-qua/{office}", "headline"] >= 10
    assert before[f"/ket-qua/{office}", "paper"] >= 5


def assert_nothing_small(office, before, today):
    """Check one fetch against the one before, and its pages against each other."""
    moved = {where: count - before.get(where, 0) for where, count in today.items()}
    assert {where: by for where, by in moved.items() if 0 < abs(by) < 5} == {}
    whole = f"/ket-qua/{office}"
    parts = [f"{whole}/quay/{number}" for number in (1, 2)]
    assert all(today[page, "by QR code"] in {0, today[page, "headline"]} for page in (whole, *parts))
    rest = {kind: today[whole, kind] - sum(today[part, kind] for part in parts) for kind in COUNTS}
    assert (rest["headline"], rest["paper"]) == (0, 0)
    assert rest["set apart"] == 0 or rest["set apart"] >= 5  # a counter without a headline shows none of its own
    assert [today[whole, f"counter {number}"] for number in (1, 2)] == [today[part, "headline"] for part in parts]
    assert today["/ket-qua/", "listed"] == today[whole, "headline"]
