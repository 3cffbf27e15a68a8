"""Paper sheets of a round, and how many of them became entries."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from account.models import Account
from quiz.attempt.models import Attempt, Entry, PaperSheet
from quiz.contest.models import Round


@dataclass(frozen=True)
class SheetCounts:
    """The sheets of a round: printed, keyed in once, finished, of these after the close, and with differences; then
    the counted papers among them, and those with every question right.
    """

    printed: int = 0
    waiting: int = 0
    done: int = 0
    late: int = 0
    differed: int = 0
    counted: int = 0
    perfect: int = 0


def count_sheets(session: Session, round: Round) -> SheetCounts:
    """Return the numbers of the paper sheets of *round*."""
    done = PaperSheet.second_by_id.is_not(None)
    counts = (
        func.count(),
        _sum(PaperSheet.sealed.is_not(None)),
        _sum(done),
        _sum(and_(done, PaperSheet.is_late)),
        _sum(and_(done, PaperSheet.differed > 0)),
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
    query = select(PaperSheet).where(PaperSheet.round_id == round.id, PaperSheet.sealed.is_not(None))
    return list(session.scalars(query.options(joinedload(PaperSheet.first_by)).order_by(PaperSheet.number)))


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
