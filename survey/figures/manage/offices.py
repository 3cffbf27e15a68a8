"""The staff's list of the offices of their units."""

from collections import Counter as Counts
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template

from commune.models import Office
from commune.queries.offices import EVERY, count_offices, list_offices
from core.charts.bars import Spark
from core.charts.strips import Strip, strip_axis
from core.values.week import monday_of
from core.web.access import requires, scope, scope_of
from core.web.extensions import db
from core.web.paging import Paging, chosen, paging, searched, sorted_by
from survey.counter.manage.office import blueprint
from survey.figures.manage.frame import names_of, offices_seen, strip_of, today
from survey.figures.manage.vitals import share_course
from survey.figures.queries.figures import cards_by_office
from survey.figures.queries.newness import list_office_counters, new_offices
from survey.figures.queries.office_list import OfficeList, read_office_list
from survey.figures.queries.recent import list_new_ratings
from survey.figures.rules.contrast import Contrast
from survey.figures.rules.recent import NewRatings, silent_offices
from survey.figures.rules.scorecard import Scorecard
from survey.rating.queries.batches import count_undecided

SORTS: dict[str, Callable[[Scorecard | None], float] | None] = {
    "ten": None,
    "luot": lambda card: -card.n if card else 1,
    "ty-le": lambda card: card.share if card else 2,
}
"""The sort orders of the list of offices: name, most ratings, least satisfied; offices without figures come last."""
MOST_SORTED = 200
"""The most offices that can be sorted by their figures, since this reads those of all; a province has fewer
communes.
"""
LOWER, SILENT = FILTERS = ("thap", "im")
"""The parts of the list that an address may ask for: offices clearly below the province, and silent ones."""


@dataclass(frozen=True)
class OfficeRow:
    """A line of the list; `apart` counts its batches of ratings set apart that wait for a decision, `course` is its
    share of the last weeks, `silent_since` the first day without new ratings in the list of silent offices.
    """

    office: Office
    name: str
    card: Scorecard | None
    strip: Strip | None
    apart: int
    is_new: bool
    course: Spark | None = None
    ends: tuple[str, str] = ("", "")
    silent_since: date | None = None


@blueprint.get("/")
@requires("office.see")
def offices() -> str:
    """List the offices of the account's units, or those of them that the address asks for."""
    total = count_offices(db.session, scope(), find=searched())
    may_sort = total <= MOST_SORTED
    sort, kind = (sorted_by(SORTS), chosen("loc", FILTERS)) if may_sort else ("ten", "")
    found, page = _found(total, sort, kind)
    every = read_office_list(db.session, today())
    reference = _reference(every, found)
    rows = _rows(found, reference, _silent(found) if kind == SILENT else {})
    return render_template(
        "survey/figures/manage/offices.html",
        rows=rows,
        **_beside(rows, every, reference),
        page=page,
        standing=_standing(every) if may_sort else {},
        kind=kind,
        sort=sort,
        sorts=SORTS if may_sort else (),
        most_sorted=MOST_SORTED,
    )


def _beside(rows: Sequence[OfficeRow], every: OfficeList, reference: float | None) -> dict[str, Any]:
    """Return the axis of the rows, the share of the province on it, and the days that all figures cover."""
    shares = [row.card.share for row in rows if row.card]
    axis = strip_axis(shares, reference)
    return {"axis": axis, "reference": reference, "coverage": every.coverage if shares else None}


def _found(total: int, sort: str, kind: str) -> tuple[list[Office], Paging]:
    """Return the offices of the page that the address asks for."""
    rank = SORTS[sort]
    kept: dict[str, Any] = {"sap-xep": sort if rank else "", "loc": kind}
    if not rank and not kind:
        page = paging(total, **kept)
        return list_offices(db.session, scope(), find=page.find, part=page.part), page
    # sorting and filtering by figures need the whole list before a page is cut out
    whole = list_offices(db.session, scope(), find=searched(), part=EVERY)
    if kind:
        wanted = _lower() if kind == LOWER else _silent(whole)
        whole = [office for office in whole if office.id in wanted]
    if rank:
        cards = cards_by_office(db.session, whole, list_office_counters(db.session, whole), today())
        whole = sorted(whole, key=lambda office: rank(cards[office.id]))
    page = paging(len(whole), **kept)
    return whole[page.part], page


def _reference(every: OfficeList, found: Sequence[Office]) -> float | None:
    """Return the share that all of the offices *found* are compared with; None where there is none."""
    is_one = found and all(every.whole_of(office) for office in found)
    return every.card.share if every.card and is_one else None


def _standing(every: OfficeList) -> Mapping[str, int]:
    """Return how many offices of the account's units are compared with the province, by how they stand, and how many
    have too few ratings for that; empty where none is compared.
    """
    seen = offices_seen()
    found = Counts(row.contrast.value if row.contrast else "few" for row in every.rows if row.office.id in seen)
    return found if set(found) - {"few"} else {}


def _lower() -> Collection[int]:
    rows = read_office_list(db.session, today()).rows
    return {row.office.id for row in rows if row.contrast is Contrast.LOWER}


def _silent(offices: Collection[Office]) -> Mapping[int, date]:
    batches = list_new_ratings(db.session, [office.id for office in offices], today())
    return silent_offices(batches, monday_of(today()))


def _rows(found: Sequence[Office], reference: float | None, silent: Mapping[int, date]) -> list[OfficeRow]:
    counters, names = list_office_counters(db.session, found), names_of(found)
    courses = _courses(found)
    cards = cards_by_office(db.session, found, counters, today())
    new = new_offices(found, counters, today())
    apart = count_undecided(db.session, scope_of("rating.inspect"), today())
    axis = strip_axis([card.share for card in cards.values() if card], reference)
    return [
        OfficeRow(
            office=each,
            name=names[each.id],
            card=card,
            strip=strip_of(card, axis, reference) if card else None,
            apart=apart.get(each.id, 0),
            is_new=each.id in new,
            course=course,
            ends=ends,
            silent_since=silent.get(each.id),
        )
        for each in found
        for card in [cards[each.id]]
        for course, ends in [courses[each.id]]
    ]


def _courses(found: Sequence[Office]) -> dict[int, tuple[Spark | None, tuple[str, str]]]:
    """Return the course of the share of each office, with its ends."""
    batches: dict[int, list[NewRatings]] = {each.id: [] for each in found}
    for batch in list_new_ratings(db.session, batches, today()):
        batches[batch.office_id].append(batch)
    return {id: share_course(its, monday_of(today())) for id, its in batches.items()}
