"""The folder that caches drawings holds whole files."""

import pytest

from core.charts import store
from core.charts.store import cached, in_turn
from core.gate import Busy, Gate


def test_a_drawing_is_drawn_once_per_version(tmp_path):
    drawn = []

    for key in ("quay-2:v1", "quay-2:v1", "quay-2:v2"):
        cached(tmp_path / "charts", key, lambda key=key: drawn.append(key) or key.encode())

    assert drawn == ["quay-2:v1", "quay-2:v2"]
    assert cached(tmp_path / "charts", "quay-2:v1", lambda: b"") == b"quay-2:v1"


def test_a_key_cannot_leave_its_folder(tmp_path):
    cached(tmp_path / "charts", "../../etc/x", lambda: b"<svg/>")

    assert [file.parent.name for file in tmp_path.rglob("*") if file.is_file()] == ["charts"]


def test_a_refusing_disk_still_shows_the_drawing_and_leaves_nothing_half_written(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.Path, "replace", refuse)

    assert cached(tmp_path, "quay-2", lambda: b"<svg/>") == b"<svg/>"
    assert list(tmp_path.iterdir()) == []


def test_a_failed_drawing_is_not_kept(tmp_path):
    with pytest.raises(ZeroDivisionError):
        cached(tmp_path, "quay-2", lambda: bytes(1 // 0))

    assert cached(tmp_path, "quay-2", lambda: b"<svg/>") == b"<svg/>"


def test_a_full_folder_drops_its_older_half(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "KEPT", 4)

    for number in range(10):
        cached(tmp_path, f"quay-{number}", lambda: b"<svg/>")

    assert len(list(tmp_path.iterdir())) <= 4


def test_files_are_drawn_in_turn_and_given_from_the_folder_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "_drawing", full := Gate(at_once=1, waiting=0, patience=0))
    cached(tmp_path, "quay-1", in_turn(lambda: b"<svg/>"))

    with full.passing():
        assert cached(tmp_path, "quay-1", in_turn(lambda: b"")) == b"<svg/>"
        with pytest.raises(Busy):
            cached(tmp_path, "quay-2", in_turn(lambda: b"<svg/>"))
