"""Units join a contest that has begun: by an amendment that adds alone, with a reason and a second person."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import Approval
from account.operations.audit import SYSTEM, Actor
from core import clock
from quiz.attempt.operations.amending import NotAmendable
from quiz.attempt.operations.amending_headcounts import NoRoundAhead
from quiz.attempt.operations.beginning import UnitNotYet
from quiz.attempt.operations.contest_units import NoneToJoin, RivalsNotSaid, join_units
from quiz.attempt.operations.paper_sheets import key_first, key_second
from quiz.attempt.operations.sheet_printing import print_sheets
from quiz.attempt.rules.keying import KeyedPaper
from quiz.contest.models import PrizeTier
from quiz.contest.queries.entering import late_units
from quiz.contest.rules.actions import QuizAction
from tests.factories import make_account, make_contest, make_participant, make_unit, this_monday
from tests.support.approval import agree, as_approver_reads
from tests.support.staff import desk_in, send

WHY = "Trường mới nhận được kế hoạch"
TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def contest(session, keyring):
    """Create a contest with an open week, in which somebody has registered."""
    contest = make_contest(session, first_day=this_monday(), weeks=2)
    make_participant(session, keyring, contest)
    session.commit()
    return contest


@pytest.fixture
def school(session, contest):
    unit = make_unit(session, kind="school", name="Trường THCS Lâm Bình", parent=contest.unit)
    session.commit()
    return unit


def entering(contest):
    return sorted(each.unit.name for each in contest.units)


@pytest.mark.both_databases
def test_a_unit_joins_and_none_leaves(session, contest, school):
    made = join_units(session, SYSTEM, contest, [school], reason=WHY, now=clock.now())

    assert entering(contest) == ["Trường THCS Lâm Bình", "xã Lâm Bình"]
    assert (made.units, made.from_round, made.before) == (["Trường THCS Lâm Bình"], 1, made.after)
    with pytest.raises(NoneToJoin):
        join_units(session, SYSTEM, contest, [school], reason=WHY, now=clock.now())


def test_nothing_joins_after_the_last_round(session, contest, school):
    with pytest.raises(NoneToJoin):
        join_units(session, SYSTEM, contest, [school], reason=WHY, now=contest.rounds[-1].closes_at)


def test_before_the_first_registration_the_list_is_edited_instead(session, school):
    other = make_contest(session, first_day=this_monday(), weeks=1)

    with pytest.raises(NotAmendable):
        join_units(session, SYSTEM, other, [school], reason=WHY, now=clock.now())


@pytest.fixture
def rivals(session, keyring):
    """Create a contest in its first week of two, between two villages of a commune, with a prize for villages."""
    commune = make_unit(session)
    villages = [make_unit(session, kind="village", name=f"thôn {at}", parent=commune) for at in (1, 2)]
    contest = make_contest(session, unit=commune, units=villages, first_day=this_monday(), weeks=2)
    contest.collective_tiers = [PrizeTier(position=9, name="Giải Nhất tập thể", quantity=1, is_collective=True)]
    make_participant(session, keyring, contest, unit=villages[0])
    session.commit()
    return contest


def test_a_rival_of_villages_joins_openly_from_a_round_that_has_not_opened(session, rivals):
    agency = make_unit(session, kind="agency", name="Cơ quan bạn", parent=rivals.unit)
    first, last = rivals.rounds
    day_before = last.opens_at - timedelta(hours=24)

    with pytest.raises(NoRoundAhead):
        join_units(session, SYSTEM, rivals, [agency], reason=WHY, now=last.closes_at - TEN_MINUTES, says_rivals=True)
    with pytest.raises(RivalsNotSaid):
        join_units(session, SYSTEM, rivals, [agency], reason=WHY, now=day_before)
    made = join_units(session, SYSTEM, rivals, [agency], reason=WHY, now=day_before, says_rivals=True)

    assert (made.from_round, made.widens, late_units(rivals, first.number)) == (2, True, {agency.id})


def test_the_page_and_the_approver_say_that_a_rival_joins(app, session, rivals):
    agency = make_unit(session, kind="agency", name="Cơ quan bạn", parent=rivals.unit)
    rivals.rounds[1].opens_at = clock.now() + timedelta(hours=25)
    session.commit()
    organiser, page = desk_in(app, session, rivals.unit), f"/quan-tri/cuoc-thi/{rivals.slug}/don-vi/vao-thi"

    silent = send(organiser, page, units=[agency.id], why=WHY)
    send(organiser, page, units=[agency.id], why=WHY, says_rivals="y")

    assert silent.status_code == 422
    assert "tranh giải tập thể với nhau: đơn vị chọn bây giờ dự thi từ tuần 2" in silent.text
    read = as_approver_reads(app, session, QuizAction.UNITS_JOIN, rivals.unit)
    assert "Điều bất lợi cho người dự thi thêm người cùng tranh các giải đã công bố" in " ".join(read.split())


def test_a_sheet_of_a_round_that_ended_before_does_not_count_for_a_unit(session, keyring, contest, school):
    first, keyers = contest.rounds[0], [make_account(session, unit=contest.unit) for _ in range(2)]
    [sheet] = print_sheets(session, Actor("account", keyers[0].id), first, 1, now=first.opens_at)
    typed = KeyedPaper("Vàng Seo Páo", "0977123456", 1970, school.id, ["taking-part"], {"1": "A"}, 7)

    made = join_units(session, SYSTEM, contest, [school], reason=WHY, now=first.closes_at)
    session.refresh(contest)
    key_first(session, keyring, keyers[0].id, sheet, typed, now=first.closes_at)

    assert made.from_round == 2
    with pytest.raises(UnitNotYet):
        key_second(session, keyring, Actor("account", keyers[1].id), sheet, typed, now=first.closes_at)


def test_two_people_let_a_school_join_and_everybody_reads_it(app, session, client, contest, school):
    organiser = desk_in(app, session, contest.unit)
    page = f"/quan-tri/cuoc-thi/{contest.slug}/don-vi/vao-thi"
    without = send(organiser, page, units=[school.id], why="")
    send(organiser, page, units=[school.id], why=WHY)
    asked = session.scalars(select(Approval).where(Approval.action == QuizAction.UNITS_JOIN)).one()
    before = entering(contest)
    agree(app, session, asked)

    assert (without.status_code, before) == (422, ["xã Lâm Bình"])
    assert entering(contest) == ["Trường THCS Lâm Bình", "xã Lâm Bình"]
    public = client.get(f"/thi/{contest.slug}").text
    assert "Đơn vị dự thi: Trường THCS Lâm Bình." in public
    assert WHY in public
    assert "Trường THCS Lâm Bình" in client.get(f"/thi/{contest.slug}/dang-ky").text
