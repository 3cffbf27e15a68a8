"""Paper sheets of a round, and how many of them became entries."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from account.models import Account
from core.crypto import Keyring
from quiz.attempt.models import Attempt, Entry, PaperSheet
from quiz.attempt.rules.sheet_proof import SheetState, state_of
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.registration import Identity, identity_hash


@dataclass(frozen=True)
class SheetCounts:
    """The sheets of a round: printed, keyed in once, finished, of these after the close, with differences, and without
    an attempt; then the counted papers among them, and those with every question right.
    """

    printed: int = 0
    waiting: int = 0
    done: int = 0
    late: int = 0
    differed: int = 0
    unsettled: int = 0
    counted: int = 0
    perfect: int = 0

    @property
    def untouched(self) -> int:
        """The printed sheets that no account has keyed in."""
        return self.printed - self.waiting - self.done


def count_sheets(session: Session, round: Round) -> SheetCounts:
    """Return the numbers of the paper sheets of *round*."""
    done = PaperSheet.second_by_id.is_not(None)
    counts = (
        func.count(),
        _sum(and_(PaperSheet.first_by_id.is_not(None), PaperSheet.second_by_id.is_(None))),
        _sum(done),
        _sum(and_(done, PaperSheet.is_late)),
        _sum(and_(done, PaperSheet.differed > 0)),
        _sum(and_(done, Attempt.id.is_(None))),
        _sum(Entry.attempt_id.is_not(None)),
        _sum(and_(Entry.attempt_id.is_not(None), Attempt.correct == round.asked)),
    )
    query = select(*counts).select_from(PaperSheet).outerjoin(Attempt, Attempt.id == PaperSheet.id)
    query = query.outerjoin(Entry, Entry.attempt_id == PaperSheet.id).where(PaperSheet.round_id == round.id)
    return SheetCounts(*(value or 0 for value in session.execute(query).one()))


def list_keyers(session: Session, round: Round) -> list[tuple[Account, Account, int]]:
    """Return the accounts that keyed sheets of *round* in first and second, and how many."""
    first, second = aliased(Account), aliased(Account)
    query = select(first, second, func.count(PaperSheet.id)).select_from(PaperSheet)
    query = query.join(first, first.id == PaperSheet.first_by_id).join(second, second.id == PaperSheet.second_by_id)
    query = query.where(PaperSheet.round_id == round.id).group_by(first.id, second.id)
    found = session.execute(query.order_by(first.name, second.name, first.id, second.id))
    return [(one, other, count) for one, other, count in found]


def find_sheet(session: Session, round: Round, number: int) -> PaperSheet | None:
    """Return sheet *number* of *round*."""
    query = select(PaperSheet).where(PaperSheet.round_id == round.id, PaperSheet.number == number)
    return session.scalar(query.options(joinedload(PaperSheet.first_by), joinedload(PaperSheet.second_by)))


def list_open_sheets(session: Session, round: Round) -> list[PaperSheet]:
    """Return the sheets of *round* that wait for the second account."""
    query = select(PaperSheet).where(PaperSheet.round_id == round.id, PaperSheet.first_by_id.is_not(None))
    query = query.where(PaperSheet.second_by_id.is_(None))
    return list(session.scalars(query.options(joinedload(PaperSheet.first_by)).order_by(PaperSheet.number)))


def list_sealed_sheets(session: Session, round: Round) -> list[PaperSheet]:
    """Return the sheets of *round* that wait for the second account, or for the participant whom they name."""
    query = select(PaperSheet).where(PaperSheet.round_id == round.id, PaperSheet.sealed.is_not(None))
    return list(session.scalars(query.options(joinedload(PaperSheet.printed_for)).order_by(PaperSheet.number)))


def list_unsettled(session: Session, round: Round) -> list[PaperSheet]:
    """Return the sheets of *round* that both accounts keyed in and that count for no person (yet)."""
    mine = PaperSheet.round_id == round.id, PaperSheet.second_by_id.is_not(None)
    query = select(PaperSheet).outerjoin(Attempt, Attempt.id == PaperSheet.id).where(*mine, Attempt.id.is_(None))
    return list(session.scalars(query.order_by(PaperSheet.number)))


def find_asking_sheet(
    session: Session, round_id: int, person_id: uuid.UUID, number: int | None = None
) -> PaperSheet | None:
    """Return the first sheet of a round that asks this participant whether it is theirs; sheet *number*, if given, once
    it is answered too. One that registered them asks while it is their only attempt.
    """
    query = select(PaperSheet).where(PaperSheet.round_id == round_id, PaperSheet.asked_id == person_id)
    mine = (Attempt.round_id == round_id, Attempt.participant_id == person_id)
    is_alone = ~select(Attempt.id).where(*mine, Attempt.id != PaperSheet.id).correlate(PaperSheet).exists()
    asks = or_(PaperSheet.sealed.is_not(None), and_(PaperSheet.registers, is_alone))
    one = asks if number is None else PaperSheet.number == number
    return session.scalar(query.where(one).order_by(PaperSheet.number).limit(1))


def holds_code(
    session: Session, keyring: Keyring, contest: Contest, identity: Identity, codes: Collection[str]
) -> bool:
    """Return whether the participant of *contest* with this *identity* holds one of these personal codes."""
    hashes = [keyring.mac("personal-code", code) for code in codes]
    mine = Participant.contest_id == contest.id, Participant.is_rehearsal.is_(False), Participant.code_hash.in_(hashes)
    same = Participant.identity_hash == identity_hash(keyring, contest.id, identity)
    return session.scalar(select(Participant.id).where(*mine, same)) is not None


def state_in(session: Session, sheet: PaperSheet, *, now: datetime) -> SheetState:
    """Return the state of *sheet* at *now*."""
    return state_of(
        is_read=sheet.first_by_id is not None,
        is_asked=sheet.asked_id is not None,
        is_counted=session.get(Attempt, sheet.id) is not None,
        set_aside=sheet.set_aside,
        is_finished=sheet.second_by_id is not None,
        is_over=now >= sheet.round.closes_at,
    )


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
