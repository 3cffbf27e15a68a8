"""The citizen's pages: rate a counter, look a receipt up."""

from datetime import date, datetime

from flask import Blueprint, abort, render_template, request
from sqlalchemy.orm import Session

from commune.queries.logos import digest_of
from core.crypto import new_code, new_key, read_code
from core.idempotency import OtherBody, find_reply, run_once
from core.values.week import local_date
from core.web.arrival import arrived_at
from core.web.extensions import db, keyring
from survey.counter.models import Counter
from survey.counter.operations.counters import count_dead_scan
from survey.counter.queries.counters import list_open_counters
from survey.counter.queries.printed import Printed, address_of, find_printed, signer
from survey.counter.rules.address import check_code
from survey.instrument.rules.quick import LEVELS
from survey.rating.forms import RatingForm, ReceiptForm
from survey.rating.operations.comments import erase_comment
from survey.rating.operations.record import RehearsalOver, record_rating
from survey.rating.queries.rating import find_rating_by_receipt
from survey.rating.rules.channels import Channel

blueprint = Blueprint("survey", __name__)


Page = tuple[str, int]


@blueprint.route("/q/<code>", methods=["GET", "POST"])
@blueprint.route("/Q/<code>", methods=["GET", "POST"])
def rate(code: str) -> Page:
    """One counter's rating page; upper case is what the QR code holds, for it draws smaller."""
    is_sent = request.method == "POST"
    printed = find_printed(db.session, keyring(), code, is_shown=not is_sent) or abort(404)
    counter, form = printed.counter, RatingForm()
    if printed.is_replaced or not counter.is_open:
        return _dead(db.session, printed, form, code)
    if not is_sent:
        return _rating_page(printed, form, code, 200)
    if not form.validate():
        form.renew()
        return _rating_page(printed, form, code, 400 if form.is_malformed else 422)
    return _receive(db.session, printed, form, code)


def _receive(session: Session, printed: Printed, form: RatingForm, code: str) -> Page:
    counter, now, receipt = printed.counter, arrived_at(), new_code()
    try:
        reply = run_once(
            session,
            form.key.data,
            form.body(code.upper()),
            today=local_date(now),
            reply=receipt,
            act=lambda: _record(session, counter, form, receipt=receipt, now=now),
        )
    except OtherBody:
        session.rollback()
        form.key.data = new_key()
        return _rating_page(printed, form, code, 422, was_sent=True)
    except RehearsalOver:
        session.rollback()
        return _rating_page(printed, form, code, 409, was_switched=True)
    session.commit()
    return _thanks(counter, reply.text), 200 if reply.is_replay else 201


def _record(session: Session, counter: Counter, form: RatingForm, *, receipt: str, now: datetime) -> None:
    if not form.was_shown_as(counter.is_rehearsal):
        raise RehearsalOver
    record_rating(session, keyring(), counter, form.opinion, channel=Channel.OPEN, receipt=receipt, now=now)


def _thanks(counter: Counter, receipt: str) -> str:
    return render_template("survey/rating/thanks.html", counter=counter, office=counter.office, receipt=receipt)


def _dead(session: Session, printed: Printed, form: RatingForm, code: str) -> Page:
    """What hangs there no longer counts: the way on, with what was filled in, and the poster's scan is counted.

    An answer that was taken before its poster died is acknowledged as ever.
    """
    counter = printed.counter
    if request.method == "POST" and (receipt := _receipt_given(session, form, code)):
        return _thanks(counter, receipt), 200
    if request.method == "GET":
        count_dead_scan(session, printed.serial, today())
        session.commit()
    ways = [counter] if counter.is_open else list_open_counters(session, [counter.office_id])
    page = render_template(
        "survey/rating/dead.html",
        counter=counter,
        office=counter.office,
        form=form,
        ways=[(way, address_of(keyring(), way)) for way in ways],
        level_label=LEVELS,
    )
    return page, 410


def _receipt_given(session: Session, form: RatingForm, code: str) -> str | None:
    """The receipt of the same answer sent before; None if there is none, and the form can be sent elsewhere."""
    if not form.validate():
        form.renew()
        return None
    try:
        return find_reply(session, form.key.data, form.body(code.upper()))
    except OtherBody:
        form.key.data = new_key()
        return None


def _rating_page(
    printed: Printed,
    form: RatingForm,
    code: str,
    status: int,
    *,
    was_sent: bool = False,
    was_switched: bool = False,
) -> Page:
    counter, sign = printed.counter, signer(keyring())
    form.show_as(counter.is_rehearsal)
    page = render_template(
        "survey/rating/rate.html",
        counter=counter,
        office=counter.office,
        form=form,
        action=request.path,
        check_code=check_code(code, sign),
        is_from_old_poster="thay" in request.args,
        was_sent=was_sent,
        was_switched=was_switched,
        logo=digest_of(db.session, counter.office.unit_id) if request.method == "POST" else printed.logo,
    )
    return page, status


@blueprint.route("/danh-gia/tra-cuu", methods=["GET", "POST"])
def receipt() -> Page:
    """Whether a rating was recorded, and what was written with it, to be erased by whoever wrote it: by its receipt."""
    form = ReceiptForm()
    if request.method != "POST" or not form.validate():
        return render_template(
            "survey/rating/receipt.html", form=form.renew()
        ), 422 if request.method == "POST" else 200
    code = read_code(form.code.data or "")
    rating = find_rating_by_receipt(db.session, keyring(), code) if code else None
    if rating is None:
        form.code.errors = ["Không tìm thấy mã này. Xin xem lại từng chữ, từng số của mã."]
        return render_template("survey/rating/receipt.html", form=form), 404
    if is_erased := form.act.data == "erase":
        erase_comment(db.session, rating)
        db.session.commit()
    return render_template("survey/rating/receipt.html", form=form, rating=rating, is_erased=is_erased), 200


def today() -> date:
    """The local day on which the request arrived."""
    return local_date(arrived_at())
