"""Units join a contest that has begun: by an amendment that adds alone, with a reason and a second person."""

import pytest
from sqlalchemy import select

from account.models import Approval
from account.operations.audit import SYSTEM
from core import clock
from quiz.attempt.operations.amending import NotAmendable
from quiz.attempt.operations.contest_units import NoneToJoin, join_units
from quiz.contest.rules.actions import QuizAction
from tests.factories import make_contest, make_participant, make_unit, this_monday
from tests.support.approval import agree
from tests.support.staff import desk_in, send

WHY = "Trường mới nhận được kế hoạch"


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
