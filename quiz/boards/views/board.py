"""The board of a contest: participation by unit, in the hall too."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from core.clock import MILLISECOND
from core.values.week import day_start, local_date
from core.web.arrival import arrived_at
from core.web.extensions import db
from core.web.reply_cache import keep_reply, public_version
from quiz.boards.labels.board import FIGURE_UNIT
from quiz.boards.queries.board_lines import BoardLines, lines_of_closed, lines_of_round, lines_of_today
from quiz.boards.queries.today import TodayRow, turnout_of_today
from quiz.boards.rules.board import BoardOrder
from quiz.boards.views.board_address import ALL_WEEKS, BLOC, TODAY, BoardView, address_of, query_of
from quiz.boards.views.board_page import BoardPage, banded_page, board_page, choose_order
from quiz.boards.views.board_words import today_notes
from quiz.boards.views.hall import HALL, hall_frame, hall_query
from quiz.contest import queries as contests
from quiz.contest.labels import PHASE
from quiz.contest.models import Contest, Round
from quiz.contest.rules.presets import GuessTarget
from quiz.contest.rules.schedule import Phase
from quiz.contest.views import blueprint, contest_or_404
from quiz.results.queries import result as results
from quiz.results.queries import turnout

DAY = timedelta(days=1)
REFRESH = "60"
"""Seconds after which a browser in a hall asks for the board again."""
MOST_PROVINCES = 4
"""The largest number of provinces that a hall has room for beside the figures of the whole contest."""
STILL = "dung"
"""The value of `chieu` for a board that does not refresh itself."""
ASKED = ("tuan", "xep", "xa", "don-vi", BLOC)
"""The values of the address that choose what is shown."""


@blueprint.get("/<slug>/bang")
def board(slug: str) -> str | tuple[str, dict[str, str]]:
    """Show the participation by unit: a week up to yesterday, or all closed weeks; no results of an open round.

    In a hall the page asks the browser for itself again every minute, unless its address says that it stands still.
    """
    version, hall = public_version(), hall_query(STILL)
    contest, now = contest_or_404(slug), arrived_at()
    view, shown = shown_board(contest, now, version, hall)
    if not hall:
        return render_template("quiz/boards/board.html", **shown, perfect=_perfect(contest, view, now))
    is_still = hall[HALL] == STILL
    page = render_template(
        "quiz/boards/hall_board.html",
        **shown,
        is_still=is_still,
        most_provinces=MOST_PROVINCES,
        **hall_frame(contest, now),
    )
    return page, {} if is_still else {"Refresh": REFRESH}


def shown_board(
    contest: Contest, now: datetime, version: int, query: Mapping[str, str]
) -> tuple[BoardView, dict[str, Any]]:
    """Return the view that the address asks for, and what its page shows; the reply is kept under it and *query*.

    *version* is that of the public data, read before the contest.
    """
    weeks = list_weeks(contest, now)
    view, found, today = _choose(contest, weeks, now)
    plain = not any(name in request.args for name in ASKED)
    keep_reply(version=version, query={**({} if plain else query_of(view)), **query})
    shown = {"contest": contest, "page": _page(contest, found, view, weeks, now), "round": view.round}
    return view, shown | {**today, **_cut(contest, found, view, now), **_links(contest, view, now)}


def list_weeks(contest: Contest, now: datetime) -> list[Round | None]:
    """Return the rounds of *contest* that have begun at *now*, and None for all closed ones where there are several."""
    begun: list[Round | None] = [round for round in contest.rounds if round.opens_at <= now]
    closed = [round for round in contest.rounds if round.closed_at]
    return begun + ([None] if len(closed) > 1 else [])


def _choose(
    contest: Contest, weeks: Sequence[Round | None], now: datetime
) -> tuple[BoardView, BoardLines | None, dict[str, Any]]:
    """Return the view that the address asks for, its lines, and the rows of a past contest as of today."""
    round, found = _week_of(contest, weeks, now)
    bloc = None if found is None or _is_banded(round, now) else _asked_bloc(contest)
    found = _lines(contest, round, now, bloc) if bloc else found
    today = [] if bloc else _today_rows(contest, round, found, now)
    by_today = bool(today) and request.args.get("don-vi") == TODAY
    found = lines_of_today(today) if by_today else found
    order = choose_order(found.lines, request.args.get("xep")) if found else BoardOrder.PEOPLE
    asked = request.args.get("xa", "")
    ids = {str(ref): ref for ref in found.units} if found else {}
    view = BoardView(round, order, ids.get(asked), by_today, bloc)
    shown = {"today": {row.unit.id: row for row in today}, "by_today": by_today}
    return view, found, shown | {"notes": today_notes(today) if by_today else {}, "phase_over": _is_over(contest, now)}


def _week_of(contest: Contest, weeks: Sequence[Round | None], now: datetime) -> tuple[Round | None, BoardLines | None]:
    """Return the round to show (None: all closed ones) and its lines; no lines before the first round.

    Without a choice it is the open round once a day of it may be shown, else all closed ones, else the last one.
    """
    asked = request.args.get("tuan")
    if not weeks:
        return None, None
    for each in weeks:
        if asked == (str(each.number) if each else ALL_WEEKS):
            return each, _lines(contest, each, now)
    begun = [each for each in weeks if each]
    last = begun[-1]
    if last.closed_at is None:
        found = _lines(contest, last, now)
        if found.turns or len(weeks) < 2:
            return last, found
    usual = weeks[-1] if weeks[-1] is None or last.closed_at else begun[-2]
    return usual, _lines(contest, usual, now)


def _asked_bloc(contest: Contest) -> int | None:
    asked = request.args.get(BLOC)
    return next((bloc.position for bloc in contest.blocs if str(bloc.position) == asked), None)


def _is_banded(round: Round | None, now: datetime) -> bool:
    """Return whether only bands of people are shown: those of blocs would add up to a narrower one."""
    return round is not None and now < round.closes_at and round.declared.guess_target is GuessTarget.PEOPLE


def _lines(contest: Contest, round: Round | None, now: datetime, bloc: int | None = None) -> BoardLines:
    if round is None:
        return lines_of_closed(db.session, contest, bloc)
    earlier = [each for each in contest.rounds if each.number < round.number and each.closes_at <= now]
    return lines_of_round(db.session, round, earlier[-1] if earlier else None, now, bloc)


def _today_rows(contest: Contest, round: Round | None, found: BoardLines | None, now: datetime) -> list[TodayRow]:
    """Return the rows of a past contest by the communes of today; empty for a week, and where all units exist."""
    if round is not None or found is None or not _is_over(contest, now):
        return []
    return turnout_of_today(db.session, contest, turnout.turnout_of_contest(db.session, contest, now), local_date(now))


def _is_over(contest: Contest, now: datetime) -> bool:
    return all(contests.phase_of(round, now) is Phase.PUBLISHED for round in contest.rounds)


def _page(
    contest: Contest, found: BoardLines | None, view: BoardView, weeks: Sequence[Round | None], now: datetime
) -> BoardPage | None:
    if found is None:
        return None
    if _is_banded(view.round, now):
        return banded_page(contest, found, view, weeks)
    page = board_page(contest, found, view, weeks)
    return replace(page, units=()) if len(page.units) < 2 else page


def _perfect(contest: Contest, view: BoardView, now: datetime) -> int | None:
    """Return the all-correct entries of a published round, or of a contest that is over; None while they are secret,
    and for a bloc.
    """
    if view.bloc is not None:
        return None
    if view.round is None:
        return turnout.perfect_of_contest(db.session, contest) if _is_over(contest, now) and contest.rounds else None
    if contests.phase_of(view.round, now) is not Phase.PUBLISHED:
        return None
    result = results.find_result(db.session, view.round)
    return result.perfect if result else None


def _cut(contest: Contest, found: BoardLines | None, view: BoardView, now: datetime) -> dict[str, Any]:
    """Return what the page says of the days that it covers, and the unit of its figures."""
    is_frozen = bool(found and found.until and found.until < local_date(now) - DAY)
    closed = sum(round.closed_at is not None for round in contest.rounds)
    last = local_date(view.round.closes_at - MILLISECOND) if view.round else None
    number = view.round.number - 1 if view.round else closed - 1
    before = _("tuần %(number)s", number=number) if view.round else _("khi hết tuần %(number)s", number=number)
    return {
        "is_frozen": is_frozen,
        "last_day": last,
        "figure_unit": _(FIGURE_UNIT[view.order]),
        "before_words": before,
        "closed": closed,
    }


def _links(contest: Contest, view: BoardView, now: datetime) -> dict[str, Any]:
    """Return the addresses that lead on from a board, and the words of the state of its round."""
    published = [round for round in contest.rounds if contests.phase_of(round, now) is Phase.PUBLISHED]
    phase = contests.phase_of(view.round, now) if view.round else None
    begins = next((each for each in contest.rounds if each.closes_at > now), None)
    first_day = local_date(begins.opens_at) + DAY if begins else None
    return {
        "begins": begins if first_day and now < day_start(first_day) else None,
        "first_day": first_day,
        "published": published,
        "phase": phase,
        "phase_words": PHASE[phase] if phase else "",
        "open_round": next((each for each in contest.rounds if each.opens_at <= now < each.closes_at), None),
        "hall_address": address_of(contest, query_of(view) | {HALL: ""}),
        "still_address": address_of(contest, query_of(view) | {HALL: STILL}),
    }
