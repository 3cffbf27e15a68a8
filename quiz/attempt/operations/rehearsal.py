"""Rehearse a contest: a round 0 with questions of its own, which is not counted and is wiped as a whole.

The real questions stay closed, since every visitor of the contest's page during a rehearsal would see them.
"""

import uuid
from datetime import date, datetime, timedelta

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from core.db import changed_rows, parts
from core.person_keys import PersonKey
from core.values.week import day_start
from privacy.operations.erasure import remove_subjects
from quiz.attempt.models import AnswerSheet, Attempt
from quiz.contest.models import (
    Contest,
    Nickname,
    Participant,
    ParticipantVersion,
    ParticipantWord,
    Round,
)
from quiz.contest.models.contest import REHEARSAL
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.operations.questions import QuestionText, new_round_question, remove_round_questions, set_english
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.consent import PARTICIPANT

LONGEST = timedelta(days=30)
"""The longest time of a rehearsal."""
SAMPLE = (
    (
        ("Thi thử: phương án nào là phương án đầu tiên?", "Phương án này", "Phương án sau"),
        ("Practice: which choice is the first one?", "This choice", "The next choice"),
    ),
    (
        ("Thi thử: hai cộng ba bằng mấy?", "Năm", "Sáu"),
        ("Practice: how much is two and three?", "Five", "Six"),
    ),
    (
        ("Thi thử: bài diễn tập này có được tính không?", "Không", "Có"),
        ("Practice: does this paper count?", "No", "Yes"),
    ),
)
"""Questions that reveal nothing of the real ones, each in Vietnamese and in English; the first choice is right."""


class NotNow(Exception):
    """A rehearsal is not possible: the contest has real papers, an open round, or was called off."""


def begin_rehearsal(session: Session, actor: Actor, contest: Contest, *, now: datetime) -> bool:
    """Open the rehearsal of *contest* and audit it; returns False when it is open already. Raises as `open_rehearsal`
    does.
    """
    if not open_rehearsal(session, contest, now=now):
        return False
    record(session, actor, QuizAction.REHEARSAL_BEGIN, of_contest(contest), now=now)
    return True


def open_rehearsal(session: Session, contest: Contest, *, now: datetime) -> bool:
    """Open round 0 of *contest* until its first real round opens; returns False when it is open already.

    Raises:
        NotNow: a real paper was begun, a real round is open (its participants would be rehearsing), or the contest was
            called off, or is the trial of another.
    """
    is_open = any(round.opens_at <= now < round.closes_at for round in contest.rounds)
    if contest.is_trial or (is_open and not contest.is_draft):
        raise NotNow
    begun = select(Attempt.id).join(Round).where(Round.contest_id == Contest.id, Round.number > REHEARSAL).exists()
    claim = update(Contest).where(Contest.id == contest.id, Contest.is_rehearsal.is_(False), ~begun)
    claim = claim.where(Contest.called_off_at.is_(None))
    if session.execute(claim.values(is_rehearsal=True).returning(Contest.id)).first() is None:
        session.refresh(contest)
        if contest.is_rehearsal:
            return False
        raise NotNow
    session.refresh(contest)
    coming = [round.opens_at for round in contest.rounds if round.opens_at > now]
    until = min([now + LONGEST, *coming])
    limit = contest.rounds[0].limit_seconds if contest.rounds else 900
    round = Round(
        contest_id=contest.id, number=REHEARSAL, opens_at=now, closes_at=until, results_at=until,
        limit_seconds=limit, rules=contest.rules | {"tries": None},
        questions=[new_round_question(contest.id, at, _text(*own)) for at, (own, _) in enumerate(SAMPLE, start=1)],
    )  # fmt: skip
    session.add(round)
    session.flush()
    for asked, (_, english) in zip(round.questions, SAMPLE, strict=True):
        set_english(session, asked.revision, _text(*english))
    return True


def _text(text: str, right: str, wrong: str) -> QuestionText:
    return QuestionText(text, [("A", right, True), ("B", wrong, False)])


def end_overdue(session: Session, moment: datetime) -> int:
    """End and wipe the rehearsals whose time was over at *moment*, so that real rounds can open; returns how many."""
    over = select(Round.id).where(Round.contest_id == Contest.id, Round.number == REHEARSAL, Round.closes_at <= moment)
    contests = list(session.scalars(select(Contest).where(Contest.is_rehearsal, over.exists())))
    for contest in contests:
        clear_rehearsal(session, contest)
    return len(contests)


def end_rehearsals(session: Session, today: date) -> str:
    """Daily: end the rehearsals that would last into the day on which a real round opens."""
    return f"Đã kết thúc {end_overdue(session, day_start(today))} cuộc diễn tập hết hạn."


def wipe_rehearsal(session: Session, actor: Actor, contest: Contest, *, now: datetime) -> int:
    """End the rehearsal of *contest*, delete its data, and audit it; returns how many papers it had."""
    papers = clear_rehearsal(session, contest)
    record(session, actor, QuizAction.REHEARSAL_WIPE, of_contest(contest), after={"wiped": papers}, now=now)
    return papers


def clear_rehearsal(session: Session, contest: Contest) -> int:
    """Delete the data of the rehearsal of *contest*; returns how many papers were submitted.

    The switch is set first, which waits for registrations and attempts that are being stored.
    """
    session.execute(update(Contest).where(Contest.id == contest.id).values(is_rehearsal=False))
    rounds = select(Round.id).where(Round.contest_id == contest.id, Round.number == REHEARSAL)
    people = select(Participant.id).where(Participant.contest_id == contest.id, Participant.is_rehearsal)
    keys = list(session.scalars(people.with_only_columns(Participant.person_id)))
    attempts = select(Attempt.id).where(Attempt.round_id.in_(rounds))
    papers = changed_rows(session, delete(AnswerSheet).where(AnswerSheet.attempt_id.in_(attempts)))
    session.execute(delete(Attempt).where(Attempt.round_id.in_(rounds)))
    _wipe_people(session, people)
    for some in parts(key for key in keys if key):
        session.execute(delete(PersonKey).where(PersonKey.id.in_(some)))
    remove_round_questions(session, list(session.scalars(rounds)))
    session.execute(delete(Round).where(Round.id.in_(rounds)).execution_options(synchronize_session=False))
    session.expire_all()
    return papers


def _wipe_people(session: Session, people: Select[uuid.UUID]) -> None:
    for model in (ParticipantWord, ParticipantVersion, Nickname):
        session.execute(delete(model).where(model.participant_id.in_(people)))
    remove_subjects(session, PARTICIPANT, people)
    session.execute(delete(Participant).where(Participant.id.in_(people)))
