"""The organiser's page of a round, and the results of calling its winners."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.labels import STATE
from account.models import Approval
from account.models.approval import APPROVED, FAILED, REFUSED
from account.queries import approval as approvals
from account.views.current import actor, link_to, needs_second, present_account
from core import clock
from core.values.week import local_date
from core.web.access import may, requires, scope_of
from core.web.extensions import db, keyring
from core.web.forms import ActionForm
from core.web.rooms import declared
from quiz.contest import labels
from quiz.contest import queries as contests
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Round
from quiz.contest.operations.confirmation import PhoneFull
from quiz.contest.rules.actions import SHEET, QuizAction
from quiz.results.forms.closing import OpeningForm, PassAllForm, PublishForm
from quiz.results.labels import CAUSE, EXCLUSION_REASON
from quiz.results.manage.review_view import summary_of
from quiz.results.manage.round_view import Situation, view_of
from quiz.results.models.contact import PEOPLE, WINNERS
from quiz.results.operations.closing import Call, ClustersUndecided, record_call
from quiz.results.operations.unreached import NotCalled, pass_unreached
from quiz.results.operations.versions import NothingToDo
from quiz.results.queries import board as boards
from quiz.results.queries import changes
from quiz.results.queries import correction as corrections
from quiz.results.queries import result as results
from quiz.results.queries.contact import list_openings, were_opened
from quiz.results.queries.review import cluster_of, count_left_out, count_undecided

ANSWERS = {"xac-nhan": Call.CONFIRM, "bo-qua": Call.PASS, "goi-lai": Call.RECALL}
MOST_CHANGED = 50
"""The most changed prizes that the page lists."""
SHOWN_ENDS = (REFUSED, FAILED)
"""Ends of a request that its requester must see."""


@blueprint.get("/<slug>/tuan/<int:number>")
@requires("result.see")
def round(slug: str, number: int) -> str:
    """Show a round with its steps from open to published."""
    return round_page(round_or_404(slug, number))


def round_page(
    round: Round, *, opening: OpeningForm | None = None, asked: str = "", passing: PassAllForm | None = None
) -> str:
    """Render the round's page; *opening* is an invalid form sent for the people *asked*, *passing* one to pass all."""
    now = _situation(round)
    forms = {people: (opening if people == asked and opening else OpeningForm(None)).about(people) for people in PEOPLE}
    return render_template(
        "quiz/results/manage/round.html",
        contest=round.contest, round=round, phase=now.phase, phase_label=labels.PHASE, result=now.result,
        view=view_of(now), outcome=now.outcome, opened=now.opened, criterion_label=labels.CRITERION,
        turnout=[(row.unit.name, row.turns, row.people) for row in boards.turnout_of_round(db.session, round).rows],
        unranked=labels.UNRANKED.get(round.declared.eligibility),
        ranked=results.count_ranked(db.session, now.result) if now.result else 0,
        me=present_account(), link_to=link_to, needs_second=now.needs_second, state_label=STATE,
        action_label=declared().audit_actions,
        publishing=now.publishing, front_opening=now.front_opening, forms=forms, publish_form=PublishForm(None),
        pass_form=passing or PassAllForm(None),
        review=now.review, left_out=count_left_out(db.session, round),
        **_corrected(round),
    )  # fmt: skip


def _situation(round: Round) -> Situation:
    now, me, result = clock.now(), present_account(), results.find_result(db.session, round)
    may_open = round.contest.unit_id in scope_of("contact.open")
    opened = list_openings(db.session, round, me.id, now) if may_open else {}
    outcome = results.read_outcome(db.session, keyring(), result, opened)
    return Situation(
        now=now, round=round, phase=contests.phase_of(round, now), result=result,
        outcome=outcome, opened=opened,
        publishing=_request(round, QuizAction.ROUND_PUBLISH, "quiz.round", str(round.id)),
        front_opening=_request(round, QuizAction.CONTACT_OPEN, "quiz.contacts", f"{round.id}:{me.id}"),
        review=summary_of(db.session, round),
        clusters=cluster_of(db.session, round, [each.participant_id for each in outcome.winners]),
        manages=may("contest.manage"), may_open=may_open,
        needs_second=needs_second(),
    )  # fmt: skip


def _corrected(round: Round) -> dict[str, object]:
    found = corrections.list_exclusions(db.session, round)
    sheets = approvals.list_of_part(db.session, SHEET, round.id, QuizAction.ENTRY_IMPORT)
    today = local_date(clock.now())
    changed = changes.list_changed(db.session, round)[:MOST_CHANGED]
    is_open = WINNERS in (list_openings(db.session, round, present_account().id, clock.now()) if changed else {})
    people = [each.participant for each in changed] if is_open else []
    return {
        "changed": changed,
        "changed_contacts": results.contacts_of(db.session, keyring(), people),
        "exclusions": found,
        "ground_label": EXCLUSION_REASON,
        "cause_label": CAUSE,
        "imports": [each for each in sheets if each.state == APPROVED],
        "waiting_imports": [each for each in sheets if each.is_open_on(today)],
    }


def _request(round: Round, action: QuizAction, kind: str, subject_id: str) -> Approval | None:
    """Return the request to show: an open one, or one that was refused or failed while the round is not published."""
    found = approvals.find_latest(db.session, kind, subject_id, action)
    if found is None or found.is_open_on(local_date(clock.now())):
        return found
    return found if found.state in SHOWN_ENDS and round.published_at is None else None


@blueprint.post("/<slug>/tuan/<int:number>/bo-qua-het-han")
@requires("contest.manage")
def pass_all(slug: str, number: int) -> Response | tuple[str, int]:
    """Pass everybody whose days of calling are over, with a reason; the next ones are seated."""
    round, form = round_or_404(slug, number), PassAllForm()
    if not form.validate_on_submit():
        return round_page(round, passing=form), 422
    try:
        count = pass_unreached(db.session, actor(), round, reason=form.why.data, now=clock.now())
    except NotCalled:
        db.session.rollback()
        flash(_("Chưa ai mở số điện thoại của danh sách này. Hãy mở số điện thoại và gọi trước."), "error")
    except (NothingToDo, ClustersUndecided):
        db.session.rollback()
        flash(_("Danh sách đã thay đổi, xin xem lại."), "warning")
    else:
        db.session.commit()
        flash(_("Đã bỏ qua %(n)s người không liên lạc được; người kế tiếp vào danh sách giải.", n=count), "success")
    return _back(slug, number)


@blueprint.post(
    "/<slug>/tuan/<int:number>/nguoi-dat-giai/<uuid:participant_id>/<any('xac-nhan','bo-qua','goi-lai'):answer>"
)
@requires("contest.manage")
def call(slug: str, number: int, participant_id: uuid.UUID, answer: str) -> Response:
    """Record the result of calling a winner: confirmed, not reached (the next one is seated), or undone."""
    round = round_or_404(slug, number)
    if answer != "goi-lai" and not were_opened(db.session, round, WINNERS):
        flash(_("Chưa ai mở số điện thoại của danh sách này. Hãy mở số điện thoại và gọi trước."), "error")
    elif count_undecided(db.session, round):
        flash(_("Hãy rà soát trước: còn cụm bài chưa quyết định."), "error")
    elif ActionForm().validate_on_submit():
        before = _seats(round)
        if not _record(round, participant_id, ANSWERS[answer]):
            return _back(slug, number)
        if answer == "bo-qua":
            flash(_moved(before, _seats(round), participant_id), "success")
        elif answer == "goi-lai":
            flash(_recalled(before, _seats(round), participant_id), "success")
    return _back(slug, number)


def _record(round: Round, participant_id: uuid.UUID, call: Call) -> bool:
    """Record the result of a call and commit; say why if nothing was changed."""
    try:
        done = record_call(db.session, keyring(), actor(), round, participant_id, call, now=clock.now())
    except PhoneFull:
        db.session.rollback()
        many = round.contest.people_per_phone
        flash(_("Chưa xác nhận được: số điện thoại này đã có đủ %(n)s người xác nhận.", n=many), "error")
        return False
    db.session.commit()
    if not done:
        flash(_("Danh sách đã thay đổi, xin xem lại."), "warning")
    return done


Seat = tuple[int, str | None]
Seats = dict[uuid.UUID, Seat]
"""Participant → rank and prize of each seat."""


def _seats(round: Round) -> Seats:
    result = results.find_result(db.session, round)
    winners = results.list_winners(db.session, result) if result else []
    return {winner.participant_id: (winner.rank, winner.tier) for winner in winners}


def _recalled(before: Seats, after: Seats, recalled: uuid.UUID) -> str:
    """Return a message: who waits again, and who therefore has no prize any more."""
    message = str(_("Đã hoàn tác: hạng %(rank)s đang chờ gọi.", rank=before[recalled][0]))
    gone = ", ".join(str(rank) for id, (rank, _tier) in before.items() if id not in after)
    return f"{message} {_('Hạng %(gone)s không còn trong danh sách giải.', gone=gone)}" if gone else message


def _moved(before: Seats, after: Seats, passed: uuid.UUID) -> str:
    """Return a message: who gets the prize of *passed*."""
    rank, tier = before[passed]
    if tier is None:
        return str(_("Đã bỏ qua hạng %(rank)s.", rank=rank))
    heirs = [seat[0] for id, seat in after.items() if seat[1] == tier and before.get(id, (0, None))[1] != tier]
    if not heirs:
        return str(_("Đã bỏ qua hạng %(rank)s; chưa có người kế tiếp cho %(tier)s.", rank=rank, tier=tier))
    heir = ", ".join(map(str, dict.fromkeys(heirs)))
    return str(_("Đã bỏ qua hạng %(rank)s; %(tier)s chuyển cho người hạng %(heir)s.", rank=rank, tier=tier, heir=heir))


def _back(slug: str, number: int) -> Response:
    return redirect(url_for(".round", slug=slug, number=number))
