"""The review of a closed round before the calls: its clusters, the decision on one, and a cluster's evidence."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor, link_to, present_account
from core import clock
from core.web.access import may, requires
from core.web.extensions import db, keyring
from quiz.attempt.queries.helpers import list_helpers
from quiz.contest.manage import asks_second, blueprint, round_or_404
from quiz.contest.models import Round
from quiz.contest.rules.actions import QuizAction
from quiz.results.forms.review import ClusterForm, EvidenceForm
from quiz.results.manage.exclusion import waiting
from quiz.results.manage.moves import parts_of
from quiz.results.manage.review_asked import ask_decision, asked_numbers, list_asked
from quiz.results.manage.review_view import (
    MEMBERS_SHOWN,
    MemberRow,
    card_of,
    facts_of,
    member_rows,
    review_of,
    said_once,
)
from quiz.results.manage.unit_moves import move_lines
from quiz.results.models import EntryCluster
from quiz.results.operations import review as reviews
from quiz.results.operations.audit_subjects import of_cluster
from quiz.results.operations.cluster_evidence import EvidenceLine, open_evidence
from quiz.results.operations.versions import Changed, NothingToDo
from quiz.results.queries.result import find_result
from quiz.results.queries.review import find_review, get_cluster, list_member_entries
from quiz.results.rules.decisions import EXCLUDED, KEPT

Page = Response | tuple[str, int]


@blueprint.get("/<slug>/tuan/<int:number>/ra-soat")
@requires("result.see")
def clusters(slug: str, number: int) -> Page:
    """Show the clusters of a closed round, those to be decided on first."""
    round = round_or_404(slug, number)
    result, found = find_result(db.session, round), find_review(db.session, round)
    if result is None or found is None:
        return not_reviewed(round)
    view = review_of(db.session, round, found, result)
    may_decide, names = may("contest.manage"), {"contest": round.contest, "round": round}
    asked = list_asked(round) if may_decide else []
    words = {"view": view, "may_decide": may_decide, "asked": asked, "me": present_account(), "link_to": link_to}
    words["asked_for"] = asked_numbers(round) if may_decide else ()
    words["moves"] = list(move_lines(db.session, round))
    words["helpers"] = list_helpers(db.session, keyring(), round) if may_decide else []
    return render_template("quiz/results/manage/review.html", **names, **words), 200


@blueprint.route("/<slug>/tuan/<int:number>/ra-soat/<int:cluster_number>", methods=["GET", "POST"])
@requires("contest.manage")
def cluster(slug: str, number: int, cluster_number: int) -> Page:
    """Show a cluster with what excluding it would change, and accept the decision."""
    round = round_or_404(slug, number)
    if find_review(db.session, round) is None:
        return not_reviewed(round)
    found = _cluster_or_404(round, cluster_number)
    form = _decision_form(round, found)
    if form.previews.data or not form.validate_on_submit():
        return cluster_page(round, found, form, 422 if form.errors else 200)
    try:
        return ask_decision(round, [found], form, kept_of(form))
    except (Changed, NothingToDo):
        db.session.rollback()
        flash(_("Cụm này hay các bài giữ lại đã khác với phần xem trước. Xin xem lại rồi gửi lần nữa."), "warning")
        found = _cluster_or_404(round, cluster_number)
        return cluster_page(round, found, _decision_form(round, found), 409)


@blueprint.post("/<slug>/tuan/<int:number>/ra-soat/<int:cluster_number>/dau-vet")
@requires("contest.manage")
def evidence(slug: str, number: int, cluster_number: int) -> Page:
    """Show the evidence of a cluster once, after its reason was recorded."""
    round, form = round_or_404(slug, number), EvidenceForm()
    if find_review(db.session, round) is None:
        return not_reviewed(round)
    found = _cluster_or_404(round, cluster_number)
    blank = _decision_form(round, found, is_blank=True)
    if not form.validate_on_submit():
        return cluster_page(round, found, blank, 422, asking=form)
    lines = open_evidence(db.session, actor(), round, cluster_number, reason=form.why.data or "", now=clock.now())
    db.session.commit()
    return cluster_page(round, found, blank, 200, lines=lines)


def not_reviewed(round: Round) -> Response:
    """Say that a round has no review, and go back to its page."""
    flash(_("Đợt này chưa được rà soát: rà soát được làm khi chốt đợt."), "error")
    return redirect(url_for(".round", slug=round.contest.slug, number=round.number))


def _cluster_or_404(round: Round, number: int) -> EntryCluster:
    try:
        return get_cluster(db.session, round, number)
    except LookupError:
        abort(404)


def _decision_form(round: Round, found: EntryCluster, *, is_blank: bool = False) -> ClusterForm:
    form, result = ClusterForm(formdata=None) if is_blank else ClusterForm(), find_result(db.session, round)
    members = list_member_entries(db.session, result, found, MEMBERS_SHOWN) if result else []
    ids = [each.participant_id for each in members]
    return form.offer(ids, found.size, excluding=found.decision != EXCLUDED, keeping=found.decision != KEPT)


def kept_of(form: ClusterForm) -> frozenset[UUID]:
    """Return the ticked entries."""
    return frozenset(form.kept.data or ())


def cluster_page(
    round: Round,
    found: EntryCluster,
    form: ClusterForm,
    code: int,
    *,
    asking: EvidenceForm | None = None,
    lines: Mapping[UUID, EvidenceLine] | None = None,
) -> tuple[str, int]:
    """Render a cluster's page; *asking* is an invalid request for its evidence, *lines* the evidence."""
    result, made = find_result(db.session, round), find_review(db.session, round)
    if result is None or made is None:
        abort(404)
    kept = kept_of(form)
    preview = reviews.preview_clusters(db.session, round, [found], kept)
    form.show(preview.excluding, preview.keeping)
    return render_template(
        "quiz/results/manage/cluster.html",
        contest=round.contest,
        round=round,
        form=form,
        card=card_of(round, made, result, found, facts_of(db.session, round, result)),
        **_members(member_rows(db.session, round, result, found, kept=kept, lines=lines)),
        cluster=found,
        preview=preview,
        parts=parts_of(db.session, preview.effect) if preview.effect else (),
        asking=asking or EvidenceForm(formdata=None),
        is_opened=lines is not None,
        **_approval(round, found),
    ), code


def _members(rows: Sequence[MemberRow]) -> dict[str, object]:
    return {"members": rows, "common": said_once(rows)}


def _approval(round: Round, found: EntryCluster) -> dict[str, object]:
    """Return the open request about a cluster, and what its page needs to show it."""
    asked = waiting(of_cluster(round, found), QuizAction.CLUSTER_DECIDE)
    return {"asked": asked, "needs_second": asks_second(round.contest), "me": present_account(), "link_to": link_to}
