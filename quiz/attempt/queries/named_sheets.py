"""Paper sheets that are printed for one participant, and the participants who may still have one."""

import hmac
import json
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from commune.models import Unit
from core.crypto import Keyring
from core.person_keys import PersonKey, open_person
from core.values.codes import letters_to_type, readings
from core.values.text import sort_key
from quiz.attempt.models import Attempt, PaperSheet
from quiz.attempt.rules.sheet_proof import SHEET_CODE_LETTERS
from quiz.contest.models import Participant, Round


@dataclass(frozen=True)
class SheetPerson:
    """The person on a sheet as it is printed: the name, the unit, and the code that only this sheet bears."""

    name: str
    unit: str
    code: str


def sheet_code(keyring: Keyring, sheet: PaperSheet) -> str:
    """Return the code on *sheet*, which follows from its id by a keyed hash and opens nothing but its keying."""
    found = keyring.mac("sheet-code", sheet.id.bytes)
    return letters_to_type(int.from_bytes(found, "big"), SHEET_CODE_LETTERS)


def is_code_of(keyring: Keyring, sheet: PaperSheet, typed: str) -> bool:
    """Return whether *typed* is the code on *sheet*, as read off paper."""
    code = sheet_code(keyring, sheet)
    return any(hmac.compare_digest(code, each) for each in readings(typed, SHEET_CODE_LETTERS))


def list_untried(session: Session, round: Round, unit: Unit) -> list[Participant]:
    """Return the participants of *unit* without an attempt in *round*, nor a sheet of their own that was keyed in."""
    tried = select(Attempt.id).where(Attempt.round_id == round.id, Attempt.participant_id == Participant.id)
    keyed = select(PaperSheet.id).where(PaperSheet.round_id == round.id, PaperSheet.printed_for_id == Participant.id)
    keyed = keyed.where(PaperSheet.first_by_id.is_not(None))
    query = select(Participant).where(*_present(round), Participant.unit_id == unit.id)
    query = query.where(~tried.correlate(Participant).exists(), ~keyed.correlate(Participant).exists())
    return list(session.scalars(query.order_by(Participant.registered_at, Participant.id)))


def count_untried(session: Session, round: Round) -> dict[int, int]:
    """Return how many participants have no attempt in *round*, by unit."""
    tried = select(Attempt.id).where(Attempt.round_id == round.id, Attempt.participant_id == Participant.id)
    query = select(Participant.unit_id, func.count()).where(*_present(round), ~tried.correlate(Participant).exists())
    return dict(session.execute(query.group_by(Participant.unit_id)).all())


def list_named_sheets(session: Session, round: Round, people: Collection[Participant]) -> list[PaperSheet]:
    """Return the sheets of *round* printed for *people* that are not keyed in, the oldest first."""
    query = select(PaperSheet).where(PaperSheet.round_id == round.id, PaperSheet.first_by_id.is_(None))
    query = query.where(PaperSheet.printed_for_id.in_([each.id for each in people]))
    return list(session.scalars(query.order_by(PaperSheet.number)))


def people_on(session: Session, keyring: Keyring, sheets: Collection[PaperSheet]) -> dict[uuid.UUID, SheetPerson]:
    """Return the person on each of *sheets* by its id; those for anybody, and erased people, are absent."""
    named = [(sheet, sheet.printed_for) for sheet in sheets if sheet.printed_for and sheet.printed_for.person_id]
    names = _names(session, keyring, [person for _sheet, person in named])
    return {
        sheet.id: SheetPerson(names[person.id], person.unit.label, sheet_code(keyring, sheet))
        for sheet, person in named
        if person.id in names
    }


def in_order(sheets: Collection[PaperSheet], people: Mapping[uuid.UUID, SheetPerson]) -> list[PaperSheet]:
    """Return the *sheets* of known *people* in the order of their given names, as lists of a village are kept."""
    found = [each for each in sheets if each.id in people]
    return sorted(found, key=lambda each: (sort_key(people[each.id].name), each.number))


def _present(round: Round) -> tuple[ColumnElement[bool], ...]:
    mine = Participant.contest_id == round.contest_id
    there = Participant.person_id.is_not(None), Participant.restricted_at.is_(None)
    return mine, Participant.is_rehearsal.is_(False), *there


def _names(session: Session, keyring: Keyring, people: Collection[Participant]) -> dict[uuid.UUID, str]:
    query = select(PersonKey).where(PersonKey.id.in_([each.person_id for each in people]))
    opened = {row.id: open_person(keyring, row) for row in session.scalars(query)}
    found = [(each, opened[each.person_id]) for each in people if each.person_id in opened]
    return {each.id: json.loads(person.unseal(each.sealed))[0] for each, person in found}
