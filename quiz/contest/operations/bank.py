"""Add, revise, review and delete questions of a bank, and let rounds ask them.

The audit trail holds numbers, never a text, which would reveal a key before its round opens.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from account.rules.chain import Plain
from core.crypto import Keyring
from quiz.bank.models import DRAFT, REVIEWED, USED, Question, QuestionRevision
from quiz.contest.models import Contest, Round, RoundQuestion
from quiz.contest.models.contest import new_version
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.operations.contest import are_frozen, save_questions
from quiz.contest.operations.questions import (
    QuestionText,
    ask,
    choices_of,
    delete_questions,
    new_revision,
    pictured,
    set_english,
    text_of,
)
from quiz.contest.queries.bank import BankQuestion, list_bank
from quiz.contest.rules.actions import QuizAction


class QuestionAsked(Exception):
    """A round asks the question, so that it can't be deleted."""


def add_questions(
    session: Session,
    actor: Actor,
    contest: Contest,
    texts: Sequence[QuestionText],
    *,
    is_shared: bool,
    now: datetime,
) -> list[Question]:
    """Add drafts to the bank of a contest, or of its unit, and record how many; return the new questions.

    A question that the bank has with the same words is not added again.
    """
    there = {text_of(each.revision).words for each in list_bank(session, contest)}
    added = []
    for text in texts:
        if text.words in there:
            continue
        there.add(text.words)
        revision = new_revision(contest.id, text, DRAFT, is_kept=True)
        _share(revision.question, contest, is_shared=is_shared)
        session.add(revision)
        added.append(revision.question)
    session.flush()
    after: dict[str, Plain] = {"new": len(added), "known": len(texts) - len(added)}
    record(session, actor, QuizAction.QUESTION_ADD, of_contest(contest), after=after, now=now)
    return added


def _share(question: Question, contest: Contest, *, is_shared: bool) -> None:
    question.contest_id, question.unit_id = (None, contest.unit_id) if is_shared else (contest.id, None)


def revise_question(
    session: Session,
    actor: Actor,
    contest: Contest,
    each: BankQuestion,
    text: QuestionText,
    *,
    is_shared: bool,
    now: datetime,
) -> None:
    """Store a new wording of a question, and record it; rounds that have not opened ask the new wording.

    A wording that no round asks is replaced; one that is asked is frozen, and the next revision takes its place.
    """
    question = each.question
    question.topic, question.difficulty, question.is_kept = text.topic, text.difficulty, True
    _share(question, contest, is_shared=is_shared or any(round.contest_id != contest.id for round in each.asked))
    if text_of(each.revision).words != text.words:
        _reword(session, each, text, now=now)
    session.flush()
    after: dict[str, Plain] = {"question": question.id, "wording": question.revisions[-1].number}
    record(session, actor, QuizAction.QUESTION_REVISE, of_contest(contest), after=after, now=now)


def _reword(session: Session, each: BankQuestion, text: QuestionText, *, now: datetime) -> None:
    old = each.revision
    if old.state != USED:
        set_english(session, old, None)
        old.text, old.explanation, old.source, old.state = text.text, text.explanation, text.source, DRAFT
        for column, value in pictured(text.picture()).items():
            setattr(old, column, value)
        old.choices.clear()
        session.flush()
        old.choices.extend(choices_of(text))
        return
    revision = QuestionRevision(
        question=each.question,
        number=old.number + 1,
        text=text.text,
        explanation=text.explanation,
        source=text.source,
        state=DRAFT,
        choices=choices_of(text),
        **pictured(text.picture()),
    )
    session.add(revision)
    session.flush()
    for round in each.asked:
        if not are_frozen(round, now):
            _ask_instead(session, round, old, revision)


def _ask_instead(session: Session, round: Round, old: QuestionRevision, new: QuestionRevision) -> None:
    """Let a round that has not opened ask *new* in the place of *old*."""
    mine = (RoundQuestion.round_id == round.id, RoundQuestion.revision_id == old.id)
    place = session.scalar(select(RoundQuestion).where(*mine))
    if place is None:
        return
    new.state = USED
    ask(place, new)
    round.paper_version = new_version()


def review_questions(
    session: Session, actor: Actor, contest: Contest, chosen: Collection[BankQuestion], *, now: datetime
) -> int:
    """Set drafts to reviewed and record how many; return that number."""
    drafts = [each.revision for each in chosen if each.state == DRAFT]
    for revision in drafts:
        revision.state = REVIEWED
    if drafts:
        after: dict[str, Plain] = {"questions": len(drafts)}
        record(session, actor, QuizAction.QUESTION_REVIEW, of_contest(contest), after=after, now=now)
    return len(drafts)


def ask_questions(
    session: Session, keyring: Keyring, actor: Actor, round: Round, chosen: Sequence[BankQuestion], *, now: datetime
) -> int:
    """Add the newest wording of questions to those of a round, and record it; return how many were added.

    A question that the round asks already is not added again. Raises QuestionsFrozen when the round has opened.
    """
    there = {each.revision.question_id for each in round.questions}
    new = [each.revision for each in chosen if each.question.id not in there]
    if new:
        asked = [each.revision for each in round.questions]
        save_questions(session, keyring, actor, round, [*asked, *new], now=now)
    return len(new)


def delete_question(session: Session, actor: Actor, contest: Contest, each: BankQuestion, *, now: datetime) -> None:
    """Delete a question of the bank, and record it. Raises QuestionAsked while a round asks it."""
    if each.asked:
        raise QuestionAsked
    after: dict[str, Plain] = {"question": each.question.id}
    id = each.question.id
    session.expunge(each.question)
    delete_questions(session, Question.id == id)
    record(session, actor, QuizAction.QUESTION_DELETE, of_contest(contest), before=after, now=now)
