"""Single acts of staff before a publication that its approver reads: winners passed over, and codes given anew."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from account.models import Account, Approval, AuditEntry
from account.models.approval import APPROVED
from account.queries.approval import list_of_part
from quiz.attempt.models import Attempt, Entry
from quiz.contest.models import Participant, Round
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import Winner

_AGREED, _TEXTED = '%"second_approver":true%', '%"sent":%'
"""The values of audit entries of a deed to which a second person agreed, and of a code that was sent by text."""


@dataclass(frozen=True)
class PassedBy:
    """The people that one account passed over in a round, and the time of the first and the last mark."""

    name: str
    people: int
    first: datetime
    last: datetime


def list_passed_by(session: Session, round: Round) -> list[PassedBy]:
    """Return by account how many people it passed over alone, one by one or in bulk."""
    seats = select(Winner.participant_id).where(Winner.round_id == round.id, Winner.state == "passed")
    people = {str(id) for id in session.scalars(seats)} - {
        key.partition(":")[2] for key in agreed_passings(session, round)
    }
    query = (
        select(
            Account.name, func.count(AuditEntry.subject_id.distinct()), func.min(AuditEntry.at), func.max(AuditEntry.at)
        )
        .join(Account, Account.id == AuditEntry.account_id)
        .where(AuditEntry.kind == "quiz.participant", AuditEntry.subject_id.in_(people))
        .where(AuditEntry.action == QuizAction.WINNER_PASS, AuditEntry.at >= round.closed_at)
        .where(AuditEntry.after.not_like(_AGREED))
        .group_by(Account.name)
        .order_by(Account.name)
    )
    return [*(PassedBy(*row) for row in session.execute(query)), *_passed_in_bulk(session, round)]


def _passed_in_bulk(session: Session, round: Round) -> Iterator[PassedBy]:
    query = (
        select(Account.name, AuditEntry.after, AuditEntry.at)
        .join(Account, Account.id == AuditEntry.account_id)
        .where(AuditEntry.kind == "quiz.round", AuditEntry.subject_id == str(round.id))
        .where(AuditEntry.action == QuizAction.WINNER_PASS_ALL, AuditEntry.at >= round.closed_at)
        .order_by(AuditEntry.number)
    )
    for name, after, at in session.execute(query):
        yield PassedBy(name, json.loads(after)["passed"], at, at)


def agreed_passings(session: Session, round: Round) -> dict[str, Approval]:
    """Return by subject ("round:participant") the newest approval to pass a person over, by two people or alone.

    An approval ends when the passing is undone: passing the person over again needs its own.
    """
    found = list_of_part(session, "quiz.winner", round.id, QuizAction.WINNER_PASS)
    undone = _undone_at(session, round)
    return {
        each.subject_id: each
        for each in found
        if each.state == APPROVED and not _is_before(each.decided_at, undone.get(each.subject_id.partition(":")[2]))
    }


def _undone_at(session: Session, round: Round) -> dict[str, datetime]:
    """Return by participant when a passing was last undone since the close of *round*."""
    query = select(AuditEntry.subject_id, func.max(AuditEntry.at)).where(AuditEntry.kind == "quiz.participant")
    query = query.where(AuditEntry.action == QuizAction.WINNER_RECALL, AuditEntry.at >= round.closed_at)
    rows = session.execute(query.group_by(AuditEntry.subject_id)).all()
    return {row[0]: row[1] for row in rows}


def _is_before(decided_at: datetime | None, undone_at: datetime | None) -> bool:
    return decided_at is not None and undone_at is not None and decided_at <= undone_at


def list_admissions(session: Session, round: Round) -> list[tuple[str, str, datetime]]:
    """Return who changed the roster or the cards between the opening and the close of *round*: action, name, time."""
    actions = (QuizAction.ROSTER_IMPORT, QuizAction.ROSTER_EMPTY, QuizAction.CARD_MAKE, QuizAction.CARD_VOID)
    query = (
        select(AuditEntry.action, func.coalesce(Account.name, ""), AuditEntry.at)
        .join(Account, Account.id == AuditEntry.account_id, isouter=True)
        .where(AuditEntry.kind == "quiz.contest", AuditEntry.subject_id == str(round.contest_id))
        .where(AuditEntry.action.in_(actions), AuditEntry.at >= round.opens_at, AuditEntry.at <= round.closed_at)
        .order_by(AuditEntry.number)
    )
    return [(action, name, at) for action, name, at in session.execute(query)]


def find_confirmer(session: Session, participant_id: uuid.UUID) -> tuple[str, datetime] | None:
    """Return the account that first confirmed a participant by a call, and when; None if that was by another means."""
    query = (
        select(Account.name, AuditEntry.at)
        .join(Account, Account.id == AuditEntry.account_id)
        .where(AuditEntry.kind == "quiz.participant", AuditEntry.subject_id == str(participant_id))
        .where(AuditEntry.action.in_((QuizAction.LINE_CONFIRM, QuizAction.WINNER_CONFIRM)))
        .order_by(AuditEntry.number)
        .limit(1)
    )
    found = session.execute(query).first()
    return (found.name, found.at) if found else None


def count_begun_after_renewal(session: Session, round: Round) -> int:
    """Return the counted papers that were begun after their participant's code had been given anew by staff."""
    query = (
        select(func.count())
        .select_from(Entry)
        .join(Attempt, Attempt.id == Entry.attempt_id)
        .join(Participant, Participant.id == Entry.participant_id)
        .where(Entry.round_id == round.id, Participant.code_renewed_at <= Attempt.started_at)
    )
    return session.scalar(query) or 0


def list_texted_codes(session: Session, round: Round) -> list[tuple[str, int, int]]:
    """Return by account how many codes it sent by text between the opening and the close of *round*, and to how many.

    Each made the old code void: somebody to whom that happens often can't take part.
    """
    title = round.contest.title
    query = (
        select(Account.name, func.count(), func.count(AuditEntry.subject_id.distinct()))
        .join(Account, Account.id == AuditEntry.account_id)
        .where(AuditEntry.kind == "quiz.participant", AuditEntry.action == QuizAction.CODE_RENEW)
        .where(AuditEntry.unit_id == round.contest.unit_id, AuditEntry.subject.endswith(f", {title}", autoescape=True))
        .where(AuditEntry.after.like(_TEXTED), AuditEntry.at >= round.opens_at, AuditEntry.at <= round.closed_at)
        .group_by(Account.name)
        .order_by(Account.name)
    )
    return [(name, count, people) for name, count, people in session.execute(query)]
