"""Publishing a week and opening contacts: grave deeds, which wait for a second person."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.operations.audit import Subject
from account.rules.chain import Plain
from account.views.current import ask_second, audit, needs_second, present_account
from core import clock
from core.messages.notify import notify_webhooks
from core.web.access import requires
from core.web.extensions import db
from core.web.filters import moment
from quiz.forms.closing import OpeningForm, PublishForm
from quiz.manage.blueprint import blueprint
from quiz.manage.contest import round_or_404
from quiz.manage.round import round_page
from quiz.models import Round
from quiz.models.contact import FRONT, WINNERS
from quiz.operations import audit_subjects, closing
from quiz.operations.contact import open_contacts
from quiz.queries import events
from quiz.queries.result import winners_digest
from quiz.rules.actions import Action

Page = Response | tuple[str, int]
PEOPLE = {"nguoi-dat-giai": WINNERS, "xep-hang": FRONT}


@blueprint.post("/<slug>/tuan/<int:number>/cong-bo")
@requires("contest.manage")
def publish(slug: str, number: int) -> Page:
    """Ask for the publication; where nobody else need agree, publish, at once or at the announced hour."""
    round, form = round_or_404(slug, number), PublishForm()
    if not form.validate_on_submit():
        return redirect(url_for(".round", slug=slug, number=number))
    try:
        return _publish(round, form.reason.data or "")
    except closing.StillPending as error:
        db.session.rollback()
        flash(_("Còn %(n)s người chưa gọi xác nhận.", n=error.count), "error")
    except closing.TooEarly:
        db.session.rollback()
        flash(_("Hãy khóa bài và xếp hạng trước."), "error")
    return redirect(url_for(".round", slug=slug, number=number))


def _publish(round: Round, reason: str) -> Page:
    back = url_for(".round", slug=round.contest.slug, number=round.number)
    result = closing.check_publishable(db.session, round)
    if needs_second() and round.published_at is None:
        details: dict[str, Plain] = {"round": round.id, "winners": winners_digest(db.session, result)}
        return ask_second(
            Action.ROUND_PUBLISH, audit_subjects.of_round(round), reason=reason, details=details, back=back
        )
    was = round.published_at
    when = closing.publish_round(db.session, round, now=clock.now(), is_alone=True)
    if was is None:
        told: dict[str, Plain] = {"published_at": when.isoformat(), "second_approver": False}
        notify_webhooks(db.session, events.published(db.session, round))
        audit(
            Action.ROUND_PUBLISH,
            audit_subjects.of_round(round),
            before={"published_at": None},
            after=told,
            reason=reason,
        )
    db.session.commit()
    flash(_("Kết quả công bố lúc %(moment)s.", moment=moment(when)), "success")
    return redirect(back)


@blueprint.post("/<slug>/tuan/<int:number>/mo-lien-he/<any('nguoi-dat-giai','xep-hang'):whose>")
@requires("contact.open")
def open_people(slug: str, number: int, whose: str) -> Page:
    """Open names and numbers for a day, with a reason: of those to be called, or, if another agrees, of the front."""
    round, form, people = round_or_404(slug, number), OpeningForm(), PEOPLE[whose]
    back = url_for(".round", slug=slug, number=number)
    if round.closed_at is None:
        flash(_("Hãy khóa bài và xếp hạng trước."), "error")
        return redirect(back)
    if not form.validate_on_submit():
        return round_page(round, opening=form.about(people), asked=people), 422
    if people == FRONT and needs_second():
        details: dict[str, Plain] = {"round": round.id, "people": people}
        return ask_second(Action.CONTACT_OPEN, front_of(round), reason=form.reason.data, details=details, back=back)
    _open(round, people, form.reason.data)
    flash(_("Đã mở trong 24 giờ, chỉ cho tài khoản này. Việc mở đã được ghi vào nhật ký."), "success")
    return redirect(back)


def front_of(round: Round) -> Subject:
    """The contacts of the front of a week, as whoever is signed in asks for them."""
    subject, me = audit_subjects.of_round(round), present_account()
    return Subject("quiz.contacts", f"{round.id}:{me.id}", f"20 bài đầu, {subject.words}", subject.unit_id)


def _open(round: Round, people: str, reason: str) -> None:
    opening = open_contacts(
        db.session, round, account_id=present_account().id, people=people, reason=reason, now=clock.now()
    )
    told = {"shown": people, "until": opening.closes_at.isoformat()}
    alone = {"second_approver": False} if people == FRONT else {}
    audit(Action.CONTACT_OPEN, audit_subjects.of_round(round), after={**told, **alone}, reason=reason)
    db.session.commit()
