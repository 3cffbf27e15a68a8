"""Confirm one of several participants who fit a line of the roster, so that they are ranked by it."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from account.operations.audit import Actor, Subject, record
from account.rules.chain import Plain
from core.crypto import Keyring
from core.person_keys import find_person
from core.values.kept import kept
from core.values.text import N_
from quiz.attempt.queries.eligible import RosterLine, lines_of, list_lines
from quiz.attempt.queries.paper_rows import counted_entries
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.models.contest import REHEARSAL
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.operations.confirmation import confirm_phone
from quiz.contest.operations.roster import lock_roster
from quiz.contest.rules.actions import QuizAction
from quiz.results.operations.versions import NothingToDo, lock_round, store_version
from quiz.results.queries.draft import draft_results, excluded_in, limited_in, unranked_in
from quiz.results.queries.result import contacts_of, find_result
from quiz.results.rules.corrections import Cause

_PERSON = kept(N_("Người dự thi, %(words)s"))


def confirm_on_line(
    session: Session, keyring: Keyring, actor: Actor, contest: Contest, participant_id: uuid.UUID, *, now: datetime
) -> list[int]:
    """Confirm, after a call, that a participant is the person on a line that others fit too, and record it.

    They hold the line from then on. Rounds of the contest that are closed and not published are ranked again with
    them, unless one of that line is ranked there; published rounds stay. Returns the numbers of the rounds ranked anew.

    Raises:
        NothingToDo: they are in no line that several fit and none holds, or their data are restricted or erased.
        PhoneFull: as `confirm_phone` raises it.
    """
    lock_roster(session, contest)
    session.expire_all()
    lines = [each for each in list_lines(session, contest.id, lines_of(participant_id)) if each.holder is None]
    person = session.get(Participant, participant_id)
    if not lines or person is None or person.restricted_at is not None:
        raise NothingToDo
    confirm_phone(session, person, now=now)
    rounds = [each for each in contest.rounds if each.number != REHEARSAL and each.closed_at is not None]
    again = [each.number for each in rounds if any(_rank(session, each, line, participant_id, now) for line in lines)]
    _record(session, keyring, actor, person, again, now)
    return again


def _rank(session: Session, round: Round, line: RosterLine, participant_id: uuid.UUID, now: datetime) -> bool:
    """Rank the closed *round* with the participant; return whether that changed anything."""
    lock_round(session, round)
    result = find_result(session, round)
    if result is None or round.published_at is not None:
        return False
    counted = counted_entries(session, round)
    unranked, entered = unranked_in(session, round, counted), frozenset(counted.refs)
    ref = str(participant_id)
    if ref not in unranked or any(str(each) in entered - unranked for each in line.people):
        return False
    draft = draft_results(
        round,
        counted,
        unranked=unranked - {ref},
        without=excluded_in(session, round),
        limited=limited_in(session, round, result),
    )
    store_version(session, round, draft, cause=Cause.LINE, turns=result.turns, now=now)
    return True


def _record(
    session: Session, keyring: Keyring, actor: Actor, participant: Participant, again: list[int], now: datetime
) -> None:
    whole = of_contest(participant.contest)
    about = Subject("quiz.participant", participant.id, _PERSON % {"words": whole.words}, whole.unit_id)
    person = find_person(session, keyring, participant.person_id)
    contact = contacts_of(session, keyring, [participant]).get(participant.id)
    named = (person, {"name": contact.name}) if person and contact else None
    after: dict[str, Plain] = {"reranked": ", ".join(map(str, again))} if again else {}
    record(session, actor, QuizAction.LINE_CONFIRM, about, after=after, person=named, now=now)
