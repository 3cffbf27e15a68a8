"""A correction is ranked before anything is locked, and stored only if nothing came between (decision 0079)."""

import sqlite3
from contextlib import closing as closing_file
from dataclasses import replace

import pytest
from sqlalchemy import select

import quiz.results.manage.large
from account.operations.audit import SYSTEM
from core import bulk
from core.commands.worker import Worker
from core.values.columns import ints
from quiz.attempt.models import Attempt
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import StandingRow
from quiz.results.operations import closing, correcting, remark, standings
from quiz.results.operations.exclusion import exclude_entry, preview_exclusion
from quiz.results.operations.remark import preview_remark, remark_round
from quiz.results.operations.versions import Changed
from quiz.results.queries.result import find_result, list_standings, list_winners
from quiz.results.rules.corrections import ExclusionReason
from tests.factories import make_attempt, make_contest, make_participant
from tests.support.staff import desk_in, send

pytestmark = pytest.mark.both_databases
FALSE = ExclusionReason.FALSE


@pytest.fixture
def week(session, keyring, monkeypatch):
    """Close a round of seven people, of whom two are called for a prize; its lines are stored three at a time."""
    monkeypatch.setattr(standings, "LINES_AT_ONCE", 3)
    contest = make_contest(session, tiers=(Tier("Giải Nhất", 1), Tier("Giải Nhì", 1)))
    round = contest.rounds[0]
    for at in range(7):
        person = make_participant(session, keyring, contest, name=f"Người {at}")
        make_attempt(session, keyring, round, participant=person, correct=1 + at % 3, seconds=60 + at, guess=2)
    closing.rank_round(session, round, now=round.closes_at + SETTLING)
    session.commit()
    return round


def moment(week):
    return week.closes_at + SETTLING


def last(session, week):
    return list_standings(session, find_result(session, week))[-1].participant_id


def exclude(session, week, between, who=None):
    who = who or last(session, week)
    seen = preview_exclusion(session, week, who, FALSE).digest
    session.commit()
    return exclude_entry(
        session, SYSTEM, week, who, FALSE, seen=seen, reason="Có căn cứ", now=moment(week), between=between
    )


def is_writing(session):
    return session.connection().connection.driver_connection.in_transaction


def test_nothing_is_locked_while_a_correction_is_ranked(session, week, monkeypatch):
    ranked, kept = [], correcting.store_lines

    def storing(session, *given, **named):
        if session.get_bind().dialect.name == "sqlite":
            ranked.append(is_writing(session))
        return kept(session, *given, **named)

    monkeypatch.setattr(correcting, "store_lines", storing)

    result = exclude(session, week, session.commit)

    session.commit()
    assert result.version == 2
    assert not any(ranked)
    assert len(list_standings(session, result)) == 6


def test_a_correction_in_pieces_stores_what_one_in_one_transaction_stores(session, week):
    seen = preview_remark(session, week, 3, "B").preview.digest
    session.commit()

    result = remark_round(
        session, SYSTEM, week, 3, "B", seen=seen, reason="Sai đáp án", now=moment(week), between=session.commit
    )

    lines = list_standings(session, result)
    assert [(line.rank, line.correct) for line in lines] == [(1, 3), (2, 3), (3, 2), (4, 2), (5, 2), (6, 2), (7, 2)]
    assert result.differences == []


@pytest.mark.parametrize("step", [1, 2, 3])
def test_of_two_corrections_at_once_the_later_one_is_made(session, week, step):
    steps, other = [], list_standings(session, find_result(session, week))[0].participant_id

    def between():
        session.commit()
        steps.append(1)
        if len(steps) == step:
            exclude(session, week, session.commit, other)
            session.commit()

    with pytest.raises(Changed):
        exclude(session, week, between)
    session.rollback()

    assert find_result(session, week).version == 2
    assert len(list_standings(session, find_result(session, week))) == 6


def test_a_call_that_comes_between_makes_the_correction_stale_and_the_next_one_replaces_its_lines(
    session, keyring, week
):
    who = list_winners(session, find_result(session, week))[0].participant_id
    steps = []

    def between():
        session.commit()
        steps.append(1)
        if len(steps) == 2:
            closing.apply_call(session, week, who, closing.Call.PASS, now=moment(week))
            session.commit()

    with pytest.raises(Changed):
        exclude(session, week, between)
    session.rollback()
    left = len(session.scalars(select(StandingRow).where(StandingRow.version == 2)).all())
    result = exclude(session, week, session.commit)

    session.commit()
    assert left == 6
    assert (result.version, len(list_standings(session, result))) == (2, 6)


def test_a_large_round_is_corrected_by_a_job(app, session, week, monkeypatch):
    monkeypatch.setattr(quiz.results.manage.large, "ENTRIES_IN_A_PAGE", 1)
    app.extensions["settings"] = replace(app.extensions["settings"], second_approver=False)
    organiser, who = desk_in(app, session, week.contest.unit), last(session, week)
    page = f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/{week.number}/bai/{who}"
    seen = preview_exclusion(session, week, who, FALSE).digest

    answer = send(organiser, page, seen=seen, ground=FALSE.value, reason="Có căn cứ")
    before = find_result(session, week).version
    session.rollback()
    Worker(app).work(is_burst=True)

    session.expire_all()
    assert (answer.status_code, before, find_result(session, week).version) == (302, 1, 2)


def test_another_writer_gets_through_while_a_round_is_marked_again(session, week, monkeypatch):
    seen = preview_remark(session, week, 3, "B").preview.digest
    session.commit()
    kept, file, written = remark.preview_marks, session.get_bind().url.database, []

    def marking(*given):
        if session.get_bind().dialect.name == "sqlite":
            with closing_file(sqlite3.connect(file, timeout=0.1)) as other, other:
                written.append(other.execute("UPDATE quiz_round SET number = number").rowcount)
        return kept(*given)

    monkeypatch.setattr(remark, "preview_marks", marking)

    remark_round(session, SYSTEM, week, 3, "B", seen=seen, reason="Sai", now=moment(week), between=session.commit)

    if session.get_bind().dialect.name == "sqlite":
        assert written and all(written)


def test_values_of_any_length_are_set_in_stretches_of_the_table(session, week, monkeypatch):
    monkeypatch.setattr(bulk, "STRETCH", 2)
    papers = session.scalars(select(Attempt.id).order_by(Attempt.id)).all()
    kept, ids = session.scalar(select(Attempt.correct).where(Attempt.id == papers[0])), list(map(str, papers[:0:-1]))
    marks, column = [10 ** (at % 4) for at in range(len(ids))], bulk.IdColumn.of(ids)

    bulk.set_by_id(session, Attempt, "correct", column, ints(marks), bulk.stored_places(session, Attempt, column))

    stored = session.scalars(select(Attempt.correct).order_by(Attempt.id)).all()
    assert stored == [kept, *reversed(marks)]


def test_a_row_that_moved_after_its_place_was_read_is_not_written(session, week):
    papers = session.scalars(select(Attempt.id).order_by(Attempt.id)).all()
    ids, marks = bulk.IdColumn.of(map(str, papers)), ints(list(range(len(papers))))
    places = bulk.stored_places(session, Attempt, ids)

    bulk.set_by_id(session, Attempt, "correct", ids, marks, places)

    stored = session.scalars(select(Attempt.correct).order_by(Attempt.id)).all()
    assert stored == list(range(len(papers)))
    if places is not None:
        with pytest.raises(LookupError):
            bulk.set_by_id(session, Attempt, "correct", ids, marks, places[::-1])
