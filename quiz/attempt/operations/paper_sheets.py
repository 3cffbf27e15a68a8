"""Print paper sheets, and key them in: twice, by two accounts, into one attempt each."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from account.labels import SAME_SIGN
from account.operations.audit import Actor, record
from account.queries.same_person import find_same_signs
from account.rules.chain import Plain
from core.clock import MILLISECOND
from core.crypto import Keyring, new_code, seal, unseal
from core.db import changed_rows
from core.values.language import use
from core.values.week import day_start
from quiz.attempt.models import Attempt, PaperPrint, PaperSheet
from quiz.attempt.operations.attempt import (
    NoTriesLeft,
    Restricted,
    RoundNotOpen,
    Submission,
    attempt_values,
    submit_attempt,
)
from quiz.attempt.queries.attempt import find_attempt, list_attempts
from quiz.attempt.queries.paper import Paper, find_paper
from quiz.attempt.queries.paper_sheets import list_open_sheets
from quiz.attempt.queries.printed import DecodedSheet, decode, print_of
from quiz.attempt.rules.keying import KeyedPaper, differences, has_guess_in_time, late_guess
from quiz.contest.models import Participant, Round
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.operations.registration import Identity, identity_hash, register_participant
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.schedule import Phase

KEPT_DAYS = 30


class SameAccount(Exception):
    """The account that keyed a sheet in first may not be the second as well."""


class AlreadyKeyed(Exception):
    """Both have keyed the sheet in."""


class NotPublicYet(Exception):
    """The contest is a draft, whose address and questions still change."""


class SheetOutdated(Exception):
    """The round asks something else by now than the sheet does; carries what the sheet asks."""

    def __init__(self, decoded: DecodedSheet) -> None:
        super().__init__(decoded.changed)
        self.decoded = decoded


class PersonOnOtherSheets(Exception):
    """As many other sheets of the round as its rules allow tries hold the same person; carries their numbers."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(numbers)
        self.numbers = numbers


class Differing(Exception):
    """The two typed different things; carries the names of the fields and what the first keyed in.

    That they did stays counted, so it is to be committed: the second account has seen the first reading by now.
    """

    def __init__(self, fields: Sequence[str], first: KeyedPaper) -> None:
        super().__init__(fields)
        self.fields, self.first = fields, first


def print_sheets(session: Session, actor: Actor, round: Round, quantity: int, *, now: datetime) -> list[PaperSheet]:
    """Add *quantity* sheets to *round*, keep what they are printed from, and record it; each will take one paper.

    Raises:
        RoundNotOpen: the round is frozen, or has no questions to print.
        NotPublicYet: the contest is a draft and no trial.
    """
    session.refresh(round, with_for_update={"key_share": True})
    if round.is_frozen or not round.questions or round.contest.called_off_at is not None:
        raise RoundNotOpen(Phase.CLOSED)
    if not round.contest.takes_papers:
        raise NotPublicYet
    mine, printed = PaperSheet.round_id == round.id, _keep_print(session, round, now)
    last = session.scalar(select(func.max(PaperSheet.number)).where(mine)) or 0
    sheets = [PaperSheet(round=round, printed=printed, number=last + at) for at in range(1, quantity + 1)]
    session.add_all(sheets)
    session.flush()
    record(session, actor, QuizAction.PAPER_PRINT, of_round(round), after={"sheets": quantity}, now=now)
    return sheets


def _keep_print(session: Session, round: Round, now: datetime) -> PaperPrint:
    """Return what sheets of *round* are printed from now: stored before, or from now on."""
    with use("vi"):
        content = print_of(find_paper(session, round.id, round.paper_version), round.declared).to_text()
    digest = hashlib.sha256(content.encode()).digest()
    same = (PaperPrint.round_id == round.id, PaperPrint.digest == digest)
    found = session.scalar(select(PaperPrint).where(*same))
    return found or PaperPrint(round_id=round.id, digest=digest, content=content, made_at=now)


def _decode(session: Session, keyring: Keyring, sheet: PaperSheet) -> DecodedSheet:
    """Return what *sheet* asks; raises SheetOutdated where its round asks something else."""
    decoded = decode(session, keyring, sheet)
    if decoded.is_outdated:
        raise SheetOutdated(decoded)
    return decoded


def key_first(
    session: Session, keyring: Keyring, account_id: int, sheet: PaperSheet, typed: KeyedPaper, *, now: datetime
) -> None:
    """Keep what the first account keyed in, sealed, until the second has; the same account may correct it.

    Its guess counts if it is keyed in before the close (`rules.keying.has_guess_in_time`).

    Raises:
        AlreadyKeyed: another account was first.
        SheetOutdated: the round asks something else than the sheet.
        PersonOnOtherSheets: the person is on other sheets, of which one could be chosen later.
    """
    session.execute(select(Round.id).where(Round.id == sheet.round_id).with_for_update(key_share=True))
    found = _lock(session, sheet)
    _decode(session, keyring, found)
    if found.second_by_id is not None or found.first_by_id not in (None, account_id):
        raise AlreadyKeyed
    _check_alone(session, keyring, found, typed)
    before, is_late = _first_reading(keyring, found), now >= found.round.closes_at
    found.guess_in_time = has_guess_in_time(before, typed, is_late=is_late, was_in_time=found.guess_in_time)
    found.first_by_id = account_id
    found.sealed = seal(keyring.key("paper-sheet"), typed.to_text(), about=found.id.bytes)
    session.flush()


def _check_alone(session: Session, keyring: Keyring, sheet: PaperSheet, typed: KeyedPaper) -> None:
    """Refuse a person whom the other sheets that wait hold as often as the rules allow tries."""
    tries = sheet.round.declared.tries
    if tries is None:
        return
    others = [each for each in list_open_sheets(session, sheet.round) if each.id != sheet.id]
    readings = ((each.number, _first_reading(keyring, each)) for each in others)
    same = [number for number, reading in readings if reading and reading.identity == typed.identity]
    if len(same) >= tries:
        raise PersonOnOtherSheets(same)


def _first_reading(keyring: Keyring, sheet: PaperSheet) -> KeyedPaper | None:
    if sheet.sealed is None:
        return None
    return KeyedPaper.from_text(unseal(keyring.key("paper-sheet"), sheet.sealed, about=sheet.id.bytes))


def key_second(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    sheet: PaperSheet,
    typed: KeyedPaper,
    *,
    now: datetime,
    alone: bool = False,
    insists: bool = False,
) -> Attempt:
    """Compare with what the first keyed in, and store the paper as an attempt; return it.

    It ranks as if the whole time had been used, and one that is finished after the close as if it had come last, with
    a guess only as `rules.keying.late_guess` says.
    With *insists* the second account has looked at the sheet again, and its reading holds. *alone* is where one person
    decides alone.

    Raises:
        SameAccount, AlreadyKeyed: who keys in may not, or both have.
        SheetOutdated: the round asks something else than the sheet.
        Differing: they differ; nothing but the number of differing fields is stored.
        RoundNotOpen, NoTriesLeft, Restricted: the round takes no papers, or none of this person.
    """
    found = _lock(session, sheet)
    first = _first_reading(keyring, found)
    if first is None:
        raise AlreadyKeyed
    if found.first_by_id == actor.account_id and not alone:
        raise SameAccount
    decoded = _decode(session, keyring, found)
    fields = differences(first, typed)
    found.differed = max(found.differed, len(fields))
    if fields and not insists:
        session.flush()
        raise Differing(fields, first)
    if now >= found.round.closes_at:
        typed = replace(typed, guess=late_guess(first, typed, in_time=found.guess_in_time))
    attempt = _store(session, keyring, found, decoded.paper, typed, now=now)
    _finish(session, actor, found, now=now)
    return attempt


def _finish(session: Session, actor: Actor, sheet: PaperSheet, *, now: datetime) -> None:
    """Mark *sheet* as keyed in by both, forget the first reading, and record it."""
    sheet.second_by_id, sheet.sealed = actor.account_id, None
    sheet.is_late = now >= sheet.round.closes_at
    session.flush()
    first, second = sheet.first_by, sheet.second_by
    after: dict[str, Plain] = {
        "number": sheet.number,
        "differed": sheet.differed,
        "first_by": first.name if first else "",
    }
    if first and second and (signs := find_same_signs(session, first, second)):
        after["same_person"] = "; ".join(SAME_SIGN[sign] for sign in signs)
    record(session, actor, QuizAction.PAPER_KEY, of_round(sheet.round), after=after, now=now)


def _lock(session: Session, sheet: PaperSheet) -> PaperSheet:
    query = select(PaperSheet).where(PaperSheet.id == sheet.id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _store(
    session: Session, keyring: Keyring, sheet: PaperSheet, paper: Paper, typed: KeyedPaper, *, now: datetime
) -> Attempt:
    round = sheet.round
    if now < round.opens_at:
        raise RoundNotOpen(Phase.UPCOMING)
    if round.is_frozen or not round.contest.takes_papers:
        raise RoundNotOpen(Phase.CLOSED)
    moment = min(now, round.closes_at - MILLISECOND)
    participant = _participant(session, keyring, round, typed, now=now)
    attempts, tries = list_attempts(session, round.id, participant.id), round.declared.tries
    if tries is not None and len(attempts) >= tries:
        raise NoTriesLeft(attempts[-1])
    values = attempt_values(round, participant.id, ordinal=len(attempts) + 1, now=moment, id=sheet.id)
    session.add(Attempt(**values, mode="paper"))
    session.flush()
    begun = find_attempt(session, sheet.id)
    if begun is None:
        raise LookupError(sheet.id)
    ticked = {each.ref: frozenset(typed.answers.get(str(each.position), "")) for each in paper.questions}
    answers = {each.ref: each.stored_letters(ticked[each.ref]) for each in paper.questions}
    chosen = {ref: letters for ref, letters in answers.items() if letters or paper.is_drawn}
    submit_attempt(session, keyring, begun, Submission(chosen, typed.guess, new_code()), now=moment)
    return session.get_one(Attempt, sheet.id)


def _participant(session: Session, keyring: Keyring, round: Round, typed: KeyedPaper, *, now: datetime) -> Participant:
    """Return the participant of a sheet: known by name, phone and birth year, or registered now."""
    contest, identity = round.contest, _identity(typed)
    same = Participant.identity_hash == identity_hash(keyring, contest.id, identity)
    known = session.scalar(select(Participant).where(Participant.contest_id == contest.id, same))
    if known is not None and (known.restricted_at is not None or known.person_id is None):
        raise Restricted
    if known is not None:
        return known
    agreed = [Purpose(each) for each in typed.agreed]
    return register_participant(
        session,
        keyring,
        contest,
        identity,
        unit_id=typed.unit_id,
        code=new_code(),
        now=now,
        agreed=agreed,
        bloc=typed.bloc,
        more=typed.more,
    )


def forget_readings(session: Session, keyring: Keyring, people: Collection[Participant]) -> None:
    """Delete the waiting readings of *people* who are being erased: a second one would register them anew."""
    contests, hashes = {each.contest_id for each in people}, {each.identity_hash for each in people}
    query = select(PaperSheet).join(PaperSheet.round).where(Round.contest_id.in_(contests))
    for sheet in session.scalars(query.where(PaperSheet.sealed.is_not(None))):
        reading = _first_reading(keyring, sheet)
        if reading and identity_hash(keyring, sheet.round.contest_id, _identity(reading)) in hashes:
            sheet.sealed, sheet.first_by_id, sheet.guess_in_time = None, None, False
    session.flush()


def _identity(typed: KeyedPaper) -> Identity:
    return Identity(typed.name, typed.phone, typed.birth_year)


def purge_first_keyings(session: Session, today: date) -> int:
    """Delete what one account alone keyed in of rounds that closed 30 days before *today*; return how many."""
    over = select(Round.id).where(Round.closes_at < day_start(today - timedelta(days=KEPT_DAYS)))
    change = update(PaperSheet).where(PaperSheet.round_id.in_(over), PaperSheet.sealed.is_not(None))
    return changed_rows(session, change.values(sealed=None, first_by_id=None))
