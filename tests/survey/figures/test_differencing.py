"""Comparing the public pages of all days recovers no group of fewer than five ratings."""

import os
import random
import re
from datetime import timedelta

import pytest

from core import clock
from core.crypto import new_code, new_key
from survey.counter.queries.printed import address_of
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_counter
from tests.support.pages import Page

SEEDS = range(40) if os.environ.get("LONG") else range(3)
WEEKS = 7
HIDDEN = re.compile(r'<input[^>]*name="(key|form_token|rehearsal)"[^>]*value="([^"]*)"')
HEADLINE = re.compile(r"([\d.]+) trong ([\d.]+) lượt đánh giá")
EVERYTHING = re.compile(r"([\d.]+) trong ([\d.]+) lượt, có ([\d.]+) lượt để riêng")


def seen(client, counters):
    """Return every count of ratings on the public pages, by page and kind."""
    office = counters[0].office.slug
    paths = [f"/ket-qua/{office}", *(f"/ket-qua/{office}/quay/{counter.number}" for counter in counters)]
    found = {}
    for path in paths:
        text = Page(client.get(path).text).text
        headline, everything = HEADLINE.search(text), EVERYTHING.search(text)
        found[path, "headline"] = int(headline[2]) if headline else 0
        found[path, "left out"] = int(everything[3]) if everything else 0
        for channel in ("Phiếu giấy", "Mã QR tại quầy"):
            count = re.search(rf"{channel} [\d,]+\s% từ \d+ đến \d+ \S+ ([\d.]+) lượt", text)
            found[path, channel] = int(count[1]) if count else 0
    return found


@pytest.fixture
def counters(session):
    first = make_counter(session, number=1)
    found = [first, make_counter(session, office=first.office, number=2)]
    session.commit()
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_two_days_and_two_pages_differ_by_none_or_by_five(app, session, keyring, client, counters, monkeypatch, seed):
    hazard, before = random.Random(seed), {}
    for day in range(7 * WEEKS):
        now = MONDAY + timedelta(days=day, hours=9)
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        for counter in counters:
            _rate(client, session, keyring, counter, hazard, now)
        session.commit()
        app.extensions.pop("replies", None)
        today = seen(client, counters)

        moved = {key: today[key] - before.get(key, 0) for key in today}
        assert {key: by for key, by in moved.items() if by and by < 5} == {}, now
        apart = {kind: today[f"/ket-qua/{counters[0].office.slug}", kind] for kind in ("headline", "left out")}
        for kind, whole in apart.items():
            parts = [count for (path, each), count in today.items() if each == kind and "/quay/" in path]
            assert sum(parts) == whole
        before = today
    assert sum(before.values()) > 50
    assert any(before[path, "Phiếu giấy"] for path in {path for path, _kind in before})


def _rate(client, session, keyring, counter, hazard, now):
    """Rate *counter* as on one day: citizens, one who comes often, a paper form, now and then a script."""
    path = f"/q/{address_of(keyring, counter)}"
    for _ in range(hazard.choice((0, 0, 0, 1, 1, 2))):
        _send(client, path, hazard.randint(1, 5), new_key(), f"203.0.113.{hazard.randrange(250)}")
    for _ in range(hazard.choice((0, 0, 1, 5))):
        _send(client, path, 5, "c" * 22, "198.51.100.7")
    if hazard.random() < 0.3:
        opinion = Opinion(Level(hazard.randint(1, 5)))
        record_rating(session, keyring, counter, opinion, channel=Channel.PAPER, receipt=new_code(), now=now)
        session.commit()


def _send(client, path, level, device, address):
    page = dict(HIDDEN.findall(client.get(path).text))
    fields = page | {"key": new_key(), "level": str(level), "device": device}
    assert client.post(path, data=fields, environ_base={"REMOTE_ADDR": address}).status_code == 201
