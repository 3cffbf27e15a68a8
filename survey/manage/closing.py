"""Counters closed and opened again, one or several of an office; either can be undone from the message."""

from collections.abc import Collection

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from account.views.current import audit
from commune.models import Office
from core.clock import now
from core.forms import ActionForm
from core.values.numbers import read_number
from core.values.week import local_date
from core.web.access import requires
from core.web.extensions import db
from core.web.undo import flash_with_undo
from survey import operations
from survey.manage.blueprint import blueprint
from survey.manage.office import counter_or_404, office_or_404
from survey.models import Counter
from survey.queries.office import hold_counters, list_counters
from survey.rules.actions import Action


def close_noted(counters: Collection[Counter]) -> None:
    """Close those of *counters* that are open and then say so in the trail, whose lock everybody waits for."""
    counters, today = [each for each in hold_counters(db.session, counters) if each.is_open], local_date(now())
    for counter in counters:
        operations.close_counter(counter, today)
    db.session.flush()
    for counter in counters:
        after = {"closed_on": today.isoformat()}
        audit(Action.COUNTER_CLOSE, operations.counter_subject(counter), before={"closed_on": None}, after=after)


def reopen_noted(counters: Collection[Counter]) -> None:
    """Open those of *counters* that are closed again and then say so in the trail."""
    was = {each: each.closed_on for each in hold_counters(db.session, counters) if not each.is_open}
    for counter in was:
        operations.reopen_counter(counter)
    db.session.flush()
    for counter, day in was.items():
        before = {"closed_on": day.isoformat() if day else None}
        audit(Action.COUNTER_REOPEN, operations.counter_subject(counter), before=before, after={"closed_on": None})


@blueprint.route("/<slug>/quay/<int:number>/dong", methods=["GET", "POST"])
@requires("office.manage")
def close_counter(slug: str, number: int) -> str | BaseResponse:
    """Close a counter, once what that does has been read."""
    counter, form = counter_or_404(slug, number), ActionForm()
    if not form.validate_on_submit():
        return render_template("survey/manage/close.html", office=counter.office, counter=counter, form=form)
    close_noted([counter])
    db.session.commit()
    told = _("Đã đóng Quầy %(number)s. Mở lại lúc nào cũng được.", number=number)
    flash_with_undo(told, url_for(".reopen_counter", slug=slug, number=number))
    return redirect(url_for(".office", slug=slug))


@blueprint.post("/<slug>/quay/<int:number>/mo-lai")
@requires("office.manage")
def reopen_counter(slug: str, number: int) -> BaseResponse:
    """Undo the closing of a counter."""
    counter = counter_or_404(slug, number)
    if ActionForm().validate_on_submit():
        reopen_noted([counter])
        db.session.commit()
        flash(_("Quầy %(number)s nhận đánh giá trở lại.", number=number), "success")
    return redirect(url_for(".office", slug=slug))


@blueprint.route("/<slug>/nhieu-quay/<any('dong','mo-lai'):deed>", methods=["GET", "POST"])
@requires("office.manage")
def many_counters(slug: str, deed: str) -> str | BaseResponse:
    """Close or open the counters that were ticked, once the list of them has been read; the others are named."""
    office, form = office_or_404(slug), ActionForm()
    chosen = _chosen(office)
    fit = [counter for counter in chosen if counter.is_open is (deed == "dong")]
    skipped = [counter for counter in chosen if counter not in fit]
    if not chosen:
        flash(_("Chưa đánh dấu quầy nào. Xin đánh dấu ở danh sách quầy rồi bấm lại."), "warning")
    elif not form.validate_on_submit():
        return render_template(
            "survey/manage/many_counters.html", office=office, form=form, deed=deed, fit=fit, skipped=skipped
        )
    else:
        _do(office, deed, fit)
    return redirect(url_for(".office", slug=slug))


def _chosen(office: Office) -> list[Counter]:
    """The counters of *office* whose numbers are sent along; numbers that it has not are passed over."""
    sent = request.form if request.method == "POST" else request.args
    numbers = {read_number(typed, digits=3) for typed in sent.getlist("so")}
    return [counter for counter in list_counters(db.session, office) if counter.number in numbers]


def _do(office: Office, deed: str, fit: list[Counter]) -> None:
    (close_noted if deed == "dong" else reopen_noted)(fit)
    db.session.commit()
    names = ", ".join(str(counter.number) for counter in fit)
    if not fit:
        flash(_("Không có quầy nào cần đổi."), "warning")
    elif deed == "dong":
        undo = url_for(".many_counters", slug=office.slug, deed="mo-lai")
        told = _("Đã đóng các quầy %(numbers)s. Mở lại lúc nào cũng được.", numbers=names)
        flash_with_undo(told, undo, [("so", counter.number) for counter in fit])
    else:
        flash(_("Các quầy %(numbers)s nhận đánh giá trở lại.", numbers=names), "success")
