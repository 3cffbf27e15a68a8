"""The turnout of a round by unit, and the people of a unit who have not taken part and may be reminded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from commune.models import Unit
from core.crypto import Keyring
from core.values.text import sort_key
from privacy.models.holder import Contact
from privacy.queries.consents import consenting
from quiz.attempt.models import Entry
from quiz.attempt.queries.eligible import roster_turnout
from quiz.contest.models import Participant, Round
from quiz.contest.queries.entering import list_units_in
from quiz.contest.rules.consent import PARTICIPANT, Purpose
from quiz.outreach.rules.turnout import Turnout
from quiz.results.models import ContactOpening
from quiz.results.models.contact import ABSENT
from quiz.results.queries.result import contacts_of


@dataclass(frozen=True)
class Absent:
    """The people of a unit who registered and have no entry in a round.

    `named` are those who agreed to be reminded, in the order of names; the others are counted. A possible child is
    named on no list that goes from hand to hand.
    """

    named: Sequence[Contact]
    silent: int
    children: int

    @property
    def people(self) -> int:
        """Their number."""
        return len(self.named) + self.silent + self.children


def unit_turnout(session: Session, round: Round) -> list[Turnout]:
    """Return, for each unit of the contest of *round*, its roster and its registrations; most people left first."""
    listed = {line.unit.id if line.unit else None: line for line in roster_turnout(session, round)}
    registered, entered = (_registered(session, round, is_entered=each) for each in (False, True))
    units = {unit.id: unit.name for unit in list_units_in(session, round.contest, round.number)}
    units |= {line.unit.id: line.unit.name for line in listed.values() if line.unit}
    found = [
        Turnout(
            id,
            units.get(id or 0, ""),
            listed=listed[id].listed if id in listed else 0,
            listed_entered=listed[id].entered if id in listed else 0,
            registered=registered.get(id or 0, 0),
            registered_entered=entered.get(id or 0, 0),
        )
        for id in [*units, *({None} & listed.keys())]
    ]
    return sorted(found, key=lambda each: (*(-left for left in each.left), sort_key(each.name)))


def find_absent(session: Session, keyring: Keyring, round: Round, unit: Unit) -> Absent:
    """Return the people of *unit* who are left in *round*, with the decrypted data of those who agreed to reminders."""
    people = list(session.scalars(select(Participant).where(*_counted(round), _is_left(round), _of(unit))))
    grown = [each for each in people if not each.may_be_child]
    agreed = consenting(session, PARTICIPANT, [each.id for each in grown], Purpose.REACHED)
    contacts = contacts_of(session, keyring, [each for each in grown if each.id in agreed]).values()
    named = sorted(contacts, key=lambda contact: (sort_key(contact.name), contact.phone or ""))
    return Absent(named, silent=len(grown) - len(named), children=len(people) - len(grown))


def count_absent(session: Session, round: Round, unit: Unit) -> Absent:
    """Return the people of *unit* who are left, without reading anybody's data: all of them are counted as silent."""
    query = select(func.count()).select_from(Participant).where(*_counted(round), _is_left(round), _of(unit))
    return Absent((), silent=session.scalar(query) or 0, children=0)


def find_unit(session: Session, round: Round, unit_id: int) -> Unit | None:
    """Return a unit whose people may enter the contest of *round*; None for another."""
    return next((unit for unit in list_units_in(session, round.contest, round.number) if unit.id == unit_id), None)


def absent_opened_until(session: Session, round: Round, unit: Unit, account_id: int, now: datetime) -> datetime | None:
    """Return until when the people of *unit* who are left are open to the account; None where they are not."""
    query = select(func.max(ContactOpening.closes_at)).where(
        ContactOpening.round_id == round.id,
        ContactOpening.account_id == account_id,
        ContactOpening.people == ABSENT,
        ContactOpening.unit_id == unit.id,
        ContactOpening.closes_at > now,
    )
    return session.scalar(query)


def _registered(session: Session, round: Round, *, is_entered: bool) -> dict[int, int]:
    query = select(Participant.unit_id, func.count()).where(*_counted(round)).group_by(Participant.unit_id)
    if is_entered:
        query = query.join(Entry, (Entry.participant_id == Participant.id) & (Entry.round_id == round.id))
    return dict(session.execute(query).all())


def _counted(round: Round) -> Collection[ColumnElement[bool]]:
    """Return the conditions of the people of a contest who are to be counted: neither erased nor of a rehearsal."""
    mine = Participant.contest_id == round.contest_id
    return mine, Participant.is_rehearsal.is_(False), Participant.person_id.is_not(None)


def _is_left(round: Round) -> ColumnElement[bool]:
    mine = (Entry.participant_id == Participant.id, Entry.round_id == round.id)
    return ~select(Entry.round_id).where(*mine).correlate(Participant).exists()


def _of(unit: Unit) -> ColumnElement[bool]:
    return Participant.unit_id == unit.id
