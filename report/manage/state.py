"""How things stand, for the staff's home: what the released ratings of the last weeks say, and the open contests."""

from collections import Counter as Counts
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import url_for
from flask_babel import gettext as _

from commune.models import Office
from core.charts.strips import Axis, StripRow, strip_axis
from core.charts.tiles import TileMap
from core.values.content import shown
from core.values.numbers import thousands
from core.values.week import monday_of
from core.web.access import may, scope_of
from core.web.extensions import db
from core.web.language import content
from quiz.contest.queries import list_open_contests
from quiz.results.queries.turnout import turnout_of_round
from report.manage.few_offices import FEW, CounterState, counters_of, silent_vital
from survey.figures.manage import vitals
from survey.figures.manage.frame import names_of, offices_seen, strip_of
from survey.figures.manage.vitals import Vital
from survey.figures.queries.office_list import ListedOffice, OfficeList, read_office_list
from survey.figures.queries.province_map import province_map
from survey.figures.queries.recent import count_released_comments, list_new_ratings, list_newest_comments
from survey.figures.rules.contrast import Contrast
from survey.figures.rules.recent import NewRatings, group_of, silent_offices
from survey.figures.rules.scorecard import Scorecard
from survey.rating.models import Rating

MOST_VITALS = 3
"""The numbers beside which one more finds its place: four stand in a row, or two by two."""
MOST_WATCHED = 8
"""The most offices in the list to look at first; a longer one is not read."""


@dataclass(frozen=True)
class PresentState:
    """How things stand.

    Attributes:
        finding: a sentence on the week.
        vitals: the numbers that matter.
        until: the last day that they cover.
        rows, axis: the counters of a few offices, or the offices to look at first.
        office: the only office of the account, None if it has several.
        lower, silent: how many of several offices are clearly below the province, and how many are silent.
        rest: why the other ones of several offices have no new ratings, so that all groups add up.
        map: the province at a glance.
        offices: how many offices there are.
        counters: the counters of a few offices, None where offices are shown in their place.
        comments: what people wrote lately at *counters*.
    """

    finding: str
    vitals: Sequence[Vital]
    until: date
    rows: Sequence[StripRow] = ()
    axis: Axis | None = None
    office: Office | None = None
    lower: int = 0
    silent: int = 0
    rest: str = ""
    map: TileMap | None = None
    offices: int = 0
    counters: CounterState | None = None
    comments: Sequence[Rating] = ()


def state_of(today: date, now: datetime, *, has_begun: bool = True) -> PresentState | None:
    """Return how things stand in the units of the signed-in account; None where it may see neither room.

    Before the first figures (not *has_begun*) only open contests are shown: the first steps say what is to be done.
    """
    contests, monday = _contests(now, has_begun=has_begun), monday_of(today)
    seen = offices_seen() if has_begun and scope_of("office.see") else frozenset()
    if not seen:
        return PresentState("", contests, monday - timedelta(days=1)) if contests else None
    every = read_office_list(db.session, today)
    rows = [row for row in every.rows if row.office.id in seen]
    if not rows:
        return None
    batches = list_new_ratings(db.session, [row.office.id for row in rows], today)
    is_province = every.is_compared and len(rows) == len(every.rows)
    if len(rows) == 1 or (len(rows) <= FEW and not is_province):
        return _of_few(rows, every, batches, contests, today)
    return _of_offices(rows, every, batches, contests, monday)


def _of_few(
    rows: list[ListedOffice], every: OfficeList, batches: list[NewRatings], contests: list[Vital], today: date
) -> PresentState:
    """Return the state of one office or a few: their counters from the least satisfied up, and the newest comments."""
    monday, counters = monday_of(today), counters_of(rows, every, batches, today)
    offices = [row.office for row in rows]
    counts = count_released_comments(db.session, batches)
    numbers = [*_ratings(batches, monday), _comments(counts, batches, monday, offices), *contests]
    places = len({each.office_id for each in _newest(batches, monday)})
    return PresentState(
        finding=_finding(batches, monday, places or 1),
        vitals=numbers if len(numbers) > MOST_VITALS else [*numbers, silent_vital(counters)],
        until=monday - timedelta(days=1),
        rows=counters.rows,
        axis=counters.axis,
        office=offices[0] if len(offices) == 1 else None,
        silent=len(counters.silent),
        offices=len(rows),
        counters=counters,
        comments=list_newest_comments(db.session, counts, counters.comments),
    )


def _of_offices(
    rows: list[ListedOffice], every: OfficeList, batches: list[NewRatings], contests: list[Vital], monday: date
) -> PresentState:
    """Return the state of several offices: a map of the province, and those to look at first."""
    silent = silent_offices(batches, monday)
    lower = [row for row in rows if row.contrast is Contrast.LOWER]
    watched, axis = _watched(lower, rows, silent, _whole(every))
    is_whole = len(rows) == len(every.rows)
    newest = _newest(batches, monday)
    heard = {each.office_id for each in newest}
    counts = count_released_comments(db.session, newest)
    comments = _comments(counts, newest, monday, [row.office for row in rows])
    return PresentState(
        finding=_finding_of_many(batches, monday, len(heard), len(rows)),
        rest=_rest(len(rows), heard, silent),
        vitals=[*_ratings(batches, monday), comments, *contests],
        until=monday - timedelta(days=1),
        rows=watched,
        axis=axis,
        lower=len(lower),
        silent=len(silent),
        map=province_map(db.session, every, _address) if is_whole else None,
        offices=len(rows),
    )


def _whole(every: OfficeList) -> Scorecard | None:
    return every.card if every.is_compared else None


def _watched(
    lower: list[ListedOffice], rows: list[ListedOffice], silent: dict[int, date], whole: Scorecard | None
) -> tuple[list[StripRow], Axis]:
    """Return the offices to look at first: clearly lower, the lowest first, then silent, the longest first."""
    quiet = [row for row in rows if row.office.id in silent and row not in lower]
    quiet.sort(key=lambda row: silent[row.office.id])
    lower = sorted(lower, key=lambda row: row.card.share if row.card else 2)
    part = MOST_WATCHED - min(len(quiet), MOST_WATCHED // 4)
    chosen = [*lower[:part], *quiet[: MOST_WATCHED - min(len(lower), part)]]
    reference, names = whole.share if whole else None, names_of(row.office for row in rows)
    axis = strip_axis([row.card.share for row in chosen if row.card], reference)
    return [_watched_row(row, names[row.office.id], silent.get(row.office.id), axis, reference) for row in chosen], axis


def _watched_row(row: ListedOffice, name: str, since: date | None, axis: Axis, reference: float | None) -> StripRow:
    said = [_("thấp hơn rõ")] if row.contrast is Contrast.LOWER else []
    said += [vitals.silent_words(since)] if since else []
    note, card = ", ".join(said), row.card
    if card is None:
        return StripRow(content(name), note=note, url=_address(row.office), few=str(vitals.FEW))
    drawn = strip_of(card, axis, reference)
    return StripRow(content(name), drawn, note, _address(row.office), card.share, card.low, card.high, card.n)


def _address(office: Office) -> str:
    return str(url_for("survey_manage.office", slug=office.slug))


def _newest(batches: Collection[NewRatings], monday: date) -> list[NewRatings]:
    """Return the batches that were released on *monday*."""
    return [each for each in batches if each.weeks[-1] == monday - timedelta(weeks=1)]


def _finding(batches: Collection[NewRatings], monday: date, places: int = 1) -> str:
    n = group_of(batches, monday, 1).n
    if not n:
        return str(_("Tuần qua chưa có thêm lượt nào đủ để công bố."))
    if places == 1:
        return str(_("Tuần qua có %(n)s lượt mới.", n=thousands(n)))
    return str(_("Tuần qua có %(n)s lượt mới ở %(places)s nơi.", n=thousands(n), places=places))


def _finding_of_many(batches: Collection[NewRatings], monday: date, places: int, every: int) -> str:
    n = group_of(batches, monday, 1).n
    if not n:
        return _finding(batches, monday)
    values = {"n": thousands(n), "places": thousands(places), "every": thousands(every)}
    return str(_("Tuần qua có %(n)s lượt mới ở %(places)s trong %(every)s nơi.", **values))


def _rest(every: int, heard: Collection[int], silent: Collection[int]) -> str:
    """Return why the offices that are not *heard* have no new ratings: too few so far, or *silent* for two weeks."""
    quiet = set(silent) - set(heard)
    waiting = every - len(heard) - len(quiet)
    said = [_("%(n)s nơi chưa gom đủ 5 lượt mới", n=thousands(waiting))] * bool(waiting)
    said += [_("%(n)s nơi từ hai tuần nay không có lượt mới", n=thousands(len(quiet)))] * bool(quiet)
    return str(_("Còn lại: %(groups)s.", groups=", ".join(said))) if said and heard else ""


def _ratings(batches: Collection[NewRatings], monday: date) -> list[Vital]:
    return [
        vitals.recent_share(vitals.RECENT, batches, monday),
        vitals.recent_ratings(vitals.NEW, batches, monday),
    ]


def _comments(
    counts: Counts[tuple[int, date]], batches: Collection[NewRatings], monday: date, offices: Sequence[Office]
) -> Vital:
    """Return how many of the comments in *counts* came with the ratings that were released on *monday*, with the way to
    the page of the office that has most of them.
    """
    found = Counts[int]()
    for each in _newest(batches, monday):
        found[each.office_id] += sum(counts[each.counter_id, week] for week in each.weeks)
    found = +found
    most = max(offices, key=lambda each: (found[each.id], -each.id))
    link = _("Đọc góp ý")
    if len(found) > 1:
        link = _("Nhiều nhất: %(office)s", office=shown(names_of(offices)[most.id]))
    address = url_for("survey_manage.comments", slug=most.slug) if found else ""
    note = _("trong các lượt mới tuần qua")
    return Vital(_("Góp ý mới"), thousands(found.total()), "", note, address=address, link=link)


def _contests(now: datetime, *, has_begun: bool) -> list[Vital]:
    """Return the open contests of the account's units, with the people of their present weeks; without one, the way to
    plan it, unless the first steps show that.
    """
    units, counted = scope_of("contest.see"), scope_of("result.see")
    if not units:
        return []
    running = [pair for pair in list_open_contests(db.session, now) if pair[0].unit_id in units]
    shown = [round for contest, round in running if contest.unit_id in counted]
    if not running and not has_begun:
        return []
    people = sum(turnout_of_round(db.session, round).people for round in shown)
    note = _("%(people)s người thi tuần này", people=thousands(people)) if shown else ""
    place = url_for("quiz_manage.contests")
    if not running and may("contest.manage"):
        place, note = url_for("quiz_manage.new_plan"), _("lập trước ngày thi để kịp soạn câu hỏi")
        return [Vital(_("Cuộc thi đang mở"), "0", "", note, address=place, link=_("Lập cuộc thi"))]
    return [Vital(_("Cuộc thi đang mở"), thousands(len(running)), "", note, address=place, link=_("Xem cuộc thi"))]
