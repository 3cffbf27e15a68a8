"""One answer to several objections that are alike, each of them answered and recorded by itself."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from core import clock
from core.web.access import requires
from core.web.extensions import db, keyring
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Round
from quiz.results.forms.objection import SeveralAnswersForm
from quiz.results.labels.objections import alike_words
from quiz.results.operations.objections import answer_objections
from quiz.results.queries.objections import find_period, read_waiting
from quiz.results.rules.alike import AlikeGroup, OpenObjection, alike_groups
from quiz.results.rules.objections import ObjectionOutcome

Page = Response | tuple[str, int]
GROUP = "nhom"
"""The parameter that shows one group of objections, all of them ticked."""


@blueprint.route("/<slug>/tuan/<int:number>/khieu-nai/nhieu", methods=["GET", "POST"])
@requires("contest.manage")
def several_objections(slug: str, number: int) -> Page:
    """Show the objections that wait by what they have in common, and take one answer to those that are ticked."""
    round, back = round_or_404(slug, number), redirect(url_for(".objections", slug=slug, number=number))
    if find_period(db.session, round, clock.now()) is None:
        return back
    waiting = read_waiting(db.session, keyring(), round)
    form = SeveralAnswersForm().offer([each.number for each in waiting])
    if not form.validate_on_submit():
        return _page(round, form, waiting, 422 if form.is_submitted() else 200)
    chosen, outcome = form.numbers.data or [], ObjectionOutcome(form.outcome.data)
    done = answer_objections(
        db.session, keyring(), actor(), round, chosen, outcome, form.answer.data or "", now=clock.now()
    )
    db.session.commit()
    flash(_("Đã trả lời %(n)s khiếu nại; mỗi người đọc được ở trang kết quả của mình.", n=done), "success")
    if done < len(chosen):
        flash(_("%(n)s khiếu nại đã có người trả lời trước.", n=len(chosen) - done), "warning")
    return back


def _page(round: Round, form: SeveralAnswersForm, waiting: Sequence[OpenObjection], status: int) -> Page:
    groups = alike_groups(waiting)
    group = next((each for each in groups if each.key == request.args.get(GROUP)), None)
    shown = [each for each in waiting if group is None or each.number in group.numbers]
    page = render_template(
        "quiz/results/manage/objections_many.html",
        contest=round.contest,
        round=round,
        form=form,
        waiting=shown,
        groups=[(each.key, alike_words(each)) for each in groups],
        group=group.key if group else "",
        ticked=_ticked(form, group),
    )
    return page, status


def _ticked(form: SeveralAnswersForm, group: AlikeGroup | None) -> frozenset[int]:
    if form.is_submitted():
        return frozenset(form.numbers.data or ())
    return frozenset(group.numbers if group else ())
