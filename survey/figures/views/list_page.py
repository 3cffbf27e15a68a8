"""The page of all offices as values: the finding, the rows in their order, the axis, the map."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from commune.models import Office
from commune.rules.short_names import NamedOffice, proper_name, short_names, split_kind
from core.charts.strips import Axis, Mark, Strip, change_axis, strip, strip_axis
from core.charts.tiles import TileMap
from core.values.content import Content
from survey.figures.labels import (
    NO_FIGURES,
    UNCOMPARED,
    changes_finding,
    level_of,
    list_finding,
    places_of,
    reference_of,
    whole_of,
)
from survey.figures.queries.office_list import ListedOffice, OfficeList
from survey.figures.queries.province_map import MARKS
from survey.figures.rules.change import Change
from survey.figures.rules.contrast import CONFIDENCE, Contrast
from survey.figures.rules.interval import wilson
from survey.figures.rules.scorecard import Scorecard
from survey.figures.rules.spread import Spread, spread

Rank = Callable[[ListedOffice], float | Fraction]
SORTS: dict[str, Rank | None] = {
    "ty-le": lambda row: -_exact(row.card),
    "ten": None,
    "luot": lambda row: -row.card.n if row.card else 0,
    "thay-doi": lambda row: -row.change.difference if row.change else 2,
}
"""The orders of the list: most satisfied first, by name, most ratings, greatest rise; without figures last, by name."""
MOST_LISTED = 200
"""The most offices on a page; a province has fewer communes."""
BY_SHARE, BY_CHANGE = "ty-le", "thay-doi"


@dataclass(frozen=True)
class Row:
    """A line of the list; *rank* is printed where the order is that of the shares, equal shares sharing one."""

    listed: ListedOffice
    name: str
    rank: int | None = None
    strip: Strip | None = None

    @property
    def parts(self) -> tuple[str, str]:
        """The name as the word xã, if it has it, and the rest."""
        return split_kind(self.name)

    @property
    def office(self) -> Office:
        """The office of the line."""
        return self.listed.office


@dataclass(frozen=True)
class ListPage:
    """The page as values.

    Attributes:
        title: the finding, to be translated and formatted.
        level, reference: what the offices are compared with, and the name of its line.
        whole, places: what all offices together, and several, are called.
        rows: the offices with figures in the order of the page; *few* are those without. By change, those with a
            change and those with too few ratings for one.
        is_change: whether title, rows, axis and map say how the shares have changed.
        best, worst: the highest and the lowest row, only where they are clearly so.
        suggested: the names that the search suggests.
    """

    found: OfficeList
    sort: str
    spread: Spread
    title: str
    level: str
    reference: str
    whole: str
    places: str
    rows: Sequence[Row]
    few: Sequence[Row]
    axis: Axis
    best: Row | None
    worst: Row | None
    suggested: Sequence[str]
    map: TileMap | None
    is_change: bool = False

    @property
    def has_unranked(self) -> bool:
        """Whether an office stands in the order of the shares without a rank: it is not compared with the others."""
        return self.sort == BY_SHARE and any(row.rank is None for row in self.rows)


def list_page(found: OfficeList, sort: str, map: TileMap | None) -> ListPage:
    """Return the page of *found* in the order *sort*, one of SORTS; *map* says what that order does."""
    names = names_of(row.office for row in found.rows)
    shown = [row for row in found.rows if row.card]
    axis = strip_axis([row.card.share for row in shown if row.card], _reference(found))
    by_share = _ranked(_sorted(shown, BY_SHARE), names, axis, is_compared=found.is_compared)
    counts = spread(row.contrast for row in shown if row.contrast)
    page = ListPage(
        found=found,
        sort=sort,
        spread=counts,
        title=_title(found, counts),
        level=level_of(found.province),
        reference=reference_of(found.province),
        whole=whole_of(found.province),
        places=places_of({row.office.unit.kind for row in found.rows if row.contrast or not found.is_compared}),
        rows=by_share
        if sort == BY_SHARE
        else [Row(row, names[row.office.id], None, _strip(row, axis)) for row in _sorted(shown, sort)],
        few=[Row(row, names[row.office.id]) for row in found.rows if not row.card],
        axis=axis,
        best=_clear(by_share[:1], Contrast.HIGHER),
        worst=_clear(by_share[-1:], Contrast.LOWER),
        suggested=suggested_names(
            (proper_name(row.office.unit.name) for row in found.rows), (row.office for row in found.rows)
        ),
        map=map,
    )
    return _by_change(page, names) if sort == BY_CHANGE and shown else page


def _by_change(page: ListPage, names: Mapping[int, str]) -> ListPage:
    """Return *page* with the changes of the shares in place of the shares, the greatest rise first."""
    listed = _sorted(page.found.rows, BY_CHANGE)
    changes = [row.change for row in listed if row.change]
    axis = change_axis(each.difference for each in changes)
    counts = spread(each.contrast for each in changes)
    rows = [Row(row, names[row.office.id], None, _change_strip(row.change, axis)) for row in listed if row.change]
    few = [Row(row, names[row.office.id]) for row in listed if not row.change]
    return replace(
        page, is_change=True, title=changes_finding(counts), spread=counts, axis=axis, rows=rows, few=few, best=None
    )


def _change_strip(change: Change, axis: Axis) -> Strip:
    return strip(axis, change.difference, change.interval(), MARKS[change.contrast], change.interval(CONFIDENCE))


def _title(found: OfficeList, counts: Spread) -> str:
    if found.is_compared:
        return list_finding(counts)
    return UNCOMPARED if found.card else NO_FIGURES[all(row.is_new for row in found.rows)]


def _reference(found: OfficeList) -> float | None:
    return found.card.share if found.card and found.is_compared else None


def suggested_names(names: Iterable[str], offices: Iterable[Office]) -> list[str]:
    """Return what the search for a place suggests: *names*, and those of *offices* in the present language."""
    own = [each.name for each in offices if isinstance(each.name, Content)]
    return list(dict.fromkeys([*names, *own]))


def names_of(offices: Iterable[Office]) -> dict[int, str]:
    """Return the short name of each of *offices*, by id."""
    return short_names(
        [
            NamedOffice(each.id, each.name, unit.name, unit.kind, unit.parent.name if unit.parent else "")
            for each in offices
            for unit in [each.unit]
        ]
    )


def _exact(card: Scorecard | None) -> Fraction:
    return Fraction(card.satisfied, card.n) if card else Fraction(0)


def _sorted(rows: Sequence[ListedOffice], sort: str) -> list[ListedOffice]:
    rank = SORTS[sort]
    return sorted(rows, key=rank) if rank else list(rows)


def _ranked(rows: Sequence[ListedOffice], names: dict[int, str], axis: Axis, *, is_compared: bool) -> list[Row]:
    """Return the lines of *rows*, the highest share first; equal shares have one rank: 1, 2, 2, 4.

    Where the offices are compared, one that has no part in that has no rank.
    """
    ranked = [row for row in rows if row.contrast or not is_compared]
    ranks: dict[Fraction, int] = {}
    for place, row in enumerate(ranked, start=1):
        ranks.setdefault(_exact(row.card), place)
    places = {row.office.id: ranks[_exact(row.card)] for row in ranked}
    return [Row(row, names[row.office.id], places.get(row.office.id), _strip(row, axis)) for row in rows]


def _strip(row: ListedOffice, axis: Axis) -> Strip | None:
    card = row.card
    if card is None:
        return None
    mark = MARKS[row.contrast] if row.contrast else Mark.UNCLEAR
    return strip(axis, card.share, (card.low, card.high), mark, wilson(card.satisfied, card.n, CONFIDENCE))


def _clear(rows: Sequence[Row], contrast: Contrast) -> Row | None:
    """Return the only one of *rows* if it stands so beside the level of all."""
    return rows[0] if rows and rows[0].listed.contrast is contrast else None
