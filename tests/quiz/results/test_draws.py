"""Recording a public draw: the whole deed, and what is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.operations.audit import Actor
from core.dependents import delete_dependents
from core.values.week import local_date
from quiz.awards.operations.trial import WITH_THE_DRAFT
from quiz.contest.models import Contest
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import Draw
from quiz.results.operations import closing
from quiz.results.operations.closing import Call, apply_call
from quiz.results.operations.draw import AlreadyDrawn, WrongDay, record_round_draw
from quiz.results.operations.exclusion import exclude_entry, preview_exclusion
from quiz.results.operations.versions import Changed
from quiz.results.queries.result import find_result, list_winners
from quiz.results.queries.tie_groups import read_tie_groups
from quiz.results.rules.corrections import ExclusionReason
from quiz.results.rules.draws import BadDraw, DrawRecord
from tests.factories import make_account, make_attempt, make_contest, make_participant

FIRST, SECOND = Tier("Giải Nhất", 1), Tier("Giải Nhì", 1)


@pytest.fixture
def week(session, keyring):
    """Create a closed round by the rules `guess`: An, Bình, Chi and Dung are equal in everything, for two prizes."""
    contest = make_contest(session, preset="guess", weeks=1, tiers=(FIRST, SECOND))
    for name in ("Nguyễn Văn An", "Trần Văn Bình", "Lê Thị Chi", "Phạm Thị Dung"):
        make_attempt(
            session, keyring, contest.rounds[0], participant=make_participant(session, keyring, contest, name=name)
        )
    closing.rank_round(session, contest.rounds[0], now=contest.rounds[0].closes_at + SETTLING)
    session.commit()
    return contest.rounds[0]


@pytest.fixture
def organiser(session, week):
    return Actor("account", make_account(session, unit=week.contest.unit).id)


def written(week, *tickets, again=None, days=0):
    day = local_date(week.closed_at + timedelta(days=days))
    return DrawRecord(day, "Hội trường UBND xã", ("Lò Văn Tâm, MTTQ", "Hà Thị Lan, Đoàn xã"), tickets, again)


def the_group(session, week):
    groups = read_tie_groups(session, week)
    [group] = [*groups.waiting, *groups.decided]
    return group


def record(session, organiser, week, *tickets, key="", **more):
    key = key or the_group(session, week).key
    now = week.closed_at + timedelta(hours=2)
    return record_round_draw(session, organiser, week, key, written(week, *tickets, **more), reason="", now=now)


def prizes(session, week):
    """Return ticket number → prize of those in line, in their order; the tickets are those of the whole tie."""
    members = the_group(session, week).group.refs if read_tie_groups(session, week).waiting else last(session).members
    found = list_winners(session, find_result(session, week))
    return [(members.index(str(each.participant_id)) + 1, each.tier) for each in found if each.state != "passed"]


def last(session):
    return session.scalars(select(Draw).order_by(Draw.id.desc())).first()


@pytest.mark.both_databases
def test_the_draw_gives_the_prizes_in_its_order(session, week, organiser):
    waiting = prizes(session, week)

    record(session, organiser, week, 3, 1)

    assert waiting == [(1, None), (2, None), (3, None), (4, None)]
    assert prizes(session, week) == [(3, "Giải Nhất"), (1, "Giải Nhì")]
    assert all(each.draw_id for each in list_winners(session, find_result(session, week)))
    assert read_tie_groups(session, week).waiting == []


def test_everybody_equal_is_in_the_recording(session, week, organiser):
    draw = record(session, organiser, week, 3, 1)

    assert (len(draw.members), draw.prizes, draw.version) == (4, ["Giải Nhất", "Giải Nhì"], 1)


@pytest.mark.parametrize("tickets", [(), (3,), (3, 3), (3, 5), (0, 1)])
def test_tickets_that_do_not_fit_are_refused(session, week, organiser, tickets):
    with pytest.raises(BadDraw):
        record(session, organiser, week, *tickets)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_draw_was_held_between_the_close_and_today(session, week, organiser, days):
    with pytest.raises(WrongDay):
        record(session, organiser, week, 3, 1, days=days)


def test_a_second_recording_needs_a_reason_and_leaves_the_first_one(session, week, organiser):
    record(session, organiser, week, 3, 1)
    with pytest.raises(AlreadyDrawn):
        record(session, organiser, week, 2, 1)

    record(session, organiser, week, 2, 1, again="Gõ nhầm số phiếu")

    assert prizes(session, week) == [(2, "Giải Nhất"), (1, "Giải Nhì")]
    assert [each.again for each in session.scalars(select(Draw).order_by(Draw.id))] == [None, "Gõ nhầm số phiếu"]


def test_a_page_that_saw_another_list_changes_nothing(session, week, organiser):
    key = the_group(session, week).key
    record(session, organiser, week, 3, 1)

    with pytest.raises(Changed):
        record(session, organiser, week, 2, 1, key=key, again="Gõ nhầm")


def test_after_the_publication_a_decided_draw_stays(session, week, organiser):
    record(session, organiser, week, 3, 1)
    key = the_group(session, week).key
    week.published_at = week.results_at
    session.flush()

    with pytest.raises(Changed):
        record(session, organiser, week, 2, 1, key=key, again="Gõ nhầm")


def test_after_the_publication_a_tie_that_waits_can_still_be_drawn(session, week, organiser):
    week.published_at = week.closed_at
    session.flush()

    record(session, organiser, week, 4, 2)

    assert prizes(session, week) == [(4, "Giải Nhất"), (2, "Giải Nhì")]


def test_who_is_not_reached_leaves_the_prize_to_the_reserve(session, week, organiser):
    draw = record(session, organiser, week, 3, 1, 4)
    first = next(each for each in list_winners(session, find_result(session, week)) if each.tier == "Giải Nhất")

    apply_call(session, week, first.participant_id, Call.PASS, now=week.closed_at)

    assert str(first.participant_id) == draw.members[2]
    assert prizes(session, week) == [(1, "Giải Nhất"), (4, "Giải Nhì")]


def test_a_correction_that_takes_one_out_keeps_the_order_of_the_others(session, week, organiser):
    draw = record(session, organiser, week, 3, 1, 4)
    out = next(
        each.participant_id for each in list_winners(session, find_result(session, week)) if each.tier == "Giải Nhất"
    )
    seen = preview_exclusion(session, week, out, ExclusionReason.BARRED).digest

    exclude_entry(
        session,
        organiser,
        week,
        out,
        ground=ExclusionReason.BARRED,
        seen=seen,
        reason="Người ra đề",
        now=week.closed_at,
    )

    assert find_result(session, week).version == 2
    assert [str(each.participant_id) for each in list_winners(session, find_result(session, week))] == [
        draw.members[0],
        draw.members[3],
    ]


def test_the_audit_entry_has_tickets_and_no_names(session, week, organiser):
    record(session, organiser, week, 3, 1)

    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "draw.record")).one()
    assert '"drawn": "3, 1"' in entry.after or '"drawn":"3, 1"' in entry.after
    assert "Tâm" not in entry.after


def test_a_draw_goes_with_its_contest(session, week, organiser):
    record(session, organiser, week, 3, 1)
    session.commit()

    delete_dependents(session, Contest, Contest.id == week.contest_id, keep=WITH_THE_DRAFT)

    assert session.scalars(select(Draw)).all() == []
