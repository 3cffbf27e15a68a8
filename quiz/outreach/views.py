"""The page on which the owner of a phone stops the messages of a contest."""

import hmac

from flask import render_template, request
from flask_babel import gettext as _

from core.web.arrival import arrived_at
from core.web.code_guesses import forget_guesses, refuse_code, refuse_guess
from core.web.extensions import db, keyring
from quiz.contest.models import Contest
from quiz.contest.views import blueprint, contest_or_404
from quiz.outreach.forms import StopForm
from quiz.outreach.operations.announcement import stop_number, stop_phone

Page = tuple[str, int]


@blueprint.route("/<slug>/thoi", methods=["GET", "POST"])
def stop_texts(slug: str) -> Page:
    """Stop the messages to a phone, by the phone and the digits that came with one.

    The digits follow from the phone alone, whether it takes part or not, so that the page tells no one who does.
    """
    contest, form = contest_or_404(slug), StopForm()
    if request.method != "POST":
        return _page(contest, form, 200)
    if not form.validate():
        return _page(contest, form, 400 if form.is_malformed else 422)
    if status := refuse_guess(form.digits, "stop texts", str(contest.id), form.canonical_phone):
        return _page(contest, form, status)
    due = stop_number(keyring(), contest.id, form.canonical_phone)
    if not hmac.compare_digest(due, form.digits.read):
        why = _("Số điện thoại và 6 số này không khớp nhau. Xin xem lại tin nhắn, hoặc gọi Ban Tổ chức.")
        return _page(contest, form, refuse_code(form.digits, why))
    forget_guesses("stop texts", str(contest.id), form.canonical_phone)
    stop_phone(db.session, keyring(), contest, form.canonical_phone, now=arrived_at())
    db.session.commit()
    return _page(contest, form, 200, is_done=True)


def _page(contest: Contest, form: StopForm, status: int, *, is_done: bool = False) -> Page:
    form.renew()
    return render_template("quiz/outreach/stop.html", contest=contest, form=form, is_done=is_done), status
