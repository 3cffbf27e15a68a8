"""The citizen's door: rate a counter, look a receipt up, see the figures."""

from datetime import date, datetime
from pathlib import Path

from flask import Blueprint, Response, abort, render_template, request, url_for
from sqlalchemy.orm import Session

from commune.models import Office
from commune.queries.logos import digest_of
from core.charts import cached, trend_svg
from core.crypto import digest, new_code, new_key, read_code
from core.idempotency import OtherBody, find_reply, run_once
from core.values.week import local_date
from core.web.arrival import arrived_at
from core.web.error_links import BackLink
from core.web.extensions import db, keyring, settings
from core.web.paging import paging, searched
from survey import labels, operations
from survey.forms import RatingForm, ReceiptForm
from survey.models import Counter
from survey.queries.figures import cards_by_channel, cards_by_counter, cards_by_office, figures_of
from survey.queries.office import (
    count_offices,
    find_counter_of,
    find_office,
    list_counters,
    list_offices,
    list_open_counters,
    new_counters,
    new_offices,
)
from survey.queries.printed import Printed, address_of, find_printed, signer
from survey.queries.rating import find_rating_by_receipt
from survey.rules.address import check_code
from survey.rules.levels import Channel

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
    except operations.RehearsalOver:
        session.rollback()
        return _rating_page(printed, form, code, 409, was_switched=True)
    session.commit()
    return _thanks(counter, reply.text), 200 if reply.is_replay else 201


def _record(session: Session, counter: Counter, form: RatingForm, *, receipt: str, now: datetime) -> None:
    if not form.was_shown_as(counter.is_rehearsal):
        raise operations.RehearsalOver
    operations.record_rating(session, keyring(), counter, form.opinion, channel=Channel.OPEN, receipt=receipt, now=now)


def _thanks(counter: Counter, receipt: str) -> str:
    return render_template("survey/thanks.html", counter=counter, office=counter.office, receipt=receipt)


def _dead(session: Session, printed: Printed, form: RatingForm, code: str) -> Page:
    """What hangs there no longer counts: the way on, with what was filled in, and the poster's scan is counted.

    An answer that was taken before its poster died is acknowledged as ever.
    """
    counter = printed.counter
    if request.method == "POST" and (receipt := _receipt_given(session, form, code)):
        return _thanks(counter, receipt), 200
    if request.method == "GET":
        operations.count_dead_scan(session, printed.serial, today())
        session.commit()
    ways = [counter] if counter.is_open else list_open_counters(session, [counter.office_id])
    page = render_template(
        "survey/dead.html",
        counter=counter,
        office=counter.office,
        form=form,
        ways=[(way, address_of(keyring(), way)) for way in ways],
        level_label=labels.LEVEL,
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
        "survey/rate.html",
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


@blueprint.get("/ket-qua/")
def offices() -> str:
    """The offices whose figures are public, found by name, a page at a time."""
    page = paging(count_offices(db.session, find=searched()))
    found = list_offices(db.session, find=page.find, part=page.part)
    cards = cards_by_office(db.session, found, today())
    rows = [(office, cards[office.id]) for office in found]
    new = new_offices(db.session, found, today())
    return render_template("survey/offices.html", page=page, rows=rows, new=new)


@blueprint.get("/ket-qua/<slug>")
def office(slug: str) -> str:
    """The public figures of an office and of each of its counters."""
    office = find_office(db.session, slug) or abort(404)
    counters = list_counters(db.session, office)
    cards = cards_by_counter(db.session, counters, today())
    new = new_counters(counters, today())
    return render_template(
        "survey/figures.html",
        office=office,
        counter=None,
        figures=figures_of(db.session, counters, today()),
        rows=[(counter, cards[counter.id]) for counter in counters],
        new=new,
        is_new=len(new) == len(counters),
        channels=cards_by_channel(db.session, counters, today()),
        level_label=labels.LEVEL,
        channel_label=labels.CHANNEL,
    )


@blueprint.get("/ket-qua/<slug>/quay/<int:number>")
def counter(slug: str, number: int) -> str:
    """The public figures of one counter."""
    office, counter = _counter_or_404(slug, number)
    return render_template(
        "survey/figures.html",
        office=office,
        counter=counter,
        figures=figures_of(db.session, [counter], today()),
        rows=[],
        is_new=bool(new_counters([counter], today())),
        channels=cards_by_channel(db.session, [counter], today()),
        level_label=labels.LEVEL,
        channel_label=labels.CHANNEL,
    )


@blueprint.get("/ket-qua/<slug>/xu-huong.svg")
def office_trend(slug: str) -> Response:
    """An office's trend by month as a picture."""
    office = find_office(db.session, slug) or abort(404)
    return _trend(office.name, list_counters(db.session, office))


@blueprint.get("/ket-qua/<slug>/quay/<int:number>/xu-huong.svg")
def counter_trend(slug: str, number: int) -> Response:
    """A counter's trend by month as a picture."""
    office, counter = _counter_or_404(slug, number)
    return _trend(f"Quầy {counter.number}, {office.name}", [counter])


@blueprint.route("/danh-gia/tra-cuu", methods=["GET", "POST"])
def receipt() -> Page:
    """Whether a rating was recorded, and what was written with it, to be erased by whoever wrote it: by its receipt."""
    form = ReceiptForm()
    if request.method != "POST" or not form.validate():
        return render_template("survey/receipt.html", form=form.renew()), 422 if request.method == "POST" else 200
    code = read_code(form.code.data or "")
    rating = find_rating_by_receipt(db.session, keyring(), code) if code else None
    if rating is None:
        form.code.errors = ["Không tìm thấy mã này. Xin xem lại từng chữ, từng số của mã."]
        return render_template("survey/receipt.html", form=form), 404
    if is_erased := form.act.data == "erase":
        operations.erase_comment(db.session, rating)
        db.session.commit()
    return render_template("survey/receipt.html", form=form, rating=rating, is_erased=is_erased), 200


def way_to(slug: str) -> BackLink | None:
    """The public figures of an office, for whoever got lost below their address."""
    office = find_office(db.session, slug)
    return BackLink(office.name, url_for("survey.office", slug=slug), office.hotline) if office else None


def today() -> date:
    """The local day on which the request arrived."""
    return local_date(arrived_at())


def _counter_or_404(slug: str, number: int) -> tuple[Office, Counter]:
    office = find_office(db.session, slug) or abort(404)
    return office, find_counter_of(db.session, office, number) or abort(404)


def _trend(name: str, counters: list[Counter]) -> Response:
    figures = figures_of(db.session, counters, today())
    points = [(labels.month(point.month), point.share, point.low, point.high) for point in figures.trend]
    if not points:
        abort(404)
    counts = [point.n for point in figures.trend]
    title = labels.TREND_TITLE.format(name=name)
    key = digest("trend-v1", title, repr(points), repr(counts)).hex()
    folder = Path(settings().instance_path) / "cache" / "charts"
    drawn = cached(folder, key, lambda: trend_svg(points, title=title, alt=labels.trend_alt(figures.trend), n=counts))
    return Response(drawn, mimetype="image/svg+xml", headers={"Cache-Control": "no-cache", "ETag": f'"{key[:32]}"'})
