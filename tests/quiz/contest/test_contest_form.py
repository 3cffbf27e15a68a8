"""The form of a contest: what it refuses, and its messages."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from commune.models import Unit
from commune.operations import create_unit
from core import clock
from core.values.week import local_date, monday_of
from quiz.contest import labels
from quiz.contest.forms import ContestForm
from quiz.contest.manage import contest as manage
from quiz.contest.queries import list_contest_units, list_contests
from tests.factories import make_account, make_contest, make_unit
from tests.support.staff import enter, send

PAGE = "/quan-tri/cuoc-thi/them"


def answers(unit, **changes):
    first_day = monday_of(local_date(clock.now())) + timedelta(weeks=1)
    return {
        "title": "Tìm hiểu cải cách hành chính", "unit": unit.id, "organiser": "Ban Tổ chức", "preset": "lam-binh",
        "first_day": f"{first_day}", "weeks": 2, "limit_minutes": 15, "units": [unit.id], "tiers": "Giải Nhất: 1",
    } | changes  # fmt: skip


@pytest.fixture
def unit(session, client):
    """Create a commune and sign in its organiser."""
    unit = make_unit(session)
    account = make_account(session, unit=unit)
    session.commit()
    enter(client, account)
    return unit


def test_a_unit_that_was_sent_twice_enters_once(session, client, unit):
    reply = send(client, PAGE, **answers(unit, units=[unit.id, unit.id]))

    assert reply.status_code == 302
    assert [each.unit_id for each in list_contests(session)[0].units] == [unit.id]


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("tiers", f"{'Giải ' * 13}: 1", "dài quá 60 chữ"),
        ("tiers", "Giải Nhì: 2\ngiải nhì: 3", "ghi hai lần. Xin gộp thành một dòng."),
        ("hotline", "gọi anh Páo", "Xin nhập số điện thoại bằng chữ số"),
        ("hotline", "123 45", "Xin nhập số điện thoại bằng chữ số"),
        ("title", "a" * 201, "Dài quá 200 chữ."),
        ("title", "TỔNG DUYỆT: Tìm hiểu cải cách hành chính", "dành cho bản tổng duyệt"),
        ("title", "  Tong  duyệt thi thật", "dành cho bản tổng duyệt"),
        ("title", "[Bản tổng-duyệt] Tìm hiểu", "dành cho bản tổng duyệt"),
        ("first_day", "2020-01-06", "Ngày này đã qua. Chọn một ngày từ thứ Hai "),
    ],
)
def test_an_answer_that_can_not_be_stored_is_asked_for_again(session, client, unit, field, typed, words):
    reply = send(client, PAGE, **answers(unit, **{field: typed}))

    assert reply.status_code == 422
    assert words in reply.text
    assert list_contests(session) == []


@pytest.mark.parametrize(
    ("first_day", "mistake"),
    [
        ("2026-11-26", "Ngày này là thứ Năm. Tuần thi bắt đầu từ thứ Hai: chọn 30/11/2026."),
        ("2026-11-23", "Tuần này đã bắt đầu. Chọn một ngày từ thứ Hai 30/11/2026."),
        ("2026-11-19", "Ngày này đã qua. Chọn một ngày từ thứ Hai 30/11/2026."),
        ("2026-11-30", None),
        ("2026-12-02", "Ngày này là thứ Tư. Tuần thi bắt đầu từ thứ Hai: chọn 30/11/2026 hoặc 07/12/2026."),
        ("2028-11-20", None),
        ("2028-12-04", "Ngày này xa quá hai năm. Xin xem lại năm."),
        ("9999-12-31", "Ngày này xa quá hai năm. Xin xem lại năm."),
    ],
)
def test_the_first_monday_lies_ahead_and_not_too_far(app, first_day, mistake):
    with app.test_request_context(method="POST", data={"first_day": first_day}):
        form = ContestForm().expect(today=date(2026, 11, 23))
        form.unit.choices = form.units.choices = []
        form.validate()

    assert list(form.first_day.errors) == ([mistake] if mistake else [])


@pytest.mark.parametrize(
    ("first_day", "is_kept"),
    [("2023-06-05", True), ("2023-06-07", False), ("2026-11-23", True), ("2026-11-30", False), ("2010-01-04", False)],
)
def test_a_contest_that_was_held_elsewhere_may_lie_behind(app, first_day, is_kept):
    with app.test_request_context(method="POST", data={"first_day": first_day, "is_held": "y"}):
        form = ContestForm().expect(today=date(2026, 11, 23))
        form.unit.choices = form.units.choices = []
        form.validate()

    assert (list(form.first_day.errors) == []) is is_kept


def test_a_name_that_was_just_taken_is_asked_for_again(session, client, unit, monkeypatch):
    taken = make_contest(session, unit=unit).slug
    session.commit()
    monkeypatch.setattr(manage, "free_slug", lambda *_: taken)

    reply = send(client, PAGE, **answers(unit))

    assert reply.status_code == 422
    assert "Vừa có tên này. Xin bấm lần nữa." in reply.text


def test_an_abolished_unit_is_not_offered(session, client, unit):
    create_unit(
        session, code="02267", kind="commune", name="xã Phúc Yên", parent=unit, valid_from=date(2011, 1, 1),
        valid_to=date(2025, 7, 1),
    )  # fmt: skip
    session.commit()

    page = client.get(PAGE).text

    assert ("xã Lâm Bình" in page, "xã Phúc Yên" in page) == (True, False)


@pytest.fixture
def province(session, client):
    """Create a province of three communes, one with a village, and sign in its organiser."""
    province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    communes = [make_unit(session, name=name, parent=province) for name in ("xã Lâm Bình", "xã Côn Lôn", "xã Bình An")]
    make_unit(session, name="thôn Nặm Đíp", kind="village", parent=communes[0])
    account = make_account(session, unit=province)
    session.commit()
    enter(client, account)
    return province


def entering(session):
    return [unit.name for unit in list_contest_units(session, list_contests(session)[0])]


def test_all_communes_of_a_province_enter_by_one_choice(session, client, province):
    page = client.get(PAGE).text

    send(client, PAGE, **answers(province, units=[], reach="tat-ca"))

    assert "Tất cả 3 xã, phường" in page
    assert entering(session) == ["xã Bình An", "xã Côn Lôn", "xã Lâm Bình"]


def test_some_communes_enter_by_ticks(session, client, province):
    lam_binh = session.scalar(select(Unit.id).where(Unit.name == "xã Lâm Bình"))

    send(client, PAGE, **answers(province, units=[lam_binh], reach="chon"))

    assert entering(session) == ["xã Lâm Bình"]


def test_an_empty_list_of_units_is_asked_for_again_with_the_list_open(client, province):
    reply = send(client, PAGE, **answers(province, units=[], reach="chon"))

    assert (reply.status_code, "Xin chọn ít nhất một đơn vị." in reply.text) == (422, True)
    assert '<details class="folded" open>' in reply.text


def test_a_commune_with_nothing_to_choose_between_is_offered_no_such_choice(client, unit):
    page = client.get(PAGE).text

    assert ('name="reach"' in page, 'name="units"' in page) == (False, True)


def test_the_weeks_are_shown_despite_other_mistakes(client, unit):
    monday = monday_of(local_date(clock.now())) + timedelta(weeks=1)

    reply = send(client, PAGE, **answers(unit, title="", first_day=f"{monday}"))

    assert (
        f"Tuần 1: từ 0 giờ thứ Hai, {monday:%d/%m/%Y} đến hết Chủ nhật, {monday + timedelta(days=6):%d/%m/%Y}"
        in reply.text
    )
    assert f"Sớm nhất theo lịch đang chọn là thứ Hai, {monday:%d/%m/%Y}." in reply.text


def declared(session):
    rules = list_contests(session)[0].rules
    return rules["shuffles"], rules["shown"]


def test_a_new_contest_gives_each_attempt_an_order_of_its_own_unless_the_box_is_cleared(session, client, unit):
    page = client.get(PAGE).text
    assert 'id="shuffles" name="shuffles" type="checkbox" value="y"' in page.replace("checked ", "")
    assert re.search(r'<input[^>]*checked[^>]*name="shuffles"', page)

    send(client, PAGE, **answers(unit, shuffles="y"))

    assert declared(session) == (True, None)
    assert "Mỗi lượt thi có thứ tự câu hỏi và phương án riêng." in labels.rule_sentences(
        list_contests(session)[0].rules
    )


def test_a_contest_on_paper_keeps_one_order(session, client, unit):
    send(client, PAGE, **answers(unit))

    assert declared(session) == (False, None)


def test_questions_are_drawn_only_for_papers_of_their_own(session, client, unit):
    refused = send(client, PAGE, **answers(unit, shown="5"))
    absurd = send(client, PAGE, **answers(unit, shuffles="y", shown="0"))
    stored = send(client, PAGE, **answers(unit, shuffles="y", shown="5"))

    assert (refused.status_code, absurd.status_code, stored.status_code) == (422, 422, 302)
    assert "mỗi lượt có thứ tự riêng: chọn ô trên, hoặc để trống." in refused.text
    assert declared(session) == (True, 5)
    assert any("Mỗi lượt thi có 5 câu" in each for each in labels.rule_sentences(list_contests(session)[0].rules))


def test_the_order_is_corrected_with_the_rest_and_audited(session, client, unit):
    send(client, PAGE, **answers(unit, shuffles="y", shown="5"))
    contest = list_contests(session)[0]
    edit = f"/quan-tri/cuoc-thi/{contest.slug}/sua"
    page = client.get(edit).text
    assert 'name="shown" type="text" value="5"' in page

    reply = send(client, edit, **answers(unit))

    session.expire_all()
    assert reply.status_code == 302
    assert {round.rules["shuffles"] for round in list_contests(session)[0].rounds} == {False}
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "contest.edit")).one()
    assert '"order":"own"' in entry.before
    assert '"order":"fixed"' in entry.after
