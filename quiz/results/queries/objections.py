"""Objections to the published results of a round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from core.crypto import Keyring
from core.person_keys import find_person
from quiz.attempt.models import Attempt
from quiz.contest.models import Participant, Round
from quiz.results.models import Objection, Result, StandingRow
from quiz.results.queries.result import find_result
from quiz.results.rules.alike import OpenObjection
from quiz.results.rules.objections import ObjectionOutcome, may_object, objections_until


@dataclass(frozen=True)
class ObjectionCount:
    """How many objections a round has, by their answers."""

    made: int
    waiting: int
    accepted: int
    rejected: int


@dataclass(frozen=True)
class ObjectionPeriod:
    """The time in which objections are taken; *is_open* at the moment of the question."""

    until: datetime
    days: int
    is_open: bool


@dataclass(frozen=True)
class ObjectionText:
    """The texts of an objection; empty for what was erased, or not answered."""

    text: str
    answer: str


def find_period(session: Session, round: Round, now: datetime) -> ObjectionPeriod | None:
    """Return the period to object to *round*'s results; None where none is declared or nothing is published."""
    days = round.contest.prize_terms.objection_days
    since = None if days is None else objections_since(session, round)
    if days is None or since is None or since > now:
        return None
    return ObjectionPeriod(objections_until(since, days), days, may_object(since, days, now))


def objections_since(session: Session, round: Round) -> datetime | None:
    """Return when the period began: with the publication, or with the newest correction after it."""
    if round.published_at is None:
        return None
    result = find_result(session, round)
    return max(round.published_at, result.made_at) if result else round.published_at


def count_objections(session: Session, round: Round) -> ObjectionCount:
    """Return the objections of *round* by their answers."""
    query = select(Objection.outcome, func.count()).where(Objection.round_id == round.id).group_by(Objection.outcome)
    by = {outcome: count for outcome, count in session.execute(query)}  # noqa: C416 - typed rows
    accepted, rejected = by.get(ObjectionOutcome.ACCEPTED, 0), by.get(ObjectionOutcome.REJECTED, 0)
    return ObjectionCount(sum(by.values()), by.get(None, 0), accepted, rejected)


def list_objections(session: Session, round: Round) -> Sequence[Objection]:
    """Return the objections of *round*, those without an answer first, the oldest first."""
    eager = joinedload(Objection.participant).joinedload(Participant.unit)
    query = select(Objection).where(Objection.round_id == round.id).options(eager)
    return session.scalars(query.order_by(Objection.answered_at.is_not(None), Objection.number)).all()


def find_objection(session: Session, round: Round, number: int) -> Objection | None:
    """Return the objection of *round* with this number."""
    return session.get(Objection, (round.id, number))


def find_own_objection(session: Session, attempt: Attempt, result: Result) -> Objection | None:
    """Return the newest objection of the participant of *attempt* to its round's results."""
    mine = Objection.round_id == result.round_id, Objection.participant_id == attempt.participant_id
    return session.scalar(select(Objection).where(*mine).order_by(Objection.number.desc()).limit(1))


def read_texts(session: Session, keyring: Keyring, objection: Objection) -> ObjectionText:
    """Return the decrypted texts of *objection*."""
    person = find_person(session, keyring, objection.participant.person_id)
    if person is None:
        return ObjectionText("", "")
    return ObjectionText(person.unseal(objection.sealed), person.unseal(objection.answer) if objection.answer else "")


def read_waiting(session: Session, keyring: Keyring, round: Round) -> list[OpenObjection]:
    """Return the objections of *round* without an answer, with their texts, the oldest first."""
    result = find_result(session, round)
    version = result.version if result else 0
    ranked = select(StandingRow.participant_id).filter_by(round_id=round.id, version=version)
    waiting = [each for each in list_objections(session, round) if each.outcome is None]
    is_ranked = set(session.scalars(ranked.where(StandingRow.participant_id.in_({x.participant_id for x in waiting}))))
    return [
        OpenObjection(each.number, read_texts(session, keyring, each).text, each.participant_id in is_ranked)
        for each in waiting
    ]


def count_waiting(session: Session) -> dict[int, int]:
    """Return by round how many objections wait for an answer."""
    query = select(Objection.round_id, func.count()).where(Objection.outcome.is_(None))
    return dict(session.execute(query.group_by(Objection.round_id)).all())
