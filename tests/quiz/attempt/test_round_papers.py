"""The papers of a round are the same whether its tables are read whole or its rows looked up."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from core import bulk, packed_reading
from core.person_keys import PersonKey
from core.values.columns import NONE
from quiz.attempt.models import Attempt
from quiz.attempt.queries import round_papers
from quiz.attempt.queries.recount import recount
from quiz.attempt.queries.round_papers import read_papers
from quiz.contest.models import Participant
from quiz.results.queries.reviewed import read_reviewed
from tests.factories import make_attempt, make_contest, make_participant

pytestmark = pytest.mark.both_databases


@pytest.fixture
def week(session, keyring):
    """Create a round beside another contest's: people with a paper or two, one of them erased."""
    rounds = [make_contest(session, tries=None).rounds[0] for _ in range(2)]
    for round in rounds:
        for at in range(6):
            person = make_participant(session, keyring, round.contest, name=f"Người {at}", phone=f"098700000{at}")
            for turn in range(1 + at % 2):
                make_attempt(session, keyring, round, participant=person, correct=at % 4, seconds=60 + at, guess=turn)
    erased = session.scalars(select(Participant).where(Participant.contest_id == rounds[0].contest_id).limit(1)).one()
    key, erased.person_id = erased.person_id, None
    session.flush()
    session.delete(session.get_one(PersonKey, key))
    session.flush()
    return rounds[0]


def read(session, keyring, round):
    """Return the papers as rows, and what is compared of the people, in the order of their refs."""
    papers = read_papers(session, round)
    entries, openings = read_reviewed(session, keyring, round, papers)
    columns = (entries.begun_ms, entries.duration_ms, entries.phone, entries.birth_year, entries.unit_id)
    rows = sorted(papers.row(at) for at in papers.counted.tolist())
    return rows, [list(entries.refs), *(column.tolist() for column in columns)], len(openings.device)


def test_rows_looked_up_are_those_of_tables_read_whole(session, keyring, week, monkeypatch):
    monkeypatch.setattr(bulk, "_LOOKUP", 1_000)
    whole = read(session, keyring, week)
    monkeypatch.setattr(bulk, "_LOOKUP", 0)
    monkeypatch.setattr(round_papers, "MANY", 0)

    looked_up = read(session, keyring, week)

    assert looked_up == whole
    assert len(whole[0]) == 9


def test_nothing_is_known_of_somebody_who_was_erased(session, keyring, week):
    _rows, (refs, _begun, _took, phones, years, _units), _openings = read(session, keyring, week)

    assert len(refs) == 6
    assert (phones.count(-1), len(set(phones))) == (1, 6)
    assert years.count(-1) == 1


def test_a_moment_is_cut_to_its_millisecond(session, week):
    begun = week.opens_at + timedelta(seconds=1, microseconds=999_700)
    session.execute(update(Attempt).values(started_at=week.opens_at, submitted_at=begun))

    found = recount(session, week).entries.submitted_ms

    assert {at % 60_000 for at in found} == {1_999}


def test_a_table_read_in_stretches_is_the_table(session, keyring, week, monkeypatch):
    whole = read(session, keyring, week)
    monkeypatch.setattr(round_papers, "stretches_of", partial(bulk.stretches_of, size=2))

    in_stretches = read(session, keyring, week)

    assert in_stretches == whole


def test_rows_that_do_not_fit_one_text_are_read_one_by_one(session, keyring, week, monkeypatch):
    joined = read(session, keyring, week)
    monkeypatch.setattr(packed_reading, "_DIGITS", 12)

    one_by_one = read(session, keyring, week)

    assert one_by_one == joined


def test_a_paper_without_a_moment_a_mark_and_a_time_is_read_without(session, week):
    session.execute(update(Attempt).values(submitted_at=None, receipt_hash=None, correct=None, duration_ms=None))

    papers = read_papers(session, week)

    assert {*papers.submitted_ms, *papers.correct, *papers.duration_ms} == {NONE}
    assert NONE not in papers.started_ms
