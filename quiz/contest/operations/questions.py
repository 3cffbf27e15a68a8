"""Add questions to rounds and remove them; a question that no round asks any more is deleted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from core.content import ENGLISH, add_texts, forget_texts
from quiz.bank.models import USED, Choice, Question, QuestionRevision
from quiz.contest.models import RoundQuestion
from quiz.contest.rules.choices import refer_to_others


@dataclass(frozen=True)
class QuestionText:
    """A question and its choices as (letter, text, is right)."""

    text: str
    choices: Collection[tuple[str, str, bool]]
    explanation: str = ""
    topic: str = ""
    english: QuestionText | None = None
    """The same question in English, its choices under the same letters."""


def new_round_question(contest_id: int, position: int, question: QuestionText) -> RoundQuestion:
    """Build a question of its own for a round of the contest *contest_id*, not yet added."""
    choices = [Choice(letter=letter, text=text, is_right=right) for letter, text, right in question.choices]
    revision = QuestionRevision(
        text=question.text, explanation=question.explanation, state=USED, choices=choices,
        question=Question(contest_id=contest_id, topic=question.topic),
    )  # fmt: skip
    keeps_choices = refer_to_others(choice.text for choice in choices)
    return RoundQuestion(position=position, revision=revision, topic=question.topic, keeps_choices=keeps_choices)


def add_english(session: Session, asked: RoundQuestion, english: QuestionText) -> None:
    """Add the texts of a flushed question of a round and of its choices in English."""
    add_texts(session, asked.revision, ENGLISH, {"text": english.text, "explanation": english.explanation})
    texts = {letter: text for letter, text, _is_right in english.choices}
    for choice in asked.revision.choices:
        add_texts(session, choice, ENGLISH, {"text": texts.get(choice.letter, "")})


def remove_round_questions(session: Session, round_ids: Collection[int]) -> None:
    """Remove all questions of the rounds *round_ids*, which have no answers."""
    asked = select(QuestionRevision.question_id).join(RoundQuestion, RoundQuestion.revision_id == QuestionRevision.id)
    ids = list(session.scalars(asked.where(RoundQuestion.round_id.in_(round_ids))))
    session.execute(delete(RoundQuestion).where(RoundQuestion.round_id.in_(round_ids)))
    delete_questions(session, Question.id.in_(ids), Question.contest_id.is_not(None), Question.id.not_in(asked))


def delete_questions(session: Session, *which: ColumnElement[bool]) -> None:
    """Delete the questions of the bank that fulfil *which*, with their revisions and choices; no round may ask them."""
    ids = list(session.scalars(select(Question.id).where(*which)))
    revisions = select(QuestionRevision.id).where(QuestionRevision.question_id.in_(ids))
    forget_texts(session, Choice, select(Choice.id).where(Choice.revision_id.in_(revisions)))
    forget_texts(session, QuestionRevision, revisions)
    session.execute(delete(Choice).where(Choice.revision_id.in_(revisions)))
    session.execute(delete(QuestionRevision).where(QuestionRevision.question_id.in_(ids)))
    session.execute(delete(Question).where(Question.id.in_(ids)))
