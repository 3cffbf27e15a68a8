"""Note unanswered calls and pass winners over: alone after the declared days, before them by two people."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from account.models import Approval
from account.operations.approval import Handler, NoLonger, Part, decided_by
from account.rules.chain import Plain
from account.rules.signed import Signed
from account.views.current import actor, request_approval
from core import clock
from core.crypto import Keyring
from core.values.dates import moment
from core.web.access import requires
from core.web.extensions import db, keyring
from core.web.forms import ActionForm
from quiz.contest.manage import asks_second, blueprint, round_or_404
from quiz.contest.models import Round
from quiz.contest.rules.actions import QuizAction
from quiz.results.forms.closing import PassForm
from quiz.results.manage.exclusion import stale
from quiz.results.manage.origins import calls_line
from quiz.results.manage.round import NOT_OPENED, TO_REVIEW, Seats, back_to, round_page, seats_of
from quiz.results.models import Winner
from quiz.results.models.contact import WINNERS
from quiz.results.operations.audit_subjects import of_seat
from quiz.results.operations.closing import ClustersUndecided
from quiz.results.operations.unreached import (
    PAUSE,
    NotCalled,
    is_overdue,
    note_missed_call,
    pass_unreached,
    pass_winner,
)
from quiz.results.operations.versions import NothingToDo
from quiz.results.queries.contact import were_opened
from quiz.results.queries.result import find_seat
from quiz.results.queries.review import count_undecided
from quiz.results.queries.unreached import list_missed_calls

Page = Response | tuple[str, int]


@blueprint.post("/<slug>/tuan/<int:number>/nguoi-dat-giai/<uuid:participant_id>/khong-nghe-may")
@requires("contest.manage")
def miss(slug: str, number: int, participant_id: uuid.UUID) -> Response:
    """Note an unanswered call to a winner."""
    round = round_or_404(slug, number)
    if ActionForm().validate_on_submit():
        try:
            done = note_missed_call(db.session, actor(), round, participant_id, now=clock.now())
            db.session.commit()
            flash(*_noted(round, participant_id, done=done))
        except NotCalled:
            db.session.rollback()
            flash(NOT_OPENED, "error")
        except ClustersUndecided:
            db.session.rollback()
            flash(TO_REVIEW, "error")
    return back_to(slug, number)


def _noted(round: Round, participant_id: uuid.UUID, *, done: bool) -> tuple[str, str]:
    """Return the message about an unanswered call, and its category: noted, or why it was not."""
    calls = list_missed_calls(db.session, round).get(participant_id)
    if done and calls:
        return str(_("Đã ghi một cuộc gọi không ai nghe lúc %(moment)s.", moment=moment(calls.last))), "success"
    if calls and clock.now() < calls.last + PAUSE:
        words = _("Vừa ghi một cuộc lúc %(moment)s, chưa tới một phút nên không ghi thêm.", moment=moment(calls.last))
        return str(words), "warning"
    return str(_("Danh sách đã thay đổi, xin xem lại.")), "warning"


@blueprint.post("/<slug>/tuan/<int:number>/nguoi-dat-giai/<uuid:participant_id>/bo-qua")
@requires("contest.manage")
def pass_one(slug: str, number: int, participant_id: uuid.UUID) -> Page:
    """Pass a winner over, with a reason: at once after the days of calling, before them by request."""
    round, form = round_or_404(slug, number), PassForm()
    if not were_opened(db.session, round, WINNERS):
        flash(NOT_OPENED, "error")
        return back_to(slug, number)
    if count_undecided(db.session, round):
        flash(TO_REVIEW, "error")
        return back_to(slug, number)
    if not form.validate_on_submit():
        return round_page(round, passing=form, passed=participant_id), 422
    seat = find_seat(db.session, round, participant_id)
    if seat is None or seat.state != "pending":
        flash(_("Danh sách đã thay đổi, xin xem lại."), "warning")
        return back_to(slug, number)
    if asks_second(round.contest) and not is_overdue(db.session, round, participant_id, clock.now()):
        return _ask(round, seat, form.why.data or "")
    return _pass(round, participant_id, form.why.data or "")


def _ask(round: Round, seat: Winner, reason: str) -> Page:
    details: dict[str, Plain] = {
        "round": round.id,
        "participant": str(seat.participant_id),
        "version": seat.version,
        "tier": seat.tier,
    }
    back = url_for(".round", slug=round.contest.slug, number=round.number)
    return request_approval(QuizAction.WINNER_PASS, of_seat(round, seat), reason=reason, details=details, back=back)


def _pass(round: Round, participant_id: uuid.UUID, reason: str) -> Response:
    before = seats_of(round)
    done = pass_winner(db.session, keyring(), actor(), round, participant_id, reason=reason, now=clock.now())
    db.session.commit()
    if done:
        flash(_moved(before, seats_of(round), participant_id), "success")
    else:
        flash(_("Danh sách đã thay đổi, xin xem lại."), "warning")
    return back_to(round.contest.slug, round.number)


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


@blueprint.post("/<slug>/tuan/<int:number>/bo-qua-het-han")
@requires("contest.manage")
def pass_all(slug: str, number: int) -> Page:
    """Pass everybody whose days of calling are over, with a reason; the next ones are seated."""
    round, form = round_or_404(slug, number), PassForm()
    if not form.validate_on_submit():
        return round_page(round, passing=form), 422
    try:
        count = pass_unreached(db.session, actor(), round, reason=form.why.data, now=clock.now())
    except NotCalled:
        db.session.rollback()
        flash(NOT_OPENED, "error")
    except (NothingToDo, ClustersUndecided):
        db.session.rollback()
        flash(_("Danh sách đã thay đổi, xin xem lại."), "warning")
    else:
        db.session.commit()
        flash(_("Đã bỏ qua %(n)s người không liên lạc được; người kế tiếp vào danh sách giải.", n=count), "success")
    return redirect(url_for(".round", slug=slug, number=number))


def _asked(session: Session, approval: Approval) -> tuple[Round, uuid.UUID, Winner | None]:
    """Return round, person and seat of a request; no seat if the list has changed since."""
    given = approval.details
    round, who = session.get_one(Round, given["round"]), uuid.UUID(str(given["participant"]))
    seat = find_seat(session, round, who)
    same = seat is not None and (seat.state, seat.version, seat.tier) == ("pending", given["version"], given["tier"])
    return round, who, seat if same else None


def show_passing(session: Session, _keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return the prize, the person's unit and the calls, without the name."""
    round, who, seat = _asked(session, approval)
    if seat is None:
        return (stale(),)
    lines = [
        (_("Việc"), _("Bỏ qua người này; giải chuyển cho người kế tiếp trong bảng xếp hạng")),
        (_("Giải"), Signed(seat.tier or _("chờ bốc thăm"))),
        (_("Đơn vị"), seat.participant.unit.name),
        (_("Cuộc gọi"), calls_line(list_missed_calls(session, round).get(who))),
    ]
    return (Part(_("Việc sẽ làm"), lines),)


def do_passing(session: Session, keyring: Keyring, approval: Approval, now: datetime) -> None:
    """Pass the person over, if they are still in line for that prize."""
    round, who, seat = _asked(session, approval)
    done = seat is not None and pass_winner(
        session, keyring, decided_by(approval), round, who, reason=approval.reason, now=now, approval=approval
    )
    if not done:
        raise NoLonger(_("Danh sách giải đã thay đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới."))


HANDLER = Handler(QuizAction.WINNER_PASS, "contest.manage", show_passing, do_passing)
