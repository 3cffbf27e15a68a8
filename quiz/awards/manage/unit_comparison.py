"""The defence of units: why one stands before another, for a prize or on the public board; one printed page."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core import clock
from core.values.numbers import read_number
from core.web.access import requires
from core.web.extensions import db
from core.web.paging import chosen
from quiz.awards.manage.unit_words import PRIZES, UnitPage, board_page, prize_page
from quiz.awards.queries.collective import CollectiveDraft, draft_collective, find_decision
from quiz.awards.rules.collective import MeasureList
from quiz.boards.labels.board import ORDER
from quiz.boards.rules.board import BoardOrder, offered_orders
from quiz.contest.labels.terms import MEASURE
from quiz.contest.manage import blueprint, contest_or_404
from quiz.contest.models import Contest


@blueprint.get("/<slug>/giai-tap-the/doi-chieu")
@requires("result.see")
def compare_units(slug: str) -> str | Response:
    """Show which figure decides between two units that the address names, or ask for them."""
    contest, now = contest_or_404(slug), clock.now()
    draft = draft_collective(db.session, contest, now)
    if draft is None:
        flash(_("Chưa có tuần nào chốt."), "info")
        return redirect(url_for(".collective", slug=slug))
    return render_template(
        "quiz/awards/manage/unit_comparison.html",
        contest=contest,
        draft=draft,
        decision=find_decision(db.session, contest),
        now=now,
        **_asked(contest, draft),
    )


def _asked(contest: Contest, draft: CollectiveDraft) -> dict[str, object]:
    """Return what the address asks for, what may be asked, and the comparison."""
    ways = _ways(draft)
    way = chosen("theo", list(ways)) or next(iter(ways))
    pair = _unit("mot", draft), _unit("hai", draft)
    return {
        "units": sorted(draft.board.lines, key=lambda line: draft.units[line.ref].name),
        "ways": ways,
        "way": way,
        "pair": pair,
        "found": _found(contest, draft, pair, way),
        "is_same": pair[0] is not None and pair[0] == pair[1],
        "is_prize": way.startswith(PRIZES),
    }


def _ways(draft: CollectiveDraft) -> dict[str, str]:
    """Return by what two units can be compared: the prizes by each declared measure, then the public boards."""
    lists = _lists(draft)
    prizes = {way: f"{_('Giải tập thể')}: {_(MEASURE[own.measure])}" for way, own in lists.items()}
    if len(lists) == 1:
        prizes = {PRIZES: _("Giải tập thể, theo thể lệ")}
    boards = {each.value: f"{_('Bảng công khai')}: {_(ORDER[each])}" for each in offered_orders(draft.board.lines)}
    return prizes | boards


def _lists(draft: CollectiveDraft) -> dict[str, MeasureList]:
    """Return the lists of prizes by their words in an address; the first is the plain one."""
    return {f"{PRIZES}-{own.measure}" if at else PRIZES: own for at, own in enumerate(draft.lists)}


def _unit(name: str, draft: CollectiveDraft) -> int | None:
    ref = read_number(request.args.get(name, ""), digits=9)
    return ref if ref in {line.ref for line in draft.board.lines} else None


def _found(contest: Contest, draft: CollectiveDraft, pair: tuple[int | None, int | None], way: str) -> UnitPage | None:
    one, other = pair
    if one is None or other is None or one == other:
        return None
    own = _lists(draft).get(way)
    if own is not None:
        return prize_page(contest, draft, one, other, own)
    return board_page(draft, one, other, BoardOrder(way))
