"""An erasure asked for while a week is not published: restricted until then, seen by the approver, then carried out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.operations.audit import SYSTEM
from core import clock
from core.values.week import local_date
from privacy.jobs import carry_out_erasures
from privacy.manifest import ROOM
from privacy.models import PersonRequest
from privacy.operations import answers
from privacy.operations.requests import set_aside
from privacy.rules.deadlines import Kind
from quiz.attempt.models import Entry
from quiz.contest.models import Participant
from quiz.results.models import StandingRow
from quiz.results.operations import closing
from quiz.results.queries.result import find_result, list_winners
from tests.factories import make_attempt
from tests.quiz.results.test_closing import closed
from tests.support.approval import as_approver_reads
from tests.support.calls import confirm_winner, pass_winner
from tests.support.pages import Page
from tests.support.persons import desk, make_request, round, who
from tests.support.staff import send

__all__ = ["desk", "round", "who"]


@pytest.fixture
def before(monkeypatch, round):
    """Set the clock to the hour before the week closes."""
    monkeypatch.setattr(clock, "now", lambda: round.closes_at - timedelta(hours=1))


def at(monkeypatch, moment):
    monkeypatch.setattr(clock, "now", lambda: moment)


def case_of(request):
    return f"/quan-tri/yeu-cau/{request.id}"


def ask_erasure(session, keyring, desk, who):
    """Write down an erasure at the desk and press its button."""
    request = make_request(session, keyring, who)
    session.commit()
    page = desk.get(f"{case_of(request)}/xoa").text
    send(desk, f"{case_of(request)}/xoa", sure="y")
    session.expire_all()
    return request, Page(page).text


@pytest.mark.usefixtures("before")
def test_a_rival_written_down_for_erasure_before_the_close_keeps_place_and_paper(session, keyring, desk, round, who):
    request, shown = ask_erasure(session, keyring, desk, who)
    make_attempt(session, keyring, round, seconds=300)
    closed(session, round)

    kept = session.get_one(Participant, who.id)
    assert "Người này có bài trong kết quả chưa công bố: tuần 1," in shown
    assert (kept.person_id is not None, kept.restricted_at) == (True, clock.now())
    assert (request.answered_at, [step.deed for step in request.steps]) == (
        None,
        ["received", "identified", "restricted"],
    )
    assert session.scalars(select(StandingRow.participant_id).where(StandingRow.rank == 1)).one() == who.id


@pytest.mark.usefixtures("before")
def test_a_second_press_changes_nothing(session, keyring, desk, who):
    request, _shown = ask_erasure(session, keyring, desk, who)

    assert desk.get(f"{case_of(request)}/xoa").location == case_of(request)
    assert not answers.erase(session, keyring, request, actor=SYSTEM, now=clock.now())
    assert "Đã tạm dừng xử lý, chờ xóa. Sẽ xóa sau: tuần 1," in Page(desk.get(case_of(request)).text).text


@pytest.mark.usefixtures("before")
def test_the_daily_duty_erases_after_the_publication_and_not_before(monkeypatch, session, keyring, desk, round, who):
    request, _shown = ask_erasure(session, keyring, desk, who)
    today = local_date(clock.now())
    early = carry_out_erasures(session, today)
    closed(session, round)
    closing.mark_published(session, round, now=round.results_at)
    at(monkeypatch, round.results_at - timedelta(seconds=1))
    waiting = carry_out_erasures(session, today)
    at(monkeypatch, round.results_at)

    done = carry_out_erasures(session, today)

    session.expire_all()
    assert (early, waiting, done) == ("", "", "Đã xóa thông tin theo 1 yêu cầu chờ công bố kết quả.")
    assert session.get_one(Participant, who.id).person_id is None
    assert [step.deed for step in request.steps][-2:] == ["erased", "answered"]
    assert session.get(Entry, (round.id, who.id)) is not None


def test_the_duty_is_declared():
    assert carry_out_erasures in ROOM.daily


@pytest.mark.usefixtures("before")
def test_a_request_written_down_by_mistake_ends_the_restriction_it_brought(session, keyring, desk, who):
    request, _shown = ask_erasure(session, keyring, desk, who)

    set_aside(session, request, actor=SYSTEM, now=clock.now(), reason="Ghi nhầm người")

    session.expire_all()
    assert session.get_one(Participant, who.id).restricted_at is None


@pytest.mark.usefixtures("before")
def test_another_restriction_of_the_same_person_stays(session, keyring, desk, who):
    own = make_request(session, keyring, who, kind=Kind.RESTRICT)
    answers.restrict(session, own, actor=SYSTEM, now=clock.now() - timedelta(hours=2))
    request, _shown = ask_erasure(session, keyring, desk, who)

    set_aside(session, request, actor=SYSTEM, now=clock.now(), reason="Ghi nhầm người")

    session.expire_all()
    assert session.get_one(Participant, who.id).restricted_at is not None


def test_a_person_without_a_paper_in_a_waiting_week_is_erased_at_once(session, keyring, round, who):
    round.contest.called_off_at, round.contest.called_off_why = round.closes_at, "Mưa lũ"
    session.flush()

    assert answers.erase(session, keyring, make_request(session, keyring, who), actor=SYSTEM, now=round.closes_at)
    assert session.get_one(Participant, who.id).person_id is None


@pytest.mark.usefixtures("before")
def test_the_approver_of_the_publication_reads_who_was_hidden_and_by_whom(
    monkeypatch, app, session, keyring, desk, round, who
):
    rival = make_attempt(session, keyring, round, seconds=300).participant_id
    facts = {"kind": "delete", "channel": "phone", "unit": round.contest.unit_id, "name": "Vàng Seo Páo"}
    case = send(desk, "/quan-tri/yeu-cau/them", **facts, phone="0977 123 456").location
    send(desk, case, f"{case}/tim", name="Vàng Seo Páo", phone="0977123456")
    send(desk, f"{case}/xoa", sure="y")
    closed(session, round)
    at(monkeypatch, round.closes_at + timedelta(hours=2))
    for winner in list_winners(session, find_result(session, round)):
        if winner.participant_id == who.id:
            pass_winner(session, round, who.id)
    for winner in list_winners(session, find_result(session, round)):
        if winner.participant_id == rival:
            confirm_winner(session, round, rival, now=clock.now())
    session.commit()
    week = f"/quan-tri/cuoc-thi/{round.contest.slug}/tuan/1"
    send(desk, week, to=f"{week}/cong-bo")

    page = as_approver_reads(app, session, "round.publish", round.contest.unit)

    assert "Hạng 1, xã Lâm Bình Xóa thông tin, ngày" in page
    assert "Trần Thị Bình ghi" in page
    assert "không gọi, vì thông tin đang tạm dừng xử lý; giải chuyển cho người kế tiếp" in page


def test_receiving_finding_and_not_finding_leave_entries_without_what_was_typed(session, desk, round, who):
    facts = {"kind": "view", "channel": "phone", "unit": round.contest.unit_id, "name": "Vàng Seo Páo"}
    case = send(desk, "/quan-tri/yeu-cau/them", **facts, phone="0977 123 456").location
    send(desk, case, f"{case}/tim", name="Vàng Seo Dìn", phone="0977123456")
    send(desk, case, f"{case}/tim", name="Vàng Seo Páo", phone="0977123456")

    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    number = session.scalars(select(PersonRequest)).one().number
    assert [entry.changes for entry in entries] == [
        [("step", None, "Tiếp nhận: Xem thông tin đang được giữ (Qua điện thoại)")],
        [("step", None, "Tìm người yêu cầu, không thấy")],
        [("step", None, "Xác định người yêu cầu: 1 lần đăng ký")],
    ]
    assert {entry.subject for entry in entries} == {f"Yêu cầu số {number} về thông tin cá nhân"}
    assert "Dìn" not in "".join(str(entry.values) for entry in entries)


def test_requests_of_one_day_have_numbers_of_their_own(session, keyring, desk, who):
    numbers = [make_request(session, keyring, who, kind=kind).number for kind in (Kind.VIEW, Kind.DELETE)]
    session.commit()

    page = Page(desk.get("/quan-tri/yeu-cau/").text).text

    assert len(set(numbers)) == 2
    assert all(f"số {number}, nhận ngày" in page for number in numbers)


def test_the_approver_of_the_publication_reads_that_a_winner_was_renamed(
    monkeypatch, app, session, keyring, desk, round, who
):
    at(monkeypatch, round.closes_at + timedelta(hours=1))
    closed(session, round)
    request = make_request(session, keyring, who, kind=Kind.CORRECT)
    session.commit()
    page = f"{case_of(request)}/sua"
    send(desk, page, name="Vàng Thị Bạn", unit=Page(desk.get(page).text).forms[-1].value("unit"))
    confirm_winner(session, round, who.id, now=clock.now())
    session.commit()
    week = f"/quan-tri/cuoc-thi/{round.contest.slug}/tuan/1"
    send(desk, week, to=f"{week}/cong-bo")

    shown = as_approver_reads(app, session, "round.publish", round.contest.unit)

    assert "Vàng Thị Bạn" in shown
    assert "Thông tin của người trong danh sách được sửa Hạng 1, xã Lâm Bình" in shown
    assert "Sửa thông tin ghi sai, ngày" in shown
