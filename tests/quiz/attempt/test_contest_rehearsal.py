"""A contest in rehearsal: everything works, nothing counts, and the wipe removes all of it and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from core import clock
from core.db import Base
from core.values.week import local_date
from quiz.attempt.models import Attempt, Entry, Tally
from quiz.attempt.operations import rehearsal
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.registration import AlreadyRegistered
from quiz.contest.queries import find_open_round
from quiz.results.queries.turnout import turnout_of_contest
from tests.factories import MONDAY, make_account, make_attempt, make_contest, make_participant
from tests.support.pages import Page
from tests.support.staff import enter, send

BAND = "DIỄN TẬP, không tính"


@pytest.fixture
def contest(session):
    """Create a contest that opens in a month."""
    made = make_contest(session, first_day=local_date(clock.now()) + timedelta(days=30))
    session.commit()
    return made


@pytest.fixture
def rehearsing(session, contest):
    rehearsal.open_rehearsal(session, contest, now=clock.now())
    session.commit()
    return contest


def try_out(client, session, contest, phone="0912345678"):
    """Register, answer and get a receipt; return the pages on the way."""
    path = f"/thi/{contest.slug}"
    form = Page(client.get(f"{path}/dang-ky").text).form()
    facts = {"name": "Giàng A Páo", "phone": phone, "birth_year": 1971, "unit": contest.units[0].unit_id}
    registered = client.post(f"{path}/dang-ky", data=dict(form.filled(**facts, consent="y")))
    paper = client.post(f"{path}/vao-thi", data=dict(Page(registered.text).form("vao-thi").pairs))
    filled = Page(paper.text).form("nop-bai").filled(q1="A", q2="A", q3="A", guess=5)
    submitted = client.post(f"{path}/nop-bai", data=dict(filled))
    session.expire_all()
    return registered, paper, submitted


def rows(session):
    session.expire_all()
    return {
        table.name: session.scalar(select(func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
        if table.name != "core_stored_reply"  # sealed for a day under a key that only the phone has
    }


def test_a_rehearsal_is_open_early_and_marked_on_every_page(client, session, rehearsing):
    pages = [client.get(f"/thi/{rehearsing.slug}"), *try_out(client, session, rehearsing)]

    assert [page.status_code for page in pages] == [200, 201, 200, 201]
    assert [BAND in page.text for page in pages] == [True] * 4


def test_the_real_questions_stay_closed(client, session, rehearsing):
    _registered, paper, _submitted = try_out(client, session, rehearsing)

    assert "Thi thử: hai cộng ba" in paper.text
    assert "Câu hỏi số 1" not in paper.text


def test_no_figure_counts_a_rehearsal(client, session, rehearsing):
    try_out(client, session, rehearsing)

    board = turnout_of_contest(session, rehearsing)

    assert (board.turns, board.people) == (0, 0)
    assert [session.scalar(select(func.count()).select_from(each)) for each in (Attempt, Entry, Tally)] == [1, 0, 0]
    assert client.get(f"/thi/{rehearsing.slug}/tuan/0").status_code == 404
    assert "đang mở" not in Page(client.get("/").text).text.split("Sắp mở")[1]


@pytest.mark.both_databases
def test_the_wipe_leaves_no_trace(client, session, contest):
    before = rows(session)
    rehearsal.open_rehearsal(session, contest, now=clock.now())
    session.commit()
    try_out(client, session, contest)
    try_out(client, session, contest, phone="0912345679")

    papers = rehearsal.clear_rehearsal(session, contest)
    session.commit()

    assert papers == 2
    assert rows(session) == before
    assert BAND not in client.get(f"/thi/{contest.slug}").text


def test_a_real_registration_is_untouched_and_its_person_may_rehearse(client, session, keyring, contest):
    real = make_participant(session, keyring, contest, name="Giàng A Páo", phone="0912345678", birth_year=1971)
    rehearsal.open_rehearsal(session, contest, now=clock.now())
    session.commit()
    registered, *_rest = try_out(client, session, contest)
    rehearsal.clear_rehearsal(session, contest)
    session.commit()

    assert registered.status_code == 201
    assert list(session.scalars(select(Participant.id))) == [real.id]
    with pytest.raises(AlreadyRegistered):
        make_participant(session, keyring, contest, name="Giàng A Páo", phone="0912345678", birth_year=1971)


@pytest.mark.both_databases
def test_papers_after_the_wipe_count_as_ever(session, keyring, rehearsing):
    rehearsal.clear_rehearsal(session, rehearsing)

    make_attempt(session, keyring, rehearsing.rounds[0])

    assert turnout_of_contest(session, rehearsing).turns == 1


def test_a_contest_with_real_papers_is_not_tried_out(session, keyring):
    contest = make_contest(session)
    make_attempt(session, keyring, contest.rounds[0])

    with pytest.raises(rehearsal.NotNow):
        rehearsal.open_rehearsal(session, contest, now=MONDAY)


def test_two_taps_begin_one_rehearsal(session, contest):
    begun = [rehearsal.open_rehearsal(session, contest, now=MONDAY) for _ in range(2)]

    assert begun == [True, False]


def test_a_page_of_an_ended_rehearsal_registers_no_participant(client, session, rehearsing):
    form = Page(client.get(f"/thi/{rehearsing.slug}/dang-ky").text).form()
    rehearsal.clear_rehearsal(session, rehearsing)
    session.commit()
    facts = {"name": "Giàng A Páo", "phone": "0912345678", "birth_year": 1971, "unit": rehearsing.units[0].unit_id}

    answer = client.post(f"/thi/{rehearsing.slug}/dang-ky", data=dict(form.filled(**facts, consent="y")))
    again = client.post(f"/thi/{rehearsing.slug}/dang-ky", data=dict(Page(answer.text).form().pairs))

    assert (answer.status_code, again.status_code) == (409, 201)
    assert "Giàng A Páo" in answer.text
    assert session.scalar(select(Participant.is_rehearsal)) is False


@pytest.mark.both_databases
def test_a_paper_that_was_begun_before_the_wipe_is_kept_on_the_page_and_stored_nowhere(client, session, rehearsing):
    path = f"/thi/{rehearsing.slug}"
    form = Page(client.get(f"{path}/dang-ky").text).form()
    facts = {"name": "Giàng A Páo", "phone": "0912345678", "birth_year": 1971, "unit": rehearsing.units[0].unit_id}
    registered = client.post(f"{path}/dang-ky", data=dict(form.filled(**facts, consent="y")))
    paper = client.post(f"{path}/vao-thi", data=dict(Page(registered.text).form("vao-thi").pairs))
    rehearsal.clear_rehearsal(session, rehearsing)
    session.commit()

    answer = client.post(f"{path}/nop-bai", data=dict(Page(paper.text).form("nop-bai").filled(q1="A", guess=5)))

    assert answer.status_code == 403
    assert session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_the_organiser_starts_and_ends_a_rehearsal_with_a_button(client, session, contest):
    account = make_account(session, unit=contest.unit)
    session.commit()
    page = f"/quan-tri/cuoc-thi/{contest.slug}"
    desk = enter(client, account)

    send(desk, page, f"{page}/dien-tap")
    during = Page(desk.get(page).text).text
    session.expire_all()
    opened = find_open_round(session, session.get(Contest, contest.id), clock.now()).number
    send(desk, f"{page}/xoa-dien-tap")

    assert "Đang diễn tập" in during
    assert opened == 0
    assert "Đang diễn tập" not in Page(desk.get(page).text).text


@pytest.mark.both_databases
def test_the_command_wipes_a_rehearsal(app, client, session, rehearsing):
    try_out(client, session, rehearsing)

    done = app.test_cli_runner().invoke(args=["quiz", "wipe-rehearsal", rehearsing.slug])

    assert done.output == "Đã kết thúc diễn tập và xóa 1 bài thi thử.\n"


def test_without_papers_no_number_is_shown(app, client, session, contest, rehearsing):
    account, page = make_account(session, unit=contest.unit), f"/quan-tri/cuoc-thi/{rehearsing.slug}"
    session.commit()
    desk = enter(client, account)

    send(desk, f"{page}/xoa-dien-tap")
    done = app.test_cli_runner().invoke(args=["quiz", "wipe-rehearsal", rehearsing.slug])

    assert "xóa mọi người đăng ký thử; chưa có bài thi thử nào" in desk.get(page).text
    assert done.output == "Đã kết thúc diễn tập; chưa có bài thi thử nào.\n"


def test_no_rehearsal_starts_while_a_real_week_is_open(session):
    contest = make_contest(session)

    with pytest.raises(rehearsal.NotNow):
        rehearsal.open_rehearsal(session, contest, now=MONDAY)


def test_a_rehearsal_ends_when_the_first_real_week_opens(session):
    contest = make_contest(session)

    rehearsal.open_rehearsal(session, contest, now=MONDAY - timedelta(days=2))

    before = find_open_round(session, contest, MONDAY - timedelta(seconds=1)).number
    ended = [rehearsal.end_overdue(session, moment) for moment in (MONDAY - timedelta(seconds=1), MONDAY)]
    session.expire_all()
    assert (before, ended) == (0, [0, 1])
    assert find_open_round(session, contest, MONDAY).number == 1


def test_an_overdue_rehearsal_hides_no_real_week_and_a_visit_wipes_nothing(client, session, contest):
    rehearsal.open_rehearsal(session, contest, now=clock.now() - timedelta(days=2))
    session.execute(update(Round).where(Round.number == 0).values(closes_at=clock.now() - timedelta(hours=1)))
    session.execute(update(Round).where(Round.number == 1).values(opens_at=clock.now() - timedelta(hours=1)))
    session.commit()

    page = client.get(f"/thi/{contest.slug}/vao-thi")
    again = client.get(f"/thi/{contest.slug}")

    session.expire_all()
    assert (page.status_code, BAND in page.text, BAND in again.text) == (200, False, False)
    assert session.get_one(Contest, contest.id).is_rehearsal
    assert rehearsal.end_overdue(session, clock.now()) == 1
    assert find_open_round(session, contest, clock.now()).number == 1
