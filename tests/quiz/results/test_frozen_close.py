"""A round is frozen, ranked without the write lock, and closed in a last short transaction (decision 0064)."""

from datetime import timedelta
from operator import attrgetter
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from account.operations.audit import SYSTEM
from quiz.attempt.models import Attempt, Entry, Tally
from quiz.attempt.operations.attempt import RoundNotOpen
from quiz.attempt.operations.importing.context import RoundClosed, check_round
from quiz.attempt.operations.tally import rebuild_tally
from quiz.attempt.queries.paper_rows import counted_entries
from quiz.attempt.queries.recount import recount
from quiz.attempt.queries.round_papers import read_papers
from quiz.contest.models import Participant, ParticipantVersion
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING, Phase
from quiz.results.models import ClusterEntry, EntryCluster, RoundAnswers, StandingRow, UnitPeople
from quiz.results.operations import answers, closing, searching, standings
from quiz.results.operations.answers import count_answers, keep_answers
from quiz.results.operations.freezing import CloseTakenOver, freeze_round, hold_frozen, rank_frozen
from quiz.results.queries.draft import draft_results
from quiz.results.queries.result import find_result, list_standings, standing_value
from quiz.results.queries.review import find_review
from quiz.results.rules.ranking import rank
from tests.factories import make_attempt, make_contest, make_participant, make_unit

pytestmark = pytest.mark.both_databases
ref_of = attrgetter("ref")


@pytest.fixture
def ended(session, keyring):
    """Create a round of people with one to three papers each, several of them equal."""
    contest = make_contest(session, tiers=(Tier("Giải Nhất", 1),), tries=None)
    round = contest.rounds[0]
    for at in range(12):
        person = make_participant(session, keyring, contest, name=f"Người {at}")
        for turn in range(1 + at % 3):
            make_attempt(
                session,
                keyring,
                round,
                participant=person,
                correct=(at + turn) % 4,
                seconds=60 + at // 2,
                guess=at,
                started_at=round.opens_at + timedelta(hours=at // 2 + turn),
            )
    return round


def closing_moment(round):
    return round.closes_at + SETTLING


def test_the_lines_are_those_of_the_rules_over_the_stored_entries(session, keyring, ended, monkeypatch):
    monkeypatch.setattr(standings, "LINES_AT_ONCE", 5)
    entries = counted_entries(session, ended)
    target = draft_results(ended, entries).target

    result = closing.close_round(session, keyring, SYSTEM, ended, now=closing_moment(ended))

    lines = [standing_value(row) for row in list_standings(session, result)]
    assert len(lines) == 12
    assert lines == rank(entries.values(), ended.declared.order, target)
    assert {row.attempt_id for row in list_standings(session, result)} == set(map(UUID, entries.attempts))


def test_the_one_pass_counts_what_separate_statements_count(session, ended):
    keep_answers(session, ended)
    separate = session.get_one(RoundAnswers, ended.id)

    row, found = count_answers(ended, recount(session, ended)), recount(session, ended)

    names = [column.name for column in RoundAnswers.__table__.columns]
    assert {name: getattr(row, name) for name in names} == {name: getattr(separate, name) for name in names}
    stored = {
        (cell.unit_id, cell.day, cell.bloc): (cell.turns, cell.people, cell.perfect)
        for cell in session.scalars(select(Tally))
    }
    assert (found.cells, found.differences) == (stored, [])
    assert sorted(found.entries.values(), key=ref_of) == sorted(counted_entries(session, ended).values(), key=ref_of)


def test_a_mark_that_is_not_that_of_its_paper_is_named(session, keyring, ended):
    paper = session.scalars(select(Attempt).where(Attempt.correct == 0).limit(1)).one()
    session.execute(update(Attempt).where(Attempt.id == paper.id).values(correct=3))

    result = closing.close_round(session, keyring, SYSTEM, ended, now=closing_moment(ended))

    assert any("stored 3, marked 0" in each for each in result.differences)


def test_an_entry_that_is_not_the_one_by_the_rules_is_named(session, keyring, ended):
    third = session.scalars(select(Attempt).where(Attempt.ordinal == 3).limit(1)).one()
    entry = session.get_one(Entry, (ended.id, third.participant_id))
    other = select(Attempt.id).where(Attempt.participant_id == third.participant_id, Attempt.id != entry.attempt_id)
    entry.attempt_id = session.scalar(other.limit(1))
    session.flush()

    result = closing.close_round(session, keyring, SYSTEM, ended, now=closing_moment(ended))

    assert any(each.startswith("entry ") for each in result.differences)


def test_nothing_is_written_while_a_frozen_round_is_ranked(session, ended):
    freeze_round(session, ended, now=closing_moment(ended))
    session.commit()

    rank_frozen(session, ended, read_papers(session, ended))

    assert not session.dirty
    if session.get_bind().dialect.name == "sqlite":
        assert not session.connection().connection.driver_connection.in_transaction


def test_lines_and_answers_are_made_ready_before_the_lock(session, keyring, ended, monkeypatch):
    held = list[bool]()

    def noting(make):
        def made(*given):
            driver = session.connection().connection.driver_connection
            held.append(getattr(driver, "in_transaction", False))
            return make(*given)

        return made

    monkeypatch.setattr(answers, "ready_rows", noting(answers.ready_rows))
    monkeypatch.setattr(standings, "packed_rows", noting(standings.packed_rows))

    closing.close_round(session, keyring, SYSTEM, ended, now=closing_moment(ended), between=session.commit)

    if session.get_bind().dialect.name == "sqlite":
        assert held == [False, False]
    assert session.get_one(RoundAnswers, ended.id).people == 12


def test_a_frozen_round_takes_no_paper_and_no_sheet(session, keyring, ended):
    freeze_round(session, ended, now=closing_moment(ended))
    session.commit()

    with pytest.raises(RoundNotOpen) as refusal:
        make_attempt(session, keyring, ended, seconds=60, started_at=ended.closes_at - timedelta(minutes=2))
    assert refusal.value.phase is Phase.CLOSED
    with pytest.raises(RoundClosed):
        check_round(ended, now=closing_moment(ended))


def test_a_close_that_broke_off_begins_anew_and_leaves_no_line_behind(session, keyring, ended):
    freeze_round(session, ended, now=closing_moment(ended))
    draft = rank_frozen(session, ended, read_papers(session, ended)).draft
    standings.store_lines(session, ended.id, 1, draft)
    session.commit()
    later = closing_moment(ended) + timedelta(minutes=5)

    result = closing.close_round(session, keyring, SYSTEM, ended, now=later, between=session.commit)

    assert find_result(session, ended) is result
    assert ended.closed_at == later
    assert len(list(session.scalars(select(StandingRow)))) == 12


def test_a_close_that_was_taken_over_stores_nothing_more(session, keyring, ended):
    mine, theirs = closing_moment(ended), closing_moment(ended) + timedelta(minutes=5)
    steps = []

    def taken_over():
        steps.append(1)
        if len(steps) == 1:
            freeze_round(session, ended, now=theirs)
        session.commit()

    result = closing.close_round(session, keyring, SYSTEM, ended, now=mine, between=taken_over)

    assert (result, ended.closed_at, ended.frozen_at) == (None, None, theirs)
    assert list(session.scalars(select(StandingRow))) == []
    with pytest.raises(CloseTakenOver):
        hold_frozen(session, ended, mine)


def test_a_unit_corrected_during_the_close_is_counted_where_it_was_at_the_close(session, keyring, ended, monkeypatch):
    person, other = session.scalars(select(Participant).limit(1)).one(), make_unit(session)
    kept, there = closing.rank_frozen, person.unit_id

    def moving(session, round, papers):
        ranked = kept(session, round, papers)
        until = closing_moment(ended)
        session.add(
            ParticipantVersion(participant_id=person.id, version=9, unit_id=person.unit_id, sealed=b"", until=until)
        )
        person.unit_id = other.id
        rebuild_tally(session, round)
        return ranked

    monkeypatch.setattr(closing, "rank_frozen", moving)

    result = closing.close_round(session, keyring, SYSTEM, ended, now=closing_moment(ended))

    assert result.differences == []
    assert session.scalars(select(Tally).where(Tally.unit_id == other.id)).all() == []
    assert sum(cell.people for cell in session.scalars(select(Tally).where(Tally.unit_id == there))) >= 1
    assert session.get(UnitPeople, (ended.contest_id, other.id, 0)) is None


def test_a_review_is_stored_before_the_close_but_for_the_clusters_that_need_a_decision(
    session, keyring, ended, monkeypatch
):
    monkeypatch.setattr(searching, "ROWS_AT_ONCE", 2)
    session.execute(update(Attempt).values(duration_ms=1, started_at=ended.opens_at))
    for each in range(4):
        for _twice in range(2):
            person = make_participant(session, keyring, ended.contest, name=f"Cùng tên {each}", birth_year=1970)
            make_attempt(session, keyring, ended, participant=person, seconds=300 + each)
    seen = []

    def between():
        session.commit()
        seen.append((find_review(session, ended), session.scalar(select(func.count()).where(EntryCluster.is_strong))))

    closing.close_round(session, keyring, SYSTEM, ended, now=closing_moment(ended), between=between)

    clusters = session.scalars(select(EntryCluster)).all()
    members = session.scalar(select(func.count()).select_from(ClusterEntry))
    assert set(seen) == {(None, 0)}
    assert find_review(session, ended) is not None
    assert {each.is_strong for each in clusters} == {True, False}
    assert members == sum(each.size for each in clusters)


def test_a_review_that_a_close_left_behind_is_replaced(session, keyring, ended, monkeypatch):
    monkeypatch.setattr(searching, "ROWS_AT_ONCE", 2)
    for each in range(4):
        for _twice in range(2):
            person = make_participant(session, keyring, ended.contest, name=f"Cùng tên {each}", birth_year=1970)
            make_attempt(session, keyring, ended, participant=person, seconds=300 + each)
    freeze_round(session, ended, now=closing_moment(ended))
    found = searching.search_round(session, keyring, ended, read_papers(session, ended), now=closing_moment(ended))
    searching.store_review(session, found)
    session.commit()
    later = closing_moment(ended) + timedelta(minutes=5)

    closing.close_round(session, keyring, SYSTEM, ended, now=later, between=session.commit)

    numbers = session.scalars(select(EntryCluster.number).order_by(EntryCluster.number)).all()
    assert numbers == list(range(1, len(found.clusters["number"]) + 1))
    assert find_review(session, ended).made_at == later
