"""Publish or delete a draft, or call off a public contest without papers."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from core.content import forget_texts
from quiz.attempt.models import Attempt, PaperPrint, PaperSheet
from quiz.attempt.operations.rehearsal import clear_rehearsal
from quiz.bank.models import Question
from quiz.contest.models import Bloc, Contest, ContestHeadcount, ContestUnit, Participant, PrizeTier, Round, SmsDay
from quiz.contest.models.contest import REHEARSAL
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.operations.cards import forget_cards
from quiz.contest.operations.questions import delete_questions, remove_round_questions
from quiz.contest.operations.roster import forget_roster
from quiz.contest.rules.actions import QuizAction


class Rehearsing(Exception):
    """The contest is in rehearsal."""


class HasPapers(Exception):
    """Somebody has begun a paper, or a round is closed."""


class NoDraft(Exception):
    """The contest is public already."""


class HasTrial(Exception):
    """The contest has a trial, which is deleted first."""


def lock_contest(session: Session, contest: Contest) -> None:
    """Lock *contest* until the commit; this waits for registrations and attempts that are being stored.

    The first statement writes, so that on SQLite no other writer interferes; on PostgreSQL inserts that refer to the
    contest or to its rounds wait for these locks.
    """
    session.execute(update(Contest).where(Contest.id == contest.id).values(is_draft=Contest.is_draft))
    session.execute(select(Contest.id).where(Contest.id == contest.id).with_for_update())
    session.execute(select(Round.id).where(Round.contest_id == contest.id).with_for_update())
    session.refresh(contest)


def has_registrations(session: Session, contest: Contest) -> bool:
    """Whether there is a registration outside rehearsals."""
    people = select(Participant.id).where(Participant.contest_id == contest.id, Participant.is_rehearsal.is_(False))
    return session.scalar(people.limit(1)) is not None


def has_papers(session: Session, contest: Contest) -> bool:
    """Whether a paper was begun outside rehearsals, or a round is closed."""
    rounds = select(Round.id).where(Round.contest_id == contest.id, Round.number > REHEARSAL)
    begun = session.scalar(select(Attempt.id).where(Attempt.round_id.in_(rounds)).limit(1))
    return begun is not None or session.scalar(rounds.where(Round.closed_at.is_not(None)).limit(1)) is not None


def make_public(session: Session, actor: Actor, contest: Contest, *, now: datetime) -> bool:
    """Make a draft public and audit it; returns False when it is public already.

    Raises:
        Rehearsing: it is in rehearsal.
    """
    lock_contest(session, contest)
    if not contest.is_draft:
        return False
    if contest.is_rehearsal:
        raise Rehearsing
    contest.is_draft = False
    before, after = {"state": "draft"}, {"state": "public"}
    record(session, actor, QuizAction.CONTEST_SHOW, of_contest(contest), before=before, after=after, now=now)
    return True


def delete_draft(session: Session, actor: Actor, contest: Contest, *, now: datetime) -> None:
    """Delete a draft with its rounds, its questions and its rehearsal, and audit it.

    Raises:
        NoDraft: it is public.
        HasTrial: it has a trial.
    """
    lock_contest(session, contest)
    if not contest.is_draft:
        raise NoDraft
    if session.scalar(select(Contest.id).where(Contest.trial_of_id == contest.id)) is not None:
        raise HasTrial
    id, about = contest.id, of_contest(contest)
    clear_rehearsal(session, contest)
    forget_roster(session, [id])
    forget_cards(session, [id])
    delete_rounds(session, [round.id for round in session.get_one(Contest, id).rounds])
    delete_questions(session, Question.contest_id == id)
    forget_texts(session, Contest, select(Contest.id).where(Contest.id == id))
    for part in (PrizeTier, Bloc, ContestUnit, ContestHeadcount, SmsDay):
        session.execute(delete(part).where(part.contest_id == id))
    session.execute(delete(Contest).where(Contest.id == id).execution_options(synchronize_session=False))
    session.expunge(contest)
    record(session, actor, QuizAction.CONTEST_DELETE, about, before={"state": "draft"}, now=now)


def delete_rounds(session: Session, ids: list[int]) -> None:
    """Delete rounds without attempts, with their questions and the numbers of printed sheets."""
    remove_round_questions(session, ids)
    for model in (PaperSheet, PaperPrint):
        session.execute(delete(model).where(model.round_id.in_(ids)))
    forget_texts(session, Round, select(Round.id).where(Round.id.in_(ids)))
    session.execute(delete(Round).where(Round.id.in_(ids)).execution_options(synchronize_session=False))
    session.expire_all()


def call_off(session: Session, actor: Actor, contest: Contest, why: str, *, now: datetime) -> bool:
    """Call off a public contest before a paper is begun, and audit it; returns False when it was called off before.

    Raises:
        Rehearsing: it is in rehearsal.
        HasPapers: somebody has begun a paper.
    """
    lock_contest(session, contest)
    if contest.called_off_at is not None:
        return False
    if contest.is_rehearsal:
        raise Rehearsing
    if has_papers(session, contest):
        raise HasPapers
    contest.called_off_at, contest.called_off_why = now, why
    before, after = {"state": "public"}, {"state": "called-off"}
    record(
        session,
        actor,
        QuizAction.CONTEST_CALL_OFF,
        of_contest(contest),
        before=before,
        after=after,
        reason=why,
        now=now,
    )
    return True
