"""Recording a public draw among units that are equal by a measure of their prizes."""

from collections.abc import Sequence

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from account.views.current import actor
from core import clock
from core.values.numbers import thousands
from core.web.access import requires
from core.web.extensions import db
from quiz.awards.labels import figure_words
from quiz.awards.manage.decision_request import contest_of
from quiz.awards.operations.draw import check_unit_draw, of_unit_tie, record_unit_draw
from quiz.awards.queries.collective import CollectiveDraft, draft_collective, find_decision
from quiz.awards.queries.unit_codes import last_fixed_on, list_unit_codes, of_measure
from quiz.awards.queries.unit_ties import UnitTies, unit_ties
from quiz.contest.labels.terms import MEASURE
from quiz.contest.manage import blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.terms import CollectiveMeasure
from quiz.results.manage.draw_approval import draw_handler
from quiz.results.manage.draw_page import (
    DrawSheet,
    DrawTicket,
    NumberSource,
    Page,
    ShownDraw,
    draw_reply,
    shown_draw,
)
from quiz.results.queries import draw_words as words
from quiz.results.queries.tie_groups import OpenGroup
from quiz.results.rules.number_draws import first_day


@blueprint.route("/<slug>/giai-tap-the/boc-tham/<string(length=32):key>", methods=["GET", "POST"])
@requires("contest.manage")
def record_units_draw(slug: str, key: str) -> Page:
    """Record the draw of one tie of units, or ask a second person to."""
    contest = contest_or_404(slug)
    sheet = _find(db.session, contest, key)
    if sheet is None:
        flash(_(words.CHANGED), "warning")
        return redirect(url_for(".collective", slug=slug))
    return draw_reply(
        sheet,
        {"contest": contest.id},
        check=lambda key, written: check_unit_draw(db.session, contest, key, written, now=clock.now()),
        write=lambda key, written, reason: record_unit_draw(
            db.session, actor(), contest, key, written, reason=reason, now=clock.now()
        ),
    )


def ties_on_page(contest: Contest, draft: CollectiveDraft | None, *, is_decided: bool) -> dict[str, object]:
    """Return what the page of the prizes of units says of draws: the ties that wait, and the recorded ones."""
    ties = unit_ties(contest, draft, is_decided=is_decided, now=clock.now())
    if draft is None:
        return {"ties": [], "drawn": [], "ties_unready": False}
    waiting = [(m, each) for m, groups in ties.by.items() for each in groups.waiting]
    return {
        "ties": [_sheet(contest, draft, measure, each) for measure, each in waiting],
        "drawn": _drawn(contest, draft, ties),
        "ties_unready": bool(ties.unready),
    }


def _drawn(contest: Contest, draft: CollectiveDraft, ties: UnitTies) -> list[ShownDraw]:
    named = {str(ref): unit.name for ref, unit in draft.units.items()}
    found = list[ShownDraw]()
    for groups in ties.by.values():
        keys = {each.decided_by.id: each.key for each in groups.decided if each.decided_by and not ties.unready}
        found += [shown_draw(each, groups.draws, contest, named, keys.get(each.id, "")) for each in groups.draws]
    return found


def _find(session: Session, contest: Contest, key: str) -> DrawSheet | None:
    """Return the sheet of the tie under *key*; None where it may not be drawn now."""
    now = clock.now()
    draft, is_decided = draft_collective(session, contest, now), find_decision(session, contest) is not None
    found = unit_ties(contest, draft, is_decided=is_decided, now=now).find(key)
    return _sheet(contest, draft, *found) if found and draft else None


def _sheet(contest: Contest, draft: CollectiveDraft, measure: CollectiveMeasure, found: OpenGroup) -> DrawSheet:
    group, figures = found.group, {each.ref: each for each in draft.figures}
    heading = _("Đồng hạng %(rank)s: %(n)s đơn vị", rank=thousands(group.rank), n=thousands(len(group.refs)))
    figure = figure_words(measure, figures[int(group.refs[0])])
    return DrawSheet(
        contest=contest,
        found=found,
        heading=heading,
        equal_on=_("%(measure)s (%(figure)s)", measure=_(MEASURE[measure]), figure=figure),
        tickets=[DrawTicket(at, "", draft.units[int(ref)].name) for at, ref in enumerate(group.refs, start=1)],
        back=url_for("quiz_manage.collective", slug=contest.slug),
        back_words=_("Giải tập thể"),
        about=of_unit_tie(contest, measure, group),
        action=QuizAction.UNITS_DRAW,
        number=_number_source(contest, measure, group.refs),
    )


def _number_source(contest: Contest, measure: CollectiveMeasure, refs: Sequence[str]) -> NumberSource | None:
    """Return the public number that decides a tie of units; None where tickets are drawn by hand."""
    rules = Rules.from_dict(contest.rules)
    if rules.draw_source is None or (fixed_on := last_fixed_on(db.session, contest)) is None:
        return None
    return NumberSource(
        rules.draw_source,
        rules.draw_digits,
        first_day(fixed_on),
        of_measure(measure),
        list_unit_codes(db.session, refs),
    )


HANDLER = draw_handler(QuizAction.UNITS_DRAW, contest_of, _find, record_unit_draw)
