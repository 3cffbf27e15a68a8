"""The whole country of both eras: complete, consistent, loaded once."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import delete, func, select

from commune.files.country import MERGED, read_country
from commune.models import Succession, Unit, UnitName
from commune.operations import create_unit
from commune.operations.country import load_country
from commune.queries.headcount import latest_headcounts
from commune.queries.succession import successors_of
from commune.queries.units import find_unit, list_units, list_units_below, units_on

pytestmark = pytest.mark.both_databases

LAST_DAY = date(2025, 6, 30)


@pytest.fixture(scope="module")
def country():
    return read_country()


def codes(country, *, until, digits):
    return {row.code for row in country.units if row.until == until and len(row.code) == digits}


def test_the_country_has_34_provinces_and_3321_communes(country):
    assert len(codes(country, until=None, digits=2)) == 34
    assert len(codes(country, until=None, digits=5)) == 3_321
    assert len(country.units) == 34 + 3_321 + 63 + 696 + 10_035


def test_before_july_2025_there_were_63_provinces_696_districts_and_10035_communes(country):
    assert [len(codes(country, until=MERGED, digits=digits)) for digits in (2, 3, 5)] == [63, 696, 10_035]


def test_every_name_begins_with_the_word_of_its_kind(country):
    words = {
        "province": ("tỉnh ", "thành phố "),
        "district": ("huyện ", "quận ", "thị xã ", "thành phố "),
        "commune": ("xã ",),
        "ward": ("phường ",),
        "township": ("thị trấn ",),
        "special": ("đặc khu ",),
    }

    assert [row for row in country.units if not row.name.startswith(words[row.kind])] == []


def test_every_commune_lies_below_a_unit_of_its_own_time(country):
    above = {(row.code, row.until) for row in country.units}

    assert [row for row in country.units if row.parent and (row.parent, row.until) not in above] == []
    assert {len(row.parent) for row in country.units if len(row.code) == 5 and row.until is None} == {2}


def test_every_old_commune_and_province_has_a_successor(country):
    went = {old for old, _ in country.successions}
    old = codes(country, until=MERGED, digits=5) | codes(country, until=MERGED, digits=2)

    assert old - went == set()
    assert {code for code in went if len(code) == 3} == {"318", "471", "498", "536", "755"}


def test_every_unit_of_today_has_a_predecessor(country):
    came = {new for _, new in country.successions}

    assert {row.code for row in country.units if row.until is None} - came == set()


def test_471_communes_were_split(country):
    parts = Counter(old for old, _ in country.successions)

    assert sum(count > 1 for count in parts.values()) == 471
    assert len(set(country.successions)) == len(country.successions)


def test_published_headcounts_say_where_they_are_from(country):
    assert all(count.source.startswith("Nghị quyết") and count.people > 0 for count in country.headcounts)
    assert sum(count.people for count in country.headcounts if count.as_of == date(2011, 1, 28)) == 18_159 + 11_300


def test_a_second_load_changes_nothing(session, country):
    counted = [session.scalar(select(func.count()).select_from(model)) for model in (Unit, UnitName, Succession)]

    again = load_country(session, country)

    assert (again.units, again.successions, again.headcounts) == (0, 0, 0)
    assert counted == [14_149, 14_149, len(country.successions)]


def test_the_load_adds_missing_units_and_keeps_existing_ones(session, country):
    village = units_on(session, ["02266"], MERGED)["02266"]
    village.name = "xã Tên Đã Sửa"
    gone = units_on(session, ["02269"], MERGED)["02269"]
    session.execute(delete(Succession).where(Succession.new_id == gone.id))
    session.execute(delete(UnitName).where(UnitName.unit_id == gone.id))
    session.execute(delete(Unit).where(Unit.id == gone.id))

    loaded = load_country(session, country)

    assert (loaded.units, loaded.successions) == (1, 2)
    assert find_unit(session, "02266").name == "xã Tên Đã Sửa"
    assert units_on(session, ["02269"], MERGED)["02269"].context_key == "tinh tuyen quang"


def test_a_code_means_another_unit_in_another_time(session):
    old, new = units_on(session, ["02266"], LAST_DAY)["02266"], units_on(session, ["02266"], MERGED)["02266"]

    assert (old.name, old.kind, old.valid_to) == ("thị trấn Lăng Can", "township", MERGED)
    assert (new.name, new.kind, new.valid_to) == ("xã Lâm Bình", "commune", None)
    assert (old.context_key, new.context_key) == ("huyen lam binh tinh tuyen quang", "tinh tuyen quang")


def test_lam_binh_was_made_of_three_old_communes(session):
    new = units_on(session, ["02266"], MERGED)["02266"]
    old = list(session.scalars(select(Succession.old_id).where(Succession.new_id == new.id)))

    went_to = successors_of(session, old)

    assert sorted(session.get_one(Unit, id).name for id in old) == ["thị trấn Lăng Can", "xã Phúc Yên", "xã Xuân Lập"]
    assert {id: [unit.id for unit in found] for id, found in went_to.items()} == {id: [new.id] for id in old}


def test_an_island_district_became_a_commune(session):
    old = units_on(session, ["318"], LAST_DAY)["318"]

    assert [unit.name for unit in successors_of(session, [old.id])[old.id]] == ["đặc khu Bạch Long Vĩ"]


def test_a_split_commune_is_known_as_split(session):
    went_to = successors_of(session, list(session.scalars(select(Unit.id))))
    whole = units_on(session, ["02242"], LAST_DAY)["02242"]

    assert sum(len(units) > 1 for units in went_to.values()) == 471
    assert len(went_to[whole.id]) == 1


def test_a_province_of_today_lists_its_124_communes_alone(session):
    province = units_on(session, ["08"], MERGED)["08"]

    below = list_units(session, list_units_below(session, frozenset({province.id})), date(2026, 11, 23))

    assert len(below) == 125
    assert {unit.valid_from for unit in below} == {MERGED}


def test_the_last_headcount_until_a_day_counts(session):
    town = units_on(session, ["02266"], LAST_DAY)["02266"]

    assert latest_headcounts(session, [town.id], date(2021, 4, 26))[town.id].people == 4_797
    assert latest_headcounts(session, [town.id], date(2021, 4, 27))[town.id].people == 8_373
    assert latest_headcounts(session, [town.id], date(2011, 1, 27)) == {}


def test_lists_about_many_units_take_one_statement_each(session, count_queries):
    ids = list(session.scalars(select(Unit.id).where(Unit.parent_id.is_not(None)).limit(200)))
    count_queries.clear()

    successors_of(session, ids)
    latest_headcounts(session, ids, LAST_DAY)

    assert len(count_queries) == 2


def test_units_created_by_hand_before_the_load_are_recognised(app, session):
    own = create_unit(session, code="99999", kind="commune", name="xã Của Riêng", valid_from=MERGED)
    session.commit()

    output = app.test_cli_runner().invoke(args=["commune", "load"]).output

    assert output == "Đơn vị hành chính cả nước: đã có đủ, không thay đổi gì.\n"
    assert find_unit(session, "99999").id == own.id
