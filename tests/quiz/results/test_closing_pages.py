"""An organiser closes a round and calls its winners; irreversible steps need a confirmation."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from account.operations.audit import SYSTEM
from core import clock
from core.data_version import PUBLIC, renew_version
from core.values.week import local_date, monday_of
from quiz.attempt.operations.sheet_printing import print_sheets
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import ContactOpening, Result
from quiz.results.operations import closing
from quiz.results.operations.contact import grant_contact_access
from quiz.results.queries.result import find_result, list_winners
from tests.factories import make_account, make_attempt, make_contest
from tests.support.calls import confirm_winner
from tests.support.pages import Page
from tests.support.staff import send


@pytest.fixture
def week(session):
    """Create a round that is over and has no papers yet."""
    first_day = monday_of(local_date(clock.now())) - timedelta(weeks=1)
    contest = make_contest(session, first_day=first_day, weeks=2, tiers=(Tier("Giải Nhất", 1),))
    session.commit()
    return contest.rounds[0]


def path_of(week):
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/{week.number}"


def close(client, week, **fields):
    return send(client, f"{path_of(week)}/chot", **fields)


def versions(session):
    session.expire_all()
    return len(session.scalars(select(Result)).all())


def closed(session, keyring, week, people=1):
    for _ in range(people):
        make_attempt(session, keyring, week)
    closing.rank_round(session, week, now=week.closes_at + SETTLING)
    session.commit()


def winner_of(session, week):
    session.expire_all()
    return list_winners(session, find_result(session, week))[0]


def call(client, session, week, answer):
    to = f"{path_of(week)}/nguoi-dat-giai/{winner_of(session, week).participant_id}/{answer}"
    return send(client, path_of(week), to=to)


def test_a_round_without_papers_closes_only_after_a_confirmation(session, organiser, week):
    shown = Page(organiser.get(f"{path_of(week)}/chot").text)

    silent, before = close(organiser, week), versions(session)
    confirmed = close(organiser, week, sure="y")

    assert "Chưa có ai nộp bài đợt này. Nếu có bài giấy hay tệp Excel, hãy nhập trước" in shown.text
    assert f"{path_of(week)}/nhap-bai" in shown.links
    assert (silent.status_code, before) == (422, 0)
    assert "xin đánh dấu rằng không có bài để nhập" in silent.text
    assert (confirmed.status_code, versions(session)) == (302, 1)


def test_a_week_with_papers_shows_the_result_before_the_close(session, keyring, organiser, week):
    make_attempt(session, keyring, week)
    session.commit()

    shown = Page(organiser.get(f"{path_of(week)}/chot").text).text
    before = versions(session)
    answer = close(organiser, week)

    assert "Đã nhận bài của 1 người" in shown
    assert "Không mở lại được đợt đã chốt." in shown
    assert (before, answer.location, versions(session)) == (0, path_of(week), 1)


def test_paper_sheets_that_are_not_keyed_in_are_counted_and_one_that_waits_needs_a_tick(
    session, keyring, organiser, week
):
    make_attempt(session, keyring, week)
    sheets = print_sheets(session, SYSTEM, week, 3, now=week.closes_at - timedelta(hours=1))
    sheets[0].first_by_id = make_account(session, unit=week.contest.unit).id
    session.commit()

    shown = Page(organiser.get(f"{path_of(week)}/chot").text)
    silent, before = close(organiser, week), versions(session)
    confirmed = close(organiser, week, leaves="y")

    assert "2 phiếu giấy đã in mà chưa nhập. 1 phiếu giấy chờ người thứ hai nhập." in shown.text
    assert "Vẫn chốt; 3 phiếu chưa nhập xong này không được tính" in shown.text
    assert f"{path_of(week)}/phieu-giay" in shown.links
    assert (silent.status_code, before) == (422, 0)
    assert (confirmed.status_code, versions(session)) == (302, 1)


def test_a_week_that_is_open_or_closed_has_no_closing_page(session, keyring, organiser, week):
    later = week.contest.rounds[1]
    closed(session, keyring, week)

    answers = [organiser.get(f"{path_of(each)}/chot") for each in (week, later)]

    assert [answer.location for answer in answers] == [path_of(week), path_of(later)]


def test_late_results_are_marked_late_and_future_ones_dated(session, client, keyring, week, monkeypatch):
    receipt = "7K3M9QXD2F4A8BCE"
    make_attempt(session, keyring, week, receipt=receipt)
    closing.rank_round(session, week, now=week.closes_at + SETTLING)
    pages = {}

    for is_late in (False, True):
        week.results_at = max(week.closes_at, clock.now() + (-1 if is_late else 1) * timedelta(minutes=5))
        renew_version(session, PUBLIC)
        session.commit()
        form = next(each for each in Page(client.get("/thi/tra-cuu").text).forms if each.value("code") is not None)
        own = client.post("/thi/tra-cuu", data=dict(form.filled(code=receipt))).text
        pages[is_late] = [Page(text).text for text in (client.get(f"/thi/{week.contest.slug}").text, own)]

    assert all("Dự kiến có kết quả" in page and "chậm hơn dự kiến" not in page for page in pages[False])
    assert all("Kết quả đang được kiểm tra nên chậm hơn" in page and "Dự kiến" not in page for page in pages[True])


@pytest.mark.parametrize("answer", ["xac-nhan", "bo-qua"])
def test_a_winner_can_not_be_settled_before_their_number_was_opened(session, keyring, organiser, week, answer):
    closed(session, keyring, week)

    call(organiser, session, week, answer)

    page = Page(organiser.get(path_of(week)).text).text
    assert winner_of(session, week).state == "pending"
    assert "Hãy mở số điện thoại và gọi trước." in page
    assert "Mở danh sách để gọi" in page


def test_after_all_calls_the_next_step_is_the_approval_of_a_second_person(session, keyring, organiser, week):
    closed(session, keyring, week)
    before = organiser.get(path_of(week)).text
    winner_of(session, week).state = "confirmed"
    session.commit()

    after = organiser.get(path_of(week)).text

    assert re.search(r'aria-current="step">.*?</span>Gọi xác nhận', before)
    assert re.search(r'aria-current="step">.*?</span>Phê duyệt', after)


def test_winners_confirmed_before_these_results_are_marked(session, keyring, organiser, week):
    known = make_attempt(session, keyring, week).participant
    known.verified_at = week.opens_at
    closed(session, keyring, week, people=0)

    shown = organiser.get(path_of(week)).text

    assert winner_of(session, week).state == "confirmed"
    assert "Đã xác nhận từ trước</span>" in shown
    assert "nên không phải gọi lại" in shown


def test_winners_called_for_these_results_are_confirmed_as_usual(session, keyring, organiser, week):
    closed(session, keyring, week)
    confirm_winner(session, week, winner_of(session, week).participant_id, now=clock.now())
    session.commit()

    shown = organiser.get(path_of(week)).text

    assert "Đã xác nhận</span>" in shown
    assert "từ trước" not in shown


def test_the_numbers_may_be_opened_by_a_colleague(session, keyring, organiser, week):
    closed(session, keyring, week)
    colleague = make_account(session, unit=week.contest.unit)
    grant_contact_access(
        session, SYSTEM, week, account_id=colleague.id, people="winners", reason="Gọi xác nhận", now=clock.now()
    )
    session.commit()

    call(organiser, session, week, "xac-nhan")

    assert winner_of(session, week).state == "confirmed"


@pytest.mark.parametrize(
    "change", [{"people": "front"}, {"opened_at": timedelta(days=30), "closes_at": timedelta(days=29)}]
)
def test_the_front_of_the_standings_or_the_list_of_an_older_version_is_no_call(
    session, keyring, organiser, week, change
):
    closed(session, keyring, week)
    colleague, made_at = make_account(session, unit=week.contest.unit), find_result(session, week).made_at
    grant_contact_access(
        session, SYSTEM, week, account_id=colleague.id, people="winners", reason="Gọi xác nhận", now=clock.now()
    )
    opening = session.scalars(select(ContactOpening)).one()
    for name, value in change.items():
        setattr(opening, name, made_at - value if isinstance(value, timedelta) else value)
    session.commit()

    call(organiser, session, week, "xac-nhan")

    assert winner_of(session, week).state == "pending"
