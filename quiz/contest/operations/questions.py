"""Add questions to rounds and remove them; a question that no round asks any more is deleted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from core.content import ENGLISH, add_texts, forget_texts, set_texts, texts_of
from quiz.bank.models import REVIEWED, USED, Choice, Question, QuestionRevision
from quiz.bank.rules.parsed import ParsedChoice, ParsedQuestion, PictureRef
from quiz.contest.models import QuestionReport, Round, RoundQuestion
from quiz.contest.rules.choices import refer_to_others


@dataclass(frozen=True)
class QuestionText:
    """A question and its choices as (letter, text, is right)."""

    text: str
    choices: Collection[tuple[str, str, bool]]
    explanation: str = ""
    topic: str = ""
    source: str = ""
    difficulty: int | None = None
    english: QuestionText | None = None
    """The same question in English, its choices under the same letters."""
    pictures: tuple[tuple[str, PictureRef], ...] = ()
    """Pictures with the letter of their choice, "" for that of the question."""

    def picture(self, letter: str = "") -> PictureRef | None:
        """Return the picture of the choice *letter*, by default that of the question."""
        return dict(self.pictures).get(letter)

    @property
    def words(self) -> tuple[object, ...]:
        """All that is frozen with a revision, for comparison."""
        return self.text, tuple(sorted(map(tuple, self.choices))), self.explanation, self.source, self.pictures


def text_of(revision: QuestionRevision) -> QuestionText:
    """Return a revision as the text that would be stored for it."""
    question = revision.question
    choices = tuple((choice.letter, choice.text, choice.is_right) for choice in revision.choices)
    held = [("", revision.image, revision.image_alt)]
    held += [(choice.letter, choice.image, choice.image_alt) for choice in revision.choices]
    return QuestionText(
        revision.text,
        choices,
        revision.explanation,
        question.topic,
        revision.source,
        question.difficulty,
        pictures=tuple((letter, PictureRef(image, str(alt))) for letter, image, alt in held if image),
    )


def parsed_of(revision: QuestionRevision, key: Collection[str] | None = None) -> ParsedQuestion:
    """Return a revision as files and pages show it; *key* stands for its own key where a re-mark changed that."""
    text = text_of(revision)
    right = revision.key if key is None else frozenset(key)
    choices = tuple(
        ParsedChoice(letter, words, letter in right, text.picture(letter)) for letter, words, _ in text.choices
    )
    return ParsedQuestion(
        text.text, choices, text.explanation, text.source, text.topic, text.difficulty, image=text.picture()
    )


def parsed_of_round(round: Round) -> list[ParsedQuestion]:
    """Return the questions of a round in their order, with the key of the newest results."""
    return [parsed_of(each.revision, each.key) for each in round.questions]


def new_revision(contest_id: int, text: QuestionText, state: str, *, is_kept: bool = False) -> QuestionRevision:
    """Build the first revision of a new question of a contest, not yet added."""
    return QuestionRevision(
        text=text.text,
        explanation=text.explanation,
        source=text.source,
        state=state,
        choices=choices_of(text),
        **pictured(text.picture()),
        question=Question(contest_id=contest_id, topic=text.topic, difficulty=text.difficulty, is_kept=is_kept),
    )


def choices_of(text: QuestionText) -> list[Choice]:
    """Build the choices of a text, not yet added."""
    return [
        Choice(letter=letter, text=words, is_right=right, **pictured(text.picture(letter)))
        for letter, words, right in text.choices
    ]


def pictured(picture: PictureRef | None) -> dict[str, Any]:
    """Return the values of the columns that hold a picture."""
    return {"image": picture.digest if picture else None, "image_alt": picture.alt if picture else ""}


def new_round_question(contest_id: int, position: int, question: QuestionText) -> RoundQuestion:
    """Build a question of its own for a round of the contest *contest_id*, not yet added."""
    return asked_at(position, new_revision(contest_id, question, USED))


def asked_at(position: int, revision: QuestionRevision) -> RoundQuestion:
    """Build the question of a round that asks *revision*, not yet added."""
    asked = RoundQuestion(position=position)
    ask(asked, revision)
    return asked


def ask(place: RoundQuestion, revision: QuestionRevision) -> None:
    """Let a question of a round ask *revision*."""
    place.revision, place.topic = revision, revision.question.topic
    place.keeps_choices = refer_to_others(choice.text for choice in revision.choices)


def set_english(session: Session, revision: QuestionRevision, english: QuestionText | None) -> None:
    """Store the texts of a flushed revision and of its choices in English, or take them away."""
    said = english or QuestionText("", ())
    texts = {"text": said.text, "explanation": said.explanation, "source": said.source}
    texts["image_alt"] = _alt(said) if revision.image else ""
    set_texts(session, revision, ENGLISH, texts)
    of_choices = {letter: text for letter, text, _is_right in said.choices}
    for choice in revision.choices:
        alt = _alt(said, choice.letter) if choice.image else ""
        set_texts(session, choice, ENGLISH, {"text": of_choices.get(choice.letter, ""), "image_alt": alt})


def _alt(text: QuestionText, letter: str = "") -> str:
    picture = text.picture(letter)
    return picture.alt if picture else ""


def copy_english(session: Session, old: QuestionRevision, new: QuestionRevision) -> None:
    """Give a flushed revision the texts in English of an older one with the same choices."""
    own = texts_of(session, QuestionRevision, [old.id], ENGLISH)
    add_texts(session, new, ENGLISH, {field: text for (_id, field), text in own.items()})
    of_choices = texts_of(session, Choice, [choice.id for choice in old.choices], ENGLISH)
    for before, after in zip(old.choices, new.choices, strict=True):
        texts = {field: of_choices.get((before.id, field), "") for field in ("text", "image_alt")}
        add_texts(session, after, ENGLISH, texts)


def detach_questions(session: Session, round: Round, keep: Collection[QuestionRevision]) -> None:
    """Remove all questions from a round without answers; the revisions in *keep* stay as they are, to be asked again.

    Of the others, a question of the bank goes back to it, and one that was written for this round alone is deleted.
    """
    kept = {revision.question_id for revision in keep}
    gone = [each.revision.question_id for each in round.questions if each.revision.question_id not in kept]
    session.execute(delete(RoundQuestion).where(RoundQuestion.round_id == round.id))
    session.expire(round, ["questions"])
    _drop(session, gone)


def remove_round_questions(session: Session, round_ids: Collection[int]) -> None:
    """Remove all questions of the rounds *round_ids*, which have no answers."""
    asked = select(QuestionRevision.question_id).join(RoundQuestion, RoundQuestion.revision_id == QuestionRevision.id)
    ids = list(session.scalars(asked.where(RoundQuestion.round_id.in_(round_ids))))
    gone = select(RoundQuestion.id).where(RoundQuestion.round_id.in_(round_ids))
    session.execute(delete(QuestionReport).where(QuestionReport.round_question_id.in_(gone)))
    session.execute(delete(RoundQuestion).where(RoundQuestion.round_id.in_(round_ids)))
    _drop(session, ids)


def _drop(session: Session, ids: Collection[int]) -> None:
    """Delete those of the questions *ids* that were written for a round which asks them no more; release the others."""
    asked = select(QuestionRevision.question_id).join(RoundQuestion, RoundQuestion.revision_id == QuestionRevision.id)
    is_own = (Question.contest_id.is_not(None), Question.is_kept.is_(False))
    delete_questions(session, Question.id.in_(ids), *is_own, Question.id.not_in(asked))
    _release(session, ids)


def _release(session: Session, question_ids: Collection[int]) -> None:
    """Set used revisions of these questions that no round asks any more back to reviewed."""
    asked = select(RoundQuestion.revision_id)
    free = (QuestionRevision.question_id.in_(question_ids), QuestionRevision.state == USED)
    free_now = update(QuestionRevision).where(*free, QuestionRevision.id.not_in(asked))
    session.execute(free_now.values(state=REVIEWED), execution_options={"synchronize_session": "fetch"})


def delete_questions(session: Session, *which: ColumnElement[bool]) -> None:
    """Delete the questions of the bank that fulfil *which*, with their revisions and choices; no round may ask them."""
    ids = list(session.scalars(select(Question.id).where(*which)))
    revisions = select(QuestionRevision.id).where(QuestionRevision.question_id.in_(ids))
    forget_texts(session, Choice, select(Choice.id).where(Choice.revision_id.in_(revisions)))
    forget_texts(session, QuestionRevision, revisions)
    session.execute(delete(Choice).where(Choice.revision_id.in_(revisions)))
    session.execute(delete(QuestionRevision).where(QuestionRevision.question_id.in_(ids)))
    session.execute(delete(Question).where(Question.id.in_(ids)))
