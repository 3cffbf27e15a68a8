"""Confirm oneself by an entry card after the registration, without session and cookie."""

from flask import abort, render_template, request
from flask_babel import lazy_gettext as _

from core.web.arrival import arrived_at
from core.web.code_guesses import refuse_code
from core.web.extensions import db, keyring
from quiz.attempt.forms.entry import ConfirmForm
from quiz.attempt.operations.confirming import AlreadyConfirmed, confirm_by_card
from quiz.attempt.queries import attempt as find
from quiz.attempt.views.entry import CARD_REFUSALS, takes_cards
from quiz.contest.labels import eligibility_words
from quiz.contest.models import Contest
from quiz.contest.operations.cards import CardRefused
from quiz.contest.views import blueprint, contest_or_404

Page = tuple[str, int]


@blueprint.route("/<slug>/nhap-the", methods=["GET", "POST"])
def use_card(slug: str) -> Page:
    """Add the code of an entry card to a registration; a personal code says whose."""
    contest, form = contest_or_404(slug), ConfirmForm()
    if not takes_cards(contest):
        abort(404)
    if request.method != "POST":
        return _page(contest, form, 200)
    if not form.validate():
        return _page(contest, form.renew(), 400 if form.is_malformed else 422)
    found = (find.find_participant_by_code(db.session, keyring(), contest, code) for code in form.readings)
    holder = next(filter(None, found), None)
    if holder is None:
        status = refuse_code(form.code, str(_("Không tìm thấy mã này trong cuộc thi. Xin xem lại từng chữ.")))
        return _page(contest_or_404(slug), form, status)
    return _confirm(contest, holder, form)


def _confirm(contest: Contest, holder: find.CodeHolder, form: ConfirmForm) -> Page:
    slug = contest.slug
    try:
        confirm_by_card(db.session, keyring(), contest, holder.id, form.card.read or "", now=arrived_at())
    except CardRefused as refusal:
        db.session.rollback()
        form.card.errors = [CARD_REFUSALS[type(refusal)]]
        return _page(contest_or_404(slug), form, 409)
    except AlreadyConfirmed:
        db.session.rollback()
    db.session.commit()
    return render_template("quiz/attempt/confirmed.html", contest=contest_or_404(slug)), 200


def _page(contest: Contest, form: ConfirmForm, status: int) -> Page:
    words = eligibility_words(contest.rules, is_weekly=contest.is_weekly)
    return render_template("quiz/attempt/use_card.html", contest=contest, form=form, eligibility=words), status
