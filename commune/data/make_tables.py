"""Make the tables in this folder from the wheel of `vietnamadminunits` 1.0.4: `python make_tables.py WHEEL`.

A script to run by hand for each new edition of the source; no module imports it. It stops at anything it can't place.
"""

import csv
import json
import sqlite3
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).parent
DATA = "vietnamadminunits/data/"
NOTICE = "vietnamadminunits-1.0.4.dist-info/licenses/LICENSE"
KINDS = {
    "province": {"tỉnh": "province", "thành phố": "province"},
    "district": {"huyện": "district", "quận": "district", "thị xã": "district", "thành phố": "district"},
    "ward": {"xã": "commune", "phường": "ward", "thị trấn": "township", "đặc khu": "special"},
}
ISLANDS = {
    "318": "đặc khu Bạch Long Vĩ", "471": "đặc khu Cồn Cỏ", "498": "đặc khu Hoàng Sa", "536": "đặc khu Lý Sơn",
    "755": "đặc khu Côn Đảo",
}  # fmt: skip
"""Districts without communes: the district itself became a commune in 2025."""
COUNTS = {"old": {2: 63, 3: 696, 5: 10_035}, "new": {2: 34, 5: 3_321}}
SPLIT = 471

Unit = tuple[str, str, str, str]
"""Code (two digits for a province, three for a district, five for a commune), kind, name, code of the parent."""


class Unplaced(Exception):
    """The source holds something that the tables have no place for."""


def main(wheel: Path) -> None:
    """Write the three tables and the licence of the source."""
    with zipfile.ZipFile(wheel) as archive, TemporaryDirectory() as folder:
        database = sqlite3.connect(archive.extract(DATA + "dataset.db", folder))
        database.row_factory = sqlite3.Row
        old, new = _rows(database, "admin_units_legacy"), _rows(database, "admin_units")
        database.close()
        converter = json.loads(archive.read(DATA + "converter_2025.json"))
        notice = archive.read(NOTICE).decode()
    tables = {"old": _units(old), "new": _units(new)}
    for era, units in tables.items():
        _check(era, units)
    successions = sorted({*_provinces(old, new, converter), *_communes(old, new, converter)}, key=_by_code)
    _check_successions(tables, successions)
    _write("units_2004.csv", ("code", "kind", "name", "parent"), tables["old"])
    _write("units_2025.csv", ("code", "kind", "name", "parent"), tables["new"])
    _write("succession_2025.csv", ("old", "new"), successions)
    (HERE / "NOTICE").write_text(f"The tables units_*.csv and succession_2025.csv are made from:\n\n{notice}")


def _rows(database: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    return [dict(row) for row in database.execute(f"SELECT * FROM {table}")]  # noqa: S608 - both names stand above


def _units(rows: Iterable[dict[str, Any]]) -> list[Unit]:
    """Return every unit of one era once, provinces first."""
    found: set[Unit] = set()
    for row in rows:
        above = ""
        for level in ("province", "district", "ward"):
            if row.get(level):
                code = row[f"{level}Code"]
                found.add((code, *_named(row[level], level), above))
                above = code
    return sorted(found, key=_by_code)


def _named(written: str, level: str) -> tuple[str, str]:
    """Return kind and name as they are shown: ("commune", "xã Xuân Lập")."""
    for word, kind in KINDS[level].items():
        if written.lower().startswith(f"{word} "):
            proper = written[len(word) :].replace("Nông trường ", "Nông_trường ").split()
            return kind, " ".join([word, *(part[0].upper() + part[1:] for part in proper)]).replace("_", " ")
    raise Unplaced(f"no kind is known for {written!r}")


def _provinces(
    old: list[dict[str, Any]], new: list[dict[str, Any]], converter: dict[str, Any]
) -> Iterable[tuple[str, str]]:
    old_codes = {row["provinceKey"]: row["provinceCode"] for row in old}
    new_codes = {row["provinceKey"]: row["provinceCode"] for row in new}
    for key, olds in converter["DICT_PROVINCE"].items():
        for each in olds:
            yield _placed(old_codes, each), _placed(new_codes, key)


def _communes(
    old: list[dict[str, Any]], new: list[dict[str, Any]], converter: dict[str, Any]
) -> Iterable[tuple[str, str]]:
    old_codes = _unique(
        (f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}", row["wardCode"] or row["districtCode"])
        for row in old
    )
    new_codes = _unique((f"{row['provinceKey']}_{row['wardKey']}", row["wardCode"]) for row in new)
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            for each in olds:
                yield _placed(old_codes, each), _placed(new_codes, f"{province}_{ward}")
    for province, split in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for each, parts in split.items():
            for part in parts:
                yield _placed(old_codes, each), _placed(new_codes, f"{province}_{part['newWardKey']}")


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, code in pairs:
        if found.setdefault(key, code) != code:
            raise Unplaced(f"{key} means both {found[key]} and {code}")
    return found


def _placed(codes: dict[str, str], key: str) -> str:
    if key not in codes:
        raise Unplaced(f"no unit has the key {key!r}")
    return codes[key]


def _check(era: str, units: list[Unit]) -> None:
    codes = [code for code, *_ in units]
    counts = {length: sum(len(code) == length for code in codes) for length in {len(code) for code in codes}}
    if counts != COUNTS[era] or len(set(codes)) != len(codes):
        raise Unplaced(f"{era}: {counts} units, or a code that names two")


def _check_successions(tables: dict[str, list[Unit]], successions: list[tuple[str, str]]) -> None:
    """Check that every old commune and province has a successor, every new one a predecessor, and each island its
    own.
    """
    olds = [old for old, _ in successions if len(old) == 5]
    wanted = {code for code, *_ in tables["old"] if len(code) != 3} | ISLANDS.keys()
    if {old for old, _ in successions} != wanted:
        raise Unplaced(f"without successor: {wanted - {old for old, _ in successions}}")
    names = {code: name for code, _, name, _ in tables["new"]}
    if {old: names[new] for old, new in successions if len(old) == 3} != ISLANDS:
        raise Unplaced("an island is not what it was")
    if {new for _, new in successions} != {code for code, *_ in tables["new"]}:
        raise Unplaced("a unit of 2025 has no predecessor")
    if sum(olds.count(old) > 1 for old in set(olds)) != SPLIT:
        raise Unplaced("the number of split communes has changed")


def _by_code(row: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return len(row[0]), row


def _write(name: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
