"""The same seed and moment give the same province, whoever loads it."""

import re

import pytest
from flask import Flask

from core.web.extensions import db, keyring
from demo.dump import dump

pytestmark = pytest.mark.xdist_group("demo")


def dumped(app: Flask) -> tuple[str, list[str]]:
    """The fingerprint of the instance's keys, and its dump."""
    with app.app_context():
        return keyring().fingerprint, list(dump(db.session))


def test_the_same_seed_and_moment_give_the_same_dump_under_another_master_key(loaded, load_into, tmp_path):
    other, _ = load_into(tmp_path)

    (here_key, here), (there_key, there) = dumped(loaded[0]), dumped(other)

    assert here_key != there_key
    assert len(here) > 50_000
    assert here == there
    with other.app_context():
        db.engine.dispose()


def test_the_dump_leaves_out_whatever_hangs_on_the_master_key(loaded):
    _, lines = dumped(loaded[0])
    seen = {name for line in lines for name in re.findall(r'"(\w+)":', line[:400])}

    assert "person_commitment" in seen
    assert not seen & {"phone_hash", "identity_hash", "sealed", "wrapped", "password_hash", "receipt_hash"}
