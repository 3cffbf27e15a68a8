"""The organiser's page of a round, and the confirmation of its winners after a call."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from account.labels import STATE
from account.models import Approval
from account.models.approval import APPROVED, FAILED, REFUSED
from account.queries import approval as approvals
from account.views.current import actor, link_to, present_account
from core import clock
from core.values.week import local_date
from core.web.access import may, requires, scope_of
from core.web.extensions import db, keyring
from core.web.forms import ActionForm
from core.web.rooms import declared
from quiz.attempt.labels.differences import count_at_close, count_mended, difference_words
from quiz.contest import labels
from quiz.contest import queries as contests
from quiz.contest.manage import asks_second, blueprint, round_or_404
from quiz.contest.models import Round
from quiz.contest.operations.confirmation import PhoneFull
from quiz.contest.rules.actions import SHEET, QuizAction
from quiz.results.forms.closing import OpeningForm, PassForm, PublishForm
from quiz.results.labels import CAUSE, EXCLUSION_REASON
from quiz.results.manage.items_view import count_urgent
from quiz.results.manage.lines import list_open_lines
from quiz.results.manage.review_view import summary_of
from quiz.results.manage.round_view import view_of
from quiz.results.manage.situation import Situation
from quiz.results.models import RoundAnswers
from quiz.results.models.contact import PEOPLE, WINNERS
from quiz.results.operations.closing import Call, record_call
from quiz.results.queries import changes, turnout
from quiz.results.queries import correction as corrections
from quiz.results.queries import result as results
from quiz.results.queries.contact import list_openings, were_opened
from quiz.results.queries.nicknames import list_nicknames
from quiz.results.queries.objections import count_objections, find_period
from quiz.results.queries.review import cluster_of, count_left_out, count_undecided
from quiz.results.queries.unreached import calls_since, list_missed_calls

ANSWERS = {"xac-nhan": Call.CONFIRM, "goi-lai": Call.RECALL}
NOT_OPENED = lazy_gettext("Chưa ai mở số điện thoại của danh sách này. Hãy mở số điện thoại và gọi trước.")
TO_REVIEW = lazy_gettext("Hãy rà soát trước: còn cụm bài chưa quyết định.")
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
    round: Round,
    *,
    opening: OpeningForm | None = None,
    asked: str = "",
    passing: PassForm | None = None,
    passed: uuid.UUID | None = None,
) -> str:
    """Render the round's page; *opening* is an invalid form sent for the people *asked*, *passing* one to pass all, or
    the one who is *passed*.
    """
    now = _situation(round)
    forms = {people: (opening if people == asked and opening else OpeningForm(None)).about(people) for people in PEOPLE}
    return render_template(
        "quiz/results/manage/round.html",
        contest=round.contest, round=round, phase=now.phase, phase_label=labels.PHASE, result=now.result,
        view=view_of(now), outcome=now.outcome, opened=now.opened, criterion_label=labels.CRITERION,
        turnout=[(row.unit.name, row.turns, row.people) for row in turnout.turnout_of_round(db.session, round).rows],
        unranked=labels.UNRANKED.get(round.declared.eligibility),
        ranked=results.count_ranked(db.session, now.result) if now.result else 0,
        me=present_account(), link_to=link_to, needs_second=now.needs_second, state_label=STATE,
        action_label=declared().audit_actions,
        publishing=now.publishing, front_opening=now.front_opening, forms=forms, publish_form=PublishForm(None),
        pass_form=passing if passing and passed is None else PassForm(None),
        pass_forms={one.participant_id: _pass_form(passing, passed, one.participant_id) for one in now.outcome.winners},
        shared=list_open_lines(round), review=now.review, left_out=count_left_out(db.session, round),
        **_afterwards(now), **_corrected(round),
    )  # fmt: skip


def _pass_form(sent: PassForm | None, passed: uuid.UUID | None, participant_id: uuid.UUID) -> PassForm:
    """Return the form that passes one person over: the invalid one *sent* for the one *passed*, or a new one."""
    return (sent if sent and passed == participant_id else PassForm(None)).about(participant_id)


def _afterwards(now: Situation) -> dict[str, object]:
    """Return the differences that the close found, the objections, and the nicknames on the page."""
    found = now.result.differences if now.result else []
    return {
        "differences": [difference_words(each) for each in found],
        "mended": count_mended(found),
        "at_close": count_at_close(found),
        "period": now.period,
        "objections": now.objections,
        "nicknames": [each.nickname for each in list_nicknames(db.session, keyring(), now.round) if not each.struck],
    }


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
        calls=list_missed_calls(db.session, round),
        calls_since=calls_since(db.session, round),
        period=find_period(db.session, round, now), objections=count_objections(db.session, round),
        passings=_passings(round),
        clusters=cluster_of(db.session, round, [each.participant_id for each in outcome.winners]),
        manages=may("contest.manage"), may_open=may_open,
        needs_second=asks_second(round.contest),
    )  # fmt: skip


def _passings(round: Round) -> dict[str, Approval]:
    """Return by subject the newest request to pass a person over that is open, refused or failed."""
    found = approvals.list_of_part(db.session, "quiz.winner", round.id, QuizAction.WINNER_PASS)
    today = local_date(clock.now())
    return {each.subject_id: each for each in found if each.is_open_on(today) or each.state in SHOWN_ENDS}


def _corrected(round: Round) -> dict[str, object]:
    found = corrections.list_exclusions(db.session, round)
    sheets = approvals.list_of_part(db.session, SHEET, round.id, QuizAction.ENTRY_IMPORT)
    today = local_date(clock.now())
    changed = changes.list_changed(db.session, round)[:MOST_CHANGED]
    is_open = WINNERS in (list_openings(db.session, round, present_account().id, clock.now()) if changed else {})
    people = [each.participant for each in changed] if is_open else []
    return {
        "urgent": count_urgent(round, db.session.get(RoundAnswers, round.id)),
        "first_public": changes.first_public(db.session, round) or 1,
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


@blueprint.post("/<slug>/tuan/<int:number>/nguoi-dat-giai/<uuid:participant_id>/<any('xac-nhan','goi-lai'):answer>")
@requires("contest.manage")
def call(slug: str, number: int, participant_id: uuid.UUID, answer: str) -> Response:
    """Record that a winner was called and confirmed, or that somebody passed over is called again."""
    round = round_or_404(slug, number)
    if answer != "goi-lai" and not were_opened(db.session, round, WINNERS):
        flash(NOT_OPENED, "error")
    elif count_undecided(db.session, round):
        flash(TO_REVIEW, "error")
    elif ActionForm().validate_on_submit():
        before = seats_of(round)
        if _record(round, participant_id, ANSWERS[answer]):
            if answer != "goi-lai":
                return back_to(slug, number, "goi")
            flash(_recalled(before, seats_of(round), participant_id), "success")
    return back_to(slug, number)


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


def seats_of(round: Round) -> Seats:
    """Return the ranks and prizes of the newest seats."""
    result = results.find_result(db.session, round)
    winners = results.list_winners(db.session, result) if result else []
    return {winner.participant_id: (winner.rank, winner.tier) for winner in winners}


def _recalled(before: Seats, after: Seats, recalled: uuid.UUID) -> str:
    """Return a message: who waits again, and who therefore has no prize any more."""
    message = str(_("Đã hoàn tác: hạng %(rank)s đang chờ gọi.", rank=before[recalled][0]))
    gone = ", ".join(str(rank) for id, (rank, _tier) in before.items() if id not in after)
    return f"{message} {_('Hạng %(gone)s không còn trong danh sách giải.', gone=gone)}" if gone else message


def back_to(slug: str, number: int, part: str | None = None) -> Response:
    return redirect(url_for(".round", slug=slug, number=number, _anchor=part))
