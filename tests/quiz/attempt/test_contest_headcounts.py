"""The headcounts of a contest: fixed at the first registration, afterwards amended in the open."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from account.models import Approval
from account.operations.audit import SYSTEM
from commune.models import Headcount
from core import clock
from core.values.week import local_date
from quiz.attempt.operations.amending import NotAmendable
from quiz.attempt.operations.amending_headcounts import (
    NoRoundAhead,
    SameHeadcounts,
    amend_headcounts,
    list_newer,
)
from quiz.attempt.operations.contest_units import OtherHeadcounts, join_units
from quiz.contest.queries.headcounts import headcounts_of
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.headcounts import HeadcountChange, UnitHeadcount
from tests.factories import make_contest, make_participant, make_unit, this_monday
from tests.support.approval import agree
from tests.support.pages import Page
from tests.support.staff import desk_in, send

OLD, NEW = UnitHeadcount(412, date(2026, 1, 1), "Công an xã"), UnitHeadcount(300, date(2026, 6, 1), "Thôn tự đếm")
WHY = "Sáp nhập hai xóm"


def count(session, unit, given):
    session.merge(Headcount(unit_id=unit.id, people=given.people, as_of=given.as_of, source=given.source))
    session.flush()


def used(session, contest, number=1):
    """Return the headcounts of the contest's units in a round."""
    ids = [each.unit_id for each in contest.units]
    return headcounts_of(session, contest, ids, local_date(clock.now()), number)


@pytest.fixture
def village(session):
    return make_unit(session, kind="village", name="thôn Nà Tông", parent=make_unit(session))


@pytest.fixture
def contest(session, village):
    """Create a contest of one village with a headcount, whose first week is open."""
    count(session, village, OLD)
    return make_contest(session, unit=village.parent, units=[village], first_day=this_monday(), weeks=3)


@pytest.fixture
def begun(session, keyring, contest, village):
    make_participant(session, keyring, contest, unit=village)
    session.commit()
    return contest


def test_until_somebody_registers_the_newest_headcount_counts(session, contest, village):
    count(session, village, NEW)

    assert used(session, contest) == {village.id: NEW}


@pytest.mark.both_databases
@pytest.mark.parametrize("later", [NEW, UnitHeadcount(300, OLD.as_of, OLD.source)])
def test_one_organiser_changes_no_headcount_after_the_first_registration(session, begun, village, later):
    count(session, village, later)

    assert [used(session, begun, number)[village.id] for number in (1, 3)] == [OLD, OLD]


def test_a_unit_without_a_headcount_gets_none_alone(session, keyring, village):
    contest = make_contest(session, unit=village.parent, units=[village], first_day=this_monday())
    make_participant(session, keyring, contest, unit=village)
    count(session, village, OLD)

    assert used(session, contest) == {}


@pytest.mark.both_databases
def test_an_amendment_holds_from_a_round_on_that_has_not_opened(session, begun, village):
    count(session, village, NEW)
    made = amend_headcounts(
        session, SYSTEM, begun, list_newer(session, begun, clock.now()), reason=WHY, now=clock.now()
    )

    assert [used(session, begun, number)[village.id] for number in (1, 2, 3)] == [
        OLD if number < made.from_round else NEW for number in (1, 2, 3)
    ]
    assert [HeadcountChange.from_dict(each).after for each in made.headcounts] == [NEW]
    assert begun.rounds[made.from_round - 1].opens_at >= clock.now() + timedelta(hours=24)
    with pytest.raises(SameHeadcounts):
        amend_headcounts(session, SYSTEM, begun, [], reason=WHY, now=clock.now())


def test_no_round_opens_late_enough_on_the_last_day_before_the_last_round(session, begun, village):
    count(session, village, NEW)
    now = begun.rounds[-1].opens_at - timedelta(hours=24)
    changes = list_newer(session, begun, now)

    with pytest.raises(NoRoundAhead):
        amend_headcounts(session, SYSTEM, begun, changes, reason=WHY, now=now + timedelta(seconds=1))
    assert amend_headcounts(session, SYSTEM, begun, changes, reason=WHY, now=now).from_round == 3


def correct(session, begun, village, people, *, now, as_of=OLD.as_of):
    count(session, village, UnitHeadcount(people, as_of, "Công an xã, số đã kiểm tra"))
    return amend_headcounts(session, SYSTEM, begun, list_newer(session, begun, now), reason=WHY, now=now)


@pytest.mark.both_databases
def test_a_wrong_figure_is_corrected_in_the_last_round_for_all_to_read(session, begun, village):
    made = correct(session, begun, village, 142, now=begun.rounds[-1].opens_at)

    assert (made.from_round, made.headcounts[0]["before"]["people"], used(session, begun, 3)[village.id].people) == (
        3,
        412,
        142,
    )
    assert used(session, begun, 2)[village.id] == OLD


def test_a_newer_figure_is_no_correction(session, begun, village):
    with pytest.raises(NoRoundAhead):
        correct(session, begun, village, 142, now=begun.rounds[-1].opens_at, as_of=NEW.as_of)


@pytest.mark.both_databases
def test_a_newer_figure_does_not_hide_the_correction_of_a_wrong_one(session, begun, village):
    now = begun.rounds[-1].opens_at
    count(session, village, NEW)
    correct(session, begun, village, 142, now=now)

    assert used(session, begun, 3)[village.id].people == 142
    with pytest.raises(NoRoundAhead):
        amend_headcounts(session, SYSTEM, begun, list_newer(session, begun, now), reason=WHY, now=now)


def test_nothing_is_corrected_once_the_last_results_are_published(session, begun, village):
    begun.rounds[-1].closed_at = begun.rounds[-1].published_at = begun.rounds[-1].results_at

    with pytest.raises(NoRoundAhead):
        correct(session, begun, village, 142, now=begun.rounds[-1].results_at)


def test_the_page_offers_the_correction_alone(app, session, monkeypatch, begun, village):
    count(session, village, UnitHeadcount(142, OLD.as_of, "Công an xã"))
    session.commit()
    now = begun.rounds[-1].opens_at
    monkeypatch.setattr(clock, "now", lambda: now)
    organiser = desk_in(app, session, begun.unit)

    page = Page(organiser.get(f"/quan-tri/cuoc-thi/{begun.slug}/don-vi/so-dan").text).text

    assert "Số dân ghi sai" in page
    assert "thôn Nà Tông (xã Lâm Bình): 412 → 142 người, ngày 01/01/2026, Công an xã" in page
    assert "giải tập thể quyết định sớm nhất 24 giờ sau đó" in page


def test_what_was_read_must_still_be_the_newest(session, begun, village):
    count(session, village, NEW)
    read = list_newer(session, begun, clock.now())
    count(session, village, UnitHeadcount(120, NEW.as_of, NEW.source))

    with pytest.raises(SameHeadcounts):
        amend_headcounts(session, SYSTEM, begun, read, reason=WHY, now=clock.now())


def test_before_the_first_registration_there_is_nothing_to_amend(session, contest, village):
    with pytest.raises(NotAmendable):
        amend_headcounts(session, SYSTEM, contest, [], reason=WHY, now=clock.now())


def test_a_unit_that_joins_brings_the_headcount_that_the_approver_read(session, begun, village):
    other = make_unit(session, kind="village", name="thôn Nà Co", parent=village.parent)
    count(session, other, OLD)
    seen = [HeadcountChange(other.id, other.name, None, NEW)]

    with pytest.raises(OtherHeadcounts):
        join_units(session, SYSTEM, begun, [other], reason=WHY, now=clock.now(), seen=seen)
    join_units(session, SYSTEM, begun, [other], reason=WHY, now=clock.now())
    count(session, other, NEW)
    assert used(session, begun)[other.id] == OLD


def test_two_people_amend_a_headcount_and_everybody_reads_it(app, session, client, begun, village):
    count(session, village, NEW)
    session.commit()
    organiser = desk_in(app, session, begun.unit)
    units = f"/quan-tri/cuoc-thi/{begun.slug}/don-vi"
    page = f"{units}/so-dan"
    listed = organiser.get(units).text
    without = send(organiser, page, units=[village.id], why="")
    send(organiser, page, units=[village.id], why=WHY)
    asked = session.scalars(select(Approval).where(Approval.action == QuizAction.HEADCOUNTS_AMEND)).one()
    agree(app, session, asked)

    assert "cuộc thi đang dùng 412 người" in listed
    assert without.status_code == 422
    assert "Xin ghi lý do" in without.text
    assert used(session, begun, 3)[village.id] == NEW
    public = client.get(f"/thi/{begun.slug}").text
    assert "Số dân của thôn Nà Tông (xã Lâm Bình): 300 người, ngày 01/06/2026, theo Thôn tự đếm." in public
    assert WHY in public
