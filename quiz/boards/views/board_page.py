"""View model of a board: its switches, its finding, its podium and its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from quiz.boards.queries.board_lines import BoardLines, declared_measures
from quiz.boards.rules.board import BoardOrder, PlacedLine, Ranked, UnitLine, band, offered_orders, order_lines
from quiz.boards.rules.board_finding import finding
from quiz.boards.rules.villages import withheld
from quiz.boards.views.board_address import BoardView, bloc_switch, order_switch, query_of, week_switch
from quiz.boards.views.board_words import (
    band_words,
    capped_note,
    finding_words,
    prize_note,
    short_names,
    size_words,
    value_words,
)
from quiz.boards.views.province_rows import ProvinceRow, province_rows
from quiz.contest.models import Contest, Round

NAMED = 6
"""The most units that a note on headcounts names."""


@dataclass(frozen=True)
class BoardRow:
    """A unit of a board; `rank` is None for one that the order leaves out, `value` its figure."""

    name: str
    short: str
    turns: int
    people: int
    headcount: int | None
    rank: int | None = None
    value: str = ""
    width: Decimal = Decimal(0)
    moved: int | None = None
    is_mine: bool = False
    villages: Sequence[BoardRow] = ()
    unit_id: int = 0
    is_withheld: bool = False
    """Whether the numbers of a village are not shown; they are 0 then."""

    @property
    def withholds(self) -> bool:
        """Whether the numbers of one of its villages are not shown."""
        return any(each.is_withheld for each in self.villages)


@dataclass(frozen=True)
class BoardClass:
    """Units that are compared with each other; `title` is empty where all are."""

    title: str
    rows: Sequence[BoardRow]

    @property
    def podium(self) -> Sequence[BoardRow]:
        """The three units that lead; none where fewer than two do, or where ranks are shared."""
        top = self.rows[:3]
        ranks = [row.rank for row in self.rows[:4]]
        return top if len(top) > 1 and len(set(ranks)) == len(ranks) else ()


@dataclass(frozen=True)
class BandLine:
    """Units whose count lies in one band."""

    words: str
    names: str


@dataclass(frozen=True)
class BoardPage:
    """A whole board."""

    title: str
    order: BoardOrder
    until: date | None
    turns: int
    people: int
    classes: Sequence[BoardClass]
    unrated: Sequence[BoardRow]
    empty: Sequence[BoardRow]
    bands: Sequence[BandLine]
    """The units by band, instead of rows, while people guess the number of participants."""
    weeks: Sequence[tuple[str, str, bool]]
    orders: Sequence[tuple[str, str, bool]]
    units: Sequence[tuple[int, str]]
    """The units that one may choose as one's own, in Vietnamese order."""
    counts: Sequence[tuple[str, date, str]]
    """The sources and days of the headcounts, each with its units where they differ."""
    mine: int | None
    asked: Mapping[str, str] = field(default_factory=dict)
    """The other values of the address, which a form must repeat."""
    blocs: Sequence[tuple[str, str, bool]] = ()
    bloc: str = ""
    """The name of the bloc that alone is counted."""
    is_exact: bool = False
    """Whether it is ordered by the rate itself, as prizes are."""
    prizes: str = ""
    """By what the prizes of units go, beside the order of the board; empty without such prizes."""
    capped: str = ""
    """How turns are counted up to the declared cap; empty without one."""
    provinces: Sequence[ProvinceRow] = ()

    @property
    def entered(self) -> int:
        """The number of units with people."""
        return sum(len(each.rows) for each in self.classes) + len(self.unrated)

    @property
    def shows_turns(self) -> bool:
        """Whether turns and people differ, for units or in all; equal numbers are shown once."""
        return self.turns != self.people

    @property
    def is_bare(self) -> bool:
        """Whether its rows have nothing to say but the figure that orders them."""
        rows = [row for each in self.classes for row in each.rows]
        if self.shows_turns or self.order is not BoardOrder.PEOPLE:
            return False
        return not any(row.villages or row.is_mine for row in rows)

    @property
    def moves(self) -> bool:
        """Whether there is a movement to show."""
        return any(row.moved is not None for each in self.classes for row in each.rows)

    @property
    def has_moved(self) -> bool:
        """Whether a unit stands higher or lower than before."""
        return any(row.moved for each in self.classes for row in each.rows)


def choose_order(lines: Sequence[UnitLine], asked: str | None) -> BoardOrder:
    """Return the order that the address asks for if it is offered, else the usual one."""
    offered = offered_orders(lines)
    return next((order for order in offered if order.value == asked), offered[0])


def _is_open(round: Round | None) -> bool:
    return round is not None and round.closed_at is None


def board_page(contest: Contest, found: BoardLines, view: BoardView, weeks: Sequence[Round | None]) -> BoardPage:
    """Return the page of *found* as *view* asks for it; *weeks* are the rounds to switch between, None for all."""
    names = short_names(found.units.values())
    ordered = order_lines(found.lines, view.order, found.before, is_exact=found.is_exact)
    rows = RowMaker(found, view, names)
    classes = [BoardClass(size_words(each), rows.placed(each.lines)) for each in ordered.classes]
    classes.sort(key=lambda each: not any(row.is_mine for row in each.rows))  # one's own size first; stable
    first = next((each for each in ordered.classes if rows.has_mine(each)), next(iter(ordered.classes), None))
    return BoardPage(
        title=finding_words(finding(first.lines, view.order, is_open=_is_open(view.round)) if first else None, names),
        order=view.order,
        until=found.until,
        turns=found.turns,
        people=found.people,
        classes=classes,
        unrated=rows.plain(ordered.unrated),
        empty=rows.plain(ordered.empty),
        bands=(),
        weeks=week_switch(contest, view, weeks),
        orders=order_switch(contest, view, found.lines),
        units=[(ref, unit.name) for ref, unit in sorted(found.units.items(), key=lambda each: each[1].sort_key)],
        counts=headcount_notes(found),
        mine=view.unit_id,
        asked={name: value for name, value in sorted(query_of(view).items()) if name != "xa"},
        blocs=bloc_switch(contest, view),
        bloc=contest.bloc_name(view.bloc),
        is_exact=ordered.is_exact,
        prizes=prize_note(declared_measures(contest), view.order) if view.bloc is None and not view.by_today else "",
        capped="" if view.by_today else capped_note(contest.prize_terms.cap, is_weekly=contest.is_weekly),
        provinces=province_rows(found, view.order),
    )


def headcount_notes(found: BoardLines) -> list[tuple[str, date, str]]:
    """Return the sources and days of the headcounts of *found*, and the names of their units where they differ."""
    groups: dict[tuple[str, date], list[str]] = {}
    for ref, count in found.headcounts.items():
        groups.setdefault((count.source, count.as_of), []).append(found.units[ref].name)
    is_one = len(groups) == 1
    return [(*key, "" if is_one else _some(names)) for key, names in sorted(groups.items(), key=str)]


def _some(names: Sequence[str]) -> str:
    """Return the first of *names*, and how many more there are."""
    more = _(" và %(n)s nơi khác", n=len(names) - NAMED) if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def banded_page(contest: Contest, found: BoardLines, view: BoardView, weeks: Sequence[Round | None]) -> BoardPage:
    """Return the page of an open round whose number of participants is guessed: bands alone, without an order."""
    names = short_names(found.units.values())
    groups: dict[tuple[int, int | None], list[str]] = {}
    for line in sorted(found.lines, key=lambda line: -band(line.people)[0]):  # stable: Vietnamese order
        groups.setdefault(band(line.people), []).append(names[line.ref])
    return BoardPage(
        title=_(
            "Tuần %(number)s: %(people)s đã thi",
            number=view.round.number if view.round else 0,
            people=band_words(band(found.people)),
        ),
        order=view.order,
        until=found.until,
        turns=0,
        people=0,
        classes=(),
        unrated=(),
        empty=(),
        bands=[BandLine(band_words(each), ", ".join(units)) for each, units in groups.items()],
        weeks=week_switch(contest, view, weeks),
        orders=(),
        units=(),
        counts=(),
        mine=None,
    )


@dataclass(frozen=True)
class RowMaker:
    """Makes the rows of a board."""

    found: BoardLines
    view: BoardView
    names: Mapping[int, str]

    def placed(self, lines: Iterable[PlacedLine]) -> list[BoardRow]:
        """Return the rows of ranked lines."""
        return [self._row(each.line, each) for each in lines]

    def plain(self, lines: Iterable[UnitLine]) -> list[BoardRow]:
        """Return the rows of lines without a rank."""
        return [self._row(line) for line in lines]

    def has_mine(self, ranked: Ranked) -> bool:
        """Whether one's own unit is in a class."""
        return any(each.line.ref == self.view.unit_id for each in ranked.lines)

    def _row(self, line: UnitLine, place: PlacedLine | None = None) -> BoardRow:
        unit = self.found.units[line.ref]
        return BoardRow(
            name=unit.name,
            short=self.names[line.ref],
            turns=line.turns,
            people=line.people,
            headcount=line.headcount,
            rank=place.rank if place else None,
            value=value_words(line, self.view.order) if place else "",
            width=place.width if place else Decimal(0),
            moved=place.moved if place else None,
            is_mine=line.ref == self.view.unit_id,
            villages=self._villages(self.found.villages.get(line.ref, ())),
            unit_id=line.ref,
        )

    def _villages(self, lines: Sequence[UnitLine]) -> list[BoardRow]:
        """Return the rows of the villages of a commune; those withheld come last and by name."""
        hidden = withheld({line.ref: line.people for line in lines})
        shown = [self._village(line) for line in lines if line.ref not in hidden]
        units = sorted((self.found.units[ref] for ref in hidden), key=lambda unit: unit.sort_key)
        return shown + [BoardRow(unit.name, unit.name, 0, 0, None, is_withheld=True) for unit in units]

    def _village(self, line: UnitLine) -> BoardRow:
        name = self.found.units[line.ref].name
        return BoardRow(name=name, short=name, turns=line.turns, people=line.people, headcount=None)
