"""The question bank of a contest: its own questions and those that its unit shares among contests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, selectinload

from core.content import ENGLISH, texts_of
from core.values.text import search_key
from quiz.bank.models import Choice, Question, QuestionRevision
from quiz.bank.rules.parsed import ParsedChoice, ParsedQuestion, PictureRef
from quiz.contest.models import Contest, Round, RoundQuestion
from quiz.contest.models.contest import REHEARSAL

Words = Mapping[tuple[int, str], str]
"""Texts in another language by id and field."""


@dataclass(frozen=True)
class BankQuestion:
    """A question of the bank with its newest revision, and the rounds that ask one of its revisions."""

    question: Question
    revision: QuestionRevision
    asked: Sequence[Round] = ()

    @property
    def state(self) -> str:
        """Draft, reviewed, or used: asked by a round in its newest wording."""
        return self.revision.state

    @property
    def is_shared(self) -> bool:
        """Whether all contests of the unit may ask it."""
        return self.question.contest_id is None


@dataclass(frozen=True)
class BankFilter:
    """The search in a bank; empty values search for everything."""

    find: str = ""
    topic: str = ""
    difficulty: int | None = None
    state: str = ""

    def fits(self, each: BankQuestion) -> bool:
        """Whether a question is searched for; words are found without diacritics."""
        if self.topic and each.question.topic != self.topic:
            return False
        if self.difficulty and each.question.difficulty != self.difficulty:
            return False
        if self.state and each.state != self.state:
            return False
        text = search_key(" ".join([each.revision.text, *(choice.text for choice in each.revision.choices)]))
        return all(word in text for word in search_key(self.find).split())


def _of_bank(contest: Contest) -> ColumnElement[bool]:
    return or_(Question.contest_id == contest.id, Question.unit_id == contest.unit_id)


def list_bank(session: Session, contest: Contest) -> list[BankQuestion]:
    """Return the bank of *contest*, the newest questions first, without those of a rehearsal."""
    revisions = selectinload(Question.revisions).selectinload(QuestionRevision.choices)
    questions = session.scalars(
        select(Question).where(_of_bank(contest)).options(revisions).order_by(Question.id.desc())
    )
    asked = _asked(session, contest)
    rehearsed = {id for id, rounds in asked.items() if all(round.number == REHEARSAL for round in rounds)}
    return [
        BankQuestion(each, each.revisions[-1], asked.get(each.id, ()))
        for each in questions
        if each.revisions and each.id not in rehearsed
    ]


def find_bank_question(session: Session, contest: Contest, id: int) -> BankQuestion | None:
    """Return a question of the bank of *contest*; None for one of another."""
    question = session.scalar(select(Question).where(Question.id == id, _of_bank(contest)))
    if question is None or not question.revisions:
        return None
    return BankQuestion(question, question.revisions[-1], _asked(session, contest, id).get(id, ()))


def _asked(session: Session, contest: Contest, id: int | None = None) -> dict[int, list[Round]]:
    """Return the rounds of any contest that ask each question of the bank, by their opening."""
    query = (
        select(QuestionRevision.question_id, Round)
        .join(RoundQuestion, RoundQuestion.revision_id == QuestionRevision.id)
        .join(Round, Round.id == RoundQuestion.round_id)
        .join(Question, Question.id == QuestionRevision.question_id)
        .where(_of_bank(contest))
        .order_by(Round.opens_at, Round.id)
    )
    found: dict[int, list[Round]] = defaultdict(list)
    for question_id, round in session.execute(query if id is None else query.where(Question.id == id)):
        found[question_id].append(round)
    return found


def topics_of(bank: Sequence[BankQuestion]) -> list[str]:
    """Return the topics of a bank in their order."""
    return sorted({each.question.topic for each in bank if each.question.topic}, key=search_key)


def english_of(session: Session, round: Round) -> list[ParsedQuestion]:
    """Return the questions of a round, with their English where they have one."""
    revisions = [each.revision for each in round.questions]
    of_revision = texts_of(session, QuestionRevision, [each.id for each in revisions], ENGLISH)
    choices = [choice.id for each in revisions for choice in each.choices]
    of_choice = texts_of(session, Choice, choices, ENGLISH)
    return [ParsedQuestion(each.text, english=_english(each, of_revision, of_choice)) for each in revisions]


def _english(each: QuestionRevision, of_revision: Words, of_choice: Words) -> ParsedQuestion | None:
    text, explanation, source = (of_revision.get((each.id, field), "") for field in ("text", "explanation", "source"))
    if not text:
        return None
    alts = {choice.id: of_choice.get((choice.id, "image_alt"), "") for choice in each.choices}
    choices = tuple(
        ParsedChoice(
            choice.letter,
            of_choice.get((choice.id, "text"), ""),
            image=PictureRef(choice.image, alts[choice.id]) if choice.image and alts[choice.id] else None,
        )
        for choice in each.choices
    )
    alt = of_revision.get((each.id, "image_alt"), "")
    image = PictureRef(each.image, alt) if each.image and alt else None
    return ParsedQuestion(text, choices, explanation, source, image=image)
