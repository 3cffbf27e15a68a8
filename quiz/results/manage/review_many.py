"""One decision about several clusters of a round's review: one preview, one request, one version of the results."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core.web.access import requires
from core.web.extensions import db
from quiz.contest.manage import asks_second, blueprint, round_or_404
from quiz.contest.models import Round
from quiz.results.forms.review import ClustersForm
from quiz.results.manage.moves import parts_of
from quiz.results.manage.review import not_reviewed
from quiz.results.manage.review_asked import ask_decision, list_asked
from quiz.results.manage.review_view import card_of, facts_of
from quiz.results.models import EntryCluster
from quiz.results.operations.review import preview_clusters
from quiz.results.operations.versions import Changed, NothingToDo
from quiz.results.queries.result import find_result
from quiz.results.queries.review import find_review, list_open, list_undecided

ALL = "tat-ca"
"""The value of *cum* that stands for every cluster to be decided on."""
Page = Response | tuple[str, int]


@blueprint.route("/<slug>/tuan/<int:number>/ra-soat/nhieu-cum", methods=["GET", "POST"])
@requires("contest.manage")
def several_clusters(slug: str, number: int) -> Page:
    """Show the chosen clusters with what excluding all of them would change, and accept the decision."""
    round, form = round_or_404(slug, number), ClustersForm()
    if find_review(db.session, round) is None:
        return not_reviewed(round)
    found = _chosen(round, form)
    if not found:
        flash(_("Xin chọn ít nhất một cụm chưa quyết định."), "error")
        return redirect(url_for(".clusters", slug=slug, number=number))
    if not _offered(form, found).validate_on_submit():
        return _page(round, found, form, 422 if form.errors else 200)
    try:
        return ask_decision(round, found, form)
    except (Changed, NothingToDo):
        db.session.rollback()
        flash(_("Các cụm hay danh sách giải đã khác với phần xem trước. Xin xem lại rồi gửi lần nữa."), "warning")
        return _page(round, found, form, 409)


def _chosen(round: Round, form: ClustersForm) -> Sequence[EntryCluster]:
    """Return the clusters of the address, or of the sent form, that are still open."""
    wanted = (form.chosen.data or "").split() if form.is_submitted() else request.args.getlist("cum")
    if ALL in wanted:
        return list_undecided(db.session, round)
    numbers = {int(each) for each in wanted if each.isascii() and each.isdecimal() and len(each) < 8}
    return list_open(db.session, round, numbers)


def _offered(form: ClustersForm, found: Sequence[EntryCluster]) -> ClustersForm:
    return form.offer_all([each.number for each in found], sum(each.size for each in found))


def _page(round: Round, found: Sequence[EntryCluster], form: ClustersForm, code: int) -> tuple[str, int]:
    result, made = find_result(db.session, round), find_review(db.session, round)
    if result is None or made is None:
        abort(404)
    preview, facts = preview_clusters(db.session, round, found), facts_of(db.session, round, result)
    form.show(preview.excluding, preview.keeping)
    page = render_template(
        "quiz/results/manage/several_clusters.html",
        contest=round.contest,
        round=round,
        form=form,
        cards=[card_of(round, made, result, each, facts) for each in found],
        entries=sum(each.size for each in found),
        parts=parts_of(db.session, preview.effect) if preview.effect else (),
        needs_second=asks_second(round.contest),
        asked=list_asked(round),
    )
    return page, code
