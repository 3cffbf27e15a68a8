"""The lines of a public board: a week or the closed weeks, with the week before and the headcounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from commune.models import Unit
from commune.rules.directory import OWN
from core.values.week import local_date
from quiz.attempt.models import Tally
from quiz.boards.queries.today import TodayRow
from quiz.boards.rules.board import UnitLine
from quiz.boards.rules.villages import grouped_by_commune
from quiz.contest.models import Contest, Round
from quiz.contest.queries.entering import list_units_in
from quiz.contest.queries.headcounts import fewest_of, headcounts_of
from quiz.contest.rules.headcounts import UnitHeadcount, lie_in_one_commune, usable_headcount
from quiz.contest.rules.measures import by_measure
from quiz.contest.rules.terms import CollectiveMeasure
from quiz.results.queries.capped import count_capped
from quiz.results.queries.turnout import Turnouts, count_people, count_turnout

VILLAGE = "village"


@dataclass(frozen=True)
class BoardLines:
    """The lines of a board with their units; `before` are those of the week before, `until` the last shown day."""

    units: Mapping[int, Unit]
    lines: Sequence[UnitLine]
    before: Sequence[UnitLine] | None
    villages: Mapping[int, Sequence[UnitLine]]
    """The villages of a commune that is a line, by its unit."""
    headcounts: Mapping[int, UnitHeadcount]
    """Those that rates are made with."""
    until: date | None
    is_exact: bool = False
    """Whether prizes go by the rate, which the board then orders by exactly (0113)."""

    @property
    def turns(self) -> int:
        """The turns of all units."""
        return sum(line.turns for line in self.lines)

    @property
    def people(self) -> int:
        """The different people of all units."""
        return sum(line.people for line in self.lines)


def lines_of_round(
    session: Session, round: Round, previous: Round | None, now: datetime, bloc: int | None = None
) -> BoardLines:
    """Return the lines of *round* up to the last day that may be shown at *now*, and those of the *previous* one; of
    one *bloc* alone if given, which has no headcounts and no villages.
    """
    until = round.shown_until(now) if now < round.closes_at else None
    mine = [Tally.bloc == bloc] if bloc else []
    found = count_turnout(session, [Tally.round_id == round.id, *([Tally.day <= until] if until else []), *mine])
    before = count_turnout(session, [Tally.round_id == previous.id, *mine]) if previous else None
    counted = _Counted(round.number, until or local_date(round.closes_at), until)
    lines = _lines(session, round.contest, found, before, counted)
    closed = [each for each in round.contest.rounds if each.closed_at]
    return _of_bloc(_with_capped(session, round.contest, lines, bloc) if closed == [round] else lines, bloc)


def lines_of_closed(session: Session, contest: Contest, bloc: int | None = None) -> BoardLines:
    """Return the lines of the closed rounds of *contest* with their different people, as counted at the last close;
    before them, the closed rounds without the last one. Those of one *bloc* are as in `lines_of_round`.
    """
    closed = [round for round in contest.rounds if round.closed_at]
    found = _with_people(session, contest, closed, last=True, bloc=bloc)
    before = _with_people(session, contest, closed[:-1], last=False, bloc=bloc) if len(closed) > 1 else None
    counted = _Counted(closed[-1].number, max(local_date(round.closes_at) for round in closed), None)
    lines = _lines(session, contest, found, before, counted)
    return _of_bloc(_with_capped(session, contest, lines, bloc), bloc)


def _with_capped(session: Session, contest: Contest, lines: BoardLines, bloc: int | None) -> BoardLines:
    """Return *lines*, of all closed rounds, with the turns up to the declared cap; as they are where the last close did
    not count them.
    """
    found = count_capped(session, contest, bloc=bloc)
    if not found:
        return lines
    then = count_capped(session, contest, last=False, bloc=bloc) if lines.before else {}
    before = None if lines.before is None else _capped(lines.before, then, lines.villages)
    return replace(lines, lines=_capped(lines.lines, found, lines.villages), before=before)


def _capped(
    lines: Sequence[UnitLine], found: Mapping[int, int], villages: Mapping[int, Sequence[UnitLine]]
) -> list[UnitLine]:
    refs = {line.ref: (line.ref, *(village.ref for village in villages.get(line.ref, ()))) for line in lines}
    return [replace(line, capped=sum(found.get(ref, 0) for ref in refs[line.ref])) for line in lines]


def _of_bloc(lines: BoardLines, bloc: int | None) -> BoardLines:
    """Return *lines*; those of a bloc without headcounts, which are of everybody, and without villages, whose withheld
    numbers would be the difference from the other blocs.
    """
    if bloc is None:
        return lines
    bare = [replace(line, headcount=None) for line in lines.lines]
    before = None if lines.before is None else [replace(line, headcount=None) for line in lines.before]
    return replace(lines, lines=bare, before=before, villages={}, headcounts={})


def lines_of_blocs(session: Session, contest: Contest, round: Round | None, now: datetime) -> Sequence[BoardLines]:
    """Return the lines of each bloc of *contest*, in a *round* or in all closed ones; empty without blocs."""
    blocs = [bloc.position for bloc in contest.blocs]
    if round is None:
        return [lines_of_closed(session, contest, bloc) for bloc in blocs]
    return [lines_of_round(session, round, None, now, bloc) for bloc in blocs]


def lines_of_today(rows: Sequence[TodayRow]) -> BoardLines:
    """Return the lines of a past contest as the communes of today, which have no rates."""
    units = {row.unit.id: row.unit for row in rows}
    return BoardLines(
        units,
        [UnitLine(row.unit.id, row.turns, row.people, is_split=bool(row.heirs)) for row in rows],
        None,
        {},
        {},
        None,
    )


def _with_people(
    session: Session, contest: Contest, rounds: Sequence[Round], *, last: bool, bloc: int | None
) -> Turnouts | None:
    """Return the turns of *rounds* with the different people, None where those were not counted."""
    people = count_people(session, contest, last=last, bloc=bloc)
    if not last and not people:
        return None
    mine = [Tally.bloc == bloc] if bloc else []
    turns = count_turnout(session, [Tally.round_id.in_([round.id for round in rounds]), *mine])
    if len(rounds) == 1:
        return turns
    return {unit_id: (count, people.get(unit_id, 0)) for unit_id, (count, _weekly) in turns.items()}


class _Counted(NamedTuple):
    """The last round that counts, the last counted day, and that day where more is to come."""

    number: int
    day: date
    until: date | None


def _lines(
    session: Session, contest: Contest, found: Turnouts | None, before: Turnouts | None, counted: _Counted
) -> BoardLines:
    entering = list_units_in(session, contest, counted.number)
    units = {unit.id: unit for unit in entering}
    communes = {unit.id: unit.parent_id for unit in entering if unit.kind == VILLAGE and unit.parent_id}
    homes = {unit.id: unit.parent_id for unit in entering if unit.kind in OWN and unit.parent_id}
    groups = grouped_by_commune(list(units), communes, homes)
    are_own = lie_in_one_commune(list(units), communes, homes)
    units |= {unit.parent.id: unit.parent for unit in entering if unit.parent and unit.parent.id in groups}
    headcounts = _usable(session, contest, [units[ref] for ref in groups], counted, are_own=are_own)
    heads = {ref: count.people for ref, count in headcounts.items()}
    lines = _summed(groups, found or {}, heads)
    villages = {ref: _own(inside, found or {}) for ref, inside in groups.items() if inside}
    return BoardLines(
        units,
        lines,
        _summed(groups, before, heads) if before is not None else None,
        villages,
        headcounts,
        counted.until,
        CollectiveMeasure.RATE in declared_measures(contest),
    )


def declared_measures(contest: Contest) -> list[CollectiveMeasure]:
    """Return by what the prizes of units of *contest* go; empty without any."""
    return list(by_measure([tier.value for tier in contest.collective_tiers], contest.prize_terms.measure))


def _usable(
    session: Session, contest: Contest, units: Sequence[Unit], counted: _Counted, *, are_own: bool
) -> dict[int, UnitHeadcount]:
    """Return the headcounts that rates are made with; of villages, agencies and schools where they alone compete."""
    found = headcounts_of(session, contest, [unit.id for unit in units], counted.day, counted.number)
    fewest = {unit.id: fewest_of(unit.kind, are_own=are_own) for unit in units}
    return {
        ref: count
        for ref, count in found.items()
        if usable_headcount(count.people, count.as_of, counted.day, fewest=fewest[ref])
    }


def _own(refs: Sequence[int], found: Turnouts) -> list[UnitLine]:
    lines = [UnitLine(ref, *found.get(ref, (0, 0))) for ref in refs]
    return sorted(lines, key=lambda line: -line.people)


def _summed(groups: Mapping[int, Sequence[int]], found: Turnouts, heads: Mapping[int, int]) -> list[UnitLine]:
    """Return a line for each group: the unit itself and its villages. Each participant is of one unit."""
    lines = []
    for ref, villages in groups.items():
        counts = [found.get(each, (0, 0)) for each in (ref, *villages)]
        line = UnitLine(ref, sum(turns for turns, _people in counts), sum(people for _turns, people in counts))
        lines.append(replace(line, headcount=heads.get(ref)))
    return lines
