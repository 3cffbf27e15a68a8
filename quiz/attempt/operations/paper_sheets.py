"""Key in paper sheets: each twice, by two accounts that do not see each other's reading."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import case, select, update
from sqlalchemy.orm import Session

from account.labels import SAME_SIGN
from account.operations.audit import Actor, record
from account.queries.same_person import find_same_signs
from account.rules.chain import Plain
from core.crypto import Keyring
from core.db import changed_rows
from core.values.text import N_
from core.values.week import day_start
from quiz.attempt.labels import KEYED_FIELD, SHEET_STATE
from quiz.attempt.models import PaperSheet
from quiz.attempt.operations.sheet_settling import lock_sheet, person_hash, read_sealed, seal_reading, settle_sheet
from quiz.attempt.queries.paper_sheets import list_sealed_sheets
from quiz.attempt.queries.printed import DecodedSheet, decode
from quiz.attempt.rules.keying import KeyedPaper, differences, has_guess_in_time, late_guess, may_insist
from quiz.attempt.rules.sheet_proof import SheetState, is_barred
from quiz.contest.models import Participant, Round
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.rules.actions import QuizAction

KEPT_DAYS = 30


class SameAccount(Exception):
    """The account that keyed a sheet in first may not be the second as well."""


class AlreadyKeyed(Exception):
    """Both have keyed the sheet in."""


class DiscardedLate(Exception):
    """A first reading is not discarded once the round has closed."""


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
    found = lock_sheet(session, sheet.id)
    _decode(session, keyring, found)
    if found.second_by_id is not None or found.first_by_id not in (None, account_id):
        raise AlreadyKeyed
    _check_alone(session, keyring, found, typed)
    before, is_late = read_sealed(keyring, found), now >= found.round.closes_at
    found.guess_in_time = has_guess_in_time(before, typed, is_late=is_late, was_in_time=found.guess_in_time)
    found.first_by_id = account_id
    found.sealed = seal_reading(keyring, found, typed)
    session.flush()


def _check_alone(session: Session, keyring: Keyring, sheet: PaperSheet, typed: KeyedPaper) -> None:
    """Refuse a person whom the other sheets that wait hold as often as the rules allow tries.

    A sheet with proof is kept back by others with proof alone, so that one in somebody's name keeps back no true one.
    """
    mine, numbers = person_hash(keyring, sheet, typed), []
    for each in list_sealed_sheets(session, sheet.round):
        reading = read_sealed(keyring, each)
        if each.id == sheet.id or reading is None or person_hash(keyring, each, reading) != mine:
            continue
        if _is_proven(each, reading) or not _is_proven(sheet, typed):
            numbers.append(each.number)
    if is_barred(len(numbers), tries=sheet.round.declared.tries):
        raise PersonOnOtherSheets(numbers)


def _is_proven(sheet: PaperSheet, typed: KeyedPaper) -> bool:
    return sheet.printed_for_id is not None or typed.has_code


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
) -> SheetState:
    """Compare with what the first keyed in, and settle the sheet as `settle_sheet` says; return its state.

    A paper that counts ranks as if the whole time had been used, and one that is finished after the close as if it had
    come last, with a guess only as `rules.keying.late_guess` says.
    With *insists* the second account has looked at the sheet again, and its reading holds, but not over whose sheet it
    is. *alone* is where one person decides alone.

    Raises:
        SameAccount, AlreadyKeyed: who keys in may not, or both have.
        SheetOutdated: the round asks something else than the sheet.
        Differing: they differ; nothing but which fields do is stored, and recorded.
        RoundNotOpen, Restricted, AlreadyRegistered: as `settle_sheet`.
    """
    found = lock_sheet(session, sheet.id)
    first = read_sealed(keyring, found)
    if first is None or found.second_by_id is not None:
        raise AlreadyKeyed
    if found.first_by_id == actor.account_id and not alone:
        raise SameAccount
    decoded = _decode(session, keyring, found)
    fields = differences(first, typed)
    found.differed = max(found.differed, len(fields))
    if fields and not (insists and (alone or may_insist(fields))):
        _record_differing(session, actor, found, fields, now=now)
        raise Differing(fields, first)
    if now >= found.round.closes_at:
        typed = replace(typed, guess=late_guess(first, typed, in_time=found.guess_in_time))
    state = settle_sheet(session, keyring, found, decoded.paper, typed, now=now)
    _finish(session, actor, found, state, now=now)
    return state


def _record_differing(
    session: Session, actor: Actor, sheet: PaperSheet, fields: Sequence[str], *, now: datetime
) -> None:
    after: dict[str, Plain] = {
        "number": sheet.number,
        "differs_in": "; ".join(KEYED_FIELD.get(each, N_("Câu %(place)s") % {"place": each[1:]}) for each in fields),
        "first_by": sheet.first_by.name if sheet.first_by else "",
    }
    session.flush()
    record(session, actor, QuizAction.PAPER_DIFFER, of_round(sheet.round), after=after, now=now)


def discard_first(session: Session, actor: Actor, sheet: PaperSheet, *, now: datetime) -> None:
    """Discard the first reading of *sheet*, so that it is keyed in anew by two, and record by whom.

    One reading that is never finished could else keep back the true sheet of its person. Not after the close: a
    guess that was keyed in before would be lost for good.

    Raises:
        AlreadyKeyed: there is no reading that waits.
        DiscardedLate: the round has closed.
    """
    found = lock_sheet(session, sheet.id)
    if found.sealed is None or found.second_by_id is not None:
        raise AlreadyKeyed
    if now >= found.round.closes_at:
        raise DiscardedLate
    after: dict[str, Plain] = {"number": found.number, "first_by": found.first_by.name if found.first_by else ""}
    found.sealed, found.first_by_id, found.guess_in_time = None, None, False
    session.flush()
    record(session, actor, QuizAction.PAPER_DISCARD, of_round(found.round), after=after, now=now)


def _finish(session: Session, actor: Actor, sheet: PaperSheet, state: SheetState, *, now: datetime) -> None:
    """Mark *sheet* as keyed in by both, and record it."""
    sheet.second_by_id = actor.account_id
    sheet.is_late = now >= sheet.round.closes_at
    session.flush()
    first, second = sheet.first_by, sheet.second_by
    after: dict[str, Plain] = {
        "number": sheet.number,
        "state": SHEET_STATE[state],
        "differed": sheet.differed,
        "first_by": first.name if first else "",
    }
    if first and second and (signs := find_same_signs(session, first, second)):
        after["same_person"] = "; ".join(SAME_SIGN[sign] for sign in signs)
    record(session, actor, QuizAction.PAPER_KEY, of_round(sheet.round), after=after, now=now)


def forget_readings(session: Session, keyring: Keyring, people: Collection[Participant]) -> None:
    """Delete the waiting readings of *people* who are being erased: a second one would register them anew."""
    contests, hashes = {each.contest_id for each in people}, {each.identity_hash for each in people}
    query = select(PaperSheet).join(PaperSheet.round).where(Round.contest_id.in_(contests))
    for sheet in session.scalars(query.where(PaperSheet.sealed.is_not(None))):
        reading = read_sealed(keyring, sheet)
        if reading and person_hash(keyring, sheet, reading) in hashes:
            sheet.sealed, sheet.guess_in_time = None, False
            sheet.first_by_id = sheet.first_by_id if sheet.second_by_id else None
    session.flush()


def purge_readings(session: Session, today: date) -> int:
    """Delete what was keyed in and never settled of rounds that closed 30 days before *today*; return how many."""
    over = select(Round.id).where(Round.closes_at < day_start(today - timedelta(days=KEPT_DAYS)))
    change = update(PaperSheet).where(PaperSheet.round_id.in_(over), PaperSheet.sealed.is_not(None))
    first = case((PaperSheet.second_by_id.is_(None), None), else_=PaperSheet.first_by_id)
    return changed_rows(session, change.values(sealed=None, first_by_id=first))
