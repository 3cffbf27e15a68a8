"""The front page, and the tasks of the day."""

import re
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from account.models import Account, Approval
from account.rules.permissions import Role
from core import clock
from core.crypto import new_code
from core.retention import Purge
from core.values.week import day_start, local_date, monday_of
from quiz.contest.queries import list_open_contests, list_past_contests, list_upcoming_contests
from quiz.contest.rules.schedule import SETTLING, Phase
from quiz.contest.rules.terms import PrizeTerms
from quiz.results.operations.closing import mark_published, rank_round
from report.manage.todo import _of_round, approvals
from report.queries import SetupStep, first_steps, tasks
from survey.counter.operations.counters import add_counter
from survey.instrument.rules.levels import Level
from survey.instrument.rules.quick import LEVEL
from survey.rating.models import OptionTally
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from survey.rating.rules.classes import RatingClass
from tests.factories import MONDAY, make_account, make_contest, make_counter, make_office, make_participant, make_unit
from tests.support.staff import enter

TODAY = date(2026, 6, 1)


def units_of(contest):
    return frozenset({contest.unit_id})


BLANKED = re.compile(r'(nonce|value)="[^"]*"')
"""Values that differ from page to page."""


def rate(session, keyring, counter, now=MONDAY):
    opinion = Opinion(Level.SATISFIED)
    record_rating(session, keyring, counter, opinion, channel=Channel.OPEN, receipt=new_code(), now=now)
    session.flush()


def test_an_ended_week_waits_to_be_closed(session):
    contest = make_contest(session, weeks=1)

    found = tasks(session, units_of(contest), contest.rounds[0].closes_at)

    assert [(task.round.number, task.need) for task in found] == [(1, Phase.ENDED)]


def test_a_round_is_listed_on_its_last_day(session):
    contest = make_contest(session, weeks=1)
    closes_at = contest.rounds[0].closes_at
    moments = [closes_at - timedelta(hours=24, seconds=1), closes_at - timedelta(hours=24), closes_at]

    found = [[task.need for task in tasks(session, units_of(contest), moment)] for moment in moments]

    assert found == [[], [Phase.OPEN], [Phase.ENDED]]


@pytest.mark.both_databases
def test_overdue_work_is_listed_before_work_due_today_and_rounds_without_questions(session):
    contest = make_contest(session, weeks=3)
    contest.rounds[2].questions.clear()
    session.flush()

    found = tasks(session, units_of(contest), contest.rounds[1].closes_at - timedelta(hours=1))

    assert [(task.round.number, task.need) for task in found] == [
        (1, Phase.ENDED),
        (2, Phase.OPEN),
        (3, Phase.UPCOMING),
    ]


def test_a_draft_or_a_cancelled_contest_makes_no_task(session):
    draft, off = (make_contest(session, weeks=1) for _ in range(2))
    tonight = draft.rounds[0].closes_at - timedelta(hours=1)
    draft.is_draft = True
    off.called_off_at, off.called_off_why = tonight, "Mưa lũ"
    session.flush()

    assert [tasks(session, units_of(contest), tonight) for contest in (draft, off)] == [[], []]


@pytest.mark.parametrize(("days", "is_task"), [(1, True), (2, False)])
def test_the_home_page_says_until_when_a_week_takes_papers(session, client, days, is_task):
    first_day = monday_of(local_date(clock.now()))
    contest = make_contest(session, first_day=first_day, weeks=1)
    round = contest.rounds[0]
    round.closes_at = day_start(local_date(clock.now()) + timedelta(days=days))
    round.results_at = round.closes_at + timedelta(hours=12)
    organiser = make_account(session, unit=contest.unit)
    session.commit()

    page = enter(client, organiser).get("/quan-tri/").text

    assert ("Tuần 1 hết giờ nhận bài đêm nay" in page) is is_task
    assert ("có bài giấy thì nhập trước khi chốt" in page) is is_task


def test_a_published_week_makes_no_task(session):
    contest = make_contest(session, weeks=1)
    round = contest.rounds[0]
    rank_round(session, round, now=round.closes_at + SETTLING)
    mark_published(session, round, now=round.closes_at)

    assert tasks(session, units_of(contest), round.closes_at) == []


def test_a_week_without_questions_is_a_task_from_a_week_before_it_opens(session):
    contest = make_contest(session, weeks=2, questions=0)
    moments = [MONDAY - timedelta(days=7, seconds=1), MONDAY - timedelta(days=7), MONDAY - timedelta(seconds=1), MONDAY]

    found = [[task.need for task in tasks(session, units_of(contest), moment)] for moment in moments]

    assert found == [[], [Phase.UPCOMING], [Phase.UPCOMING], [Phase.OPEN, Phase.UPCOMING]]


@pytest.mark.both_databases
def test_all_tasks_are_listed_the_oldest_first(session):
    contest = make_contest(session, weeks=5)
    late = contest.rounds[4].closes_at

    assert [task.round.number for task in tasks(session, units_of(contest), late)] == [1, 2, 3, 4, 5]


def test_another_units_work_is_not_mine(session):
    make_contest(session, weeks=1)

    assert tasks(session, frozenset({make_unit(session).id}), MONDAY + timedelta(weeks=3)) == []


@pytest.mark.both_databases
def test_contests_are_open_then_past(session):
    contest = make_contest(session, weeks=1)

    assert [found.id for found, _ in list_open_contests(session, MONDAY)] == [contest.id]
    assert [found.id for found in list_past_contests(session, MONDAY + timedelta(weeks=1))] == [contest.id]


@pytest.mark.both_databases
def test_of_past_contests_the_last_to_end_comes_first(session):
    long, short = (make_contest(session, unit=make_unit(session), weeks=n) for n in (3, 1))
    middle = make_contest(session, unit=make_unit(session), weeks=2)

    past = list_past_contests(session, MONDAY + timedelta(weeks=9))

    assert [each.id for each in past] == [long.id, middle.id, short.id]


def test_a_week_without_questions_is_shown_as_upcoming(session):
    contest = make_contest(session, questions=0)

    assert list_open_contests(session, MONDAY) == []
    assert list_upcoming_contests(session, MONDAY) == [(contest, contest.rounds[0])]


def test_a_contest_is_announced_until_it_opens_and_not_after_its_end(session):
    contest = make_contest(session, weeks=1)

    assert list_upcoming_contests(session, MONDAY - timedelta(seconds=1)) == [(contest, contest.rounds[0])]
    assert list_upcoming_contests(session, MONDAY) == []
    assert list_upcoming_contests(session, MONDAY + timedelta(weeks=1)) == []


def test_the_front_page_shows_the_dates_of_upcoming_rounds(session, client):
    make_contest(session, first_day=date(2100, 1, 4))
    session.commit()

    page = client.get("/").text

    assert "Sắp mở" in page
    assert "tuần 1 từ 0 giờ thứ Hai, 04/01/2100" in page


def test_a_week_is_late_from_its_announced_hour_until_its_publication(session):
    contest = make_contest(session, weeks=1)
    round = contest.rounds[0]

    early = tasks(session, units_of(contest), round.results_at - timedelta(seconds=1))
    due = tasks(session, units_of(contest), round.results_at)

    assert [task.is_late for task in early + due] == [False, True]


def test_an_officer_does_not_see_contests_or_their_tasks(session, client):
    contest = make_contest(session, weeks=1)
    officer = make_account(session, role=Role.MANAGER, unit=contest.unit)
    session.commit()

    page = enter(client, officer).get("/quan-tri/").text

    assert "Chốt đợt" not in page
    assert ("/quan-tri/danh-gia/" in page, "/quan-tri/cuoc-thi/" in page) == (True, False)


def test_an_organiser_sees_late_work_and_the_offices(session, client):
    contest = make_contest(session, weeks=1)
    organiser = make_account(session, unit=contest.unit)
    session.commit()

    page = enter(client, organiser).get("/quan-tri/").text

    assert "Đã quá giờ hẹn công bố" in page
    assert ("/quan-tri/danh-gia/" in page, "/quan-tri/cuoc-thi/" in page) == (True, True)


@pytest.fixture
def failing(app, session, tmp_path):
    """Simulate two nights without a backup and without the daily duties."""
    (tmp_path / "backups").mkdir()
    app.extensions["settings"] = replace(app.extensions["settings"], backup_path=tmp_path / "backups")
    session.add(Purge(at=clock.now() - timedelta(days=3), rule="jobs", kind="Việc", removed=0))
    session.commit()
    return tmp_path / "backups"


def test_an_administrator_sees_a_failed_nightly_job_and_its_recovery(session, client, failing):
    administrator = make_account(session, role=Role.ADMINISTRATOR)
    session.commit()

    page = enter(client, administrator).get("/quan-tri/").text
    (failing / "lang-nghe.tar.gz").write_bytes(b"x")
    session.add(Purge(at=clock.now(), rule="jobs", kind="Việc", removed=0))
    session.commit()
    later = client.get("/quan-tri/").text

    warnings = ("không thấy bản sao lưu nào mới", "chưa làm việc hằng ngày", "người quản trị máy chủ kiểm tra ngay")
    assert [each in page for each in warnings] == [True] * 3
    assert [each in later for each in warnings] == [False] * 3


def test_other_roles_do_not_see_the_server_checks(session, client, failing):
    organiser = make_account(session)
    session.commit()

    assert "người quản trị máy chủ" not in enter(client, organiser).get("/quan-tri/").text


@pytest.mark.both_databases
def test_an_instance_without_failures_shows_no_warning(session, client):
    administrator = make_account(session, role=Role.ADMINISTRATOR)
    session.commit()

    assert "người quản trị máy chủ" not in enter(client, administrator).get("/quan-tri/").text


def test_the_front_page_of_an_empty_instance_has_a_polite_message(client):
    page = client.get("/").text

    assert "Hiện chưa có cuộc thi nào mở" in page
    assert "Chưa có cơ quan nào mở đánh giá" in page


def test_an_office_with_few_ratings_shows_no_figure(session, client):
    office = make_counter(session).office
    session.commit()

    assert "Chưa đủ 5 lượt để công bố" in client.get("/").text
    assert "Chưa đủ 5 lượt để công bố" in client.get(f"/ket-qua/{office.slug}").text


@pytest.mark.both_databases
def test_the_lists_ask_the_database_as_often_for_many_contests_as_for_few(session, count_queries):
    asked = []
    for contests in (1, 6):
        owners = frozenset(make_contest(session, weeks=3).unit_id for _ in range(contests))
        session.flush()
        session.expire_all()
        count_queries.clear()
        for find in (list_open_contests, list_upcoming_contests):
            find(session, MONDAY)
        tasks(session, owners, MONDAY)
        asked.append(len(count_queries))

    assert asked[0] == asked[1]


@pytest.mark.both_databases
def test_the_way_to_the_first_rating_is_taken_step_by_step(session, keyring):
    unit = make_unit(session)
    here = frozenset({unit.id})

    at_first, _ = first_steps(session, here, TODAY)
    office = make_office(session, unit=unit)
    with_office = first_steps(session, here, TODAY)
    counter = make_counter(session, office=office)
    with_counter = first_steps(session, here, TODAY)
    rate(session, keyring, counter)
    rated, a_week_later = (first_steps(session, here, TODAY + timedelta(weeks=weeks)) for weeks in (0, 1))
    for _ in range(4):
        rate(session, keyring, counter)
    released = first_steps(session, here, TODAY + timedelta(weeks=1))

    assert at_first == SetupStep.OFFICE
    assert with_office == (SetupStep.COUNTER, office)
    assert with_counter == (SetupStep.RATING, office)
    assert rated == a_week_later == with_counter  # one rating, waiting, is not to be seen
    assert released == (None, None)


def test_a_rating_elsewhere_is_not_the_first_one_here(session, keyring):
    unit = make_unit(session)
    rate(session, keyring, make_counter(session))

    assert first_steps(session, frozenset({unit.id}), TODAY) == (SetupStep.OFFICE, None)


def test_a_closed_counter_is_none_to_print_for(session):
    counter = make_counter(session)
    counter.closed_on = MONDAY.date()

    assert first_steps(session, frozenset({counter.office.unit_id}), TODAY)[0] == SetupStep.COUNTER


def test_a_manager_is_shown_the_first_steps(session, client):
    manager = make_account(session, role=Role.MANAGER)
    session.commit()

    page = enter(client, manager).get("/quan-tri/").text

    assert "Các bước để có lượt đánh giá đầu tiên" in page
    assert "Hôm nay không có việc nào chờ" not in page


def test_the_pages_of_staff_are_the_same_for_no_rating_for_one_and_for_four(session, keyring, client):
    office = make_office(session)
    counter = add_counter(session, office, number=1, name="Đất đai", today=local_date(clock.now()))
    manager = make_account(session, role=Role.MANAGER, unit=office.unit)
    session.commit()
    enter(client, manager)

    pages = []
    for count in (0, 1, 3):
        for _ in range(count):
            rate(session, keyring, counter, now=clock.now())
        session.commit()
        pages.append([client.get(path).text for path in ("/quan-tri/", f"/quan-tri/danh-gia/{office.slug}")])

    assert "Nhận lượt đánh giá đầu tiên" in pages[0][0]
    none, one, four = ([BLANKED.sub("", page) for page in each] for each in pages)
    assert none == one == four


def test_a_scan_in_a_rehearsal_is_seen_among_the_first_steps(session, keyring, client):
    office = make_office(session)
    counter = add_counter(session, office, number=1, name="Đất đai", today=local_date(clock.now()))
    manager = make_account(session, role=Role.MANAGER, unit=office.unit)
    counter.is_rehearsal = True
    session.commit()
    enter(client, manager)
    before = client.get("/quan-tri/").text
    rate(session, keyring, counter, now=clock.now())
    session.commit()

    assert "Đã nhận 1 lượt diễn tập" not in before
    assert "Đã nhận 1 lượt diễn tập" in client.get("/quan-tri/").text


def test_accounts_without_offices_are_shown_no_steps(session, client):
    organiser = make_account(session, role=Role.ORGANISER)
    session.commit()

    page = enter(client, organiser).get("/quan-tri/").text

    assert "Các bước để có lượt đánh giá đầu tiên" not in page


def set_apart_at(session, office, *, weeks_ago, count=5):
    """Give the office a counter with *count* ratings in a class that waits for a decision."""
    counter = make_counter(session, office=office)
    week = monday_of(local_date(clock.now())) - timedelta(weeks=weeks_ago)
    kinds = {"channel": Channel.OPEN.value, "rating_class": RatingClass.MORE.value}
    session.add(OptionTally(counter_id=counter.id, week=week, item=LEVEL, option="5", count=count, **kinds))


@pytest.mark.both_databases
@pytest.mark.parametrize(("weeks_ago", "count", "is_task"), [(1, 5, True), (1, 4, False), (0, 5, False), (6, 5, False)])
def test_ratings_set_apart_are_a_task_of_the_inspector(session, client, weeks_ago, count, is_task):
    office = make_office(session, unit=make_unit(session))
    set_apart_at(session, office, weeks_ago=weeks_ago, count=count)
    inspector = make_account(session, role=Role.INSPECTOR, unit=office.unit)
    session.commit()
    desk = enter(client, inspector)

    home, listed = desk.get("/quan-tri/").text, desk.get("/quan-tri/danh-gia/").text

    link = f'href="/quan-tri/danh-gia/{office.slug}/de-rieng"'
    assert ("1 đợt đánh giá để riêng chờ quyết định" in home) is is_task
    assert (link in home, link in listed) == (is_task, is_task)


def test_ratings_set_apart_are_no_task_of_a_manager(session, client):
    office = make_office(session, unit=make_unit(session))
    set_apart_at(session, office, weeks_ago=1)
    manager = make_account(session, role=Role.MANAGER, unit=office.unit)
    session.commit()

    assert "để riêng" not in enter(client, manager).get("/quan-tri/danh-gia/").text


def test_the_page_counts_all_tasks_and_shows_three_of_them_at_once(session, client):
    contest = make_contest(session, weeks=5)
    for round in contest.rounds:
        shift = clock.now() - timedelta(days=30)
        round.opens_at, round.closes_at, round.results_at = shift, shift + timedelta(days=7), shift + timedelta(days=8)
    account = make_account(session, role=Role.ORGANISER, unit=contest.unit)
    session.commit()

    page = enter(client, account).get("/quan-tri/").text

    shown, folded = page.split("<summary>2 việc khác</summary>")
    assert "Hôm nay có 5 việc" in shown
    assert "3 việc trước hết" in shown
    assert (shown.count("<b>Chốt tuần"), folded.count("<b>Chốt tuần")) == (3, 2)


def test_a_task_names_its_round_as_the_contest_does():
    task = SimpleNamespace(
        round=SimpleNamespace(number=3, name="Đợt giữa", closes_at=MONDAY, opens_at=MONDAY),
        contest=SimpleNamespace(slug="thi", title="Thi"),
        need=Phase.ENDED,
        undecided=0,
        reviewing=False,
    )

    assert _of_round(task, TODAY)[0] == "Chốt Đợt giữa"


@pytest.mark.parametrize(("role", "is_there"), [(Role.APPROVER, False), (Role.ORGANISER, True)])
def test_only_those_who_may_have_jobs_are_offered_their_list(session, client, role, is_there):
    account = make_account(session, role=role)
    session.commit()

    assert ("Việc chạy nền" in enter(client, account).get("/quan-tri/").text) == is_there


def test_staff_keep_their_sections_on_an_error_page_and_strangers_see_none(session, client):
    stranger = client.get("/quan-tri/khong-co")
    account = make_account(session, role=Role.ORGANISER)
    session.commit()
    staff = enter(client, account).get("/quan-tri/khong-co")

    assert (stranger.status_code, 'class="rail"' in stranger.text) == (404, False)
    assert (staff.status_code, 'class="rail"' in staff.text, "Về trang Hôm nay" in staff.text) == (404, True, True)


def test_a_round_whose_objection_days_are_over_waits_to_be_final(session):
    contest = make_contest(session, weeks=1)
    contest.terms = PrizeTerms(objection_days=3).to_dict()
    week = contest.rounds[0]
    rank_round(session, week, now=week.closes_at + SETTLING)
    mark_published(session, week, now=week.results_at)
    session.flush()
    during, after = week.results_at + timedelta(days=1), week.results_at + timedelta(days=5)

    waiting = tasks(session, units_of(contest), after)

    assert tasks(session, units_of(contest), during) == []
    assert [(task.round.number, task.is_to_finalise) for task in waiting] == [(1, True)]
    week.finalised_at = after
    assert tasks(session, units_of(contest), after) == []


@pytest.mark.parametrize(("waiting", "named", "last"), [(7, 7, ""), (8, 6, "2 yêu cầu phê duyệt khác")])
def test_a_long_list_of_requests_ends_with_one_line_for_the_rest(app, waiting, named, last):
    asked = Approval(
        id=uuid4(),
        action="account.create",
        subject="Lò Văn Bình",
        asked_at=MONDAY,
        expires_on=MONDAY.date(),
        asked_by=Account(name="Ma Thị Chiến"),
    )
    with app.test_request_context():
        lines = approvals([(asked, 0)] * waiting)
        assert [each.title.endswith("Lò Văn Bình") for each in lines].count(True) == named
        assert "Ma Thị Chiến" in lines[0].note
        assert (lines[-1].title if last else "") == last


def test_a_request_whose_promised_hour_has_passed_says_so_in_red(app):
    asked = Approval(
        id=uuid4(),
        action="round.publish",
        subject="Tuần 1",
        asked_at=MONDAY,
        expires_on=MONDAY.date(),
        asked_by=Account(name="Ma Thị Chiến"),
    )
    with app.test_request_context():
        [late, in_time] = approvals([(asked, 7), (asked, 0)])
        assert (late.tag, late.is_late) == ("Quá giờ hẹn 7 ngày", True)
        assert (in_time.tag, in_time.is_late) == ("", False)


def test_an_empty_instance_shows_the_first_steps_of_both_and_a_contest_alone_those_of_the_contest(
    session, client, keyring
):
    account = make_account(session)
    session.commit()
    enter(client, account)
    empty = client.get("/quan-tri/").text
    contest = make_contest(session, unit=account.unit)
    contest.is_draft = True
    session.commit()
    draft = client.get("/quan-tri/").text
    contest.is_draft = False
    session.commit()
    public = client.get("/quan-tri/").text
    make_participant(session, keyring, contest)
    session.commit()
    begun = client.get("/quan-tri/").text

    ratings, first = "Các bước để có lượt đánh giá đầu tiên", "Các bước để có người dự thi đầu tiên"
    assert [(ratings in page, first in page) for page in (empty, draft, public, begun)][1:3] == [(False, True)] * 2
    assert first in empty
    assert f"/quan-tri/cuoc-thi/{contest.slug}/ke-hoach/xem-lai" in draft
    assert f"/quan-tri/cuoc-thi/{contest.slug}/moi" in public
    assert first not in begun
