"""The trial of a contest: a copy that only its organisers see, in which they walk the whole path in minutes.

It is a draft for ever, so that no public page, board, total or list of contests holds it, and every sheet that it makes
bears its title.
"""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from core.content import ENGLISH, set_texts, texts_of_one
from core.crypto import Keyring, new_code, new_key
from core.translation import gettext
from core.values.language import use
from core.values.text import N_
from quiz.attempt.operations.attempt import Submission, start_attempt, submit_attempt
from quiz.attempt.queries.attempt import Begun, find_attempt
from quiz.attempt.queries.paper import find_paper
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.operations.contest import add_contest, plan_of_contest, set_questions
from quiz.contest.operations.questions import text_of
from quiz.contest.operations.registration import Identity, register_participant
from quiz.contest.queries import list_contest_units
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.plan import PlannedRound
from quiz.contest.rules.presets import Eligibility, GuessTarget
from quiz.contest.rules.schedule import SETTLING, Span

OPEN_FOR = timedelta(days=1)
OPENED = timedelta(hours=1)
"""How long ago the round of a new trial opened, so that it can be ended at once."""
LONGEST_TITLE = 200
_TITLE = N_("TỔNG DUYỆT: %(title)s")
GROWN_UP = 1980
"""The birth year of everybody in a trial."""


class NothingToTry(Exception):
    """No round of the contest has a question yet, so that there is nothing to try."""


class TrialOver(Exception):
    """The round of the trial takes no papers any more."""


def begin_trial(session: Session, actor: Actor, contest: Contest, *, now: datetime) -> Contest:
    """Make the trial of *contest*, with the questions of its first round that has some, and record it.

    Everybody in it can take a prize after a call, whatever the contest declares, since no one is on a roster.

    Raises:
        NothingToTry: no round has a question.
        IntegrityError: there is a trial already.
    """
    asked = next((round for round in contest.rounds if round.questions), None)
    if asked is None:
        raise NothingToTry
    plan, until = plan_of_contest(contest), now + OPEN_FOR
    trial = add_contest(
        session,
        contest.unit,
        list_contest_units(session, contest),
        replace(
            plan,
            slug=f"tong-duyet-{contest.id}-{secrets.token_hex(4)}",
            title=str(_TITLE % {"title": contest.title})[:LONGEST_TITLE],
            rules=replace(plan.rules, eligibility=Eligibility.CALL),
            rounds=[PlannedRound(Span(now - OPENED, until, until), asked.name)],
            is_draft=True,
            steps=0,
        ),
    )
    trial.trial_of_id = contest.id
    session.flush()
    _set_english_title(session, contest, trial)
    set_questions(session, trial.rounds[0], [text_of(each.revision) for each in asked.questions], now=now)
    after = {"questions": len(asked.questions)}
    record(session, actor, QuizAction.TRIAL_BEGIN, of_contest(contest), after=after, now=now)
    return trial


def _set_english_title(session: Session, contest: Contest, trial: Contest) -> None:
    title = texts_of_one(session, contest, ENGLISH).get("title", str(contest.title))
    with use(ENGLISH):
        set_texts(session, trial, ENGLISH, {"title": gettext(_TITLE, title=title)[:LONGEST_TITLE]})


def begin_paper(session: Session, keyring: Keyring, trial: Contest, *, now: datetime) -> Begun:
    """Register an invented participant of *trial*, and begin a paper as them.

    Raises:
        TrialOver: its round is not open.
    """
    round = trial.rounds[0]
    if now >= round.closes_at or round.is_frozen:
        raise TrialOver
    count = select(func.count()).select_from(Participant).where(Participant.contest_id == trial.id)
    number = session.scalar(count) or 0
    name = N_("Người thử %(number)s") % {"number": number + 1}
    units, blocs = list_contest_units(session, trial), trial.numbered_blocs
    participant = register_participant(
        session,
        keyring,
        trial,
        Identity(str(name), None, GROWN_UP, instead=new_key()),
        unit_id=units[number % len(units)].id,
        bloc=blocs[number % len(blocs)],
        code=new_code(),
        now=now,
        agreed=[Purpose.NAMED],
    )
    return start_attempt(session, round, participant, now=now)


def add_papers(session: Session, keyring: Keyring, trial: Contest, count: int, *, now: datetime) -> int:
    """Submit *count* papers of invented participants; return how many.

    The first have all questions right, then one less each, and take longer. Raises TrialOver as `begin_paper` does.
    """
    round = trial.rounds[0]
    guesses = round.declared.guess_target is not GuessTarget.NONE
    for at in range(count):
        begun = begin_paper(session, keyring, trial, now=now - timedelta(minutes=2 + at, seconds=at))
        key = list(find_paper(session, round.id, round.paper_version).key.items())
        answers = dict(key[at // 2 % (len(key) + 1) :])
        attempt = find_attempt(session, begun.id)
        if attempt is not None:
            ended = begun.started_at + timedelta(seconds=min(60 + 7 * at, round.limit_seconds))
            submission = Submission(answers, at + 1 if guesses else None, new_code())
            submit_attempt(session, keyring, attempt, submission, now=min(now, ended))
    return count


def end_round(session: Session, trial: Contest, *, now: datetime) -> None:
    """Let the time of the trial's round be over, so that it can be closed at once and published at once.

    Raises:
        TrialOver: it is over already.
    """
    over = now - SETTLING
    mine = (Round.id == trial.rounds[0].id, Round.closes_at > now, Round.frozen_at.is_(None))
    change = update(Round).where(*mine).values(closes_at=over, results_at=over)
    if session.execute(change.returning(Round.id)).first() is None:
        raise TrialOver
    session.refresh(trial.rounds[0])


def practise_approval(session: Session, trial: Contest, *, asks: bool) -> None:
    """Let *trial* ask a second person as the real contest will, or go on alone; requests that wait stay.

    Raises:
        ValueError: *trial* is a contest of its own, which always asks.
    """
    if not trial.is_trial:
        raise ValueError("a real contest always asks")
    trial.trial_asks = asks
    session.flush()
