"""The winners of a round with the names that a file of one account may give."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.crypto import Keyring
from quiz.contest.models import Round
from quiz.contest.queries import phase_of
from quiz.contest.rules.schedule import Phase
from quiz.results.models import Result, StandingRow, Winner
from quiz.results.models.contact import FRONT, PEOPLE, WINNERS
from quiz.results.queries.extras import extras_of
from quiz.results.queries.result import FRONT as FRONT_LINES
from quiz.results.queries.result import RoundOutcome, contacts_of, list_standings, read_outcome


@dataclass(frozen=True)
class WinnerLine:
    """A person in line for a prize with their line in the standings.

    `name` is what this account may read: of opened contacts, or of those who are named in public; empty otherwise.
    `public_name` is the name as published; empty for all who are not named.
    """

    winner: Winner
    standing: StandingRow
    name: str
    public_name: str
    more: Mapping[str, str] = field(default_factory=dict)
    """Their answers to the further fields of the registration, if their contact is open to the account."""

    @property
    def unit(self) -> str:
        """The unit that they entered for."""
        return self.winner.participant.unit.name

    @property
    def bloc(self) -> int | None:
        """The bloc in which they are ranked; None where the contest has none."""
        return self.winner.participant.bloc

    @property
    def prize(self) -> str:
        """The prize with its bloc; empty where it waits for a draw."""
        return self.winner.prize

    @property
    def has_prize(self) -> bool:
        """Whether the prize is theirs: confirmed, and not waiting for a draw."""
        return self.winner.state == "confirmed" and not self.winner.needs_draw and self.winner.tier is not None


def list_winner_lines(
    session: Session, keyring: Keyring, round: Round, result: Result, opened: Collection[str], now: datetime
) -> list[WinnerLine]:
    """Return the winners of *result* in the order of the standings; *opened* are the contacts open to the account.

    Nothing is decrypted that may not be shown: before the publication only what was opened.
    """
    is_public = phase_of(round, now) is Phase.PUBLISHED
    outcome = read_outcome(session, keyring, result, PEOPLE if is_public else opened)
    lines = _lines_of(session, result, outcome)
    named = outcome.named if is_public else frozenset()
    people = [winner.participant for winner in outcome.winners] if WINNERS in opened else []
    more = extras_of(session, keyring, people)
    return [
        WinnerLine(
            winner,
            lines[winner.participant_id],
            _name(outcome, winner) if WINNERS in opened or winner.participant_id in named else "",
            _name(outcome, winner) if winner.participant_id in named else "",
            more.get(winner.participant_id, {}),
        )
        for winner in outcome.winners
        if winner.participant_id in lines
    ]


def front_names(session: Session, keyring: Keyring, result: Result, opened: Collection[str]) -> dict[UUID, str]:
    """Return the names at the front of the standings if they are *opened*; empty otherwise."""
    lines = list_standings(session, result, limit=FRONT_LINES) if FRONT in opened else []
    contacts = contacts_of(session, keyring, [row.participant for row in lines])
    return {id: contact.name for id, contact in contacts.items()}


def _name(outcome: RoundOutcome, winner: Winner) -> str:
    contact = outcome.contacts.get(winner.participant_id)
    return contact.name if contact else ""


def _lines_of(session: Session, result: Result, outcome: RoundOutcome) -> dict[object, StandingRow]:
    ids = [winner.participant_id for winner in outcome.winners]
    query = select(StandingRow).where(
        StandingRow.round_id == result.round_id,
        StandingRow.version == result.version,
        StandingRow.participant_id.in_(ids),
    )
    return {row.participant_id: row for row in session.scalars(query)}
