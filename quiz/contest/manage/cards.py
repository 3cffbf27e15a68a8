"""The organiser's pages of entry cards: the batches with how many are used, a new batch to print, voiding one."""

from flask import Response as FlaskResponse
from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from core import clock
from core.web.access import requires
from core.web.downloads import download
from core.web.extensions import db, keyring
from core.web.letters import public_link
from quiz.contest import queries as contests
from quiz.contest.documents.cards import CardSheet, cards_pdf
from quiz.contest.forms import CardBatchForm, VoidBatchForm
from quiz.contest.manage import blueprint, contest_or_404
from quiz.contest.models import CardBatch, Contest
from quiz.contest.operations.cards import make_cards, void_batch
from quiz.contest.queries.card_batches import find_card_batch, list_card_batches

Page = Response | tuple[str, int]


@blueprint.route("/<slug>/the", methods=["GET", "POST"])
@requires("contest.manage")
def cards(slug: str) -> Page:
    """List the batches; make one, and send its cards as a PDF, the only place where their codes are."""
    contest = contest_or_404(slug)
    units = {unit.id: unit for unit in contests.list_contest_units(db.session, contest)}
    form = CardBatchForm()
    form.unit.offer((unit.id, unit.label) for unit in units.values())
    if not form.validate_on_submit() or contest.called_off_at is not None:
        batches = list_card_batches(db.session, contest)
        page = render_template("quiz/contest/manage/cards.html", contest=contest, form=form, batches=batches)
        return page, 422 if form.is_submitted() else 200
    unit, place, quantity = units[form.unit.data], form.place.data or "", form.quantity.data or 1
    made = make_cards(db.session, keyring(), actor(), contest, unit, place, quantity, now=clock.now())
    reply = _sheet(contest, *made)
    db.session.commit()
    return reply


def _sheet(contest: Contest, batch: CardBatch, codes: list[str]) -> FlaskResponse:
    """Send the cards as a PDF to keep, the only place where their codes are; the page stays."""
    place = f"{batch.unit.name}, {batch.place}" if batch.place else batch.unit.name
    address = public_link("quiz.contest", slug=contest.slug).split("://")[1]
    sheet = CardSheet(contest.title, place, address, public_link("quiz.register", slug=contest.slug))
    return download(cards_pdf(sheet, codes), "application/pdf", f"the-du-thi-lo-{batch.id}.pdf")


@blueprint.route("/<slug>/the/<int:batch_id>/huy", methods=["GET", "POST"])
@requires("contest.manage")
def void_cards(slug: str, batch_id: int) -> Page:
    """Void the unused cards of a batch, with a reason."""
    contest, form = contest_or_404(slug), VoidBatchForm()
    found = find_card_batch(db.session, contest, batch_id) or abort(404)
    if not form.validate_on_submit():
        page = render_template("quiz/contest/manage/card_void.html", contest=contest, form=form, found=found)
        return page, 422 if form.is_submitted() else 200
    if void_batch(db.session, actor(), found.batch, form.why.data, now=clock.now()):
        flash(_("Đã hủy các thẻ chưa dùng của lô %(number)s.", number=batch_id), "success")
    db.session.commit()
    return redirect(url_for(".cards", slug=slug))
