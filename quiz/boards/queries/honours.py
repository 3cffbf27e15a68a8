"""The first prizes of the published rounds of a contest."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true, tuple_
from sqlalchemy.orm import Session, joinedload

from core.crypto import Keyring
from privacy.queries.consents import consenting
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.queries.nicknames import nicknames_of
from quiz.contest.rules.consent import PARTICIPANT, Purpose
from quiz.results.models import SeasonAward, StandingRow, Winner
from quiz.results.queries.result import RoundOutcome, contacts_of, newest_versions


@dataclass(frozen=True)
class FirstPrize:
    """A first prize of a round, with the winner's line in the standings."""

    round: Round
    winner: Winner
    standing: StandingRow


@dataclass(frozen=True)
class Honours:
    """The first prizes in the order of the rounds; `outcome` says who may be named."""

    prizes: Sequence[FirstPrize]
    outcome: RoundOutcome

    @property
    def people(self) -> list[list[FirstPrize]]:
        """The prizes of each person, most first, then the earlier one."""
        found: dict[uuid.UUID, list[FirstPrize]] = {}
        for prize in self.prizes:
            found.setdefault(prize.winner.participant_id, []).append(prize)
        return sorted(found.values(), key=lambda prizes: -len(prizes))


def _is_first(contest: Contest, rounds: Sequence[Round]) -> ColumnElement[bool]:
    """Return the condition of a first prize of *rounds*, of each bloc where the contest has blocs."""
    by: dict[tuple[int | None, str], list[int]] = {}
    for round in rounds:
        for bloc in contest.numbered_blocs:
            for tier in round.tiers_for(bloc)[:1]:
                by.setdefault((bloc, tier.name), []).append(round.id)
    return or_(
        false(),
        *(
            and_(Winner.round_id.in_(ids), Winner.tier == tier, true() if bloc is None else Participant.bloc == bloc)
            for (bloc, tier), ids in by.items()
        ),
    )


def read_honours(
    session: Session,
    keyring: Keyring,
    contest: Contest,
    rounds: Sequence[Round],
    awards: Sequence[SeasonAward] = (),
) -> Honours:
    """Return the confirmed first prizes of the newest results of *rounds*; the outcome says of the winners of *awards*
    too who may be named.
    """
    prizes = _first_prizes(session, contest, rounds) if contest.tiers else []
    seats: list[Any] = [*(prize.winner for prize in prizes), *awards]
    ids = [seat.participant_id for seat in seats]
    contacts = contacts_of(session, keyring, [seat.participant for seat in seats])
    agreed = consenting(session, PARTICIPANT, ids, Purpose.NAMED)
    until: dict[uuid.UUID, datetime] = {}
    for id, closes_at in [
        *((prize.winner.participant_id, prize.round.closes_at) for prize in prizes),
        *((award.participant_id, contest.rounds[-1].closes_at) for award in awards),
    ]:  # the last one decides: its publication was looked at with the nickname
        if id not in agreed:
            until[id] = closes_at
    nicknames = nicknames_of(session, keyring, contest.id, until)
    return Honours(prizes, RoundOutcome(seats, [], contacts, frozenset(ids), agreed, nicknames=nicknames))


def _first_prizes(session: Session, contest: Contest, rounds: Sequence[Round]) -> list[FirstPrize]:
    by_id = {round.id: round for round in rounds}
    own_line = and_(
        StandingRow.round_id == Winner.round_id,
        StandingRow.version == Winner.version,
        StandingRow.participant_id == Winner.participant_id,
    )
    query = (
        select(Winner, StandingRow)
        .join(StandingRow, own_line)
        .join(Participant, Participant.id == Winner.participant_id)
        .where(_is_first(contest, rounds), Winner.state == "confirmed", Winner.needs_draw.is_(False))
        .where(Winner.round_id.in_(by_id), tuple_(Winner.round_id, Winner.version).in_(newest_versions()))
        .order_by(Winner.position)
        .options(joinedload(Winner.participant).joinedload(Participant.unit))
    )
    found = [FirstPrize(by_id[winner.round_id], winner, line) for winner, line in session.execute(query)]
    return sorted(found, key=lambda prize: prize.round.number)  # stable: several first prizes keep their order
