"""Ask a second person for the decision on clusters of a review, show them what was asked for, and do it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from account.models import Approval
from account.operations.approval import LATER, Handler, NoLonger, Part, decided_by
from account.queries.approval import list_waiting
from account.rules.chain import Plain
from account.rules.signed import Signed
from account.views.current import actor, request_approval
from core import clock
from core.crypto import Keyring
from core.jobs import Order, enqueue
from core.values.kept import kept
from core.values.numbers import thousands
from core.values.text import N_
from core.values.week import local_date
from core.web.extensions import db
from core.web.jobs import owner
from quiz.contest.labels.rounds import kept_round
from quiz.contest.manage import asks_second
from quiz.contest.models import Round
from quiz.contest.rules.actions import QuizAction
from quiz.results.forms.review import ClusterForm
from quiz.results.jobs import DECIDE
from quiz.results.labels import EXCLUSION_REASON
from quiz.results.manage.exclusion import stale, waiting
from quiz.results.manage.large import correction_job, is_large, started
from quiz.results.manage.moves import parts_of
from quiz.results.manage.review_view import card_of, facts_of, member_rows
from quiz.results.models import EntryCluster, Result, RoundReview
from quiz.results.operations import review as reviews
from quiz.results.operations.audit_subjects import of_asked, of_clusters
from quiz.results.operations.versions import Changed, NothingToDo
from quiz.results.queries.result import find_result
from quiz.results.queries.review import find_review, list_numbered
from quiz.results.rules.corrections import ExclusionReason
from quiz.results.rules.decisions import EXCLUDED, KEPT

_TITLE = kept(N_("Quyết định về các cụm của %(round)s, %(contest)s"))
"""The title of the job."""


def ask_decision(
    round: Round, clusters: Sequence[EntryCluster], form: ClusterForm, kept: frozenset[UUID] = frozenset()
) -> Response | tuple[str, int]:
    """Request the decision that *form* holds on *clusters*, or do it at once where no second person is required.

    Raises:
        Changed: the preview has changed since the form was shown.
        NothingToDo: as `decide_clusters` raises it.
    """
    ground, numbers, reason = form.ground, [each.number for each in clusters], form.reason.data or ""
    kept = kept if ground else frozenset()
    if reviews.preview_clusters(db.session, round, clusters, kept).digest_for(ground) != form.seen:
        raise Changed
    back = url_for(".clusters", slug=round.contest.slug, number=round.number)
    details: dict[str, Plain] = {
        "round": round.id,
        "clusters": " ".join(map(str, numbers)),
        "seen": form.seen,
        "ground": ground.value if ground else None,
        "kept": " ".join(sorted(map(str, kept))),
    }
    if asks_second(round.contest):
        about, action = of_asked(round, clusters, EXCLUDED if ground else KEPT), QuizAction.CLUSTER_DECIDE
        return request_approval(action, about, reason=reason, details=details, back=back)
    if is_large(db.session, round):
        return started(_job(round, details, reason=reason, owner=owner()), round)
    now, seen = clock.now(), form.seen
    reviews.decide_clusters(db.session, actor(), round, numbers, ground, seen=seen, reason=reason, now=now, kept=kept)
    db.session.commit()
    done = _("Đã ghi quyết định về cụm %(number)s.", number=numbers[0])
    flash(done if len(numbers) == 1 else _("Đã ghi quyết định về %(n)s cụm.", n=thousands(len(numbers))), "success")
    return redirect(back)


def list_asked(round: Round) -> list[Approval]:
    """Return the open requests about several clusters of *round* at once: one to keep, one to exclude at most."""
    found = [waiting(of_clusters(round, (), decision), QuizAction.CLUSTER_DECIDE) for decision in (EXCLUDED, KEPT)]
    return [each for each in found if each]


def asked_numbers(round: Round) -> frozenset[int]:
    """Return the numbers of the clusters of *round* whose decision waits for a second person."""
    open_ones = list_waiting(db.session, [round.contest.unit_id], local_date(clock.now()))
    meant = [each.details for each in open_ones if each.action == QuizAction.CLUSTER_DECIDE]
    return frozenset(
        int(number)
        for given in meant
        if given["round"] == round.id
        for number in str(given.get("clusters") or given["cluster"]).split()
    )


class _AskedDecision(NamedTuple):
    """A requested decision."""

    round: Round
    clusters: list[EntryCluster]
    ground: ExclusionReason | None
    kept: frozenset[UUID]


def _asked(session: Session, approval: Approval) -> _AskedDecision:
    given, round = approval.details, session.get_one(Round, approval.details["round"])
    ground = ExclusionReason(str(given["ground"])) if given["ground"] else None
    kept = frozenset(map(UUID, str(given.get("kept") or "").split()))
    numbers = str(given.get("clusters") or given["cluster"]).split()
    return _AskedDecision(round, list_numbered(session, round, list(map(int, numbers))), ground, kept)


def show_decision(session: Session, _keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return the clusters with their signs, the entries that are kept, and the present preview; only a warning if it
    differs from the request.
    """
    asked = _asked(session, approval)
    round, clusters, ground, kept = asked
    result, made = find_result(session, round), find_review(session, round)
    preview = reviews.preview_clusters(session, round, clusters, kept)
    if result is None or made is None or preview.digest_for(ground) != approval.details["seen"]:
        return (stale(),)
    parts = [_about(session, asked, made, result, preview.left_in)]
    if ground and kept:
        rows = [row for each in clusters for row in member_rows(session, round, result, each, kept=kept)]
        parts.append(Part(_("Giữ lại"), [(each.title, each.words) for each in rows if each.is_kept]))
    changes = preview.effect is not None and (ground or any(each.decision == EXCLUDED for each in clusters))
    return *parts, *(parts_of(session, preview.effect) if changes and preview.effect else ())


def _about(session: Session, asked: _AskedDecision, made: RoundReview, result: Result, left_in: int) -> Part:
    """Return the deed, and every cluster that it is about with its signs."""
    facts = facts_of(session, asked.round, result)
    cards = [card_of(asked.round, made, result, each, facts) for each in asked.clusters]
    lines: list[tuple[str, str | Signed]] = [(_("Việc"), Signed(_deed(asked.ground, left_in, len(cards))))]
    if len(cards) == 1:
        lines += [(_("Cụm"), cards[0].title), *((_("Dấu hiệu"), words) for words in cards[0].signs)]
    else:
        lines += [(card.title, " ".join(card.signs)) for card in cards]
    return Part(_("Việc sẽ làm"), lines)


def _deed(ground: ExclusionReason | None, left_in: int, count: int) -> str:
    why, n = _(EXCLUSION_REASON[ground]) if ground else "", thousands(count)
    if count > 1:
        keeps = _("Giữ %(n)s cụm: công nhận tất cả các bài", n=n)
        return str(_("Không công nhận %(n)s cụm, vì %(ground)s", n=n, ground=why) if ground else keeps)
    if ground is None:
        return str(_("Giữ cả cụm: công nhận tất cả các bài"))
    if left_in:
        return str(_("Không công nhận cụm này, trừ %(n)s bài giữ lại, vì %(ground)s", n=left_in, ground=why))
    return str(_("Không công nhận cả cụm, vì %(ground)s", ground=why))


def do_decision(session: Session, keyring: Keyring, approval: Approval, now: datetime) -> str | None:
    """Do the requested and shown decision, or nothing."""
    round, clusters, ground, kept = _asked(session, approval)
    if is_large(session, round):
        asker = f"account:{approval.asked_by_id}"
        order = _job(round, approval.details, reason=approval.reason, owner=asker, approval=approval)
        enqueue(session, keyring, order, now=now)
        return LATER
    numbers, by, seen = [each.number for each in clusters], decided_by(approval), str(approval.details["seen"])
    try:
        reviews.decide_clusters(
            session,
            by,
            round,
            numbers,
            ground,
            seen=seen,
            reason=approval.reason,
            now=now,
            kept=kept,
            approval=approval,
        )
    except (Changed, NothingToDo) as error:
        raise NoLonger(_("Danh sách giải đã thay đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới.")) from error
    return None


def _job(
    round: Round, details: Mapping[str, Plain], *, reason: str, owner: str, approval: Approval | None = None
) -> Order:
    title = _TITLE % {"round": kept_round(round), "contest": round.contest.title}
    return correction_job(DECIDE, title, round, details, reason=reason, owner=owner, approval=approval)


HANDLER = Handler(QuizAction.CLUSTER_DECIDE, "contest.manage", show_decision, do_decision)
