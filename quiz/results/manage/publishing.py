"""Publish a round and open contacts: sensitive actions, which wait for a second person."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.rules.chain import Plain
from account.views.current import actor, present_account, request_approval
from core import clock
from core.values.dates import moment
from core.web.access import requires
from core.web.extensions import db
from quiz.contest.manage import asks_second, blueprint, round_or_404
from quiz.contest.models import Round
from quiz.contest.operations import audit_subjects
from quiz.contest.rules.actions import QuizAction
from quiz.results.forms.closing import OpeningForm, PublishForm
from quiz.results.manage.round import round_page
from quiz.results.models.contact import FRONT, WINNERS
from quiz.results.operations import closing
from quiz.results.operations.audit_subjects import of_front
from quiz.results.operations.contact import grant_contact_access
from quiz.results.operations.versions import TooEarly
from quiz.results.queries.result import winners_digest

Page = Response | tuple[str, int]
PEOPLE = {"nguoi-dat-giai": WINNERS, "xep-hang": FRONT}


@blueprint.post("/<slug>/tuan/<int:number>/cong-bo")
@requires("contest.manage")
def publish(slug: str, number: int) -> Page:
    """Request the publication; where no approval is needed, publish at once or at the announced hour."""
    round, form = round_or_404(slug, number), PublishForm()
    if not form.validate_on_submit():
        return redirect(url_for(".round", slug=slug, number=number))
    try:
        return _publish(round, form.reason.data or "")
    except closing.ClustersUndecided as error:
        db.session.rollback()
        flash(_("Hãy rà soát trước: còn %(n)s cụm bài chưa quyết định.", n=error.count), "error")
    except closing.StillPending as error:
        db.session.rollback()
        flash(_("Còn %(n)s người chưa gọi xác nhận.", n=error.count), "error")
    except TooEarly:
        db.session.rollback()
        flash(_("Hãy khóa bài và xếp hạng trước."), "error")
    return redirect(url_for(".round", slug=slug, number=number))


def _publish(round: Round, reason: str) -> Page:
    back = url_for(".round", slug=round.contest.slug, number=round.number)
    result = closing.check_publishable(db.session, round, now=clock.now())
    if asks_second(round.contest) and round.published_at is None:
        details: dict[str, Plain] = {"round": round.id, "winners": winners_digest(db.session, result)}
        return request_approval(
            QuizAction.ROUND_PUBLISH, audit_subjects.of_round(round), reason=reason, details=details, back=back
        )
    when = closing.publish_round(db.session, actor(), round, reason=reason, now=clock.now())
    db.session.commit()
    flash(_("Kết quả công bố lúc %(moment)s.", moment=moment(when)), "success")
    return redirect(back)


@blueprint.post("/<slug>/tuan/<int:number>/mo-lien-he/<any('nguoi-dat-giai','xep-hang'):whose>")
@requires("contact.open")
def open_people(slug: str, number: int, whose: str) -> Page:
    """Open names and numbers for a day, with a reason: of winners, or, after approval, of the front of the
    standings.
    """
    round, form, people = round_or_404(slug, number), OpeningForm(), PEOPLE[whose]
    back = url_for(".round", slug=slug, number=number)
    if round.closed_at is None:
        flash(_("Hãy khóa bài và xếp hạng trước."), "error")
        return redirect(back)
    if not form.validate_on_submit():
        return round_page(round, opening=form.about(people), asked=people), 422
    if people == FRONT and asks_second(round.contest):
        details: dict[str, Plain] = {"round": round.id, "people": people}
        about = of_front(round, present_account().id)
        return request_approval(QuizAction.CONTACT_OPEN, about, reason=form.reason.data, details=details, back=back)
    grant_contact_access(
        db.session, actor(), round, account_id=present_account().id, people=people, reason=form.reason.data,
        now=clock.now(),
    )  # fmt: skip
    db.session.commit()
    flash(_("Đã mở trong 24 giờ, chỉ cho tài khoản này. Việc mở đã được ghi vào nhật ký."), "success")
    return redirect(back)
