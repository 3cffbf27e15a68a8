"""Spread questions that were read from a file over the rounds of a contest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from account.operations.audit import Actor
from core.crypto import Keyring
from quiz.contest.models import Contest, Round
from quiz.contest.operations.bank import add_questions
from quiz.contest.operations.contest import are_frozen, save_questions
from quiz.contest.operations.questions import QuestionText
from quiz.contest.rules.week_shares import RoundPlace, Shares, share_by_week, share_evenly, weeks_of_rounds


@dataclass(frozen=True)
class SpreadOut:
    """The result of spreading: the rounds that got some, with their number, and how many went to the bank."""

    rounds: Sequence[tuple[Round, int]]
    kept: int


def rounds_to_fill(contest: Contest, *, replaces: bool, now: datetime) -> list[Round]:
    """Return the rounds that take questions from a file: those without any, or with *replaces* all that have not
    opened.
    """
    return [each for each in contest.rounds if not are_frozen(each, now) and (replaces or not each.questions)]


def shares_for(
    contest: Contest,
    weeks: Sequence[int | None],
    *,
    by_week: bool,
    each: int | None,
    replaces: bool,
    now: datetime,
) -> Shares:
    """Return which rounds of *contest* would get which questions of a file that names these *weeks*."""
    filling = rounds_to_fill(contest, replaces=replaces, now=now)
    numbers = weeks_of_rounds([round.same_week for round in contest.rounds])
    places = [RoundPlace(week, round in filling) for week, round in zip(numbers, contest.rounds, strict=True)]
    return share_by_week(weeks, places, each) if by_week else share_evenly(len(weeks), places, each)


def spread_questions(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    contest: Contest,
    texts: Sequence[QuestionText],
    shares: Shares,
    *,
    now: datetime,
) -> SpreadOut:
    """Give the rounds of *contest* their *shares* of questions, and record it for each round.

    What is left over is kept in the bank; a round that gets none keeps its own.
    """
    given = [
        (round, [texts[at] for at in part]) for round, part in zip(contest.rounds, shares.parts, strict=True) if part
    ]
    for round, some in given:
        save_questions(session, keyring, actor, round, some, now=now)
    if shares.left:
        add_questions(session, actor, contest, [texts[at] for at in shares.left], is_shared=False, now=now)
    return SpreadOut([(round, len(some)) for round, some in given], len(shares.left))
