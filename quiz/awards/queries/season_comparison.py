"""The people who are compared over a whole contest, with all that decides about its prizes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session, joinedload

from core.crypto import Keyring
from quiz.awards.queries.season import SeasonSeat, draft_season
from quiz.boards.queries.season import SeasonLine, find_at_rank, find_line
from quiz.contest.models import Contest, Participant, Round
from quiz.results.queries.comparison import Found, find_person, typed_rank
from quiz.results.queries.draws import OwnDraw, list_season_draws, own_draw


@dataclass(frozen=True)
class ComparedSeason:
    """A person who is compared over a contest; `line` is None for one whom no round gives a rank.

    `seat` is their place in line for a prize; `barred` says that they have as many prizes as the rules allow.
    """

    participant: Participant
    name: str
    line: SeasonLine | None
    seat: SeasonSeat | None
    barred: bool
    draw: OwnDraw | None = None

    @property
    def rank(self) -> int | None:
        """Their rank over the whole contest, in their bloc; None without one."""
        return self.line.rank if self.line else None

    @property
    def bloc(self) -> int | None:
        """Their bloc; None in a contest without blocs."""
        return self.participant.bloc

    @property
    def unit(self) -> str:
        """The unit that they entered for."""
        return self.participant.unit.name


def closed_rounds(contest: Contest) -> Sequence[Round]:
    """Return the rounds of *contest* that have results."""
    return [round for round in contest.rounds if round.closed_at is not None]


def find_in_season(session: Session, keyring: Keyring, contest: Contest, typed: str) -> list[Found]:
    """Return the participants of *contest* that *typed* stands for: a rank over its rounds, a code or a whole name.

    Of a tie the first is found; each bloc has its own.
    """
    rounds, rank = closed_rounds(contest), typed_rank(typed)
    if rank is None:
        return find_person(session, keyring, rounds, typed)
    people = [find_at_rank(session, contest, rounds, bloc, rank) for bloc in contest.numbered_blocs]
    return [Found(each.id, each.unit.name, bloc=contest.bloc_name(each.bloc)) for each in people if each]


def read_in_season(session: Session, contest: Contest, found: Found, now: datetime) -> ComparedSeason:
    """Return the person that `find_in_season` found, as the newest results of the rounds hold them."""
    person = session.get_one(Participant, found.id, options=[joinedload(Participant.unit)])
    draft = draft_season(session, contest, now)
    return ComparedSeason(
        person,
        found.name,
        find_line(session, contest, closed_rounds(contest), person),
        draft.find(person.id) if draft else None,
        barred=_holds(draft.barred if draft else (), person.id),
        draw=own_draw(list_season_draws(session, contest), person.id),
    )


def _holds(lines: Sequence[SeasonLine], id: uuid.UUID) -> bool:
    return any(line.participant_id == id for line in lines)
