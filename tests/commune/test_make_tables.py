"""The script for the country's tables stops at anything that it can't place."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "commune" / "data" / "make_tables.py"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("make_tables", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("written", "level", "kind", "name"),
    [
        ("Thành Phố Bắc Kạn", "district", "district", "thành phố Bắc Kạn"),
        ("Xã Pa ủ", "ward", "commune", "xã Pa Ủ"),
        ("Thị trấn Nông trường Việt Lâm", "ward", "township", "thị trấn Nông trường Việt Lâm"),
        ("Đặc khu Lý Sơn", "ward", "special", "đặc khu Lý Sơn"),
    ],
)
def test_a_name_is_written_as_on_screen(script, written, level, kind, name):
    assert script._named(written, level) == (kind, name)


@pytest.mark.parametrize(
    "act",
    [
        lambda script: script._named("Tổng Nà Co", "ward"),
        lambda script: script._placed({"a": "1"}, "xãtamđàn"),
        lambda script: script._unique([("a", "1"), ("a", "2")]),
        lambda script: script._check("new", [("01", "province", "tỉnh A", "")]),
    ],
)
def test_a_unit_without_a_place_stops_the_script(script, act):
    with pytest.raises(script.Unplaced):
        act(script)
