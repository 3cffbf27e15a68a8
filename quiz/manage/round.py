"""Closing a week: lock, check, call the winners, publish; each step a button, each asked again by the database."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core import clock
from core.forms import ActionForm
from core.web.access import requires
from core.web.extensions import db, keyring
from core.web.filters import moment
from core.web.jobs import start_job
from quiz import labels
from quiz.jobs import CLOSE, ENTRIES_IN_A_PAGE
from quiz.manage.blueprint import blueprint
from quiz.manage.contest import round_or_404
from quiz.models import Round
from quiz.operations import closing
from quiz.queries import board as boards
from quiz.queries import contest as contests
from quiz.queries import result as results
from quiz.queries.attempt import count_entries


@blueprint.get("/<slug>/tuan/<int:number>")
@requires("result.see")
def round(slug: str, number: int) -> str:
    """A week on its path from open to published."""
    round = round_or_404(slug, number)
    result = results.find_result(db.session, round)
    return render_template(
        "quiz/manage/round.html",
        contest=round.contest,
        round=round,
        phase=contests.phase_of(round, clock.now()),
        phase_label=labels.PHASE,
        result=result,
        outcome=results.read_outcome(db.session, keyring(), result),
        board=boards.turnout_of_round(db.session, round),
        criterion_label=labels.CRITERION,
    )


@blueprint.post("/<slug>/tuan/<int:number>/chot")
@requires("contest.manage")
def close(slug: str, number: int) -> Response:
    """Lock the papers and rank them."""
    round = round_or_404(slug, number)
    if ActionForm().validate_on_submit():
        if count_entries(db.session, round) > ENTRIES_IN_A_PAGE and round.closed_at is None:
            return _close_as_a_job(round)
        _close(round)
    return _back(slug, number)


def _close_as_a_job(round: Round) -> Response:
    title = _("Chốt tuần %(number)s, %(contest)s", number=round.number, contest=round.contest.title)
    unit_id, dedupe = round.contest.unit_id, f"{CLOSE}:{round.id}"
    return start_job(CLOSE, title, unit_id=unit_id, payload={"round": round.id}, dedupe=dedupe)


def _close(round: Round) -> None:
    try:
        result = closing.close_round(db.session, round, now=clock.now())
    except closing.TooEarly:
        db.session.rollback()
        flash(_("Chưa chốt được: xin đợi một phút sau giờ đóng, để bài đến đúng giờ được nhận hết."), "error")
        return
    db.session.commit()
    if result is not None:
        flash(_("Đã khóa bài và xếp hạng %(n)s bài dự thi.", n=result.people), "success")


@blueprint.post(
    "/<slug>/tuan/<int:number>/nguoi-dat-giai/<uuid:participant_id>/<any('xac-nhan','bo-qua','goi-lai'):answer>"
)
@requires("contest.manage")
def call(slug: str, number: int, participant_id: uuid.UUID, answer: str) -> Response:
    """What came of calling somebody in line for a prize: confirmed, not reached (the next one is seated), or undone."""
    round = round_or_404(slug, number)
    if ActionForm().validate_on_submit():
        before = _seats(round)
        done = _answer(round, participant_id, answer)
        db.session.commit()
        if not done:
            flash(_("Danh sách đã thay đổi, xin xem lại."), "warning")
        elif answer == "bo-qua":
            flash(_moved(before, _seats(round), participant_id), "success")
        elif answer == "goi-lai":
            flash(_recalled(before, _seats(round), participant_id), "success")
    return _back(slug, number)


def _answer(round: Round, participant_id: uuid.UUID, answer: str) -> bool:
    if answer == "xac-nhan":
        return closing.confirm_winner(db.session, round, participant_id, now=clock.now())
    deed = closing.pass_winner if answer == "bo-qua" else closing.recall_winner
    return deed(db.session, round, participant_id)


Seats = dict[uuid.UUID, tuple[int, str | None]]
"""Rank and prize of everybody who is in line."""


def _seats(round: Round) -> Seats:
    result = results.find_result(db.session, round)
    winners = results.list_winners(db.session, result) if result else []
    return {winner.participant_id: (winner.rank, winner.tier) for winner in winners}


def _recalled(before: Seats, after: Seats, recalled: uuid.UUID) -> str:
    """Who waits again, and who has no prize any more because of it."""
    told = str(_("Đã hoàn tác: hạng %(rank)s đang chờ gọi.", rank=before[recalled][0]))
    gone = ", ".join(str(rank) for id, (rank, _tier) in before.items() if id not in after)
    return f"{told} {_('Hạng %(gone)s không còn trong danh sách giải.', gone=gone)}" if gone else told


def _moved(before: Seats, after: Seats, passed: uuid.UUID) -> str:
    """Whom the prize of *passed* went to, in words."""
    rank, tier = before[passed]
    if tier is None:
        return str(_("Đã bỏ qua hạng %(rank)s.", rank=rank))
    heirs = [seat[0] for id, seat in after.items() if seat[1] == tier and before.get(id, (0, None))[1] != tier]
    if not heirs:
        return str(_("Đã bỏ qua hạng %(rank)s; chưa có người kế tiếp cho %(tier)s.", rank=rank, tier=tier))
    heir = ", ".join(map(str, dict.fromkeys(heirs)))
    return str(_("Đã bỏ qua hạng %(rank)s; %(tier)s chuyển cho người hạng %(heir)s.", rank=rank, tier=tier, heir=heir))


@blueprint.post("/<slug>/tuan/<int:number>/cong-bo")
@requires("contest.manage")
def publish(slug: str, number: int) -> Response:
    """Publish, at once or at the announced hour."""
    round = round_or_404(slug, number)
    if ActionForm().validate_on_submit():
        _publish(round)
    return _back(slug, number)


def _publish(round: Round) -> None:
    try:
        when = closing.publish_round(db.session, round, now=clock.now())
    except closing.StillPending as error:
        db.session.rollback()
        flash(_("Còn %(n)s người chưa gọi xác nhận.", n=error.count), "error")
    except closing.TooEarly:
        db.session.rollback()
        flash(_("Hãy khóa bài và xếp hạng trước."), "error")
    else:
        db.session.commit()
        flash(_("Kết quả công bố lúc %(moment)s.", moment=moment(when)), "success")


def _back(slug: str, number: int) -> Response:
    return redirect(url_for(".round", slug=slug, number=number))
