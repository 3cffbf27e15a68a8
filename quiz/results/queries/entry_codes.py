"""The public codes of entries in a draw by a public number, and the orders that anybody can derive from them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core.db import parts
from core.translation import gettext
from quiz.attempt.models import Entry
from quiz.contest.models import Contest, Round
from quiz.results.models import Draw
from quiz.results.rules.number_draws import entry_code

MOST_LINES = 20
"""The largest number of codes on the page of a round, whose file of figures has all of them."""


def of_round(round: Round) -> str:
    """Return what is drawn in a round, as the seed of a draw names it."""
    return f"tuan-{round.number}"


OF_SEASON = "chung-cuoc"
"""The name of a draw over the whole contest in its seed."""


def list_season_codes(session: Session, contest: Contest, refs: Sequence[str]) -> list[str]:
    """Return the public code of the first entry of each participant in *refs*, in their order."""
    return _codes(session, Round.contest_id == contest.id, refs)


def list_entry_codes(session: Session, round: Round, refs: Sequence[str]) -> list[str]:
    """Return the public code of the entry of each participant in *refs*, in their order."""
    return _codes(session, Entry.round_id == round.id, refs)


def _codes(session: Session, condition: ColumnElement[bool], refs: Sequence[str]) -> list[str]:
    ids, first = [UUID(ref) for ref in refs], dict[UUID, UUID]()
    query = select(Entry.participant_id, Entry.attempt_id).join(Round, Round.id == Entry.round_id).where(condition)
    for some in parts(ids):
        found = session.execute(query.where(Entry.participant_id.in_(some)).order_by(Round.number.desc()))
        first.update((who, attempt) for who, attempt in found)
    return [entry_code(str(first[each])) for each in ids]


@dataclass(frozen=True)
class CodeLine:
    """A place in a derived order: the ticket, its code, and the name of a unit; none for a person."""

    place: int
    ticket: int
    code: str
    name: str = ""


@dataclass(frozen=True)
class DerivedOrder:
    """The inputs of a draw by a public number: the text of its seed, the seed, and the codes in the order drawn."""

    heading: str
    source: str
    number: str
    seeded: str
    seed: str
    lines: Sequence[CodeLine]

    @property
    def front(self) -> Sequence[CodeLine]:
        """The lines that a page shows which leads to a file with all of them."""
        return self.lines[:MOST_LINES]


def derived_orders(
    draws: Sequence[Draw], deciding: Collection[int], names: Mapping[str, str] | None = None
) -> list[DerivedOrder]:
    """Return the inputs of those *deciding* among *draws* that went by a public number; *names* are those of units."""
    return [_derived(each, names or {}) for each in draws if each.id in deciding and each.number]


def _derived(draw: Draw, names: Mapping[str, str]) -> DerivedOrder:
    codes, seeded = draw.codes or [], draw.seeded or ""
    numbers = {ref: at for at, ref in enumerate(draw.members, start=1)}
    tickets = [numbers[ref] for ref in draw.drawn]
    return DerivedOrder(
        gettext("Bốc thăm hạng %(rank)s", rank=draw.rank),
        draw.source or "",
        draw.number or "",
        seeded,
        sha256(seeded.encode()).hexdigest(),
        [
            CodeLine(place, ticket, codes[ticket - 1], names.get(draw.members[ticket - 1], ""))
            for place, ticket in enumerate(tickets, start=1)
        ],
    )
