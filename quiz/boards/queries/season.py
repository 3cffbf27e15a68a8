"""The standings of a whole contest: everybody's counted papers over its published rounds, by the declared rule."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, Subquery, and_, case, cast, func, literal, or_, select
from sqlalchemy.orm import Session, joinedload

from quiz.contest.models import Contest, Participant, Round
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.season import RoundLine, SeasonMeasure, SeasonRule, SeasonTie, SeasonTotal, rank_season
from quiz.results.models import Result, StandingRow
from quiz.results.queries.result import newest_versions

SHOWN = 10


@dataclass(frozen=True)
class SeasonLine:
    """A person's rank over the whole contest, in their bloc where it has blocs, and the sums behind it."""

    rank: int
    participant: Participant
    total: SeasonTotal
    left_out: int = 0
    """On the last line: how many people share its rank and are not shown."""

    @property
    def participant_id(self) -> uuid.UUID:
        """The person, as pages that name people ask for it."""
        return self.participant.id


def read_season(session: Session, contest: Contest, rounds: Sequence[Round]) -> list[list[SeasonLine]]:
    """Return the first `SHOWN` people of *contest* over its published *rounds*, a list for each bloc; papers without a
    rank and rounds without results add nothing.
    """
    found = _Season.read(session, contest, rounds)
    return [_shown(session, found, bloc) for bloc in contest.numbered_blocs] if found else []


def read_front(
    session: Session, contest: Contest, rounds: Sequence[Round], bloc: int | None, reach: int
) -> list[SeasonLine]:
    """Return the people of *bloc* whose rank over *rounds* is at most *reach*, best first, with everybody who shares
    the last of these ranks.
    """
    found = _Season.read(session, contest, rounds)
    if found is None:
        return []
    mine = found.lines_of(bloc)
    return _lines(session, found, mine, _people_to(mine, found.rule, reach))


def find_line(
    session: Session, contest: Contest, rounds: Sequence[Round], participant: Participant
) -> SeasonLine | None:
    """Return the line of *participant* over *rounds*, in their bloc; None where no round gives them a rank."""
    found = _Season.read(session, contest, rounds)
    if found is None:
        return None
    mine = found.lines_of(participant.bloc)
    lines = _lines(session, found, mine, [participant.id])
    ranked = _ranked(mine, found.rule)
    rank = session.scalar(select(ranked.c.rank).where(ranked.c.who == participant.id))
    return replace(lines[0], rank=rank) if lines and rank else None


def find_at_rank(
    session: Session, contest: Contest, rounds: Sequence[Round], bloc: int | None, rank: int
) -> Participant | None:
    """Return the first person of *bloc* with *rank* over *rounds*: others of that rank are equal in every sum."""
    found = _Season.read(session, contest, rounds)
    if found is None:
        return None
    ranked = _ranked(found.lines_of(bloc), found.rule)
    first = session.scalar(select(ranked.c.who).where(ranked.c.rank == rank).order_by(ranked.c.who).limit(1))
    return None if first is None else session.get(Participant, first, options=[joinedload(Participant.unit)])


@dataclass(frozen=True)
class _Season:
    """The newest results of rounds, by whose numbers their lines go, and the rule by which they add up."""

    results: Sequence[Result]
    numbers: Mapping[int, int]
    rule: SeasonRule

    @classmethod
    def read(cls, session: Session, contest: Contest, rounds: Sequence[Round]) -> _Season | None:
        """Return the season of *contest*; None without results."""
        newest = newest_versions().where(Result.round_id.in_([round.id for round in rounds])).subquery()
        is_newest = and_(Result.round_id == newest.c.round_id, Result.version == newest.c.version)
        results = session.scalars(select(Result).join(newest, is_newest)).all()
        numbers = {round.id: round.number for round in rounds}
        return cls(results, numbers, Rules.from_dict(contest.rules).season) if results else None

    def lines_of(self, bloc: int | None) -> ColumnElement[bool]:
        """Return the condition of the lines of *bloc*."""
        row = StandingRow
        mine = or_(*(and_(row.round_id == each.round_id, row.version == each.version) for each in self.results))
        return mine if bloc is None else and_(mine, row.bloc == bloc)


def _shown(session: Session, season: _Season, bloc: int | None) -> list[SeasonLine]:
    """Return the first people, and with the last one how many are equal to them and not shown."""
    mine = season.lines_of(bloc)
    front = _lines(session, season, mine, _first_people(mine, season.rule))
    if len(front) == SHOWN:
        shown = sum(line.rank == front[-1].rank for line in front)
        front[-1] = replace(front[-1], left_out=_count_equals(session, mine, season.rule) - shown)
    return front


def _lines(session: Session, season: _Season, mine: ColumnElement[bool], people: Any) -> list[SeasonLine]:
    """Return the lines of the *people* that the database chose: the rule adds up and ranks them."""
    row, rule = StandingRow, season.rule
    query = select(row.participant_id, row.round_id, row.rank, row.correct, row.duration_ms)
    lines: dict[uuid.UUID, list[RoundLine]] = defaultdict(list)
    for who, round_id, rank, correct, duration in session.execute(query.where(mine, row.participant_id.in_(people))):
        lines[who].append(RoundLine(season.numbers[round_id], rank, correct, duration))
    named = select(Participant).where(Participant.id.in_(list(lines))).options(joinedload(Participant.unit))
    known = {str(each.id): each for each in session.scalars(named)}
    ranked = rank_season(((str(who), rule.total(each)) for who, each in lines.items()), rule)
    return [SeasonLine(rank, known[who], total) for rank, who, total in ranked]


def _first_people(mine: ColumnElement[bool], rule: SeasonRule) -> Any:
    """Return the statement of the first people in the order of `SeasonRule.key`."""
    people = _totals(mine, rule).subquery()
    who, *keys = people.c
    return select(who).order_by(*keys, who).limit(SHOWN)


def _people_to(mine: ColumnElement[bool], rule: SeasonRule, reach: int) -> Any:
    """Return the statement of the people whose rank is at most *reach*."""
    ranked = _ranked(mine, rule)
    return select(ranked.c.who).where(ranked.c.rank <= reach)


def _ranked(mine: ColumnElement[bool], rule: SeasonRule) -> Subquery:
    """Return all people with their rank in the order of `SeasonRule.key`."""
    people = _totals(mine, rule).subquery()
    who, *keys = people.c
    return select(who.label("who"), func.rank().over(order_by=keys).label("rank")).subquery()


def _count_equals(session: Session, mine: ColumnElement[bool], rule: SeasonRule) -> int:
    """Return how many people are equal in everything to the last one shown."""
    people = _totals(mine, rule).subquery()
    who, *keys = people.c
    last = session.execute(select(*keys).order_by(*keys, who).offset(SHOWN - 1).limit(1)).one()
    same = (key.is_not_distinct_from(value) for key, value in zip(keys, last, strict=True))
    return session.scalar(select(func.count()).select_from(people).where(*same)) or 0


def _totals(mine: ColumnElement[bool], rule: SeasonRule) -> Select[Any]:
    """Return the statement of all people with the values of `SeasonRule.key`, smaller ones before.

    A million lines are added up where they lie; tests compare the order with the rule.
    """
    row, score = StandingRow, _score(rule)
    by_best = (score.desc(), row.duration_ms.is_(None), row.duration_ms, Round.number)
    nth = func.row_number().over(partition_by=row.participant_id, order_by=by_best) if rule.best else literal(1)
    columns = (row.participant_id, row.rank, row.correct, row.duration_ms, score.label("score"), nth.label("nth"))
    each = select(*columns).join(Round, Round.id == row.round_id).where(mine).subquery()
    one = each.c
    counts = one.nth <= (rule.best or 1)

    def added(column: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.sum(case((counts, column), else_=0))

    lacks_time = added(case((one.duration_ms.is_(None), 1), else_=0))
    no_time = case((lacks_time > 0, 1), else_=0)
    time = case((lacks_time == 0, cast(added(one.duration_ms), BigInteger) // 1000), else_=0)
    orders: dict[SeasonTie, tuple[ColumnElement[Any], ...]] = {
        SeasonTie.DURATION: (no_time, time),
        SeasonTie.CORRECT: (-added(one.correct),),
        SeasonTie.FIRSTS: (-func.sum(case((one.rank == 1, 1), else_=0)),),
        SeasonTie.ROUNDS: (-func.count(),),
    }
    keys = [-added(one.score), *(step for tie in rule.ties for step in orders[tie])]
    named = (key.label(f"key{at}") for at, key in enumerate(keys))
    return select(one.participant_id, *named).group_by(one.participant_id)


def _score(rule: SeasonRule) -> ColumnElement[Any]:
    """Return what one line adds, as `SeasonRule.score` does."""
    row = StandingRow
    if rule.measure is SeasonMeasure.CORRECT:
        return row.correct.expression
    return case(dict(enumerate(rule.points, 1)), value=row.rank, else_=0)
