"""Recording a public draw among people of equal rank over the whole contest."""

from collections.abc import Sequence
from datetime import datetime

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from account.views.current import actor
from core import clock
from core.values.numbers import thousands
from core.web.access import requires
from core.web.extensions import db
from quiz.awards.manage.decision_request import contest_of
from quiz.awards.manage.season_names import opened_contacts
from quiz.awards.operations.season_draw import check_season_draw, of_season_tie, record_season_draw
from quiz.awards.queries.season import SeasonDraft, draft_season
from quiz.awards.queries.unit_codes import last_fixed_on
from quiz.contest.labels.season import season_figure
from quiz.contest.manage import blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.presets import Rules
from quiz.results.manage.draw_approval import draw_handler
from quiz.results.manage.draw_page import (
    DrawSheet,
    DrawTicket,
    NumberSource,
    Page,
    draw_reply,
    shown_draw,
)
from quiz.results.queries import draw_words as words
from quiz.results.queries import entry_codes
from quiz.results.queries.tie_groups import OpenGroup
from quiz.results.rules.number_draws import first_day


@blueprint.route("/<slug>/giai-chung-cuoc/boc-tham/<string(length=32):key>", methods=["GET", "POST"])
@requires("contest.manage")
def record_draw_of_season(slug: str, key: str) -> Page:
    """Record the draw of one tie, or ask a second person to."""
    contest = contest_or_404(slug)
    sheet = _find(db.session, contest, key, shows_names=True)
    if sheet is None:
        flash(_(words.CHANGED), "warning")
        return redirect(url_for(".season", slug=slug))
    return draw_reply(
        sheet,
        {"contest": contest.id},
        check=lambda key, written: check_season_draw(db.session, contest, key, written, now=clock.now()),
        write=lambda key, written, reason: record_season_draw(
            db.session, actor(), contest, key, written, reason=reason, now=clock.now()
        ),
    )


def ties_on_page(contest: Contest, draft: SeasonDraft | None, *, is_decided: bool) -> dict[str, object]:
    """Return what the page says of draws: the ties that wait, and the recorded ones."""
    if draft is None:
        return {"ties": [], "drawn": []}
    keys = {each.decided_by.id: each.key for each in draft.ties.decided if each.decided_by and not is_decided}
    units = {ref: line.participant.unit.name for ref, line in draft.lines.items()}
    drawn = [shown_draw(each, draft.ties.draws, contest, units, keys.get(each.id, "")) for each in draft.ties.draws]
    return {"ties": [_sheet(contest, draft, each, {}) for each in draft.ties.waiting], "drawn": drawn}


def _find(session: Session, contest: Contest, key: str, *, shows_names: bool = False) -> DrawSheet | None:
    """Return the sheet of the tie under *key*; None where there is none now."""
    now = clock.now()
    draft = draft_season(session, contest, now)
    found = draft.ties.find(key) if draft and not draft.unready else None
    if draft is None or found is None:
        return None
    return _sheet(contest, draft, found, _opened(contest, draft, now) if shows_names else {})


def _opened(contest: Contest, draft: SeasonDraft, now: datetime) -> dict[str, str]:
    return {str(id): contact.name for id, contact in opened_contacts(contest, list(draft.lines.values()), now).items()}


def _sheet(contest: Contest, draft: SeasonDraft, found: OpenGroup, names: dict[str, str]) -> DrawSheet:
    group = found.group
    units = {ref: line.participant.unit.name for ref, line in draft.lines.items()}
    first, rule = draft.lines.get(group.refs[0]), Rules.from_dict(contest.rules).season
    figure = season_figure(rule, first.total, is_weekly=contest.is_weekly) if first else ""
    tickets = [DrawTicket(at, names.get(ref, ""), units.get(ref, "")) for at, ref in enumerate(group.refs, start=1)]
    back = url_for("quiz_manage.season", slug=contest.slug)
    return DrawSheet(
        contest=contest,
        found=found,
        heading=_("Đồng hạng %(rank)s: %(n)s người", rank=thousands(group.rank), n=thousands(len(group.refs))),
        equal_on=_("xếp hạng cả cuộc thi (%(figure)s)", figure=figure),
        tickets=tickets,
        back=back,
        back_words=_("Giải chung cuộc"),
        about=of_season_tie(contest, group),
        action=QuizAction.SEASON_DRAW,
        names_note="" if names else back,
        number=_number_source(contest, group.refs),
    )


def _number_source(contest: Contest, refs: Sequence[str]) -> NumberSource | None:
    """Return the public number that decides a tie; None where tickets are drawn by hand."""
    rules = Rules.from_dict(contest.rules)
    if rules.draw_source is None or (fixed_on := last_fixed_on(db.session, contest)) is None:
        return None
    codes = entry_codes.list_season_codes(db.session, contest, refs)
    return NumberSource(rules.draw_source, rules.draw_digits, first_day(fixed_on), entry_codes.OF_SEASON, codes)


HANDLER = draw_handler(QuizAction.SEASON_DRAW, contest_of, _find, record_season_draw)
