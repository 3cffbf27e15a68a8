"""Pictures of questions: those of a contest's bank, and the one that a page may show."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select, union
from sqlalchemy.orm import Session, undefer

from core.db import parts
from quiz.bank.models import Choice, Question, QuestionPicture, QuestionRevision
from quiz.contest.models import Contest, Round, RoundQuestion
from quiz.contest.models.contest import REHEARSAL

_OWN = select(QuestionRevision.image).where(QuestionRevision.image.is_not(None))
_OF_CHOICES = select(Choice.image).where(Choice.image.is_not(None))


def bank_digests(session: Session, contest: Contest) -> set[str]:
    """Return the digests of all pictures in the bank of *contest*."""
    mine = or_(Question.contest_id == contest.id, Question.unit_id == contest.unit_id)
    revisions = select(QuestionRevision.id).join(Question, Question.id == QuestionRevision.question_id).where(mine)
    own = _OWN.where(QuestionRevision.id.in_(revisions))
    return set(session.scalars(union(own, _OF_CHOICES.where(Choice.revision_id.in_(revisions)))))


def find_bank_picture(session: Session, contest: Contest, digest: str) -> QuestionPicture | None:
    """Return a picture of the bank of *contest*, or one that no question holds yet; None for one of others."""
    picture = _find(session, digest)
    is_free = picture is not None and session.scalar(_held(digest)) is None
    return picture if is_free or digest in bank_digests(session, contest) else None


def find_asked_picture(session: Session, contest: Contest, digest: str, now: datetime) -> QuestionPicture | None:
    """Return a picture that a round of *contest* asks with, once the round has opened; None before."""
    asked = (
        select(RoundQuestion.revision_id).join(Round).where(Round.contest_id == contest.id, _has_opened(contest, now))
    )
    own = _OWN.where(QuestionRevision.id.in_(asked), QuestionRevision.image == digest)
    of_choice = _OF_CHOICES.where(Choice.revision_id.in_(asked), Choice.image == digest)
    return _find(session, digest) if session.scalar(union(own, of_choice)) else None


def read_pictures(session: Session, digests: Collection[str]) -> dict[str, bytes]:
    """Return digest → the bytes of pictures, for files and print."""
    query = select(QuestionPicture.digest, QuestionPicture.data)
    rows = (row for some in parts(digests) for row in session.execute(query.where(QuestionPicture.digest.in_(some))))
    return {row.digest: row.data for row in rows}


def _has_opened(contest: Contest, now: datetime) -> ColumnElement[bool]:
    """Return the condition that the questions of a round may be seen: never those of a draft or of one called off.

    A trial is a draft that its organisers alone get here.
    """
    opened = [Round.opens_at <= now]
    if contest.called_off_at is not None:
        opened.append(Round.opens_at < contest.called_off_at)
    if contest.is_draft and not contest.is_trial:
        opened.append(Round.number == REHEARSAL)
    return and_(*opened)


def _held(digest: str) -> Select[tuple[str | None]]:
    own = _OWN.where(QuestionRevision.image == digest)
    return select(union(own, _OF_CHOICES.where(Choice.image == digest)).subquery().c.image)


def _find(session: Session, digest: str) -> QuestionPicture | None:
    return session.get(QuestionPicture, digest, options=[undefer(QuestionPicture.data)])
