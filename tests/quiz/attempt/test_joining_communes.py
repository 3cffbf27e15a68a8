"""Whole communes join a contest that has begun: announced a day before, from a round on that has not opened."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import Approval
from account.operations.audit import SYSTEM, Actor
from core import clock
from core.crypto import new_code
from quiz.attempt.operations.amending_headcounts import NoRoundAhead
from quiz.attempt.operations.beginning import UnitNotYet
from quiz.attempt.operations.contest_units import DividesVillages, RivalsNotSaid, join_units
from quiz.attempt.operations.paper_sheets import key_first, key_second
from quiz.attempt.operations.sheet_printing import print_sheets
from quiz.attempt.rules.keying import KeyedPaper
from quiz.attempt.rules.sheet_turns import IssueKind
from quiz.boards.queries.board_lines import lines_of_round
from quiz.contest.queries.entering import entered_ids, list_units_in, units_by
from quiz.contest.rules.actions import QuizAction
from quiz.persons.operations.unit_requests import SameUnit, ask_for_unit
from tests.factories import make_account, make_attempt, make_contest, make_participant, make_unit, this_monday
from tests.support.approval import agree, as_approver_reads
from tests.support.entries import as_csv, bring_in
from tests.support.pages import Page
from tests.support.staff import desk_in, send

WHY = "Xã mới nhận được kế hoạch của tỉnh"
HOUR = timedelta(hours=1)
HEADER = "Họ và tên;Số điện thoại;Năm sinh;Đơn vị dự thi;Điểm;Dự đoán"


@pytest.fixture
def province(session):
    return make_unit(session, kind="province", name="tỉnh Tuyên Quang")


@pytest.fixture
def contest(session, keyring, province):
    """Create a contest of two communes with an open week, in which somebody has registered."""
    units = [make_unit(session, name=name, parent=province) for name in ("xã Bình An", "xã Minh Quang")]
    contest = make_contest(session, unit=province, units=units, first_day=this_monday(), weeks=4)
    make_participant(session, keyring, contest)
    session.commit()
    return contest


@pytest.fixture
def late(session, province):
    unit = make_unit(session, name="xã Thượng Lâm", parent=province)
    session.commit()
    return unit


def join(session, contest, *units, **how):
    return join_units(session, SYSTEM, contest, units, reason=WHY, now=clock.now(), **{"says_rivals": True} | how)


@pytest.mark.both_databases
def test_a_commune_takes_part_from_the_first_round_that_opens_a_day_later(session, keyring, contest, late):
    made = join(session, contest, late)
    person = make_participant(session, keyring, contest, unit=late)
    first, second = contest.rounds[0], contest.rounds[made.from_round - 1]

    assert second.opens_at >= clock.now() + 24 * HOUR
    with pytest.raises(UnitNotYet):
        make_attempt(session, keyring, first, participant=person)
    session.rollback()


@pytest.mark.both_databases
def test_its_people_take_part_in_its_first_round(session, keyring, contest, late):
    made = join(session, contest, late)
    round = contest.rounds[made.from_round - 1]

    attempt = make_attempt(session, keyring, round, participant=make_participant(session, keyring, contest, unit=late))

    assert attempt.correct == 3
    boards = [lines_of_round(session, each, None, each.closes_at) for each in (contest.rounds[0], round)]
    assert [late.id in board.units for board in boards] == [False, True]


def test_nothing_is_taken_without_a_word(session, contest, late):
    with pytest.raises(RivalsNotSaid):
        join(session, contest, late, says_rivals=False)


def test_a_village_of_a_late_commune_takes_part_no_earlier_than_the_commune(session, keyring, contest, late):
    commune = join(session, contest, late)
    village = make_unit(session, kind="village", name="thôn Nà Va", parent=late)

    made = join(session, contest, village, says_rivals=False)
    person = make_participant(session, keyring, contest, unit=village)

    assert made.from_round == commune.from_round > 1
    with pytest.raises(UnitNotYet):
        make_attempt(session, keyring, contest.rounds[0], participant=person)
    session.rollback()


def test_no_commune_joins_in_the_last_round(session, contest, late):
    now = contest.rounds[-1].opens_at

    with pytest.raises(NoRoundAhead):
        join_units(session, SYSTEM, contest, [late], reason=WHY, now=now, says_rivals=True)


def test_villages_that_compete_with_each_other_keep_their_board(session, keyring, province, late):
    commune = make_unit(session, parent=province)
    villages = [make_unit(session, kind="village", name=f"thôn {at}", parent=commune) for at in (1, 2)]
    contest = make_contest(session, unit=province, units=villages, first_day=this_monday(), weeks=4)
    make_participant(session, keyring, contest)

    with pytest.raises(DividesVillages):
        join(session, contest, late)


def test_no_paper_sheet_of_an_earlier_round_counts_for_it(session, keyring, contest, late):
    join(session, contest, late)
    first, keyers = contest.rounds[0], [make_account(session, unit=contest.unit) for _ in range(2)]
    [sheet] = print_sheets(session, Actor("account", keyers[0].id), first, 1, now=first.opens_at)
    typed = KeyedPaper("Vàng Seo Páo", "0977123456", 1970, late.id, ["taking-part"], {"1": "A"}, 7)
    key_first(session, keyring, keyers[0].id, sheet, typed, now=first.opens_at)

    with pytest.raises(UnitNotYet):
        key_second(session, keyring, Actor("account", keyers[1].id), sheet, typed, now=first.opens_at)


def test_no_row_of_a_sheet_of_an_earlier_round_counts_for_it(session, contest, late):
    join(session, contest, late)

    row = as_csv("Lò Thị Hoà;0912345678;1985;xã Thượng Lâm;3;10", header=HEADER)
    plan = bring_in(contest.rounds[0], data=row, skip_errors=True)

    assert (plan.new, [each.kind for each in plan.errors]) == (0, [IssueKind.UNIT_NOT_YET])


def test_no_change_of_unit_moves_a_turn_of_an_earlier_round_to_it(session, keyring, contest, late):
    made = join(session, contest, late)
    person = make_participant(session, keyring, contest)

    with pytest.raises(SameUnit):
        ask_for_unit(session, keyring, person, late.id, "ghi nhầm", now=clock.now())
    assert late.id in entered_ids(contest, contest.rounds[made.from_round - 1].opens_at)


def test_two_people_let_a_commune_join_and_everybody_reads_what_it_takes(app, session, client, contest, late):
    organiser = desk_in(app, session, contest.unit)
    page = f"/quan-tri/cuoc-thi/{contest.slug}/don-vi/vao-thi"
    silent = send(organiser, page, units=[late.id], why=WHY)
    send(organiser, page, units=[late.id], why=WHY, says_rivals="y")
    read = as_approver_reads(app, session, QuizAction.UNITS_JOIN, contest.unit)
    before = [unit.name for unit in list_units_in(session, contest, 9)]
    agree(app, session, session.scalars(select(Approval).where(Approval.action == QuizAction.UNITS_JOIN)).one())

    assert (silent.status_code, before) == (422, ["xã Bình An", "xã Minh Quang"])
    assert "thêm người cùng tranh các giải đã công bố" in read
    assert [unit.name for unit in list_units_in(session, contest, 1)] == before
    public = Page(client.get(f"/thi/{contest.slug}").text).text
    assert "Đơn vị dự thi: xã Thượng Lâm." in public
    assert "Bất lợi cho người thi so với đã công bố: thêm người cùng tranh các giải đã công bố" in public
    assert "Sửa đổi lần 1: thêm đơn vị" in public
    session.refresh(contest)
    since = next(each.from_round for each in contest.units if each.unit_id == late.id)
    assert f"xã Thượng Lâm (từ tuần {since})" in client.get(f"/thi/{contest.slug}/dang-ky").text


def test_a_commune_is_counted_from_its_round_on(session, client, contest, late):
    since = join(session, contest, late).from_round
    session.commit()
    shown = Page(client.get(f"/thi/{contest.slug}").text).text

    assert since > 1
    assert [len(units_by(contest, each)) for each in (1, since - 1, since, None, 0)] == [2, 2, 3, 3, 3]
    assert "2 đơn vị cùng thi" in shown
    assert "3 đơn vị" not in shown
    assert "2 đơn vị cùng thi" in Page(client.get("/thi/").text).text


def test_who_comes_too_early_reads_why(session, keyring, client, contest, late):
    code = new_code()
    join(session, contest, late)
    make_participant(session, keyring, contest, unit=late, code=code)
    session.commit()
    page = f"/thi/{contest.slug}/vao-thi"

    answer = client.post(page, data=dict(Page(client.get(page).text).form().filled(code=code)))

    assert answer.status_code == 409
    assert "Đơn vị của bạn vào cuộc thi từ đợt sau, nên chưa dự thi đợt này." in answer.text
