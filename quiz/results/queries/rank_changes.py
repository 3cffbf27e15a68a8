"""Everybody whose rank or prize differs between two versions of a round's results, some at a time."""

from collections.abc import Iterator
from itertools import chain
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from commune.models import Unit
from quiz.contest.models import Participant, Round
from quiz.results.models import Result, StandingRow, Winner
from quiz.results.queries.changes import first_public
from quiz.results.rules.rank_changes import ChangeCounts, RankChange, RankedPlace

ROWS_AT_ONCE = 1_000
KINDS = ("len", "xuong", "vao", "ra", "giai")
"""The parts of the list: up, down, came in, left, and a changed prize."""
NOW, WAS = aliased(StandingRow, name="now"), aliased(StandingRow, name="was")
GETS, GOT = aliased(Winner, name="gets"), aliased(Winner, name="got")
_PARTS: dict[str, ColumnElement[bool]] = {
    "len": and_(WAS.rank.is_not(None), NOW.rank < WAS.rank),
    "xuong": NOW.rank > WAS.rank,
    "vao": WAS.rank.is_(None),
    "giai": func.coalesce(GETS.tier, "") != func.coalesce(GOT.tier, ""),
}


class ChangedPlace(NamedTuple):
    """A person on the list: their unit and bloc, and their place before and after."""

    participant_id: UUID
    unit: str
    bloc: int | None
    change: RankChange


class VersionPair(NamedTuple):
    """Two versions of a round's results that are compared."""

    before: Result
    after: Result


def list_versions(session: Session, round: Round) -> list[Result]:
    """Return the versions that may be compared, oldest first: of published results those that were public."""
    first = first_public(session, round) or 1
    query = select(Result).where(Result.round_id == round.id, Result.version >= first)
    return list(session.scalars(query.order_by(Result.version)))


def count_changes(session: Session, pair: VersionPair) -> ChangeCounts:
    """Return how many people went where, and how many prizes changed hands, in two statements."""
    moved, gone = _moved(pair), _gone(pair)
    prize, was, now = _PARTS["giai"], func.coalesce(GOT.tier, ""), func.coalesce(GETS.tier, "")
    stayed = and_(NOW.rank == WAS.rank, ~prize)
    counted = moved.with_only_columns(
        _count(_PARTS["len"]),
        _count(_PARTS["xuong"]),
        _count(_PARTS["vao"]),
        _count(stayed),
        _count(and_(was == "", now != "")),
        _count(and_(was != "", now == "")),
        _count(and_(was != "", now != "", prize)),
        _count(and_(NOW.rank == WAS.rank, prize)),
        maintain_column_froms=True,
    )
    up, down, came, same, gained, lost, other, alone = (each or 0 for each in session.execute(counted).one())
    left, lost_with_it = session.execute(
        gone.with_only_columns(func.count(), _count(GOT.tier.is_not(None)), maintain_column_froms=True)
    ).one()
    return ChangeCounts(up, down, came, left, same, gained, lost + (lost_with_it or 0), other, alone)


def list_changes(session: Session, pair: VersionPair, part: slice, kind: str = "") -> list[ChangedPlace]:
    """Return a *part* of the list, of one *kind* of `KINDS` or of all: first those who left, then by the new rank."""
    start, stop = part.start, part.stop
    gone = list(map(_gone_place, session.execute(_gone_of(pair, kind).offset(start).limit(stop - start))))
    if len(gone) == stop - start:
        return gone
    before = session.scalar(select(func.count()).select_from(_gone_of(pair, kind).subquery())) or 0
    rest = _moved_of(pair, kind).offset(max(0, start - before)).limit(stop - start - len(gone))
    return gone + list(map(_moved_place, session.execute(rest)))


def count_kind(counts: ChangeCounts, kind: str) -> int:
    """Return how many lines a *kind* has."""
    prizes = counts.gained + counts.lost + counts.other
    by = {"len": counts.up, "xuong": counts.down, "vao": counts.came, "ra": counts.left, "giai": prizes}
    return by.get(kind, counts.listed)


def stream_changes(session: Session, pair: VersionPair, kind: str = "") -> Iterator[ChangedPlace]:
    """Yield the whole list in its order, `ROWS_AT_ONCE` lines in memory at a time."""
    options = {"yield_per": ROWS_AT_ONCE}
    gone = session.execute(_gone_of(pair, kind), execution_options=options)
    moved = session.execute(_moved_of(pair, kind), execution_options=options)
    yield from chain(map(_gone_place, gone), map(_moved_place, moved))


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _line(row: Any, result: Result) -> ColumnElement[bool]:
    return and_(row.round_id == result.round_id, row.version == result.version)


def _seat(seat: Any, result: Result, participant_id: Any) -> ColumnElement[bool]:
    """Return the join of a seat that counts: neither passed over nor waiting for a draw."""
    mine = and_(_line(seat, result), seat.participant_id == participant_id)
    return and_(mine, seat.state != "passed", seat.needs_draw.is_(False))


def _moved(pair: VersionPair) -> Select[Any]:
    """Return the query of those who are ranked after, with their place before where they had one."""
    had = and_(_line(WAS, pair.before), WAS.participant_id == NOW.participant_id)
    query = select(NOW.participant_id).select_from(NOW).where(_line(NOW, pair.after)).outerjoin(WAS, had)
    query = query.outerjoin(GETS, _seat(GETS, pair.after, NOW.participant_id))
    return query.outerjoin(GOT, _seat(GOT, pair.before, NOW.participant_id))


def _gone(pair: VersionPair) -> Select[Any]:
    """Return the query of those who were ranked before and are not any more."""
    has = and_(_line(NOW, pair.after), NOW.participant_id == WAS.participant_id)
    query = select(WAS.participant_id).select_from(WAS).where(_line(WAS, pair.before)).outerjoin(NOW, has)
    query = query.outerjoin(GOT, _seat(GOT, pair.before, WAS.participant_id))
    return query.where(NOW.participant_id.is_(None))


def _moved_of(pair: VersionPair, kind: str) -> Select[Any]:
    wanted = or_(*_PARTS.values()) if not kind else _PARTS.get(kind)
    query = _with_unit(_moved(pair), NOW, *_columns(NOW, GETS), *_columns(WAS, GOT))
    # of those who left none is ranked after
    return query.where(wanted if wanted is not None else NOW.rank.is_(None)).order_by(NOW.position)


def _gone_of(pair: VersionPair, kind: str) -> Select[Any]:
    query = _with_unit(_gone(pair), WAS, *_columns(WAS, GOT))
    if kind == "giai":
        query = query.where(GOT.tier.is_not(None))
    elif kind not in ("", "ra"):
        query = query.where(WAS.rank.is_(None))  # none of those who left
    return query.order_by(WAS.position)


def _columns(line: Any, seat: Any) -> tuple[Any, ...]:
    return line.rank, line.correct, line.distance, line.attempt_id, seat.tier


def _with_unit(query: Select[Any], line: Any, *columns: Any) -> Select[Any]:
    query = query.join(Participant, Participant.id == line.participant_id).join(Unit, Unit.id == Participant.unit_id)
    return query.with_only_columns(line.participant_id, Unit.name, line.bloc, *columns, maintain_column_froms=True)


def _moved_place(row: Any) -> ChangedPlace:
    person, unit, bloc, *figures = row
    before = None if figures[5] is None else RankedPlace(*figures[5:])
    return ChangedPlace(person, unit, bloc, RankChange(before, RankedPlace(*figures[:5])))


def _gone_place(row: Any) -> ChangedPlace:
    person, unit, bloc, *figures = row
    return ChangedPlace(person, unit, bloc, RankChange(RankedPlace(*figures), None))
