"""The questions of a round's papers, read once per version and cached in the process, and the paper of one attempt."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from string import ascii_uppercase
from threading import Lock
from typing import NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from core.crypto import Keyring
from core.values.language import present
from quiz.attempt.rules.order import Arrangeable, Arranged, arrange
from quiz.bank.models import Choice, QuestionRevision
from quiz.contest.models import RoundQuestion
from quiz.contest.rules.presets import Rules

MOST_KEPT = 64
"""The most papers cached in a process; the oldest is dropped first."""


class PaperPicture(NamedTuple):
    """A picture of a paper: its digest, what it shows, and its size."""

    digest: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a paper: the key of its answers, its place, its text and its choices by the letters shown.

    `stored` are the letters of the choices in the round, in the order shown; answers and the `key` are in these.
    """

    ref: str
    position: int
    text: str
    choices: tuple[tuple[str, str], ...]
    key: frozenset[str]
    asks_several: bool
    stored: str
    topic: str = ""
    keeps_choices: bool = False
    mended_at: datetime | None = None
    pictures: Mapping[str, PaperPicture] = field(default_factory=dict)
    """Pictures by the letter of their choice in the round, "" for that of the question."""

    def picture_of(self, shown: str) -> PaperPicture | None:
        """Return the picture of the choice with the letter *shown*."""
        return self.pictures.get(self.stored[ascii_uppercase.index(shown)]) if self.pictures else None

    def stored_letters(self, shown: frozenset[str]) -> frozenset[str]:
        """Return the letters in the round of the choices with these letters *shown*."""
        return frozenset(
            letter for (name, _text), letter in zip(self.choices, self.stored, strict=True) if name in shown
        )

    def arranged(self, place: int, letters: str) -> "AskedQuestion":
        """Return this question at *place*, its choices in the order of their *letters* in the round, lettered anew."""
        texts = [self.choices[self.stored.index(letter)][1] for letter in letters]
        choices = tuple(zip(ascii_uppercase, texts, strict=False))
        return AskedQuestion(
            self.ref,
            place,
            self.text,
            choices,
            self.key,
            self.asks_several,
            letters,
            mended_at=self.mended_at,
            pictures=self.pictures,
        )


@dataclass(frozen=True)
class Paper:
    """Questions in the order shown: those of a round in one version, or those of one attempt.

    One that `is_drawn` asks some of the round's questions only.
    """

    version: int
    questions: tuple[AskedQuestion, ...]
    is_drawn: bool = False

    @cached_property
    def key(self) -> Mapping[str, frozenset[str]]:
        """The right letters by question."""
        return {question.ref: question.key for question in self.questions}

    @cached_property
    def by_position(self) -> Mapping[int, AskedQuestion]:
        """The questions by their positions in the round."""
        return {question.position: question for question in self.questions}

    @cached_property
    def arrangeable(self) -> tuple[Arrangeable, ...]:
        """The questions as `rules.order` takes them."""
        return tuple(Arrangeable(each.position, each.stored, each.topic, each.keeps_choices) for each in self.questions)

    def arranged(self, order: Sequence[Arranged]) -> "Paper":
        """Return the paper that asks these questions in this *order*."""
        at = self.by_position
        asked = tuple(at[each.position].arranged(place, each.letters) for place, each in enumerate(order, start=1))
        return Paper(self.version, asked, is_drawn=len(asked) < len(self.questions))


class Ordering(Protocol):
    """A round, or a row with its columns, as far as the order of its papers depends on it."""

    @property
    def declared(self) -> Rules: ...
    @property
    def order_salt(self) -> bytes | None: ...


_kept: OrderedDict[tuple[int, str], Paper] = OrderedDict()
_lock = Lock()
_QUESTIONS = select(RoundQuestion).order_by(RoundQuestion.position)
_CHOICES = selectinload(RoundQuestion.revision).selectinload(QuestionRevision.choices)


def find_paper(session: Session, round_id: int, version: int) -> Paper:
    """Return the questions of a round; *version* is its present `paper_version`, read in this request.

    Their texts are those of the present language, Vietnamese where there is none.
    """
    key = version, present()
    paper = _kept.get(key)
    if paper is None:
        paper = _read(session, round_id, version)
        with _lock:
            _kept[key] = paper
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return paper


def order_secret(keyring: Keyring, round: Ordering) -> bytes | None:
    """Return the secret of the order of *round*'s papers; None where all have the fixed order.

    It can't be derived from the database alone, and is published with the results.
    """
    if not round.declared.shuffles or round.order_salt is None:
        return None
    return salted_secret(keyring, round.order_salt)


def salted_secret(keyring: Keyring, salt: bytes) -> bytes:
    """Return the secret of the order of papers that the *salt* of a round gives."""
    return keyring.mac("paper-order", salt)


def order_of(keyring: Keyring, round: Ordering, paper: Paper, attempt_id: UUID) -> tuple[Arranged, ...] | None:
    """Return the order of the questions of *paper* for an attempt; None for the fixed order."""
    secret = order_secret(keyring, round)
    return None if secret is None else arrange(secret, str(attempt_id), paper.arrangeable, round.declared.shown)


def paper_of(keyring: Keyring, round: Ordering, paper: Paper, attempt_id: UUID) -> Paper:
    """Return the paper that an attempt is shown: *paper* itself, or its questions in the attempt's own order."""
    order = order_of(keyring, round, paper, attempt_id)
    return paper if order is None else paper.arranged(order)


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
        stored="".join(choice.letter for choice in question.choices),
        topic=question.topic,
        keeps_choices=question.keeps_choices,
        mended_at=question.mended_at,
        pictures=_pictures(question),
    )


def _pictures(question: RoundQuestion) -> dict[str, PaperPicture]:
    held: list[tuple[str, QuestionRevision | Choice]] = [("", question.revision)]
    held += [(choice.letter, choice) for choice in question.choices]
    return {
        letter: PaperPicture(each.picture.digest, str(each.image_alt), each.picture.width, each.picture.height)
        for letter, each in held
        if each.picture is not None
    }
