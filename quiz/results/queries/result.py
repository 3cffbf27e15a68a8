"""Standings and winners of a round's newest results, and one attempt's place in them."""

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from commune.models import Unit
from core.crypto import Keyring, digest
from core.person_keys import PersonKey, open_person
from privacy.models.holder import Contact
from privacy.queries.consents import consenting
from quiz.attempt.models import Attempt
from quiz.attempt.queries.attempt import milliseconds
from quiz.attempt.queries.origin import count_sheet_entries, find_from_sheet
from quiz.attempt.rules.entry import EntryValue
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.queries.nicknames import nicknames_of
from quiz.contest.rules.consent import PARTICIPANT, Purpose
from quiz.contest.rules.presets import Criterion
from quiz.results.models import Result, StandingRow, Winner
from quiz.results.models.contact import FRONT as FRONT_PEOPLE
from quiz.results.models.contact import PEOPLE, WINNERS
from quiz.results.rules.blocs import part_at
from quiz.results.rules.ranking import Gap, Standing, gap

FRONT = 20
"""Lines of the standings that a page shows."""


@dataclass(frozen=True)
class AttemptPlace:
    """An attempt's line in the standings, how many are ranked beside it (in its bloc), and its distance from the next
    better rank.
    """

    standing: StandingRow
    people: int
    better_rank: int | None
    gap: Gap | None


@dataclass(frozen=True)
class RoundOutcome:
    """The people on a page about a closed round; `opened` are those whose contacts were decrypted."""

    winners: list[Winner]
    standings: list[StandingRow]
    contacts: dict[uuid.UUID, Contact]
    opened: frozenset[uuid.UUID] = frozenset()
    agreed: frozenset[uuid.UUID] = frozenset()
    """Participants with consent to being named."""
    sheets: int = 0
    """The number of entries of the round that came by sheet."""
    from_sheet: frozenset[uuid.UUID] = frozenset()
    """Those on the page whose entry came by sheet; empty where all did."""

    nicknames: Mapping[uuid.UUID, str] = field(default_factory=dict)
    """The nicknames, chosen in time, of winners who did not agree to be named."""

    @property
    def fronts(self) -> list[list[StandingRow]]:
        """The front of each bloc; one list where all are ranked together."""
        return [list(rows) for _bloc, rows in groupby(self.standings, key=lambda row: row.bloc)]

    @property
    def named(self) -> frozenset[uuid.UUID]:
        """Participants who may be named in public: confirmed winners who can't be children and agreed to it."""
        return self.opened & self._public & self.agreed

    @property
    def initials(self) -> dict[uuid.UUID, str]:
        """The first letter of the given names of confirmed winners who can't be children and did not agree."""
        return {
            id: self.contacts[id].name.split()[-1][0].upper()
            for id in self._public - self.agreed
            if id in self.contacts
        }

    @property
    def nicknamed(self) -> dict[uuid.UUID, str]:
        """The nicknames that stand in public in place of the names of those in `initials`."""
        return {id: self.nicknames[id] for id in self._public - self.agreed if id in self.nicknames}

    @property
    def _public(self) -> frozenset[uuid.UUID]:
        return frozenset(
            winner.participant_id
            for winner in self.winners
            if winner.state == "confirmed"
            and not winner.needs_draw
            and not winner.participant.may_be_child
            and winner.participant.restricted_at is None
        )


def find_result(session: Session, round: Round) -> Result | None:
    """Return the newest version of *round*'s results."""
    query = select(Result).where(Result.round_id == round.id).order_by(Result.version.desc()).limit(1)
    return session.scalar(query)


def turns_of_contests(session: Session, contests: Collection[Contest]) -> dict[int, int]:
    """Return the turns in the closed rounds of each of *contests*, by id; those without a closed round are left out."""
    newest = newest_versions().subquery()
    is_newest = and_(Result.round_id == newest.c.round_id, Result.version == newest.c.version)
    query = select(Round.contest_id, func.sum(Result.turns)).join(Result, Result.round_id == Round.id)
    query = query.join(newest, is_newest).where(Round.contest_id.in_([each.id for each in contests]))
    return {id: int(turns) for id, turns in session.execute(query.group_by(Round.contest_id))}


def newest_versions() -> Select[int, int]:
    """Return the query for the round and version of every round's newest results."""
    return select(Result.round_id, func.max(Result.version).label("version")).group_by(Result.round_id)


def read_outcome(
    session: Session, keyring: Keyring, result: Result | None, opened: Collection[str] = PEOPLE
) -> RoundOutcome:
    """Return winners and the front of the standings; empty before the close.

    Only the contacts of the groups in *opened* (`quiz.results.models.contact`) are decrypted.
    """
    if result is None:
        return RoundOutcome([], [], {})
    winners, standings = list_winners(session, result), list_standings(session, result, limit=FRONT)
    people = [winner.participant for winner in winners] if WINNERS in opened else []
    people += [row.participant for row in standings] if FRONT_PEOPLE in opened else []
    ids = frozenset(participant.id for participant in people)
    agreed = consenting(session, PARTICIPANT, [winner.participant_id for winner in winners], Purpose.NAMED)
    sheets = count_sheet_entries(session, result.round_id)
    shown = {winner.participant_id for winner in winners} | {row.participant_id for row in standings}
    is_mixed = 0 < sheets < result.people
    from_sheet = find_from_sheet(session, result.round_id, shown) if is_mixed else frozenset[uuid.UUID]()
    contacts = contacts_of(session, keyring, people)
    nicknames = nicknames_in(session, keyring, result, winners, agreed) if WINNERS in opened else {}
    return RoundOutcome(winners, standings, contacts, ids, agreed, sheets, from_sheet, nicknames)


def nicknames_in(
    session: Session, keyring: Keyring, result: Result, winners: Sequence[Winner], agreed: Collection[uuid.UUID]
) -> dict[uuid.UUID, str]:
    """Return the nicknames of *winners* who have not *agreed* to be named, chosen before the round ended."""
    unnamed = [each for each in winners if each.participant_id not in agreed and not each.participant.may_be_child]
    if not unnamed:
        return {}
    round = session.get_one(Round, result.round_id)
    until = {each.participant_id: round.closes_at for each in unnamed}
    return nicknames_of(session, keyring, round.contest_id, until)


class SilencedLine(NamedTuple):
    """A line of the standings whose person is restricted or erased."""

    participant_id: uuid.UUID
    rank: int
    unit: str


def list_silenced(session: Session, round: Round, limit: int = FRONT) -> list[SilencedLine]:
    """Return the first such lines of *round*'s newest results; they can't be called."""
    result = find_result(session, round)
    if result is None:
        return []
    query = select(StandingRow.participant_id, StandingRow.rank, Unit.name).join(StandingRow.participant)
    query = query.join(Participant.unit).where(StandingRow.round_id == round.id, StandingRow.version == result.version)
    query = query.where(or_(Participant.restricted_at.is_not(None), Participant.person_id.is_(None)))
    rows = session.execute(query.order_by(StandingRow.position).limit(limit))
    return [SilencedLine(*row) for row in rows]


def winners_digest(session: Session, result: Result) -> str:
    """Return a digest of the list of winners, 32 hexadecimal digits, which changes with a seat, a prize or a name."""
    facts = [str(result.version)]
    for winner in list_winners(session, result):
        facts += [winner.participant_id.hex, winner.tier or "", winner.state, str(winner.needs_draw)]
        facts.append((winner.participant.sealed or b"").hex())
    return digest(*facts).hex()[:32]


def list_standings(session: Session, result: Result, limit: int = 100) -> list[StandingRow]:
    """Return the first *limit* lines of the standings, of each bloc, with their participants and units."""
    query = _lines(result).order_by(StandingRow.position)
    if result.parts:
        fronts = [StandingRow.position.between(part.first, part.first + limit - 1) for part in result.parts]
        query = query.where(or_(*fronts))
    else:
        query = query.limit(limit)
    return list(session.scalars(query.options(joinedload(StandingRow.participant).joinedload(Participant.unit))))


def count_ranked(session: Session, result: Result) -> int:
    """Return the number of ranked entries in *result*."""
    mine = (StandingRow.round_id == result.round_id, StandingRow.version == result.version)
    return session.scalar(select(func.max(StandingRow.position)).where(*mine)) or 0


def list_ranked(session: Session, result: Result, people: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of *people* who are ranked in *result*."""
    mine = (StandingRow.round_id == result.round_id, StandingRow.version == result.version)
    query = select(StandingRow.participant_id).where(*mine, StandingRow.participant_id.in_(people))
    return set(session.scalars(query))


def list_winners(session: Session, result: Result) -> list[Winner]:
    """Return everybody in line for a prize, in the order of the standings."""
    query = (
        select(Winner)
        .where(Winner.round_id == result.round_id, Winner.version == result.version)
        .order_by(Winner.position)
        .options(joinedload(Winner.participant).joinedload(Participant.unit))
    )
    return list(session.scalars(query))


def find_seat(session: Session, round: Round, participant_id: uuid.UUID) -> Winner | None:
    """Return the participant's seat in line for a prize in *round*'s newest results."""
    result = find_result(session, round)
    return session.get(Winner, (round.id, result.version, participant_id)) if result else None


def contacts_of(session: Session, keyring: Keyring, participants: Collection[Participant]) -> dict[uuid.UUID, Contact]:
    """Return the decrypted data of *participants* by id; erased and restricted ones are absent."""
    participants = [each for each in participants if each.restricted_at is None]
    return decrypt_contacts(session, keyring, participants)


def decrypt_contacts(
    session: Session, keyring: Keyring, participants: Collection[Participant]
) -> dict[uuid.UUID, Contact]:
    """Return the decrypted data of *participants* by id, for answering their own request; erased ones are absent."""
    ids = [participant.person_id for participant in participants if participant.person_id]
    keys = {row.id: row for row in session.scalars(select(PersonKey).where(PersonKey.id.in_(ids)))}
    found = {}
    for participant in participants:
        row = keys.get(participant.person_id) if participant.person_id else None
        if row is not None:
            found[participant.id] = Contact(*json.loads(open_person(keyring, row).unseal(participant.sealed)))
    return found


def find_place(session: Session, round: Round, attempt: Attempt) -> AttemptPlace | None:
    """Return the place of *attempt* in the newest results; None for an attempt that does not count."""
    result = find_result(session, round)
    if result is None:
        return None
    mine = session.scalar(_lines(result).where(StandingRow.participant_id == attempt.participant_id))
    if mine is None or mine.attempt_id != attempt.id:
        return None
    part = part_at(result.parts, mine.position)
    people = part.people if part else result.people
    lines = _lines(result) if part is None else _lines(result).where(StandingRow.position >= part.first)
    if part is not None:
        lines = lines.where(StandingRow.position < mine.position)
    better = session.scalar(lines.where(StandingRow.rank < mine.rank).order_by(StandingRow.position.desc()).limit(1))
    if better is None:
        return AttemptPlace(mine, people, None, None)
    why = gap(standing_value(better), standing_value(mine), round.declared.order)
    return AttemptPlace(mine, people, better.rank, why)


def find_prize(session: Session, attempt: Attempt) -> Winner | None:
    """Return the confirmed prize of the participant of *attempt* in the newest results; None without one."""
    result = find_result(session, attempt.round)
    if result is None:
        return None
    query = select(Winner).where(
        Winner.round_id == result.round_id,
        Winner.version == result.version,
        Winner.participant_id == attempt.participant_id,
        Winner.state == "confirmed",
        Winner.needs_draw.is_(False),
    )
    return session.scalar(query)


def standing_value(row: StandingRow) -> Standing:
    """Return a stored line as `rules.ranking` made it."""
    entry = EntryValue(
        ref=str(row.participant_id),
        correct=row.correct,
        duration_ms=row.duration_ms,
        guess=row.guess,
        submitted_ms=milliseconds(row.submitted_at) if row.submitted_at else None,
        bloc=row.bloc,
    )
    decided_by = Criterion(row.decided_by) if row.decided_by else None
    return Standing(rank=row.rank, entry=entry, distance=row.distance, decided_by=decided_by)


def _lines(result: Result):  # type: ignore[no-untyped-def]
    return select(StandingRow).where(StandingRow.round_id == result.round_id, StandingRow.version == result.version)
