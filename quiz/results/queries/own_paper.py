"""The questions of a submitted attempt with the chosen and the right choices, in the order of its own paper."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.crypto import Keyring
from quiz.attempt.models import Attempt, Entry
from quiz.attempt.queries.paper import AskedQuestion, Paper, find_paper, order_of
from quiz.attempt.queries.printed import ONLINE, shown_paper
from quiz.attempt.rules.commitment import read_answers
from quiz.attempt.rules.order import Arranged
from quiz.attempt.rules.scoring import is_right
from quiz.contest.models import Round, RoundQuestion


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question at its place on the paper: the chosen and the right choices as shown."""

    place: int
    question: RoundQuestion
    is_right: bool
    chosen: list[str]
    right: list[str]


@dataclass(frozen=True)
class OwnPaper:
    """The answered questions of an attempt, and the order in which they were shown; None for that of the round."""

    questions: list[AnsweredQuestion]
    order: tuple[Arranged, ...] | None = None

    @property
    def order_words(self) -> str:
        """The order as text: positions in the round with the letters of their choices."""
        return "; ".join(f"{each.position} ({', '.join(each.letters)})" for each in self.order or ())


def own_paper(session: Session, keyring: Keyring, attempt: Attempt) -> OwnPaper:
    """Return the paper of a submitted *attempt* with its answers."""
    round = attempt.round
    whole = find_paper(session, round.id, round.paper_version)
    order = order_of(keyring, round, whole, attempt.id) if attempt.mode in ONLINE else None
    shown = whole.arranged(order) if order else shown_paper(session, keyring, attempt)
    return OwnPaper(list(_answered(attempt, shown)), order)


def _answered(attempt: Attempt, shown: Paper) -> Iterable[AnsweredQuestion]:
    answers = read_answers(attempt.sheet.answers) if attempt.sheet else {}
    questions = {question.ref: question for question in attempt.round.questions}
    for asked in (each for each in shown.questions if each.ref):
        question, chosen = questions[asked.ref], frozenset(answers.get(asked.ref, ()))
        marked = is_right(chosen, question.key, is_void=question.is_void)
        yield AnsweredQuestion(asked.position, question, marked, _shown(asked, chosen), _shown(asked, question.key))


def _shown(asked: AskedQuestion, letters: Collection[str]) -> list[str]:
    """Return the choices with these *letters* of the round as the paper showed them."""
    choices = zip(asked.choices, asked.stored, strict=True)
    return [f"{name}. {text or _words(asked, name)}" for (name, text), letter in choices if letter in letters]


def _words(asked: AskedQuestion, name: str) -> str:
    """Return the words of the picture of a choice that has no text."""
    picture = asked.picture_of(name)
    return picture.alt if picture else ""


def find_counted_attempt(session: Session, round: Round, participant_id: uuid.UUID) -> Attempt | None:
    """Return the attempt of a participant that counts in *round*."""
    entry = session.get(Entry, (round.id, participant_id))
    return entry.attempt if entry else None
