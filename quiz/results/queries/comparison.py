"""The people who are compared: found by rank, code or name, with all that decides about their prizes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from core.crypto import Keyring, read_codes
from core.values.names import name_key
from quiz.attempt.models import Attempt, Entry
from quiz.attempt.queries.attempt import find_holder
from quiz.attempt.queries.origin import find_from_sheet
from quiz.contest.models import Participant, ParticipantWord, Round
from quiz.contest.operations.registration import word_hash, words_of
from quiz.results.models import Exclusion, StandingRow, Winner
from quiz.results.queries.barred import find_barred
from quiz.results.queries.correction import find_exclusion
from quiz.results.queries.draws import OwnDraw, find_own_draw
from quiz.results.queries.result import contacts_of, find_result

MOST_NAMESAKES = 20


class Compared(Protocol):
    """A person who is compared with another: over a round, or over a whole contest."""

    @property
    def participant(self) -> Participant:
        """The person."""

    @property
    def name(self) -> str:
        """The name as registered where it was typed, else empty."""

    @property
    def rank(self) -> int | None:
        """The rank in their bloc; None without one."""

    @property
    def bloc(self) -> int | None:
        """The bloc in which they are ranked; None in a contest without blocs."""

    @property
    def draw(self) -> OwnDraw | None:
        """The tie that they are in, if a public draw decides or decided it."""


@dataclass(frozen=True)
class ComparedEntry:
    """An entry that is compared; `name` is the name as registered where it was typed, else empty.

    `line` is None for an entry that is not ranked; `barred` says that earlier prizes leave its person out of this
    round's.
    """

    participant: Participant
    name: str
    line: StandingRow | None
    winner: Winner | None
    exclusion: Exclusion | None
    barred: bool
    from_sheet: bool
    draw: OwnDraw | None = None
    """The tie that it is in, if a public draw decides or decided it."""

    @property
    def rank(self) -> int | None:
        """The rank of the entry; None for one that is not ranked."""
        return self.line.rank if self.line else None

    @property
    def bloc(self) -> int | None:
        """The bloc in which it is ranked; that of the person where it is not."""
        return self.line.bloc if self.line else self.participant.bloc

    @property
    def unit(self) -> str:
        """The unit that they entered for."""
        return self.participant.unit.name


@dataclass(frozen=True)
class Found:
    """A participant with an entry; `name` and `birth_year` where they were found by name, `bloc` where the
    contest has blocs.
    """

    id: uuid.UUID
    unit: str
    name: str = ""
    birth_year: int | None = None
    bloc: str = ""


def find_typed(session: Session, keyring: Keyring, round: Round, typed: str) -> list[Found]:
    """Return the participants with an entry in *round* that *typed* stands for: a rank, a code or a whole name.

    Of a tie the first is found, since the others are equal in every criterion; each bloc has its own. Several may have
    one name. A name is found with its marks; people whose data is erased or restricted are not found by it.
    """
    if (rank := typed_rank(typed)) is not None:
        return _by_rank(session, round, rank)
    return find_person(session, keyring, [round], typed)


def typed_rank(typed: str) -> int | None:
    """Return the rank that *typed* is, 0 for one that no contest reaches; None for other words."""
    text = typed.strip()
    if not (text.isascii() and text.isdecimal()):
        return None
    return int(text) if len(text) < 8 else 0


def find_person(session: Session, keyring: Keyring, rounds: Sequence[Round], typed: str) -> list[Found]:
    """Return the participants with an entry in one of *rounds* whose code or whole name *typed* is."""
    text = typed.strip()
    return _by_code(session, keyring, rounds, read_codes(text)) or _by_name(session, keyring, rounds, text)


def read_compared(session: Session, round: Round, found: Found) -> ComparedEntry:
    """Return the entry of a participant that `find_typed` found, as the newest results hold it."""
    person = session.get_one(Participant, found.id, options=[joinedload(Participant.unit)])
    result = find_result(session, round)
    key = {"round_id": round.id, "version": result.version if result else 0, "participant_id": found.id}
    return ComparedEntry(
        person,
        found.name,
        session.scalar(select(StandingRow).filter_by(**key)),
        session.scalar(select(Winner).filter_by(**key)),
        find_exclusion(session, round.id, found.id),
        barred=str(found.id) in find_barred(session, round),
        from_sheet=found.id in find_from_sheet(session, round.id, {found.id}),
        draw=find_own_draw(session, result, round, found.id) if result else None,
    )


def _by_rank(session: Session, round: Round, rank: int) -> list[Found]:
    result = find_result(session, round)
    if result is None:
        return []
    query = select(StandingRow).filter_by(round_id=round.id, version=result.version, rank=rank)
    query = query.options(joinedload(StandingRow.participant).joinedload(Participant.unit))
    query = query.order_by(StandingRow.position).limit(1)
    blocs = round.contest.numbered_blocs
    rows = [session.scalar(query if bloc is None else query.where(StandingRow.bloc == bloc)) for bloc in blocs]
    return [
        Found(row.participant_id, row.participant.unit.name, bloc=round.contest.bloc_name(row.bloc))
        for row in rows
        if row
    ]


def _by_code(session: Session, keyring: Keyring, rounds: Sequence[Round], codes: Sequence[str]) -> list[Found]:
    if not codes:
        return []
    hashes = [keyring.mac("attempt-receipt", code) for code in codes]
    receipt = select(Attempt.participant_id).where(Attempt.receipt_hash.in_(hashes), Attempt.round_id.in_(_ids(rounds)))
    id = session.scalar(receipt.limit(1))
    if id is None:
        holder = find_holder(session, keyring, codes)
        id = holder.id if holder else None
    return [Found(each.id, each.unit.name) for each in _entered(session, rounds, [id] if id else [])]


def _by_name(session: Session, keyring: Keyring, rounds: Sequence[Round], name: str) -> list[Found]:
    words = words_of(name)
    if len(words) < 2 or not rounds:
        return []
    hashes = [word_hash(keyring, rounds[0].contest_id, word) for word in words]
    holding = select(ParticipantWord.participant_id).where(ParticipantWord.word_hash.in_(hashes))
    holding = holding.group_by(ParticipantWord.participant_id).having(func.count() == len(hashes))
    entered = select(Entry.participant_id).where(Entry.round_id.in_(_ids(rounds)), Entry.participant_id.in_(holding))
    people = _entered(session, rounds, list(session.scalars(entered.distinct().limit(10 * MOST_NAMESAKES))))
    contacts = contacts_of(session, keyring, people)
    same = [each for each in people if each.id in contacts and name_key(contacts[each.id].name) == name_key(name)]
    return [
        Found(each.id, each.unit.name, contacts[each.id].name, contacts[each.id].birth_year)
        for each in same[:MOST_NAMESAKES]
    ]


def _entered(session: Session, rounds: Sequence[Round], ids: Sequence[uuid.UUID]) -> list[Participant]:
    """Return the participants *ids* with an entry in one of *rounds*, the first to register first."""
    entered = select(Entry.participant_id).where(Entry.round_id.in_(_ids(rounds)), Entry.participant_id.in_(ids))
    query = select(Participant).where(Participant.id.in_(entered)).options(joinedload(Participant.unit))
    return list(session.scalars(query.order_by(Participant.registered_at, Participant.id)))


def _ids(rounds: Sequence[Round]) -> list[int]:
    return [each.id for each in rounds]
