"""The ratings that were set apart, for inspectors: the list of their batches, and the decision on one."""

from collections.abc import Sequence
from datetime import date, datetime

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from account.models import Approval
from account.operations.approval import Handler, NoLonger, Part, decided_by
from account.queries.approval import find_latest
from account.rules.chain import Plain
from account.rules.signed import Signed
from account.views.current import actor, link_to, needs_second, present_account, request_approval
from core import clock
from core.crypto import Keyring
from core.values.dates import day
from core.values.numbers import percent, thousands
from core.web.access import requires
from core.web.extensions import db
from survey.counter.manage.office import blueprint, counter_or_404, office_or_404
from survey.counter.models import Counter
from survey.counter.queries.counters import list_counters
from survey.counter.rules.actions import SurveyAction
from survey.figures.forms import BatchDecisionForm
from survey.figures.queries.decisions import DecisionPreview, list_unusual_weeks, preview_decision
from survey.figures.rules.scorecard import Scorecard, scorecard
from survey.instrument.rules.levels import Level
from survey.rating.labels import CLASS
from survey.rating.operations.decisions import BatchChanged, batch_subject, decide_batch, leave_out_batch
from survey.rating.queries.batches import (
    ClassBatch,
    DecidedBatch,
    find_class_batch,
    list_class_batches,
    list_left_out,
)
from survey.rating.rules.classes import RatingClass
from survey.rating.rules.release import release_day

Page = Response | tuple[str, int]


@blueprint.get("/<slug>/de-rieng")
@requires("rating.inspect")
def batches(slug: str) -> str:
    """List the batches of an office that were set apart, decided or not."""
    office = office_or_404(slug)
    counters = {counter.id: counter for counter in list_counters(db.session, office)}
    found = list_class_batches(db.session, list(counters), _today())
    left_out = list_left_out(db.session, list(counters))
    rows = [(batch, counters[batch.counter_id], _card(batch), DecidedBatch.of(batch) in left_out) for batch in found]
    return render_template(
        "survey/figures/manage/batches.html",
        office=office,
        rows=rows,
        class_label=CLASS,
        unusual=list_unusual_weeks(db.session, list(counters.values()), _today()),
    )


@blueprint.route("/<slug>/quay/<int:number>/de-rieng/<kind>/<week>", methods=["GET", "POST"])
@requires("rating.inspect")
def batch(slug: str, number: int, kind: str, week: str) -> Page:
    """Show one batch with the figures before and after, and accept the decision or the request for it."""
    counter = counter_or_404(slug, number)
    found = _find(counter, kind, week) or abort(404)
    form, preview = BatchDecisionForm(), _preview(db.session, counter, found)
    if not form.validate_on_submit():
        return _page(counter, found, preview, form, 422 if form.is_submitted() else 200)
    decide = leave_out_batch if form.leaves_out.data else decide_batch
    if decide is decide_batch and needs_second() and preview.moves:
        return _ask(counter, found, form.reason.data)
    try:
        decide(db.session, actor(), counter, found, reason=form.reason.data, now=clock.now())
        db.session.commit()
    except BatchChanged:
        db.session.rollback()
        flash(_("Đợt này vừa được quyết định. Xin xem lại danh sách."), "warning")
    else:
        flash(_("Đã ghi quyết định về %(n)s lượt.", n=thousands(found.n)), "success")
    return redirect(url_for(".batches", slug=slug))


def _page(
    counter: Counter, batch: ClassBatch, preview: DecisionPreview, form: BatchDecisionForm, status: int
) -> tuple[str, int]:
    about = batch_subject(counter, batch)
    asked = find_latest(db.session, about.kind, about.id, SurveyAction.RATING_DECIDE)
    page = render_template(
        "survey/figures/manage/batch.html",
        office=counter.office,
        counter=counter,
        batch=batch,
        card=_card(batch),
        preview=preview,
        form=form,
        class_label=CLASS,
        asked=asked if asked and asked.is_open_on(_today()) else None,
        is_left_out=DecidedBatch.of(batch) in list_left_out(db.session, [counter.id]),
        needs_second=needs_second() and preview.moves,
        me=present_account(),
        link_to=link_to,
    )
    return page, status


def _ask(counter: Counter, batch: ClassBatch, reason: str) -> Response:
    details: dict[str, Plain] = {
        "counter": counter.id,
        "class": batch.kind.value,
        "week": batch.first.isoformat(),
        "n": batch.n,
    }
    return request_approval(
        SurveyAction.RATING_DECIDE,
        batch_subject(counter, batch),
        reason=reason,
        details=details,
        back=url_for(".batches", slug=counter.office.slug),
    )


def _today() -> date:
    return release_day(clock.now())


def _card(batch: ClassBatch) -> Scorecard | None:
    return scorecard(dict(zip(Level, batch.counts, strict=True)))


def _find(counter: Counter, kind: str, week: str) -> ClassBatch | None:
    try:
        return find_class_batch(db.session, counter.id, RatingClass(kind), date.fromisoformat(week), _today())
    except ValueError:
        return None


def _preview(session: Session, counter: Counter, batch: ClassBatch) -> DecisionPreview:
    return preview_decision(session, list_counters(session, counter.office), batch, _today())


def _asked(session: Session, approval: Approval) -> tuple[Counter, ClassBatch | None]:
    """Return the counter of a request, and its batch as it was shown; None if that is no longer so."""
    said = approval.details
    counter, first = session.get_one(Counter, said["counter"]), date.fromisoformat(str(said["week"]))
    found = find_class_batch(session, counter.id, RatingClass(str(said["class"])), first, _today())
    return counter, found if found is not None and found.n == said["n"] else None


def show_decision(session: Session, _keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return the batch and the figures before and after, or that the request no longer applies."""
    counter, found = _asked(session, approval)
    if found is None:
        why = _("Đợt này đã được quyết định sau khi gửi yêu cầu; đồng ý cũng không thực hiện được.")
        return (Part(_("Yêu cầu này không còn khớp"), [(_("Vì sao"), why)]),)
    preview = _preview(session, counter, found)
    deed = _("Thôi không tính vào số chính") if found.kind.is_counted else _("Cho tính vào số chính")
    lines = [
        (_("Việc"), Signed(deed)),
        (_("Loại"), _(CLASS[found.kind])),
        (_("Thời gian"), f"{day(found.first)} – {day(found.until)}"),
        (_("Đợt này"), _share(_card(found))),
        (_("Số chính của quầy"), " → ".join(map(_share, preview.counter))),
        (_("Số chính của cơ quan"), " → ".join(map(_share, preview.office))),
    ]
    return (Part(_("Việc sẽ làm"), lines),)


def _share(card: Scorecard | None) -> str:
    if card is None:
        return str(_("chưa có số liệu"))
    return str(_("%(share)s trong %(n)s lượt", share=percent(card.share), n=thousands(card.n)))


def do_decision(session: Session, _keyring: Keyring, approval: Approval, now: datetime) -> None:
    """Decide on the requested batch as it was shown, or nothing."""
    counter, found = _asked(session, approval)
    try:
        if found is None:
            raise BatchChanged
        decide_batch(session, decided_by(approval), counter, found, reason=approval.reason, now=now, approval=approval)
    except BatchChanged as error:
        raise NoLonger(_("Đợt này đã được quyết định sau khi gửi yêu cầu.")) from error


HANDLER = Handler(SurveyAction.RATING_DECIDE, "rating.inspect", show_decision, do_decision)
