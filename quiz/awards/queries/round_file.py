"""Everything that the files of a round say, read once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from account.models import Account, AuditEntry
from commune.models import Unit
from core.crypto import Keyring
from quiz.awards.queries.naming import WinnerLine, front_names, list_winner_lines
from quiz.awards.rules.bands import Band, score_bands
from quiz.boards.queries.board_lines import BoardLines, lines_of_blocs, lines_of_round
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import Draw, Result, RoundAnswers, StandingRow
from quiz.results.models.contact import WINNERS
from quiz.results.queries.correction import count_grounds
from quiz.results.queries.draws import list_draws
from quiz.results.queries.objections import ObjectionCount, ObjectionPeriod, count_objections, find_period
from quiz.results.queries.result import count_ranked, find_result
from quiz.results.queries.review import LeftOut, count_decisions, count_left_out, find_review
from quiz.results.queries.unreached import CallsByPerson, list_missed_calls


@dataclass(frozen=True)
class RoundFile:
    """A closed round as its files tell it."""

    round: Round
    result: Result
    winners: Sequence[WinnerLine]
    board: BoardLines
    blocs: Sequence[BoardLines]
    """The participation of each bloc; empty without blocs."""
    answers: RoundAnswers | None
    ranked: int
    decided: Mapping[str, int]
    """Clusters of the review by decision."""
    is_reviewed: bool
    grounds: Sequence[tuple[str, int]]
    left_out: LeftOut
    calls: CallsByPerson
    closer: str
    """The name of the account that closed the round; empty if a terminal did."""
    front: Mapping[UUID, str]
    """Names at the front of the standings, if they are open to the account."""
    names_opened: bool
    """Whether the contacts of the winners are."""
    period: ObjectionPeriod | None
    """The period to object; None where none is declared, or before the publication."""
    objections: ObjectionCount
    draws: Sequence[Draw]
    """The public draws, the oldest first."""

    @property
    def awaits_final(self) -> bool:
        """Whether objections are taken or wait, so that the published results are not final."""
        return self.period is not None and self.round.finalised_at is None

    @property
    def contest(self) -> Contest:
        """The contest."""
        return self.round.contest

    @property
    def prizes(self) -> list[WinnerLine]:
        """Those whose prize is confirmed."""
        return [line for line in self.winners if line.has_prize]

    @property
    def opened_people(self) -> int:
        """The winners whose names are here because they were opened."""
        return sum(bool(line.name) for line in self.winners) if self.names_opened else 0

    @property
    def bands(self) -> dict[Band, int] | None:
        """The people by score band; None where marks were not counted."""
        if self.answers is None or not self.answers.marks:
            return None
        return score_bands({int(right): people for right, people in self.answers.marks.items()}, self.round.asked)


def read_round_file(
    session: Session, keyring: Keyring, round: Round, opened: Collection[str], now: datetime
) -> RoundFile | None:
    """Return the file of *round* for an account to which these contacts are *opened*; None before the close."""
    result = find_result(session, round)
    if result is None:
        return None
    return RoundFile(
        round=round,
        result=result,
        winners=list_winner_lines(session, keyring, round, result, opened, now),
        board=lines_of_round(session, round, _previous(round), now),
        blocs=lines_of_blocs(session, round.contest, round, now),
        answers=session.get(RoundAnswers, round.id),
        ranked=count_ranked(session, result),
        decided=count_decisions(session, round),
        is_reviewed=find_review(session, round) is not None,
        grounds=count_grounds(session, round, result.version),
        left_out=count_left_out(session, round),
        calls=list_missed_calls(session, round),
        closer=_closer(session, round),
        front=front_names(session, keyring, result, opened),
        names_opened=WINNERS in opened,
        period=find_period(session, round, now),
        objections=count_objections(session, round),
        draws=list_draws(session, round),
    )


def amount_of(round: Round, tier_name: str | None, bloc: int | None = None) -> int | None:
    """Return the amount of a prize of *round* in đồng, in a *bloc* where the contest has blocs; None where none is
    declared.
    """
    return next((tier.amount for tier in round.tiers_for(bloc) if tier.name == tier_name), None)


class ExportedLine(NamedTuple):
    """A line of the standings in a workbook."""

    row: StandingRow
    unit: str


def stream_standings(session: Session, result: Result, limit: int) -> Iterator[ExportedLine]:
    """Yield the first *limit* lines of the standings, a thousand in memory at a time."""
    query = (
        select(StandingRow, Unit.name)
        .join(Participant, Participant.id == StandingRow.participant_id)
        .join(Unit, Unit.id == Participant.unit_id)
        .where(StandingRow.round_id == result.round_id, StandingRow.version == result.version)
        .order_by(StandingRow.position)
        .limit(limit)
        .execution_options(yield_per=1000)
    )
    for row, unit in session.execute(query):
        yield ExportedLine(row, unit)


def _previous(round: Round) -> Round | None:
    earlier = [each for each in round.contest.rounds if each.number < round.number and each.closed_at]
    return earlier[-1] if earlier else None


def _closer(session: Session, round: Round) -> str:
    query = (
        select(Account.name)
        .join(AuditEntry, AuditEntry.account_id == Account.id)
        .where(AuditEntry.kind == "quiz.round", AuditEntry.subject_id == str(round.id))
        .where(AuditEntry.action == QuizAction.ROUND_CLOSE)
        .order_by(AuditEntry.number.desc())
        .limit(1)
    )
    return session.scalar(query) or ""
