"""A person's request at the desk from the receipt to the answer: its days, who it is about, who sees it."""

import io
from datetime import date, timedelta

import docx
import pytest
from sqlalchemy import func, select, text

from account.operations.audit import SYSTEM
from account.rules.permissions import Role
from core import clock
from core.values.week import local_date
from privacy.models import PersonRequest, RequestSubject
from privacy.operations import answers
from privacy.operations.consent import withdraw_consent
from quiz.attempt.models import Attempt
from quiz.contest.rules.consent import PARTICIPANT, Purpose
from tests.factories import make_account, make_participant, make_unit
from tests.quiz.persons.test_consent import consent_of, publish
from tests.support.pages import Page
from tests.support.persons import CODE, NOW, OTHER, desk, make_request, round, who
from tests.support.staff import enter, send

__all__ = ["desk", "round", "who"]


def test_errors_in_a_request_are_listed_in_the_order_of_the_page(session, desk, round):
    make_unit(session, name="thôn Nà Lạ", kind="village", parent=round.contest.unit)
    session.commit()

    page = send(desk, "/quan-tri/yeu-cau/them", unit="").text

    assert page.index("Xin nhập họ và tên.") < page.index("Xin chọn đơn vị tiếp nhận.")


def test_a_request_is_answered_once(session, keyring, round, who):
    publish(session, round)
    request = make_request(session, keyring, who)

    first, second = (answers.erase(session, keyring, request, actor=SYSTEM, now=NOW) for _ in range(2))

    assert (first, second) == (True, False)
    assert [step.deed for step in request.steps] == ["received", "identified", "erased", "answered"]


def test_a_request_under_another_name_warns_before_the_erasure(desk, session, keyring, who):
    request = make_request(session, keyring, who, name="Bàn Thị Dung")
    session.commit()
    case = f"/quan-tri/yeu-cau/{request.id}"

    page, erasing = (Page(desk.get(address).text).text for address in (case, f"{case}/xoa"))

    assert "Người yêu cầu: Bàn Thị Dung. Trong hồ sơ: Vàng Seo Páo." in page
    assert "Người yêu cầu là Bàn Thị Dung, thông tin sắp xóa là của Vàng Seo Páo." in erasing


def test_the_address_of_a_search_opened_again_leads_to_the_request(desk, session, keyring, who):
    request = make_request(session, keyring, who)
    session.commit()
    case = f"/quan-tri/yeu-cau/{request.id}"

    assert desk.get(f"{case}/tim").location == case


@pytest.mark.both_databases
def test_from_the_receipt_to_the_erasure_at_the_desk(desk, session, keyring, round, who):
    publish(session, round)
    facts = {"kind": "delete", "channel": "phone", "unit": round.contest.unit_id, "name": "Vàng Seo Páo"}
    case = send(desk, "/quan-tri/yeu-cau/them", **facts, phone="0977 123 456").location
    found = send(desk, case, f"{case}/tim", name="vàng seo páo", phone="0977123456")
    acknowledged = send(desk, case, f"{case}/bao-nhan")
    copy = send(desk, case, f"{case}/ban-sao.docx")
    unsure = send(desk, f"{case}/xoa")
    erased = send(desk, f"{case}/xoa", sure="y")

    words = "\n".join(
        cell.text for table in docx.Document(io.BytesIO(copy.data)).tables for row in table.rows for cell in row.cells
    )
    page = Page(desk.get(case).text).text
    assert [each.status_code for each in (found, acknowledged, copy, unsure, erased)] == [302, 302, 200, 422, 302]
    assert "0977123456" in words
    assert "Đã trả lời" in page
    assert "Trần Thị Bình" in page
    assert "Páo" not in page


def test_a_foreign_unit_finds_neither_the_request_nor_the_person(client, session, keyring, who):
    request = make_request(session, keyring, who)
    stranger = make_account(session, role=Role.ORGANISER)
    session.commit()
    desk = enter(client, stranger)

    listed = desk.get("/quan-tri/yeu-cau/")
    opened = desk.get(f"/quan-tri/yeu-cau/{request.id}")

    assert "Xóa thông tin" not in Page(listed.text).text
    assert opened.status_code == 404


def test_an_identified_request_can_not_be_identified_again(desk, session, keyring, round, who):
    other = make_participant(session, keyring, round.contest, name="Lò Thị Bé", phone="0977000111", code=OTHER)
    session.commit()
    facts = {"kind": "delete", "channel": "phone", "unit": round.contest.unit_id, "name": "Vàng Seo Páo"}
    case = send(desk, "/quan-tri/yeu-cau/them", **facts, phone="0977 123 456").location
    send(desk, case, f"{case}/tim", code=CODE)

    send(desk, case, f"{case}/tim", code=OTHER)

    assert session.scalars(select(RequestSubject.subject_id)).all() == [who.id]
    assert other.id != who.id


def test_a_code_of_another_contest_finds_no_person(client, session, keyring, who):
    other = make_unit(session)
    desk_account = make_account(session, unit=other)
    session.commit()
    desk = enter(client, desk_account)
    case = send(desk, "/quan-tri/yeu-cau/them", kind="view", channel="phone", unit=other.id, name="Ai Đó").location

    found = send(desk, case, f"{case}/tim", code=CODE)

    assert found.status_code == 404


def test_an_overdue_request_is_on_the_staffs_home(desk, session, keyring, who):
    request = make_request(session, keyring, who)
    request.acknowledge_by = clock.now().date() - timedelta(days=1)
    session.commit()

    home, listed = Page(desk.get("/quan-tri/").text).text, Page(desk.get("/quan-tri/yeu-cau/").text).text

    assert "Báo đã nhận cho người yêu cầu" in home
    assert ("Quá hạn" in home, "Quá hạn" in listed) == (True, True)


def test_a_request_is_on_the_staffs_home_from_its_receipt_until_it_is_acknowledged_and_when_its_answer_is_near(
    desk, session, keyring, who
):
    request = make_request(session, keyring, who)
    request.acknowledge_by = clock.now().date() + timedelta(days=4)
    session.commit()
    at_first = Page(desk.get("/quan-tri/").text).text
    request.acknowledged_at, request.answer_by = clock.now(), local_date(clock.now()) + timedelta(days=4)
    session.commit()
    later = Page(desk.get("/quan-tri/").text).text
    request.answer_by = local_date(clock.now()) + timedelta(days=3)
    session.commit()
    near = Page(desk.get("/quan-tri/").text).text

    assert "Báo đã nhận cho người yêu cầu Xóa thông tin" in at_first
    assert "yêu cầu về thông tin cá nhân" not in later
    assert "Trả lời yêu cầu về thông tin cá nhân" in near


def test_several_requests_are_one_task_with_the_nearest_day(desk, session, keyring, who):
    for day in (date(2026, 6, 9), date(2026, 6, 8)):
        make_request(session, keyring, who).acknowledge_by = day
    session.commit()

    home = Page(desk.get("/quan-tri/").text).text

    assert "Báo nhận, trả lời 2 yêu cầu về thông tin cá nhân sắp đến hạn chậm nhất ngày 08/06/2026" in home


def test_no_column_holds_the_askers_words_unsealed(session, keyring, who):
    make_request(session, keyring, who)
    session.flush()

    dump = "".join(str(row) for row in session.execute(text("SELECT * FROM privacy_request")))

    assert not any(secret in dump for secret in ("Páo", "0977123456", "Xin xóa"))
    assert session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_the_receiving_unit_must_be_chosen_among_several(client, session):
    province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    make_unit(session, name="phường An Tường", parent=province)
    account = make_account(session, unit=province)
    session.commit()
    desk = enter(client, account)

    reply = send(desk, "/quan-tri/yeu-cau/them", kind="view", channel="phone", name="Ai Đó", unit="")

    assert "Xin chọn đơn vị tiếp nhận." in reply.text
    assert session.scalar(select(func.count()).select_from(PersonRequest)) == 0


def test_the_askers_typed_data_are_filled_into_the_search(desk, round):
    facts = {"kind": "view", "channel": "phone", "unit": round.contest.unit_id, "name": "Vàng Seo Páo"}

    case = send(desk, "/quan-tri/yeu-cau/them", **facts, phone="0977 123 456").location

    page = desk.get(case).text
    assert 'value="Vàng Seo Páo"' in page
    assert 'value="0977123456"' in page


def test_a_renewed_consent_is_recorded_at_the_desk(desk, session, who):
    withdraw_consent(session, PARTICIPANT, [who.id], [Purpose.NAMED], now=NOW)
    session.commit()
    facts = {"kind": "agree", "channel": "phone", "unit": who.contest.unit_id, "name": "Vàng Seo Páo"}
    case = send(desk, "/quan-tri/yeu-cau/them", **facts, phone="0977 123 456").location
    send(desk, case, f"{case}/tim", code=CODE)

    silent = send(desk, f"{case}/dong-y")
    said = send(desk, f"{case}/dong-y", named="y")

    assert (silent.status_code, said.status_code) == (422, 302)
    assert [each.withdrawn_at is None for each in consent_of(session, who, "named")] == [False, True]
    assert consent_of(session, who, "reached") == []
    assert "Ghi sự đồng ý" in Page(desk.get(case).text).text
