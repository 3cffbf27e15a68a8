"""The questions of a round's papers, read once per version and cached in the process."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from quiz.bank.models import QuestionRevision
from quiz.contest.models import RoundQuestion

MOST_KEPT = 64
"""The most papers cached in a process; the oldest is dropped first."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a paper: the key of its answers, its position, text, choices and right letters."""

    ref: str
    position: int
    text: str
    choices: tuple[tuple[str, str], ...]
    key: frozenset[str]
    asks_several: bool


@dataclass(frozen=True)
class Paper:
    """The questions of a round in one version, equal for everybody."""

    version: int
    questions: tuple[AskedQuestion, ...]

    @cached_property
    def key(self) -> Mapping[str, frozenset[str]]:
        """The right letters by question."""
        return {question.ref: question.key for question in self.questions}


_kept: OrderedDict[int, Paper] = OrderedDict()
_lock = Lock()
_QUESTIONS = select(RoundQuestion).order_by(RoundQuestion.position)
_CHOICES = selectinload(RoundQuestion.revision).selectinload(QuestionRevision.choices)


def find_paper(session: Session, round_id: int, version: int) -> Paper:
    """Return the questions of a round; *version* is its present `paper_version`, read in this request."""
    paper = _kept.get(version)
    if paper is None:
        paper = _read(session, round_id, version)
        with _lock:
            _kept[version] = paper
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return paper


def _read(session: Session, round_id: int, version: int) -> Paper:
    asked = session.scalars(_QUESTIONS.where(RoundQuestion.round_id == round_id).options(_CHOICES))
    return Paper(version, tuple(_asked(question) for question in asked))


def _asked(question: RoundQuestion) -> AskedQuestion:
    return AskedQuestion(
        ref=question.ref,
        position=question.position,
        text=question.text,
        choices=tuple((choice.letter, choice.text) for choice in question.choices),
        key=question.key,
        asks_several=len(question.revision.key) > 1,
    )
