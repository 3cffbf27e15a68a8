"""Add reasons and a comment to a rating, from its page of thanks."""

from enum import StrEnum

from flask import redirect, render_template, request, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response

from core.idempotency import OtherBody, find_reply, run_once
from core.values.week import local_date
from core.web.arrival import arrived_at
from core.web.extensions import db, keyring
from survey.rating.forms import AdditionForm
from survey.rating.operations.additions import AdditionRefused, add_to_rating, addition_key
from survey.rating.queries.place import RatedPlace
from survey.rating.rules.additions import Ticket, read_ticket
from survey.rating.views.places import place_answered
from survey.rating.views.rate import blueprint
from survey.rating.views.thanks import Page, thanks_again, thanks_for_more, ticket_signer


class Unsent(StrEnum):
    """Why reasons and a comment were not added."""

    LATE = "late"
    SAID = "said"
    UNKNOWN = "unknown"


@blueprint.route("/q/<code>/them", methods=["GET", "POST"])
@blueprint.route("/Q/<code>/them", methods=["GET", "POST"])
def add(code: str) -> Page | Response:
    """Add to the rating whose ticket the form carries; without a form, lead to the counter's page."""
    if request.method != "POST":
        return redirect(url_for(".rate", code=code), 303)
    place = place_answered(code)
    form = AdditionForm(place.instrument, str(get_locale()))
    ticket = read_ticket(form.ticket.data or "", ticket_signer(keyring()))
    if ticket is None:
        return _unsent(place, form, Unsent.UNKNOWN), 400
    try:
        return _receive(place, form, ticket)
    except OtherBody:
        db.session.rollback()
        return _unsent(place, form, Unsent.SAID), 422
    except AdditionRefused:
        db.session.rollback()
        return _unsent(place, form, Unsent.LATE), 410


def _receive(place: RatedPlace, form: AdditionForm, ticket: Ticket) -> Page:
    """Add what *form* says; the same sent again gets the same reply, late too.

    Raises:
        OtherBody: something else was added before.
        AdditionRefused: it is too late.
    """
    now, key = arrived_at(), addition_key(keyring(), ticket.receipt)
    if now >= ticket.until:
        if find_reply(db.session, key, form.words) is None:
            raise AdditionRefused
        return thanks_for_more(place, ticket), 200
    if not form.validate():
        return thanks_again(place, ticket, form), 422
    reply = run_once(
        db.session,
        key,
        form.words,
        today=local_date(now),
        reply="",
        act=lambda: add_to_rating(db.session, keyring(), place.id, ticket, form.addition, now=now),
    )
    db.session.commit()
    return thanks_for_more(place, ticket), 200 if reply.is_replay else 201


def _unsent(place: RatedPlace, form: AdditionForm, reason: Unsent) -> str:
    """Return the page that says why nothing was added, with what was typed."""
    ticked = [choice.label for choice in form.reasons.choices if choice.value in (form.reasons.data or ())]
    return render_template(
        "survey/rating/unsent.html", place=place, logo=place.logo, form=form, reason=reason, ticked=ticked
    )
