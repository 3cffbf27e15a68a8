"""Mend a typing error of a question after its round has opened, and settle what participants reported."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from account.rules.chain import Plain
from core.values.text import Sentence
from core.values.week import local_date
from quiz.bank.models import USED, Choice, QuestionRevision
from quiz.bank.rules.mending import why_no_typo
from quiz.contest.models import QuestionReport, Round, RoundQuestion
from quiz.contest.models.contest import new_version
from quiz.contest.operations.audit_subjects import of_question
from quiz.contest.operations.questions import copy_english
from quiz.contest.rules.actions import QuizAction


class NoTypo(Exception):
    """The new wording is more than the old one without a typing error; `why` says in what."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why)
        self.why = why


def mend_question(
    session: Session, actor: Actor, round: Round, place: RoundQuestion, text: str, *, now: datetime
) -> None:
    """Let a question of an open round ask a new revision, which differs in the words of the question alone.

    Choices, their letters and the key stay, so that answers given before mean the same. Participants read when it was
    mended; both wordings are in the audit trail.

    Raises:
        NoTypo: the words change more than a typing error does.
    """
    old = place.revision
    why = why_no_typo(old.text, text)
    if why is not None:
        raise NoTypo(why)
    place.revision = _reworded(old, text)
    place.mended_at, round.paper_version = now, new_version()
    session.flush()
    copy_english(session, old, place.revision)
    before: dict[str, Plain] = {"words": old.text}
    after: dict[str, Plain] = {"words": text}
    about = of_question(round, place.position)
    record(session, actor, QuizAction.QUESTION_MEND, about, before=before, after=after, now=now)


def _reworded(old: QuestionRevision, text: str) -> QuestionRevision:
    """Return the next revision of the question of *old*: *text* with the same choices and the same key."""
    return QuestionRevision(
        question=old.question,
        number=max(each.number for each in old.question.revisions) + 1,
        text=text,
        explanation=old.explanation,
        source=old.source,
        image=old.image,
        image_alt=old.image_alt,
        state=USED,
        choices=[
            Choice(
                letter=each.letter,
                text=each.text,
                is_right=each.is_right,
                image=each.image,
                image_alt=each.image_alt,
            )
            for each in old.choices
        ],
    )


def settle_report(session: Session, actor: Actor, round: Round, report: QuestionReport, *, now: datetime) -> None:
    """Set a report as read and dealt with, and record it."""
    report.settled_on = local_date(now)
    session.flush()
    record(session, actor, QuizAction.REPORT_SETTLE, of_question(round, report.question.position), now=now)
