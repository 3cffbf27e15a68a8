"""The people who are ranked in a round, by what the contest declares; others take part without a rank."""

import uuid
from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from core.crypto import Keyring
from quiz.attempt.models import Entry
from quiz.attempt.queries.attempt import find_participant_by_code
from quiz.contest.models import Contest, Participant, RosterPerson, Round
from quiz.contest.rules.presets import Eligibility


def find_unranked(session: Session, round: Round) -> frozenset[str]:
    """Return the refs of the people with an entry in *round* who are not ranked; empty where everybody is.

    By roster those who are not on it now; by card or phone code those not confirmed before the round's close.
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


def list_listed(session: Session, contest_id: int, which: ColumnElement[bool] | None = None) -> Collection[uuid.UUID]:
    """Return the participants of a contest who are on its roster; with *which*, in those of its lines.

    A line of the roster is one person: of several participants that it fits the one who registered first is listed, so
    that a name known from the list does not bring many in. With a phone on the list, the phone must be the same, and
    the name without marks; without one the name, the birth year and the unit.
    """
    first: dict[bytes, uuid.UUID] = {}
    for fits in (_SAME_PHONE, _SAME_UNIT):
        query = _fitting(contest_id, fits)
        for line, participant_id in session.execute(query if which is None else query.where(which)):
            first.setdefault(line, participant_id)
    return frozenset(first.values())


def is_code_listed(session: Session, keyring: Keyring, contest: Contest, code: str) -> bool:
    """Return whether the participant of *contest* with this personal code is on its roster."""
    own = select(RosterPerson.identity_hash).join(
        Participant, and_(Participant.contest_id == RosterPerson.contest_id, or_(_SAME_PHONE, _SAME_UNIT))
    )
    holder = find_participant_by_code(session, keyring, contest, code)
    if holder is None:
        return False
    lines = own.where(Participant.id == holder.id).correlate(None)
    return holder.id in list_listed(session, contest.id, RosterPerson.identity_hash.in_(lines))


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
        select(RosterPerson.identity_hash, Participant.id)
        .join(Participant, and_(Participant.contest_id == RosterPerson.contest_id, fits))
        .where(RosterPerson.contest_id == contest_id, Participant.is_rehearsal.is_(False))
        .order_by(Participant.registered_at, Participant.id)
    )
