"""Sheets and participants at the same time: no double entry, no deadlock, and a closed round takes none."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from core import clock
from core.crypto import new_code
from core.values.week import VIETNAM, local_date
from core.web.extensions import db
from quiz.attempt.models import Attempt, Entry
from quiz.attempt.operations.attempt import NoTriesLeft, Submission, start_attempt, submit_attempt
from quiz.attempt.operations.importing import HasErrors, RoundClosed, store_entries
from quiz.attempt.operations.tally import rebuild_tally
from quiz.attempt.queries.attempt import find_attempt, find_participant_by_code
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.registration import AlreadyRegistered, Identity, register_participant
from quiz.results.operations.closing import rank_round
from tests.factories import make_contest, make_unit
from tests.support.entries import HEADER, read

pytestmark = pytest.mark.both_databases

PEOPLE = 40
TIMEOUT = 120


@pytest.fixture
def where(session):
    """Return the id of an open round for which forty people are about to submit, at the site and in a sheet."""
    unit = make_unit(session)
    contest = make_contest(session, unit=unit, preset="vcnet", weeks=1, first_day=local_date(clock.now()))
    round = contest.rounds[0]
    now = clock.now()
    round.opens_at, round.closes_at = now - timedelta(days=2), now + timedelta(days=2)
    round.results_at = round.closes_at
    session.commit()
    return round.id


def rows_of(start: datetime) -> bytes:
    at = start.astimezone(VIETNAM)
    lines = [f"{name_of(n)};0912345{n:03};1985;xã Lâm Bình;{at:%d/%m/%Y %H:%M:%S};4:12;2;10" for n in range(PEOPLE)]
    return "\n".join([HEADER, *lines]).encode()


def name_of(n: int) -> str:
    return f"Người Số {chr(65 + n % 26)}{chr(97 + n // 26)}"


def at_once(app, *deeds):
    """Run all *deeds* together, each in its own thread and session; return their results."""
    barrier = threading.Barrier(len(deeds))

    def run(deed):
        with app.app_context():
            barrier.wait(TIMEOUT)
            return deed(db.session)

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [future.result(TIMEOUT) for future in [pool.submit(run, deed) for deed in deeds]]


def importing(keyring, where, *, skip_errors=False):
    def deed(session):
        round = session.get_one(Round, where)
        try:
            sheet = read(round, rows_of(round.opens_at + timedelta(hours=5)), now=clock.now()).sheet
            session.rollback()
            plan = store_entries(session, keyring, round, sheet, decisions={}, skip_errors=skip_errors, now=clock.now())
            session.commit()
        except (HasErrors, RoundClosed) as refusal:
            session.rollback()
            return type(refusal)
        return plan.new

    return deed


def handing_in(keyring, where, numbers):
    """Register and submit at the site, one by one, as fast as possible."""

    def deed(session):
        for n in numbers:
            round = session.get_one(Round, where)
            code = new_code()
            identity = Identity(name_of(n), f"0912345{n:03}", 1985)
            try:
                register_participant(
                    session, keyring, round.contest, identity, unit_id=round.contest.units[0].unit_id, code=code,
                    now=clock.now(),
                )  # fmt: skip
            except AlreadyRegistered:
                session.rollback()
                continue
            session.commit()
            person = find_participant_by_code(session, keyring, session.get_one(Contest, round.contest_id), code)
            begun = start_attempt(session, round, person, now=clock.now() - timedelta(seconds=30))
            session.commit()
            attempt = find_attempt(session, begun.id)
            answers = {each.ref: frozenset("A") for each in round.questions}
            submit_attempt(session, keyring, attempt, Submission(answers, 5, new_code()), now=clock.now())
            session.commit()

    return deed


def counted(session, where):
    session.rollback()
    return {
        model.__name__: session.scalar(select(func.count()).select_from(model)) for model in (Participant, Entry)
    } | {"turns": session.scalar(select(func.count(Attempt.id)).where(Attempt.submitted_at.is_not(None)))}


def test_two_concurrent_imports_of_one_sheet_store_it_once(app, session, keyring, where):
    brought = at_once(app, *(importing(keyring, where) for _ in range(3)))

    assert sorted(brought) == [0, 0, PEOPLE]
    assert counted(session, where) == {"Participant": PEOPLE, "Entry": PEOPLE, "turns": PEOPLE}


def test_papers_and_an_import_of_the_same_people_can_run_at_once(app, session, keyring, where):
    at_once(
        app, importing(keyring, where), handing_in(keyring, where, range(0, PEOPLE, 2)),
        handing_in(keyring, where, range(PEOPLE - 1, 0, -2)), importing(keyring, where),
    )  # fmt: skip

    found = counted(session, where)
    round = session.get_one(Round, where)
    assert (found["Participant"], found["Entry"]) == (PEOPLE, PEOPLE)
    assert found["turns"] >= PEOPLE
    assert rebuild_tally(session, round) == []


def test_an_import_and_the_site_together_give_no_second_try(app, session, keyring, where):
    round = session.get_one(Round, where)
    round.rules = round.rules | {"tries": 1}
    people = [
        register_participant(
            session, keyring, round.contest, Identity(name_of(n), f"0912345{n:03}", 1985),
            unit_id=round.contest.units[0].unit_id, code=new_code(), now=round.opens_at,
        ).id
        for n in range(PEOPLE)
    ]  # fmt: skip
    session.commit()

    def starting(session):
        begun = 0
        for id in people:
            try:
                start_attempt(session, session.get_one(Round, where), session.get_one(Participant, id), now=clock.now())
                begun += 1
            except NoTriesLeft:
                pass
            session.commit()
        return begun

    begun, brought = at_once(app, starting, importing(keyring, where, skip_errors=True))

    session.rollback()
    per_person = select(func.count(Attempt.id)).group_by(Attempt.participant_id)
    assert set(session.scalars(per_person)) == {1}
    assert begun + brought == PEOPLE


def test_an_import_during_the_close_is_in_the_standings_or_refused(app, session, keyring, where):
    round = session.get_one(Round, where)
    round.closes_at = clock.now() - timedelta(minutes=2)
    session.commit()

    def closing(session):
        result = rank_round(session, session.get_one(Round, where), now=clock.now())
        session.commit()
        return result.turns

    brought, closed_over = at_once(app, importing(keyring, where), closing)

    assert (brought, closed_over) in {(PEOPLE, PEOPLE), (RoundClosed, 0)}
    assert counted(session, where)["turns"] == closed_over
