"""The rating page of a counter, and the page of a printed address that has been replaced or closed.

The page of a counter is rendered once per version of its content; the few values of a request fill its slots.
"""

from datetime import date, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from core.crypto import new_code, new_key
from core.idempotency import OtherBody, Reply, find_reply, run_once
from core.values.language import present
from core.values.week import local_date
from core.web.arrival import arrived_at
from core.web.extensions import db, keyring
from core.web.form_tokens import token_maker
from core.web.language import kept_in
from core.web.page_cache import cached_page
from core.web.reply_cache import canonical_path, keep_reply
from core.web.slots import slot
from core.writers import impatient
from survey.counter.models import Counter
from survey.counter.operations.counters import count_dead_scan
from survey.counter.queries.counters import list_open_counters
from survey.counter.queries.printed import address_of, signer
from survey.counter.rules.address import check_code, issue
from survey.instrument.rules.levels import Level
from survey.instrument.rules.quick import LEVELS
from survey.rating.forms import RatingForm
from survey.rating.operations.record import CounterRehearsalOver, record_rating
from survey.rating.operations.senders import Sender
from survey.rating.queries.place import RatedPlace
from survey.rating.rules.additions import Ticket, closing_time, write_ticket
from survey.rating.rules.channels import Channel
from survey.rating.rules.release import release_day
from survey.rating.views.places import place_answered, place_of
from survey.rating.views.sender import sender_of
from survey.rating.views.thanks import Page, thanks_for, ticket_signer

blueprint = Blueprint("survey", __name__)


@blueprint.route("/q/<code>", methods=["GET", "POST"])
@blueprint.route("/Q/<code>", methods=["GET", "POST"])
def rate(code: str) -> Page:
    """Show and accept a counter's rating; the QR code holds the upper-case address, which gives a smaller symbol."""
    place = place_answered(code) if request.method == "POST" else place_of(code)
    if not place.is_open:
        return _dead(db.session, place, code)
    if request.method != "POST":
        return _fresh_page(place, code), 200
    form = _form(place)
    if not form.validate():
        form.renew()
        return _answered_page(place, form, code), 400 if form.is_malformed else 422
    return _receive(db.session, place, form, code)


@blueprint.get("/q/<code>/")
@blueprint.get("/Q/<code>/")
def rate_with_slash(code: str) -> Response:
    """Lead from an address with the slash that a chat program or a hand left behind to the address itself."""
    return redirect(url_for(".rate", code=code), 308)


def today() -> date:
    """Return the local day whose figures are seen when the request arrives."""
    return release_day(arrived_at())


def _form(place: RatedPlace) -> RatingForm:
    return RatingForm(place.instrument, present())


def _receive(session: Session, place: RatedPlace, form: RatingForm, code: str) -> Page:
    """Record a valid form once, whatever is sent again, and lead to its thanks."""
    now, sender = arrived_at(), sender_of(form, place.networks)
    ticket = Ticket(new_code(), Level(form.level.data), closing_time(now))
    try:
        reply = run_once(
            session,
            form.key.data,
            form.body(code.upper()),
            today=local_date(now),
            reply=write_ticket(ticket, ticket_signer(keyring())),
            act=lambda: _record(session, place, form, sender, receipt=ticket.receipt, now=now),
        )
    except OtherBody:
        session.rollback()
        form.key.data = new_key()
        return _answered_page(place, form, code, was_sent=True), 422
    except CounterRehearsalOver:
        session.rollback()
        return _answered_page(place_of(code), form, code, was_switched=True), 409
    session.commit()
    return thanks_for(session, place, form, reply), 200 if reply.is_replay else 201


def _record(
    session: Session, place: RatedPlace, form: RatingForm, sender: Sender, *, receipt: str, now: datetime
) -> None:
    """Store the rating of a form, unless the counter's rehearsal has ended since it was shown."""
    if not form.was_shown_as(place.is_rehearsal):
        raise CounterRehearsalOver
    record_rating(
        session,
        keyring(),
        place,
        form.opinion,
        channel=Channel.OPEN,
        receipt=receipt,
        now=now,
        instrument_id=place.instrument_id,
        sender=sender,
    )


def _fresh_page(place: RatedPlace, code: str) -> str:
    """Return the empty rating page, with a key and a token of each request."""
    is_from_old = "thay" in request.args
    made = {"key": new_key, "token": token_maker(RatingForm)}
    issued = {"code": issue(place.serial, signer(keyring()))}
    query = {"thay": 1} if is_from_old else None
    keep_reply(slots=made, version=place.data_version, arguments=issued, query=query)
    return cached_page(
        ("survey.rate", place.serial, is_from_old),
        place.page_version,
        lambda: _render_open(place, code),
        {"key": slot("key"), "token": slot("token"), "action": canonical_path(issued)},
    )


def _render_open(place: RatedPlace, code: str) -> str:
    form = _form(place)
    form.key.data = slot("key")
    form.form_token.current_token = slot("token")
    return _rendered(place, form, code, action=slot("action"))


def _answered_page(
    place: RatedPlace, form: RatingForm, code: str, *, was_sent: bool = False, was_switched: bool = False
) -> str:
    """Return the rating page with the answers and the reason why it is shown again."""
    return _rendered(place, form, code, action=kept_in(request.path), was_sent=was_sent, was_switched=was_switched)


def _rendered(place: RatedPlace, form: RatingForm, code: str, **more: object) -> str:
    form.show_as(place.is_rehearsal)
    return render_template(
        "survey/rating/rate.html",
        place=place,
        form=form,
        check_code=check_code(code, signer(keyring())),
        is_from_old_poster="thay" in request.args,
        logo=place.logo,
        **more,
    )


def _dead(session: Session, place: RatedPlace, code: str) -> Page:
    """Return the page of a replaced or closed address, which offers the next step with the answers; count the scan.

    An answer that was stored before the address ended is acknowledged as before.
    """
    form = _form(place)
    if request.method == "POST" and (given := _reply_given(session, form, code)):
        return thanks_for(session, place, form, Reply(given, is_replay=True)), 200
    if request.method == "GET":
        _count_scan(session, place.serial)
    counter = session.get_one(Counter, place.id)
    ways = [counter] if counter.is_open else list_open_counters(session, [counter.office_id])
    page = render_template(
        "survey/rating/dead.html",
        logo=place.logo,
        counter=counter,
        office=counter.office,
        form=form,
        ways=[(way, address_of(keyring(), way)) for way in ways],
        level_label=LEVELS,
    )
    return page, 410


def _count_scan(session: Session, serial: int) -> None:
    """Count a scan of a dead address; a busy database is not waited for, and the scan is left out."""
    try:
        with impatient():
            count_dead_scan(session, serial, local_date(arrived_at()))
            session.commit()
    except OperationalError:
        session.rollback()


def _reply_given(session: Session, form: RatingForm, code: str) -> str | None:
    """Return the reply to the same answer sent before; None if there is none, and then the form is renewed."""
    if not form.validate():
        form.renew()
        return None
    try:
        return find_reply(session, form.key.data, form.body(code.upper()))
    except OtherBody:
        form.key.data = new_key()
        return None
