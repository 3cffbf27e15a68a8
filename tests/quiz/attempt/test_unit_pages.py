"""The organiser adds villages, agencies and schools in the page, and participants choose them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.operations.audit import SYSTEM
from commune.models import Headcount, Unit
from core import clock
from core.values.week import local_date, monday_of
from quiz.attempt.forms import units
from quiz.attempt.operations.contest_units import enter_units
from quiz.attempt.operations.editing import AlreadyDeclared
from quiz.contest.models import ContestUnit
from tests.factories import make_account, make_contest, make_participant, make_unit
from tests.support.staff import enter, send


@pytest.fixture
def contest(session, client):
    """Create a contest that has not begun, and sign in its organiser."""
    unit = make_unit(session)
    contest = make_contest(
        session, unit=unit, units=[unit], first_day=monday_of(local_date(clock.now())) + timedelta(7)
    )
    account = make_account(session, unit=unit)
    session.commit()
    enter(client, account)
    return contest


def address(contest):
    return f"/quan-tri/cuoc-thi/{contest.slug}/don-vi"


def post(client, contest, values, to=""):
    return send(client, address(contest), f"{address(contest)}{to}", **values)


def typed(contest, names, **more):
    return {"parent": contest.unit_id, "kind": "thôn", "names": names, "as_of": "", "source": "", **more}


def own(session):
    return list(session.scalars(select(Unit.name).where(Unit.kind == "village").order_by(Unit.code)))


def test_a_list_is_shown_before_it_is_added_and_nothing_is_stored_by_then(session, client, contest):
    page = post(client, contest, typed(contest, "Nà Tông\nNà Co"))

    assert page.status_code == 200
    assert "Sẽ thêm 2 đơn vị" in page.text
    assert own(session) == []


def test_added_villages_are_offered_at_registration_instead_of_the_commune(session, client, contest):
    added = post(client, contest, typed(contest, "Nà Tông\nNà Co", add="1", enters="y", replaces="y"))
    register = client.get(f"/thi/{contest.slug}/dang-ky").text

    assert added.status_code == 302
    assert own(session) == ["thôn Nà Tông", "thôn Nà Co"]
    assert "thôn Nà Co (xã Lâm Bình)" in register
    assert '">xã Lâm Bình</option>' not in register
    assert {entry.action for entry in session.scalars(select(AuditEntry))} >= {"unit.add", "contest.edit"}


@pytest.mark.parametrize("given", [{"as_of": "2025-12-31"}, {"source": "Công an xã"}])
def test_headcounts_need_a_day_and_a_source_and_what_was_typed_stays(session, client, contest, given):
    refused = post(client, contest, typed(contest, "Nà Tông; 412", add="1", **given))
    post(client, contest, typed(contest, "Nà Tông; 412", add="1", as_of="2025-12-31", source="Công an xã"))

    assert refused.status_code == 422
    assert "Nà Tông; 412</textarea>" in refused.text
    assert session.scalars(select(Headcount.people)).all() == [412]


def test_a_list_of_too_many_lines_is_not_read(session, client, contest, monkeypatch):
    monkeypatch.setattr(units, "MOST_LINES", 1)

    page = post(client, contest, typed(contest, "Nà Tông\nNà Co", add="1"))

    assert (page.status_code, "Mỗi lần nhiều nhất 1 dòng" in page.text, own(session)) == (422, True, [])


def test_a_wrong_line_adds_nothing(session, client, contest):
    page = post(client, contest, typed(contest, "Nà Tông\nxã Thượng Lâm", add="1", enters="y"))

    assert page.status_code == 422
    assert own(session) == []


def test_after_the_first_registration_new_units_stay_out_of_the_contest(session, keyring, client, contest):
    make_participant(session, keyring, contest, unit=contest.unit)
    session.commit()
    post(client, contest, typed(contest, "Nà Tông", add="1", enters="y", replaces="y"))

    session.expire_all()
    assert own(session) == ["thôn Nà Tông"]
    assert [each.unit_id for each in contest.units] == [contest.unit_id]


def test_a_name_is_corrected_and_a_unit_added_by_mistake_is_deleted(session, client, contest):
    post(client, contest, typed(contest, "Nà Tong\nNà Co", add="1", enters="y"))
    first, second = session.scalars(select(Unit.id).where(Unit.kind == "village").order_by(Unit.code))
    post(client, contest, {"name": "thôn Nà Tông"}, f"/{first}")
    post(client, contest, {}, f"/{second}/xoa")

    session.expire_all()
    assert own(session) == ["thôn Nà Tông"]
    assert {each.unit_id for each in contest.units} == {contest.unit_id, first}


def test_a_village_does_not_take_the_name_of_another(session, client, contest):
    post(client, contest, typed(contest, "Nà Tông\nNà Co", add="1", enters="y"))
    first = session.scalar(select(Unit.id).where(Unit.kind == "village").order_by(Unit.code))
    page = post(client, contest, {"name": "Thôn Nà  Co"}, f"/{first}")

    assert (page.status_code, "Đã có thôn Nà Co ở cùng xã, phường." in page.text) == (422, True)
    assert own(session) == ["thôn Nà Tông", "thôn Nà Co"]


def test_a_unit_that_somebody_chose_is_not_deleted(session, keyring, client, contest):
    post(client, contest, typed(contest, "Nà Tông", add="1", enters="y"))
    village = session.scalar(select(Unit).where(Unit.kind == "village"))
    make_participant(session, keyring, contest, unit=village)
    session.commit()
    post(client, contest, {}, f"/{village.id}/xoa")

    assert own(session) == ["thôn Nà Tông"]


def test_a_unit_that_another_contest_has_is_not_deleted(session, client, contest):
    post(client, contest, typed(contest, "Nà Tông", add="1", enters="y"))
    village = session.scalar(select(Unit).where(Unit.kind == "village"))
    make_contest(session, unit=contest.unit, units=[contest.unit, village])
    session.commit()
    page = post(client, contest, {}, f"/{village.id}/xoa")

    assert own(session) == ["thôn Nà Tông"]
    assert "đang dùng ở cuộc thi khác" in client.get(page.location).text
    assert village.id in {each.unit_id for each in contest.units}


def test_units_enter_no_contest_in_which_somebody_has_registered(session, keyring, contest):
    village = make_unit(session, name="thôn Bó Cạp", kind="village", parent=contest.unit)
    make_participant(session, keyring, contest, unit=contest.unit)

    with pytest.raises(AlreadyDeclared):
        enter_units(session, SYSTEM, contest, add=[village.id], now=clock.now())


@pytest.mark.parametrize("enters", [False, True])
def test_units_of_another_commune_are_out_of_reach(session, client, contest, enters):
    other = make_unit(session, name="xã Minh Quang")
    village = make_unit(session, name="thôn Bó Cạp", kind="village", parent=other)
    if enters:  # the contest of one commune may be open to a neighbour's people
        contest.units.append(ContestUnit(unit_id=other.id))
    session.commit()

    assert post(client, contest, typed(contest, "Nà Tông", add="1") | {"parent": other.id}).status_code == 422
    assert client.get(f"{address(contest)}/{village.id}").status_code == 404
    assert post(client, contest, {}, f"/{village.id}/xoa").status_code == 404


def test_two_villages_do_not_exchange_their_names_through_a_third(session, keyring, client, contest):
    post(client, contest, typed(contest, "Nà Tông\nNà Co", add="1", enters="y"))
    first, second = session.scalars(select(Unit).where(Unit.kind == "village").order_by(Unit.code)).all()
    make_participant(session, keyring, contest, unit=first)
    session.commit()

    away = post(client, contest, {"name": "thôn Nà Tạm"}, f"/{first.id}")
    taken = post(client, contest, {"name": "thôn Nà Tông"}, f"/{second.id}")
    back = post(client, contest, {"name": "thôn Nà Tông"}, f"/{first.id}")

    assert [page.status_code for page in (away, taken, back)] == [302, 422, 302]
    assert "từng là tên của đơn vị khác ở cùng xã, phường, đã có người dự thi" in taken.text
