"""Delete the trial of a contest with all that it has made."""

from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from account.operations.audit import SYSTEM, Actor, record
from core import clock
from core.db import parts
from core.person_keys import PersonKey
from core.values.kept import kept
from core.values.text import N_
from core.values.week import day_start
from privacy.operations.erasure import remove_subjects
from quiz.attempt.models import AnswerSheet, Attempt, AttemptEvidence, Entry, Tally
from quiz.attempt.operations.lifecycle import delete_draft
from quiz.awards.models import CollectiveAward, CollectiveDecision
from quiz.contest.models import (
    Contest,
    Participant,
    ParticipantVersion,
    ParticipantWord,
    PhoneCode,
    Round,
    RoundQuestion,
    UnitRequest,
)
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.consent import PARTICIPANT
from quiz.results.models import (
    ClusterEntry,
    ContactOpening,
    EntryCluster,
    Exclusion,
    KeyVersion,
    MissedCall,
    Objection,
    PrizeClaim,
    Renaming,
    Result,
    RoundAnswers,
    RoundReview,
    StandingRow,
    UnitPeople,
    Winner,
)
from quiz.results.operations.versions import lock_round

OF_A_ROUND = (
    Objection,
    PrizeClaim,
    MissedCall,
    ContactOpening,
    Renaming,
    Exclusion,
    ClusterEntry,
    EntryCluster,
    RoundReview,
    Winner,
    StandingRow,
    RoundAnswers,
    Result,
    Entry,
    Tally,
)
"""The tables of a round, each before those that it refers to."""


_FORGOTTEN = kept(N_("Đã xóa %(n)s bản tổng duyệt để quên."))
KEPT = timedelta(days=30)
"""How long a trial is kept."""


class NotATrial(Exception):
    """The contest is a real one."""


def delete_trial(session: Session, actor: Actor, trial: Contest, *, now: datetime) -> None:
    """Delete *trial*: its papers, results, calls, people and questions; record it with the contest that it tried.

    The people are invented, and their keys go with them, so that what the audit trail names becomes unreadable.

    Raises:
        NotATrial: *trial* is a contest of its own.
    """
    if trial.trial_of_id is None:
        raise NotATrial
    real = session.get_one(Contest, trial.trial_of_id)
    for round in trial.rounds:
        lock_round(session, round)
    rounds = select(Round.id).where(Round.contest_id == trial.id)
    asked = select(RoundQuestion.id).where(RoundQuestion.round_id.in_(rounds))
    session.execute(delete(KeyVersion).where(KeyVersion.round_question_id.in_(asked)))
    for model in OF_A_ROUND:
        session.execute(delete(model).where(model.round_id.in_(rounds)))
    for part in (UnitPeople, CollectiveAward, CollectiveDecision):
        session.execute(delete(part).where(part.contest_id == trial.id))
    attempts = select(Attempt.id).where(Attempt.round_id.in_(rounds))
    for sheet in (AnswerSheet, AttemptEvidence):
        session.execute(delete(sheet).where(sheet.attempt_id.in_(attempts)))
    session.execute(delete(Attempt).where(Attempt.round_id.in_(rounds)))
    _delete_people(session, trial)
    session.expire_all()
    delete_draft(session, actor, trial, now=now)
    record(session, actor, QuizAction.TRIAL_DELETE, of_contest(real), now=now)


def delete_old_trials(session: Session, today: date) -> str:
    """Daily: delete the trials that began `KEPT` ago, which their organisers have forgotten."""
    old = select(Round.contest_id).where(Round.opens_at < day_start(today) - KEPT)
    trials = list(session.scalars(select(Contest).where(Contest.trial_of_id.is_not(None), Contest.id.in_(old))))
    for trial in trials:
        delete_trial(session, SYSTEM, trial, now=clock.now())
    return _FORGOTTEN % {"n": len(trials)}


def _delete_people(session: Session, trial: Contest) -> None:
    people = select(Participant.id).where(Participant.contest_id == trial.id)
    keys = list(session.scalars(people.with_only_columns(Participant.person_id)))
    for model in (ParticipantWord, ParticipantVersion, PhoneCode, UnitRequest):
        session.execute(delete(model).where(model.participant_id.in_(people)))
    remove_subjects(session, PARTICIPANT, people)
    session.execute(delete(Participant).where(Participant.contest_id == trial.id))
    for some in parts(key for key in keys if key):
        session.execute(delete(PersonKey).where(PersonKey.id.in_(some)))
