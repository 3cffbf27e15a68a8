"""The same seed and moment give the same province on any instance."""

import os
import re
from datetime import datetime

import pytest
from flask import Flask

from core.values.week import VIETNAM
from core.web.extensions import db, keyring
from demo import offices
from demo.chance import Chance
from demo.dump import dump
from demo.offices import load_offices
from demo.today import load_today
from demo.units import get_units
from demo.world import World
from tests.demo.conftest import WEDNESDAY

pytestmark = pytest.mark.xdist_group("demo")
IS_LONG = bool(os.environ.get("LONG"))
SOME = {"xã Lâm Bình", "xã Thượng Lâm", "phường Hà Giang 1"}


def dumped(app: Flask) -> tuple[str, list[str]]:
    """Return the fingerprint of the instance's keys, and its dump."""
    with app.app_context():
        return keyring().fingerprint, list(dump(db.session))


def load_some(app: Flask, monkeypatch) -> None:
    """Load the contest of today and three communes, which takes a minute."""
    every = offices.list_units
    monkeypatch.setattr(offices, "list_units", lambda *given: [unit for unit in every(*given) if unit.name in SOME])
    with app.app_context():
        now = datetime.fromisoformat(WEDNESDAY).replace(tzinfo=VIETNAM)
        world = World(db.session, keyring(), Chance(7), now, lambda _: None)
        units = get_units(db.session)
        load_today(world, units)
        load_offices(world, units)
        db.session.commit()


def test_the_same_seed_and_moment_give_the_same_dump_under_another_master_key(empty, load_whole, tmp_path, monkeypatch):
    apps = [empty(tmp_path / name) for name in ("here", "there")]
    for app in apps:
        load_whole(app) if IS_LONG else load_some(app, monkeypatch)

    (here_key, here), (there_key, there) = map(dumped, apps)

    assert here_key != there_key
    assert len(here) > (50_000 if IS_LONG else 5_000)
    assert here == there


def test_the_dump_leaves_out_whatever_hangs_on_the_master_key(loaded):
    _, lines = dumped(loaded[0])
    seen = {name for line in lines for name in re.findall(r'"(\w+)":', line[:400])}

    assert "person_commitment" in seen
    assert not seen & {"phone_hash", "identity_hash", "sealed", "wrapped", "password_hash", "receipt_hash"}
