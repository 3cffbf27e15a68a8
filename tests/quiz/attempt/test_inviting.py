"""The page that brings a contest to the people, and who on the roster is still to take part."""

from datetime import timedelta

import pytest

from account.operations.audit import SYSTEM
from core import clock
from core.values.week import local_date, monday_of
from quiz.attempt.queries.eligible import roster_turnout
from quiz.contest.operations.registration import Identity
from quiz.contest.operations.roster_import import import_roster, listed
from tests.factories import make_account, make_attempt, make_contest, make_participant, make_unit
from tests.support.staff import enter


@pytest.fixture
def contest(session, client):
    """Create a contest whose second week is open, and sign in its organiser."""
    units = [make_unit(session), make_unit(session, name="xã Minh Quang")]
    monday = monday_of(local_date(clock.now())) - timedelta(weeks=1)
    contest = make_contest(session, unit=units[0], units=units, first_day=monday, weeks=2)
    account = make_account(session, unit=units[0])
    session.commit()
    enter(client, account)
    return contest


def put_on_roster(session, keyring, contest, *people):
    rows = [listed(keyring, contest.id, Identity(name, phone, 1964), unit, "") for name, phone, unit in people]
    import_roster(session, SYSTEM, contest, rows, False, {}, now=clock.now())


def page(client, contest):
    return client.get(f"/quan-tri/cuoc-thi/{contest.slug}/moi").text


def test_the_link_the_code_and_the_message_name_the_contest(client, contest):
    text = page(client, contest)

    assert text.count(f"http://lang-nghe.example/thi/{contest.slug}") >= 2
    assert "Mã QR của trang cuộc thi" in text
    assert "Kính mời bà con dự thi “Tìm hiểu cải cách hành chính”." in text
    assert "Tuần 2 nhận bài từ ngày" in text


def test_the_invitation_is_vietnamese_on_an_english_page(client, contest):
    text = client.get(f"/quan-tri/cuoc-thi/{contest.slug}/moi?lang=en").text

    assert "Kính mời bà con dự thi “Tìm hiểu cải cách hành chính”.\nTuần 2 nhận bài từ ngày" in text
    assert "Copy the invitation" in text


def test_a_draft_has_no_code_to_hang_up(session, client, contest):
    contest.is_draft = True
    session.commit()
    text = page(client, contest)

    assert "Cuộc thi chưa mở cho người dân" in text
    assert "Lưu ảnh mã QR" not in text


def test_units_are_listed_by_who_has_not_taken_part_in_the_open_week(session, keyring, client, contest):
    first, second = (each.unit_id for each in contest.units)
    here, there = (contest.units[0].unit, contest.units[1].unit)
    put_on_roster(
        session,
        keyring,
        contest,
        ("Nguyễn Văn An", "0912000001", first),
        ("Ma Thị Hoà", "0912000002", first),
        ("Giàng A Páo", "0912000003", second),
    )
    taker = make_participant(session, keyring, contest, phone="0912000001", unit=here)
    make_attempt(session, keyring, contest.rounds[1], participant=taker)
    early = make_participant(session, keyring, contest, name="Giàng A Páo", phone="0912000003", unit=there)
    make_attempt(session, keyring, contest.rounds[0], participant=early)
    session.commit()

    found = [(row.unit.id, row.listed, row.entered, row.left) for row in roster_turnout(session, contest.rounds[1])]

    assert sorted(found) == sorted([(first, 2, 1, 1), (second, 1, 0, 1)])
    assert "2 trên 3 người trong danh sách chưa thi" in page(client, contest)


def test_a_line_without_a_unit_is_counted_apart(session, keyring, contest):
    put_on_roster(session, keyring, contest, ("Nguyễn Văn An", "0912000001", None))

    assert [(row.unit, row.left) for row in roster_turnout(session, contest.rounds[0])] == [(None, 1)]


def test_the_roster_s_names_are_on_no_page(session, keyring, client, contest):
    put_on_roster(session, keyring, contest, ("Nguyễn Văn An", "0912000001", contest.units[0].unit_id))
    session.commit()

    assert "1 trên 1 người trong danh sách chưa thi" in page(client, contest)
    assert "Nguyễn Văn An" not in page(client, contest)
