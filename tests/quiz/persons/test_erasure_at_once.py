"""Somebody is erased while their week is closed or their name put right: one waits for the other, and nothing stays."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from sqlalchemy import func, select, update

from account.operations.audit import SYSTEM
from core.web.extensions import db
from privacy.models import Consent, PersonRequest
from privacy.models.holder import NewFacts
from privacy.operations import answers
from privacy.operations.answers import correct as correct_person
from privacy.operations.erasure import erase_subjects
from privacy.rules.deadlines import Kind
from quiz.attempt.models import Entry
from quiz.contest.models import Contest, Participant, ParticipantWord, Round
from quiz.contest.operations.registration import Identity, identity_hash
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.schedule import SETTLING
from quiz.persons.operations import deletion, erasure
from quiz.persons.operations.holder import HOLDER
from quiz.results.models import StandingRow, Winner
from quiz.results.operations import closing, versions
from tests.quiz.persons.test_deletion import contest
from tests.support.persons import NOW, make_request, round, who

__all__ = ["contest", "round", "who"]

pytestmark = pytest.mark.parametrize("backend", ["postgresql"])  # SQLite has one writer


def slowed(monkeypatch, room, name):
    """Let *name* of *room* say that it is done, and take a second until it returns."""
    deed, done = getattr(room, name), Event()

    def slowly(*args, **more):
        found = deed(*args, **more)
        done.set()
        sleep(1)
        return found

    monkeypatch.setattr(room, name, slowly)
    return done


def at_once(first, begun, second):
    """The *second* deed begins when the first has *begun*; each in a transaction of its own."""
    sessions = db.sessionmaker

    def alone(deed):
        with sessions() as own:
            deed(own)
            own.commit()

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(alone, first)
        assert begun.wait(10)
        other = pool.submit(alone, second)
        one.result(20)
        other.result(20)


def erasing(keyring, who):
    id = who.id

    def erase(own):
        erase_subjects(own, keyring, HOLDER, [id], now=NOW)

    return erase


def in_the_standings_alone(session):
    """People who stand in the results and have no entry that says so."""
    session.rollback()
    return set(session.scalars(select(StandingRow.participant_id))) ^ set(session.scalars(select(Entry.participant_id)))


def closing_of(round):
    id, now = round.id, round.closes_at + SETTLING
    return lambda own: closing.rank_round(own, own.get_one(Round, id), now=now)


def test_a_week_closed_during_an_erasure_ranks_the_papers_that_it_counts(monkeypatch, session, keyring, round, who):
    begun = slowed(monkeypatch, erasure, "_leave_open_weeks")

    at_once(erasing(keyring, who), begun, closing_of(round))

    assert in_the_standings_alone(session) == set()


def test_a_person_erased_during_the_close_stays_in_the_figures(monkeypatch, session, keyring, round, who):
    begun = slowed(monkeypatch, closing, "store_version")

    at_once(closing_of(round), begun, erasing(keyring, who))

    assert in_the_standings_alone(session) == set()


def test_a_name_corrected_during_an_erasure_can_not_be_found(monkeypatch, session, keyring, round, who):
    request = make_request(session, keyring, who, kind=Kind.CORRECT).id
    session.commit()
    begun, name = slowed(monkeypatch, erasure, "_forget_hashes"), "Vàng Seo Pao"

    def correct(own):
        asked = own.get_one(PersonRequest, request)
        correct_person(own, keyring, SYSTEM, asked, NewFacts(name), now=NOW)

    at_once(erasing(keyring, who), begun, correct)

    session.rollback()
    found = identity_hash(keyring, round.contest_id, Identity(name, "0977123456", 1971))
    assert session.scalar(select(Participant.id).where(Participant.identity_hash == found)) is None
    assert session.scalar(select(func.count()).select_from(ParticipantWord)) == 0


def test_a_consent_during_an_erasure_is_not_stored(monkeypatch, session, keyring, round, who):
    request = make_request(session, keyring, who, kind=Kind.AGREE).id
    session.commit()
    begun = slowed(monkeypatch, erasure, "_leave_open_weeks")

    def agree(own):
        answers.agree(own, own.get_one(PersonRequest, request), [Purpose.REACHED], actor=SYSTEM, now=NOW)

    at_once(erasing(keyring, who), begun, agree)

    session.rollback()
    assert session.scalar(select(func.count()).where(Consent.withdrawn_at.is_(None))) == 0


def test_a_contest_is_not_erased_while_a_correction_adds_a_winner(monkeypatch, session, keyring, contest):
    begun, round_id, id, now = (
        slowed(monkeypatch, versions, "lock_round"), contest.rounds[0].id, contest.id, contest.rounds[0].results_at,
    )  # fmt: skip

    def correct(own):
        versions.lock_round(own, own.get_one(Round, round_id))
        own.execute(update(Winner).where(Winner.round_id == round_id).values(state="pending"))

    def forget(own):
        with pytest.raises(deletion.StillNeeded):
            deletion.erase_contest(own, keyring, SYSTEM, own.get_one(Contest, id), reason="Kết thúc sớm", now=now)

    at_once(correct, begun, forget)
