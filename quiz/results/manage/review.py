"""The review of a closed round before the calls: its clusters, the decision on one, and a cluster's evidence."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from account.models import Approval
from account.operations.approval import Handler, NoLonger, Part, decided_by
from account.rules.chain import Plain
from account.views.current import actor, link_to, needs_second, present_account, request_approval
from core import clock
from core.crypto import Keyring
from core.web.access import may, requires
from core.web.extensions import db
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Round
from quiz.contest.rules.actions import QuizAction
from quiz.results.forms.review import ClusterForm, EvidenceForm
from quiz.results.labels import EXCLUSION_REASON
from quiz.results.manage.exclusion import stale, waiting
from quiz.results.manage.moves import parts_of
from quiz.results.manage.review_view import MEMBERS_SHOWN, card_of, facts_of, member_rows, review_of
from quiz.results.models import EntryCluster
from quiz.results.operations import review as reviews
from quiz.results.operations.audit_subjects import of_cluster
from quiz.results.operations.review import ClusterPreview, EvidenceLine
from quiz.results.operations.versions import Changed, NothingToDo
from quiz.results.queries.result import find_result
from quiz.results.queries.review import find_review, get_cluster, list_member_entries
from quiz.results.rules.corrections import ExclusionReason
from quiz.results.rules.decisions import EXCLUDED, KEPT

Page = Response | tuple[str, int]


@blueprint.get("/<slug>/tuan/<int:number>/ra-soat")
@requires("result.see")
def clusters(slug: str, number: int) -> Page:
    """Show the clusters of a closed round, those to be decided on first."""
    round = round_or_404(slug, number)
    result, found = find_result(db.session, round), find_review(db.session, round)
    if result is None or found is None:
        return _not_reviewed(round)
    view = review_of(db.session, round, found, result)
    words = {"contest": round.contest, "round": round, "view": view, "may_decide": may("contest.manage")}
    return render_template("quiz/results/manage/review.html", **words), 200


@blueprint.route("/<slug>/tuan/<int:number>/ra-soat/<int:cluster_number>", methods=["GET", "POST"])
@requires("contest.manage")
def cluster(slug: str, number: int, cluster_number: int) -> Page:
    """Show a cluster with what excluding it would change, and accept the decision."""
    round = round_or_404(slug, number)
    if find_review(db.session, round) is None:
        return _not_reviewed(round)
    found = _cluster_or_404(round, cluster_number)
    form = _decision_form(round, found)
    if form.previews.data or not form.validate_on_submit():
        return cluster_page(round, found, form, 422 if form.errors else 200)
    try:
        return _ask(round, found, form)
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
        return _not_reviewed(round)
    found = _cluster_or_404(round, cluster_number)
    blank = _decision_form(round, found, is_blank=True)
    if not form.validate_on_submit():
        return cluster_page(round, found, blank, 422, asking=form)
    lines = reviews.open_evidence(
        db.session, actor(), round, cluster_number, reason=form.why.data or "", now=clock.now()
    )
    db.session.commit()
    return cluster_page(round, found, blank, 200, lines=lines)


def _not_reviewed(round: Round) -> Response:
    flash(_("Tuần này chưa được rà soát: rà soát được làm khi chốt tuần."), "error")
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


def _ask(round: Round, found: EntryCluster, form: ClusterForm) -> Page:
    kept = frozenset[UUID](form.kept.data or ())
    if reviews.preview_cluster(db.session, round, found, kept).digest != form.seen.data:
        raise Changed
    back = url_for(".clusters", slug=round.contest.slug, number=round.number)
    if needs_second():
        details: dict[str, Plain] = {
            "round": round.id,
            "cluster": found.number,
            "seen": form.seen.data,
            "ground": form.ground.value if form.ground else None,
            "kept": " ".join(sorted(map(str, kept))),
        }
        about = of_cluster(round, found)
        return request_approval(QuizAction.CLUSTER_DECIDE, about, reason=form.reason.data, details=details, back=back)
    reviews.decide_cluster(
        db.session,
        actor(),
        round,
        found.number,
        form.ground,
        seen=form.seen.data or "",
        reason=form.reason.data,
        now=clock.now(),
        kept=kept,
    )
    db.session.commit()
    flash(_("Đã ghi quyết định về cụm %(number)s.", number=found.number), "success")
    return redirect(back)


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
    kept = frozenset[UUID](form.kept.data or ())
    preview = reviews.preview_cluster(db.session, round, found, kept)
    form.seen.data = preview.digest
    page = render_template(
        "quiz/results/manage/cluster.html",
        contest=round.contest,
        round=round,
        form=form,
        card=card_of(round, made, result, found, facts_of(db.session, round, result)),
        members=member_rows(db.session, round, result, found, kept=kept, lines=lines),
        cluster=found,
        preview=preview,
        parts=parts_of(db.session, preview.effect) if preview.effect else (),
        asking=asking or EvidenceForm(formdata=None),
        is_opened=lines is not None,
        **_approval(round, found),
    )
    return page, code


def _approval(round: Round, found: EntryCluster) -> dict[str, object]:
    """Return the open request about a cluster, and what its page needs to show it."""
    asked = waiting(of_cluster(round, found), QuizAction.CLUSTER_DECIDE)
    return {"asked": asked, "needs_second": needs_second(), "me": present_account(), "link_to": link_to}


class _AskedDecision(NamedTuple):
    """A requested decision."""

    round: Round
    cluster: EntryCluster
    ground: ExclusionReason | None
    kept: frozenset[UUID]


def _asked(session: Session, approval: Approval) -> _AskedDecision:
    given, round = approval.details, session.get_one(Round, approval.details["round"])
    ground = ExclusionReason(str(given["ground"])) if given["ground"] else None
    kept = frozenset(map(UUID, str(given.get("kept") or "").split()))
    return _AskedDecision(round, get_cluster(session, round, int(str(given["cluster"]))), ground, kept)


def show_decision(session: Session, _keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return the cluster with its signs, the entries that are kept, and the present preview; only a warning if it
    differs from the request.
    """
    round, found, ground, kept = _asked(session, approval)
    result, made = find_result(session, round), find_review(session, round)
    preview = reviews.preview_cluster(session, round, found, kept)
    if result is None or made is None or preview.digest != approval.details["seen"]:
        return (stale(),)
    card = card_of(round, made, result, found, facts_of(session, round, result))
    signs = [(_("Dấu hiệu"), words) for words in card.signs]
    parts = [Part(_("Việc sẽ làm"), [(_("Việc"), _deed(ground, preview)), (_("Cụm"), card.title), *signs])]
    if ground and kept:
        rows = member_rows(session, round, result, found, kept=kept)
        parts.append(Part(_("Giữ lại"), [(each.title, each.words) for each in rows if each.is_kept]))
    changes = preview.effect is not None and (ground is not None or found.decision == EXCLUDED)
    return *parts, *(parts_of(session, preview.effect) if changes and preview.effect else ())


def _deed(ground: ExclusionReason | None, preview: ClusterPreview) -> str:
    if ground is None:
        return str(_("Giữ cả cụm: công nhận tất cả các bài"))
    why = _(EXCLUSION_REASON[ground])
    if preview.left_in:
        words = _("Không công nhận cụm này, trừ %(n)s bài giữ lại, vì %(ground)s", n=preview.left_in, ground=why)
        return str(words)
    return str(_("Không công nhận cả cụm, vì %(ground)s", ground=why))


def do_decision(session: Session, _keyring: Keyring, approval: Approval, now: datetime) -> None:
    """Do the requested and shown decision, or nothing."""
    asked = _asked(session, approval)
    try:
        reviews.decide_cluster(
            session,
            decided_by(approval),
            asked.round,
            asked.cluster.number,
            asked.ground,
            seen=str(approval.details["seen"]),
            reason=approval.reason,
            now=now,
            kept=asked.kept,
            approval=approval,
        )
    except (Changed, NothingToDo) as error:
        raise NoLonger(_("Danh sách giải đã thay đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới.")) from error


HANDLER = Handler(QuizAction.CLUSTER_DECIDE, "contest.manage", show_decision, do_decision)
