"""Delete the trial of a contest with all that it has made."""

from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from account.models import Approval
from account.models.approval import PENDING
from account.operations.approval import expire
from account.operations.audit import SYSTEM, Actor, record
from core import clock
from core.crypto import Keyring
from core.db import parts
from core.dependents import delete_dependents
from core.person_keys import PersonKey
from core.values.kept import kept
from core.values.text import N_
from core.values.week import day_start, local_date
from privacy.operations.erasure import remove_subjects
from quiz.attempt.operations.lifecycle import delete_draft
from quiz.bank.models import Choice, Question, QuestionRevision
from quiz.contest.models import Contest, Participant, Round, RoundQuestion
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.consent import PARTICIPANT
from quiz.results.models.contact import WINNERS
from quiz.results.operations.closing import Call, record_call
from quiz.results.operations.unreached import NotCalled
from quiz.results.operations.versions import lock_round
from quiz.results.queries.contact import were_opened
from quiz.results.queries.result import find_result, list_winners

WITH_THE_DRAFT = (Round, RoundQuestion, Question, QuestionRevision, Choice)
"""Parts of a contest that go with the draft itself, which gives questions back to the bank."""

_FORGOTTEN = kept(N_("Đã xóa %(n)s bản tổng duyệt để quên."))
DAY = timedelta(days=1)
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
    people = select(Participant.id).where(Participant.contest_id == trial.id)
    _end_requests(session, trial, now=now)
    keys = list(session.scalars(people.with_only_columns(Participant.person_id)))
    remove_subjects(session, PARTICIPANT, people)
    delete_dependents(session, Contest, Contest.id == trial.id, keep=WITH_THE_DRAFT)
    for some in parts(key for key in keys if key):
        session.execute(delete(PersonKey).where(PersonKey.id.in_(some)))
    session.expire_all()
    delete_draft(session, actor, trial, now=now)
    record(session, actor, QuizAction.TRIAL_DELETE, of_contest(real), now=now)


def _end_requests(session: Session, trial: Contest, *, now: datetime) -> None:
    """Let the requests for approval that wait in *trial* expire, since what they are about is deleted."""
    rounds = {str(round.id) for round in trial.rounds}
    people = select(Participant.id).where(Participant.contest_id == trial.id)
    of = {
        **dict.fromkeys(("quiz.contest", "quiz.unit_draw", "quiz.season_draw"), {str(trial.id)}),
        "quiz.participant": set(map(str, session.scalars(people))),
    }
    query = select(Approval).where(Approval.unit_id == trial.unit_id, Approval.state == PENDING)
    mine = [
        each
        for each in session.scalars(query.where(Approval.kind.startswith("quiz.")))
        if each.subject_id.partition(":")[0] in of.get(each.kind, rounds)
    ]
    for approval in mine:
        approval.expires_on = local_date(now) - DAY
    session.flush()
    if mine:
        expire(session, local_date(now), now)


def confirm_winners(session: Session, keyring: Keyring, actor: Actor, trial: Contest, *, now: datetime) -> int:
    """Record that all who wait for a call in *trial* were called and confirmed; return how many.

    They are invented and have no telephone, so that there is no one to call one by one.

    Raises:
        NotATrial: *trial* is a contest of its own.
        NotCalled: the list was never opened, so no call was made.
        ClustersUndecided: the review comes first.
    """
    if trial.trial_of_id is None:
        raise NotATrial
    round = trial.rounds[0]
    if not were_opened(session, round, WINNERS):
        raise NotCalled
    result = find_result(session, round)
    waiting = [each.participant_id for each in list_winners(session, result)] if result else []
    calls = (record_call(session, keyring, actor, round, each, Call.CONFIRM, now=now) for each in waiting)
    return sum(calls)


def delete_old_trials(session: Session, today: date) -> str:
    """Daily: delete the trials that began `KEPT` ago, which their organisers have forgotten."""
    old = select(Round.contest_id).where(Round.opens_at < day_start(today) - KEPT)
    trials = list(session.scalars(select(Contest).where(Contest.trial_of_id.is_not(None), Contest.id.in_(old))))
    for trial in trials:
        delete_trial(session, SYSTEM, trial, now=clock.now())
    return _FORGOTTEN % {"n": len(trials)}
