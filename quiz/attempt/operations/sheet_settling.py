"""Settle a paper sheet that was keyed in twice: it becomes an attempt, asks its person, or is set aside."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from account.operations.audit import SYSTEM, record
from account.rules.chain import Plain
from core.clock import MILLISECOND
from core.crypto import Keyring, new_code, seal, unseal
from core.upsert import insert_new
from quiz.attempt.labels import SHEET_STATE
from quiz.attempt.models import Attempt, PaperSheet
from quiz.attempt.operations.attempt import Restricted, RoundNotOpen, Submission, attempt_values, submit_attempt
from quiz.attempt.operations.beginning import UnitNotYet
from quiz.attempt.operations.counting import take_back
from quiz.attempt.queries.attempt import find_attempt, list_attempts
from quiz.attempt.queries.paper import Paper
from quiz.attempt.queries.printed import decode
from quiz.attempt.rules.keying import KeyedPaper
from quiz.attempt.rules.sheet_proof import SheetState, state_once_answered, state_once_keyed
from quiz.contest.models import Participant, Round
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.operations.registration import Identity, identity_hash, register_participant
from quiz.contest.queries.entering import late_units
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.schedule import Phase


class NotAsked(Exception):
    """The sheet asks this participant nothing, or was answered before."""


def settle_sheet(
    session: Session, keyring: Keyring, sheet: PaperSheet, paper: Paper, typed: KeyedPaper, *, now: datetime
) -> SheetState:
    """Settle *sheet*, locked and keyed in as *typed*, by `rules.sheet_proof`; return its state.

    A sheet that counts is an attempt at *now*, or in the last millisecond of its round. What was *typed* stays sealed
    while the sheet asks its person, and is forgotten otherwise.

    Raises:
        RoundNotOpen, Restricted, UnitNotYet: the round takes no papers, or none of this person or their unit.
        AlreadyRegistered: the person has just registered; the reading can be sent again.
    """
    round = sheet.round
    _check_open(round, now)
    known = _find_person(session, keyring, sheet, typed)
    if (known.unit_id if known else typed.unit_id) in late_units(round.contest, round.number):
        raise UnitNotYet
    state = state_once_keyed(
        is_known=known is not None,
        is_proven=sheet.printed_for_id is not None or typed.has_code,
        has_try=known is None or _has_try(session, round, known.id),
        is_over=now >= round.closes_at,
    )
    sheet.sealed = None
    if state is SheetState.COUNTED:
        person = known or _register(session, keyring, round, typed, now=now)
        moment = min(now, round.closes_at - MILLISECOND)
        state = _count(session, keyring, sheet, paper, typed, person.id, moment=moment)
        if known is None and now < round.closes_at:
            sheet.registers, sheet.asked_id, sheet.asked_at = True, person.id, now
    elif state is SheetState.ASKED and known is not None:
        sheet.asked_id, sheet.asked_at, sheet.sealed = known.id, now, seal_reading(keyring, sheet, typed)
        return state
    if state is not SheetState.COUNTED:
        sheet.set_aside = state
    return state


def answer_sheet(
    session: Session, keyring: Keyring, person_id: uuid.UUID, sheet_id: uuid.UUID, *, is_mine: bool, now: datetime
) -> SheetState:
    """Record that the participant whom a sheet asks says whether it *is_mine*, and settle it; return its state.

    A paper that is theirs counts as it is, by the moment at which it was keyed in. One that registered them counts
    already, and is taken back where it is not theirs.

    Raises:
        NotAsked: the sheet does not ask this participant, or was answered before.
        RoundNotOpen: the round has just been frozen.
    """
    sheet = lock_sheet(session, sheet_id)
    if sheet.asked_id != person_id or sheet.asked_at is None or not (sheet.registers or sheet.sealed):
        raise NotAsked
    settle = _answer_registering if sheet.registers else _answer_waiting
    state = settle(session, keyring, sheet, person_id, is_mine=is_mine, now=now)
    sheet.sealed, sheet.registers, sheet.set_aside = None, False, None if state is SheetState.COUNTED else state
    session.flush()
    after: dict[str, Plain] = {"number": sheet.number, "state": SHEET_STATE[state]}
    record(session, SYSTEM, QuizAction.PAPER_ANSWER, of_round(sheet.round), after=after, now=now)
    return state


def _answer_waiting(
    session: Session, keyring: Keyring, sheet: PaperSheet, person_id: uuid.UUID, *, is_mine: bool, now: datetime
) -> SheetState:
    typed, moment = read_sealed(keyring, sheet), sheet.asked_at
    has_try, is_over = _has_try(session, sheet.round, person_id), now >= sheet.round.closes_at
    state = state_once_answered(is_mine=is_mine, has_try=has_try, is_over=is_over)
    if state is not SheetState.COUNTED or typed is None or moment is None:
        return state
    paper = decode(session, keyring, sheet).paper
    return _count(session, keyring, sheet, paper, typed, person_id, moment=moment)


def _answer_registering(
    session: Session, _keyring: Keyring, sheet: PaperSheet, person_id: uuid.UUID, *, is_mine: bool, now: datetime
) -> SheetState:
    """Leave a sheet that registered its person counted, or take it back while the round is open (decision 0112)."""
    if is_mine:
        return SheetState.COUNTED
    session.refresh(sheet.round, with_for_update={"key_share": True})
    if sheet.round.is_frozen or now >= sheet.round.closes_at:
        raise RoundNotOpen(Phase.CLOSED)
    if [each.id for each in list_attempts(session, sheet.round_id, person_id)] != [sheet.id]:
        raise NotAsked
    take_back(session, sheet.round, session.get_one(Participant, person_id), sheet.id)
    return SheetState.NOT_MINE


def lock_sheet(session: Session, sheet_id: uuid.UUID) -> PaperSheet:
    """Lock a sheet until the commit and return it as it is stored now."""
    query = select(PaperSheet).where(PaperSheet.id == sheet_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def seal_reading(keyring: Keyring, sheet: PaperSheet, typed: KeyedPaper) -> bytes:
    """Return what was *typed* of *sheet*, sealed."""
    return seal(keyring.key("paper-sheet"), typed.to_text(), about=sheet.id.bytes)


def read_sealed(keyring: Keyring, sheet: PaperSheet) -> KeyedPaper | None:
    """Return what was keyed in of *sheet* and is not settled yet; None without it."""
    if sheet.sealed is None:
        return None
    return KeyedPaper.from_text(unseal(keyring.key("paper-sheet"), sheet.sealed, about=sheet.id.bytes))


def person_hash(keyring: Keyring, sheet: PaperSheet, typed: KeyedPaper) -> bytes:
    """Return the identity hash of the person of *sheet*: for whom it was printed, else whom it names."""
    if sheet.printed_for is not None:
        return sheet.printed_for.identity_hash
    return identity_hash(keyring, sheet.round.contest_id, _identity(typed))


def _identity(typed: KeyedPaper) -> Identity:
    return Identity(typed.name, typed.phone, typed.birth_year)


def _check_open(round: Round, now: datetime) -> None:
    if now < round.opens_at:
        raise RoundNotOpen(Phase.UPCOMING)
    if round.is_frozen or not round.contest.takes_papers:
        raise RoundNotOpen(Phase.CLOSED)


def _find_person(session: Session, keyring: Keyring, sheet: PaperSheet, typed: KeyedPaper) -> Participant | None:
    same = Participant.identity_hash == person_hash(keyring, sheet, typed)
    known = session.scalar(select(Participant).where(Participant.contest_id == sheet.round.contest_id, same))
    if known is not None and (known.restricted_at is not None or known.person_id is None):
        raise Restricted
    return known


def _register(session: Session, keyring: Keyring, round: Round, typed: KeyedPaper, *, now: datetime) -> Participant:
    return register_participant(
        session,
        keyring,
        round.contest,
        _identity(typed),
        unit_id=typed.unit_id,
        code=new_code(),
        now=now,
        agreed=[Purpose(each) for each in typed.agreed],
        bloc=typed.bloc,
        more=typed.more,
    )


def _has_try(session: Session, round: Round, person_id: uuid.UUID) -> bool:
    tries = round.declared.tries
    return tries is None or len(list_attempts(session, round.id, person_id)) < tries


def _count(
    session: Session,
    keyring: Keyring,
    sheet: PaperSheet,
    paper: Paper,
    typed: KeyedPaper,
    person_id: uuid.UUID,
    *,
    moment: datetime,
) -> SheetState:
    """Store the paper of *sheet* as an attempt submitted at *moment*, unless the last try was taken meanwhile."""
    if not _begin(session, sheet, person_id, moment):
        return SheetState.NO_TRIES
    begun = find_attempt(session, sheet.id)
    if begun is None:
        raise LookupError(sheet.id)
    ticked = {each.ref: frozenset(typed.answers.get(str(each.position), "")) for each in paper.questions}
    answers = {each.ref: each.stored_letters(ticked[each.ref]) for each in paper.questions}
    chosen = {ref: letters for ref, letters in answers.items() if letters or paper.is_drawn}
    submit_attempt(session, keyring, begun, Submission(chosen, typed.guess, new_code()), now=moment)
    return SheetState.COUNTED


def _begin(session: Session, sheet: PaperSheet, person_id: uuid.UUID, moment: datetime) -> bool:
    """Begin the attempt of *sheet*; of several taps and sheets at once each has another number."""
    round = sheet.round
    while _has_try(session, round, person_id):
        ordinal = len(list_attempts(session, round.id, person_id)) + 1
        values = attempt_values(round, person_id, ordinal=ordinal, now=moment, id=sheet.id)
        if insert_new(session, Attempt, values | {"mode": "paper"}):
            return True
    return False
