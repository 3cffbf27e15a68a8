"""Confirm one of several participants who fit a line of the roster, so that they are ranked by it."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.audit import Actor, Subject, record
from account.rules.chain import Plain
from core.crypto import Keyring
from core.person_keys import find_person
from core.values.kept import kept
from core.values.text import N_
from core.values.week import local_date
from quiz.attempt.queries.eligible import RosterLine, lines_of, list_lines
from quiz.attempt.queries.paper_rows import counted_entries
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.models.contest import REHEARSAL
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.operations.confirmation import confirm_phone
from quiz.contest.operations.roster import lock_roster
from quiz.contest.rules.actions import QuizAction
from quiz.results.operations.correcting import RankedAhead, rank_ahead
from quiz.results.operations.standings import Step, nothing
from quiz.results.operations.versions import Changed, NothingToDo, Preview, preview_of, store_version
from quiz.results.queries.draft import draft_results, excluded_in, limited_in, unranked_in
from quiz.results.queries.result import contacts_of, find_result
from quiz.results.rules.corrections import Cause
from quiz.results.rules.number_draws import first_day, may_be_known

_PERSON = kept(N_("Người dự thi, %(words)s"))


def confirm_on_line(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    contest: Contest,
    participant_id: uuid.UUID,
    *,
    now: datetime,
    approval: Approval | None = None,
    between: Step = nothing,
) -> list[int]:
    """Confirm, after a call, that a participant is the person on a line that others fit too, and record it.

    They hold the line from then on. Rounds of the contest that are closed and not published are ranked again with
    them, unless one of that line is ranked there; published rounds stay. Returns the numbers of the rounds ranked anew.
    *approval* is the second person's, None where one person decides alone.

    The rounds are ranked before anything is locked (decision 0079): *between* is called between the steps, where a
    caller that must not hold up other writers commits. The last transaction confirms the person and stores every
    version, or nothing.

    Raises:
        NothingToDo: they are in no line that several fit and none holds, or their data are restricted or erased.
        Changed: the line, or a round that was ranked, changed meanwhile.
        PhoneFull: as `confirm_phone` raises it.
    """
    lines = _free_lines(session, contest, participant_id)
    ahead = _rank_rounds(session, contest, lines, participant_id, now=now, between=between)
    lock_roster(session, contest)
    session.expire_all()
    if _free_lines(session, contest, participant_id) != lines:
        raise Changed
    person = session.get_one(Participant, participant_id)
    for each in ahead:
        each.settle(session)
    confirm_phone(session, person, now=now)
    again = [_store(session, each.round, each.shown, now) for each in ahead if each.shown]
    _record(session, keyring, actor, person, again, now, approval)
    return again


def _free_lines(session: Session, contest: Contest, participant_id: uuid.UUID) -> list[RosterLine]:
    """Return the lines that the participant and others fit and none holds.

    Raises:
        NothingToDo: there is none, or the participant's data are restricted or erased.
    """
    lines = [each for each in list_lines(session, contest.id, lines_of(participant_id)) if each.holder is None]
    person = session.get(Participant, participant_id)
    if not lines or person is None or person.restricted_at is not None:
        raise NothingToDo
    return lines


def _rank_rounds(
    session: Session,
    contest: Contest,
    lines: Sequence[RosterLine],
    participant_id: uuid.UUID,
    *,
    now: datetime,
    between: Step,
) -> list[RankedAhead]:
    """Rank the rounds of the contest that the participant comes into; nothing is locked."""
    found = list[RankedAhead]()
    for round in rounds_to_rank(contest):
        ranking = partial(_preview, session, round, lines, participant_id)
        found.append(rank_ahead(session, round, ranking, now=now, between=between))
    return found


def rounds_to_rank(contest: Contest) -> list[Round]:
    """Return the rounds of *contest* that a confirmation may rank again: closed, and not published."""
    return [
        round
        for round in contest.rounds
        if round.number != REHEARSAL and round.closed_at is not None and round.published_at is None
    ]


def _preview(session: Session, round: Round, lines: Sequence[RosterLine], participant_id: uuid.UUID) -> Preview | None:
    """Return the results of *round* with the participant; None where they took no part, or one of each line is ranked
    there already.
    """
    result, ref = find_result(session, round), str(participant_id)
    counted = counted_entries(session, round)
    unranked, entered = unranked_in(session, round, counted), frozenset(counted.refs)
    is_free = any(not any(str(each) in entered - unranked for each in line.people) for line in lines)
    if result is None or ref not in unranked or not is_free:
        return None
    without = excluded_in(session, round)
    draft = draft_results(
        round,
        counted,
        unranked=unranked - {ref},
        without=without,
        limited=limited_in(session, round, result),
    )
    return preview_of(session, round, result, draft, ranked=len(counted) - len(without.keys() | unranked))


def _store(session: Session, round: Round, shown: Preview, now: datetime) -> int:
    """Store the version that was ranked, and return the number of its round."""
    store_version(session, round, shown.draft, cause=Cause.LINE, turns=shown.result.turns, now=now, has_lines=True)
    return round.number


def known_since(contest: Contest, now: datetime) -> date | None:
    """Return the day since which a public number may be known that decides draws of a round that a confirmation may
    rank again; None where there is no such number yet.
    """
    fixed = [local_date(each.closed_at) for each in rounds_to_rank(contest) if each.closed_at and _goes_by(each)]
    known = [first_day(each) for each in fixed if may_be_known(each, local_date(now))]
    return min(known, default=None)


def _goes_by(round: Round) -> bool:
    return round.declared.draw_source is not None


def of_line_person(participant: Participant) -> Subject:
    """Return a participant who fits a line of the roster as the audit trail names them: without a name."""
    whole = of_contest(participant.contest)
    return Subject("quiz.participant", participant.id, _PERSON % {"words": whole.words}, whole.unit_id)


def _record(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    participant: Participant,
    again: list[int],
    now: datetime,
    approval: Approval | None,
) -> None:
    person = find_person(session, keyring, participant.person_id)
    contact = contacts_of(session, keyring, [participant]).get(participant.id)
    named = (person, {"name": contact.name}) if person and contact else None
    after: dict[str, Plain] = {"reranked": ", ".join(map(str, again))} if again else {}
    if approval:
        after |= agreement(approval)
    about = of_line_person(participant)
    record(session, actor, QuizAction.LINE_CONFIRM, about, after=after, person=named, now=now)
