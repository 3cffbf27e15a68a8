"""The same seed and moment give the same province on any instance."""

import os
import re

import pytest
from flask import Flask

from core.web.extensions import db, keyring
from demo.dump import dump
from tests.demo.conftest import load_some

pytestmark = pytest.mark.xdist_group("demo")
IS_LONG = bool(os.environ.get("LONG"))


def dumped(app: Flask) -> list[str]:
    with app.app_context():
        return list(dump(db.session))


def key_of(app: Flask) -> str:
    with app.app_context():
        return keyring().fingerprint


@pytest.fixture
def here(request):
    """The key and the dump of a loaded instance, and what loads another in the same way."""
    if IS_LONG:
        app = request.getfixturevalue("loaded")[0]
        return key_of(app), dumped(app), request.getfixturevalue("load_whole")
    part = request.getfixturevalue("part_on")("sqlite")
    return key_of(request.getfixturevalue("instances")("sqlite").app), part.after, load_some


def test_the_same_seed_and_moment_give_the_same_dump_under_another_master_key(empty, here, tmp_path):
    key, rows, load = here
    there = empty(tmp_path / "there")

    load(there)

    assert key_of(there) != key
    assert len(rows) > (50_000 if IS_LONG else 5_000)
    assert dumped(there) == rows


def test_the_dump_leaves_out_whatever_hangs_on_the_master_key(loaded):
    lines = dumped(loaded[0])
    seen = {name for line in lines for name in re.findall(r'"(\w+)":', line[:400])}

    assert "person_commitment" in seen
    assert not seen & {"phone_hash", "identity_hash", "sealed", "wrapped", "password_hash", "receipt_hash"}
