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
from quiz.contest.rules.planning import spread


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


def spread_questions(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    contest: Contest,
    texts: Sequence[QuestionText],
    *,
    each: int | None,
    replaces: bool,
    now: datetime,
) -> SpreadOut:
    """Give the rounds of *contest* questions in the order of the file, and record it for each round.

    A round gets *each* questions, or an even share of all; what is left over is kept in the bank. Rounds that have
    questions keep them, unless *replaces*; a round that gets none of the file keeps its own.
    """
    rounds = rounds_to_fill(contest, replaces=replaces, now=now)
    parts = spread(len(texts), len(rounds), each)
    given = [(round, texts[part]) for round, part in zip(rounds, parts, strict=True) if texts[part]]
    for round, some in given:
        save_questions(session, keyring, actor, round, some, now=now)
    rest = texts[sum(len(some) for _round, some in given) :]
    if rest:
        add_questions(session, actor, contest, rest, is_shared=False, now=now)
    return SpreadOut([(round, len(some)) for round, some in given], len(rest))
