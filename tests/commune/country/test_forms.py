"""Forms in which staff choose a unit, with a whole province to choose from and without ended units."""

from datetime import date, timedelta

import pytest

from account.rules.permissions import Role
from commune.operations import create_unit
from commune.queries.offices import list_offices
from commune.queries.units import units_on
from core import clock
from core.values.week import local_date, monday_of
from quiz.contest.queries import list_contest_units, list_contests
from tests.factories import make_account
from tests.support.staff import enter, send

TODAY, LAST_DAY = date(2026, 11, 23), date(2025, 6, 30)
CONTEST, OFFICE = "/quan-tri/cuoc-thi/them", "/quan-tri/danh-gia/them"


@pytest.fixture
def province(session):
    return units_on(session, ["08"], TODAY)["08"]


def sign_in(session, client, unit, role):
    account = make_account(session, unit=unit, role=role)
    session.commit()
    enter(client, account)


def contest_answers(province, units):
    return {
        "title": "Tìm hiểu cải cách hành chính", "unit": province.id, "organiser": "Ban Tổ chức", "preset": "lam-binh",
        "first_day": f"{monday_of(local_date(clock.now())) + timedelta(weeks=1)}", "weeks": 2, "limit_minutes": 15,
        "units": [unit.id for unit in units], "tiers": "Giải Nhất: 1",
    }  # fmt: skip


def test_a_contest_of_all_communes_of_a_province_is_set_up(session, client, province):
    communes = units_on(session, [f"{number:05}" for number in range(30_000)], TODAY).values()
    entering = [unit for unit in communes if unit.parent_id == province.id]
    sign_in(session, client, province, Role.ORGANISER)

    reply = send(client, CONTEST, **contest_answers(province, entering))

    assert reply.status_code == 302
    assert len(list_contest_units(session, list_contests(session)[0])) == len(entering) == 124


def test_the_lists_hold_only_units_in_force(session, client, province):
    sign_in(session, client, province, Role.ORGANISER)

    page = client.get(CONTEST).text

    assert page.count('name="units"') == 124
    assert ("xã Lâm Bình" in page, "huyện Lâm Bình" in page, "thị trấn Lăng Can" in page) == (True, False, False)


def test_an_organiser_of_a_province_that_has_ended_is_offered_nothing_old(session, client):
    sign_in(session, client, units_on(session, ["08"], LAST_DAY)["08"], Role.ORGANISER)

    assert 'name="units"' not in client.get(CONTEST).text


def test_an_office_is_set_up_in_one_of_many_communes(session, client, province):
    commune = units_on(session, ["02266"], TODAY)["02266"]
    sign_in(session, client, province, Role.MANAGER)

    reply = send(client, OFFICE, unit=commune.id, name="Trung tâm xã", host="Ủy ban Mặt trận Tổ quốc xã")

    assert reply.status_code == 302
    assert [office.unit.name for office in list_offices(session)] == ["xã Lâm Bình"]


def test_a_village_is_shown_with_its_commune(session, client, province):
    for code in ("02266", "02269"):
        commune = units_on(session, [code], TODAY)[code]
        create_unit(
            session, code=f"{code}-001", kind="village", name="thôn 1", valid_from=date(2025, 7, 1), parent=commune
        )
    sign_in(session, client, province, Role.ORGANISER)

    page = client.get(CONTEST).text

    assert ("thôn 1 (xã Lâm Bình)" in page, "thôn 1 (xã Thượng Lâm)" in page) == (True, True)


def test_a_list_of_a_whole_province_takes_no_statement_for_each_unit(session, client, province, count_queries):
    sign_in(session, client, province, Role.ORGANISER)
    count_queries.clear()

    client.get(CONTEST)

    assert len(count_queries) < 10
