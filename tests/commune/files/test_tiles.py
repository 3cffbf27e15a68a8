"""The tile maps that ship with the program: complete, without overlap, under the right names."""

import csv
from collections import Counter

import pytest

from commune.files.country import TABLES, read_country
from commune.files.tiles import read_tiles

MAPS = sorted(file.stem for file in (TABLES / "tiles").iterdir())


@pytest.fixture(scope="module")
def names():
    """Return the name of each unit in force, by province and code."""
    found = {}
    for unit in read_country().units:
        if unit.until is None and unit.parent:
            found.setdefault(unit.parent, {})[unit.code] = unit.name
    return found


def lines_of(province):
    with (TABLES / "tiles" / f"{province}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("province", MAPS)
def test_every_commune_of_the_province_has_exactly_one_tile(province, names):
    written = [line["code"] for line in lines_of(province)]

    assert Counter(written) == Counter(dict.fromkeys(names[province], 1))


@pytest.mark.parametrize("province", MAPS)
def test_no_two_tiles_overlap(province):
    assert [place for place, count in Counter(read_tiles(province).values()).items() if count > 1] == []


@pytest.mark.parametrize("province", MAPS)
def test_the_names_beside_the_codes_are_those_of_the_communes(province, names):
    assert {line["code"]: line["name"] for line in lines_of(province)} == names[province]


@pytest.mark.parametrize("province", MAPS)
def test_a_map_begins_at_its_first_column_and_row_and_is_in_one_piece(province):
    tiles = set(read_tiles(province).values())
    assert (min(tile.column for tile in tiles), min(tile.row for tile in tiles)) == (1, 1)

    reached, waiting = set(), [min(tiles)]
    while waiting:
        column, row = place = waiting.pop()
        if place in tiles and place not in reached:
            reached.add(place)
            waiting += [(column + 1, row), (column - 1, row), (column, row + 1), (column, row - 1)]
    assert reached == tiles


def test_the_map_of_tuyen_quang_has_its_124_communes_where_people_know_them():
    tiles = read_tiles("08")
    lung_cu, truong_sinh = tiles["00715"], tiles["02623"]
    pa_vay_su, hong_thai = tiles["01096"], tiles["02260"]

    assert len(tiles) == 124
    assert (lung_cu.row, truong_sinh.row) == (1, max(tile.row for tile in tiles.values()))
    assert (pa_vay_su.column, hong_thai.column) == (1, max(tile.column for tile in tiles.values()))
    assert tiles["02269"] == (tiles["02266"].column + 1, tiles["02266"].row + 1)  # Thượng Lâm, south-east of Lâm Bình


@pytest.mark.parametrize("province", ["01", "99", "", "../units_2025", "８"])
def test_a_province_without_a_map_has_no_tiles(province):
    assert read_tiles(province) == {}
