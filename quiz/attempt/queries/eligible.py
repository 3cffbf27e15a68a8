"""The people who are ranked in a round, by what the contest declares; others take part without a rank."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from commune.models import Unit
from quiz.attempt.models import Entry
from quiz.contest.models import Participant, RosterPerson, Round
from quiz.contest.rules.presets import Eligibility


def find_unranked(session: Session, round: Round) -> frozenset[str]:
    """Return the refs of the people with an entry in *round* who are not ranked; empty where everybody is.

    By roster those who hold no line of it now; by card or phone code those not confirmed before the round's close.
    """
    declared = round.declared.eligibility
    if declared is Eligibility.CALL:
        return frozenset()
    people = select(Entry.participant_id).where(Entry.round_id == round.id)
    if declared is Eligibility.ROSTER:
        listed = list_listed(session, round.contest_id)
        return frozenset(str(id) for id in session.scalars(people) if id not in listed)
    unconfirmed = Participant.confirmed_at.is_(None) | (Participant.confirmed_at >= round.closes_at)
    return frozenset(map(str, session.scalars(people.join(Entry.participant).where(unconfirmed))))


@dataclass(frozen=True)
class RosterLine:
    """A line of a roster and the participants that it fits, the first to register first; one of them may hold it."""

    people: tuple[uuid.UUID, ...]
    holder: uuid.UUID | None

    @property
    def is_shared(self) -> bool:
        """Whether several participants fit."""
        return len(self.people) > 1


def list_listed(session: Session, contest_id: int, which: ColumnElement[bool] | None = None) -> Collection[uuid.UUID]:
    """Return the participants who hold a line of a contest's roster; with *which*, one of those lines."""
    return frozenset(line.holder for line in list_lines(session, contest_id, which) if line.holder is not None)


def list_lines(session: Session, contest_id: int, which: ColumnElement[bool] | None = None) -> list[RosterLine]:
    """Return the lines of a contest's roster, all or *which*, that fit a participant; a line is one person.

    It fits those with its phone and its name without marks, or, without a phone, those with its name, birth year and
    unit. The only one whom it fits holds it. Of several, the first who was confirmed by a call, a card or a phone code
    does, else none: a name known from the list takes no place from the person who has it.
    """
    fitting: dict[bytes, list[tuple[uuid.UUID, datetime | None]]] = {}
    for fits in (_SAME_PHONE, _SAME_UNIT):
        query = _fitting(contest_id, fits)
        for line, id, *confirmed in session.execute(query if which is None else query.where(which)):
            fitting.setdefault(line, []).append((id, min((at for at in confirmed if at), default=None)))
    return [RosterLine(tuple(id for id, _at in people), _holder(people)) for people in fitting.values()]


def list_shared(session: Session, round: Round) -> list[RosterLine]:
    """Return the lines that fit several participants of whom one has an entry in *round*; none without a roster."""
    if round.declared.eligibility is not Eligibility.ROSTER:
        return []
    entered = set(session.scalars(select(Entry.participant_id).where(Entry.round_id == round.id)))
    return [line for line in list_lines(session, round.contest_id) if line.is_shared and entered & set(line.people)]


@dataclass(frozen=True)
class RosterTurnout:
    """The people of a unit on a roster, and how many of them have an entry in a round. Lines may name no unit."""

    unit: Unit | None
    listed: int
    entered: int

    @property
    def left(self) -> int:
        """The number of people who have not taken part."""
        return self.listed - self.entered


def roster_turnout(session: Session, round: Round) -> list[RosterTurnout]:
    """Return, for each unit on the roster of the contest of *round*, who of it has an entry; most left first.

    A person of a line that fits several participants has taken part when one of them has.
    """
    mine = RosterPerson.contest_id == round.contest_id
    lines = select(RosterPerson.unit_id, func.count()).where(mine).group_by(RosterPerson.unit_id)
    listed = dict(session.execute(lines).all())
    fits = and_(Participant.contest_id == RosterPerson.contest_id, or_(_SAME_PHONE, _SAME_UNIT))
    entered = select(RosterPerson.unit_id, func.count(RosterPerson.identity_hash.distinct())).join(Participant, fits)
    entered = entered.join(Entry, and_(Entry.participant_id == Participant.id, Entry.round_id == round.id)).where(mine)
    counts = dict(session.execute(entered.group_by(RosterPerson.unit_id)).all())
    units = {unit.id: unit for unit in session.scalars(select(Unit).where(Unit.id.in_([id for id in listed if id])))}
    found = [RosterTurnout(units.get(id or 0), count, counts.get(id, 0)) for id, count in listed.items()]
    return sorted(found, key=lambda each: (-each.left, each.unit.sort_key if each.unit else ""))


def lines_of(participant_id: uuid.UUID) -> ColumnElement[bool]:
    """Return the condition for the lines that fit a participant."""
    own = select(RosterPerson.identity_hash).join(
        Participant, and_(Participant.contest_id == RosterPerson.contest_id, or_(_SAME_PHONE, _SAME_UNIT))
    )
    return RosterPerson.identity_hash.in_(own.where(Participant.id == participant_id).correlate(None))


def _holder(people: Sequence[tuple[uuid.UUID, datetime | None]]) -> uuid.UUID | None:
    if len(people) == 1:
        return people[0][0]
    confirmed = [(at, id) for id, at in people if at is not None]
    return min(confirmed)[1] if confirmed else None


_SAME_PHONE = and_(
    RosterPerson.phone_hash == Participant.phone_hash,
    RosterPerson.name_hash.in_([Participant.name_hash, Participant.bare_name_hash]),
)
_SAME_UNIT = and_(
    RosterPerson.phone_hash.is_(None),
    RosterPerson.name_hash == Participant.name_hash,
    RosterPerson.unit_id == Participant.unit_id,
)


def _fitting(contest_id: int, fits: ColumnElement[bool]):  # type: ignore[no-untyped-def]
    """Return the query for the lines of a roster with each participant that fits, the first to register first."""
    return (
        select(RosterPerson.identity_hash, Participant.id, Participant.verified_at, Participant.confirmed_at)
        .join(Participant, and_(Participant.contest_id == RosterPerson.contest_id, fits))
        .where(RosterPerson.contest_id == contest_id, Participant.is_rehearsal.is_(False))
        .order_by(Participant.registered_at, Participant.id)
    )
