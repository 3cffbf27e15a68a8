"""Finding the office of a place by what a person types."""

from datetime import date

import pytest

from commune.models import Succession
from commune.operations import create_unit
from survey.figures.queries.office_search import MOST_FOUND, is_province, search_offices
from tests.factories import make_office, make_unit

pytestmark = pytest.mark.both_databases
MERGED = date(2025, 7, 1)


@pytest.fixture
def province(session):
    return make_unit(session, name="tỉnh Tuyên Quang", kind="province")


@pytest.fixture
def offices(session, province):
    """Create an office in each of five communes, by the name of the commune."""
    names = [("xã Lâm Bình", "commune"), ("xã Bình An", "commune"), ("xã Tân An", "commune")]
    names += [("phường An Tường", "ward"), ("xã Tân An Đông", "commune")]
    return {name: open_office(session, province, name, kind) for name, kind in names}


def open_office(session, province, name, kind="commune"):
    unit = make_unit(session, name=name, kind=kind, parent=province)
    return make_office(session, unit=unit, name=f"Trung tâm Phục vụ hành chính công {name}")


def merge(session, province, name, *offices):
    old = create_unit(
        session, code=f"9{len(name):04}", kind="commune", name=name, valid_from=date(2004, 7, 1), parent=province
    )
    old.valid_to = MERGED
    session.add_all(Succession(old_id=old.id, new_id=office.unit_id) for office in offices)
    session.flush()
    return old


@pytest.mark.parametrize("typed", ["lam binh", "LÂM BÌNH", "xã Lâm Bình", "lâm  bình xa", "x. Lâm Bình", "lam bin"])
def test_a_place_is_found_for_certain(session, offices, typed):
    assert search_offices(session, typed).only is offices["xã Lâm Bình"]


@pytest.mark.parametrize("typed", ["p. An Tường", "phuong an tuong", "an tường"])
def test_a_ward_is_found_under_its_short_name(session, offices, typed):
    assert search_offices(session, typed).only is offices["phường An Tường"]


def test_the_exact_name_is_meant_though_others_hold_it(session, offices):
    found = search_offices(session, "tan an")

    assert found.only is offices["xã Tân An"]
    assert len(found.offices) == 2


def test_a_word_of_several_names_lists_them(session, offices):
    found = search_offices(session, "binh")

    assert found.only is None
    assert {office.unit.name for office in found.offices} == {"xã Lâm Bình", "xã Bình An"}


def test_the_words_of_every_office_find_no_place(session, offices):
    assert search_offices(session, "ha").offices == []


def test_an_office_is_found_by_its_own_name(session, province):
    office = make_office(session, unit=province, name="Trạm tiếp công dân")

    assert search_offices(session, "tram tiep").only is office


def test_a_former_commune_leads_to_the_office_that_serves_its_people_now(session, province, offices):
    old = merge(session, province, "xã Xuân Lập", offices["xã Lâm Bình"])

    found = search_offices(session, "xuan lap")

    assert [(place.unit, place.offices) for place in found.former] == [(old, [offices["xã Lâm Bình"]])]
    assert (found.offices, found.near, found.only) == ([], (), None)


def test_a_commune_that_was_split_leads_to_all_its_successors(session, province, offices):
    merge(session, province, "xã Phúc Yên", offices["xã Lâm Bình"], offices["xã Bình An"])

    assert len(search_offices(session, "phuc yen").former[0].offices) == 2


def test_a_former_commune_without_an_office_is_not_offered(session, province):
    unit = make_unit(session, name="xã Thượng Lâm", parent=province)
    old = create_unit(session, code="90001", kind="commune", name="xã Khuôn Hà", valid_from=date(2004, 7, 1))
    old.valid_to = MERGED
    session.add(Succession(old_id=old.id, new_id=unit.id))
    session.flush()

    assert search_offices(session, "khuon ha").former == ()


def test_a_slip_suggests_near_names(session, offices):
    found = search_offices(session, "lan bing")

    assert [office.unit.name for office in found.near] == ["xã Lâm Bình"]
    assert found.offices == []


@pytest.mark.parametrize("typed", ["x", "%", "_", "' OR 1=1 --", "không có đâu", "?" * 100])
def test_text_that_means_no_place_finds_nothing(session, offices, typed):
    found = search_offices(session, typed)

    assert (found.only, found.former, found.near) == (None, (), ())


def test_a_search_lists_a_few_offices_and_says_that_there_are_more(session, province):
    for number in range(MOST_FOUND + 3):
        open_office(session, province, f"xã Số {number:02}")

    found = search_offices(session, "so")

    assert (len(found.offices), found.more) == (MOST_FOUND, True)


def test_a_search_takes_few_statements(session, province, offices, count_queries):
    merge(session, province, "xã Xuân Lập", *offices.values())
    session.commit()
    for typed, most in (("lam binh", 1), ("xuan lap", 7), ("lan bing", 7)):
        count_queries.clear()
        session.expire_all()
        search_offices(session, typed)
        assert len(count_queries) <= most, typed


@pytest.mark.parametrize("typed", ["tuyen quang", "Tỉnh Tuyên Quang", "tuyên  quang"])
def test_the_name_of_the_province_means_the_whole_list(client, session, offices, typed):
    session.commit()

    assert is_province(session, typed)
    assert client.get("/ket-qua/", query_string={"tim": typed}).headers["Location"] == "/ket-qua/"


def test_another_name_is_no_province(session, offices):
    assert not is_province(session, "Hà Giang")
    assert not is_province(session, "")
