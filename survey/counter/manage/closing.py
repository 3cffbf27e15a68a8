"""Close and reopen counters, one or several of an office; the message after it offers to undo."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from account.views.current import actor
from commune.models import Office
from core.clock import now
from core.values.numbers import read_number
from core.web.access import requires
from core.web.extensions import db
from core.web.forms import ActionForm
from core.web.undo import flash_with_undo
from survey.counter.manage.office import blueprint, counter_or_404, office_or_404
from survey.counter.models import Counter
from survey.counter.operations.counters import close_counters, reopen_counters
from survey.counter.queries.counters import list_counters


@blueprint.route("/<slug>/quay/<int:number>/dong", methods=["GET", "POST"])
@requires("office.manage")
def close_counter(slug: str, number: int) -> str | BaseResponse:
    """Close a counter, after a page that explains the effect."""
    counter, form = counter_or_404(slug, number), ActionForm()
    if not form.validate_on_submit():
        return render_template("survey/counter/manage/close.html", office=counter.office, counter=counter, form=form)
    close_counters(db.session, actor(), [counter], now=now())
    db.session.commit()
    message = _("Đã đóng Quầy %(number)s. Mở lại lúc nào cũng được.", number=number)
    flash_with_undo(message, url_for(".reopen_counter", slug=slug, number=number))
    return redirect(url_for(".counters", slug=slug))


@blueprint.post("/<slug>/quay/<int:number>/mo-lai")
@requires("office.manage")
def reopen_counter(slug: str, number: int) -> BaseResponse:
    """Undo the closing of a counter."""
    counter = counter_or_404(slug, number)
    if ActionForm().validate_on_submit():
        reopen_counters(db.session, actor(), [counter], now=now())
        db.session.commit()
        flash(_("Quầy %(number)s nhận đánh giá trở lại.", number=number), "success")
    return redirect(url_for(".counters", slug=slug))


@blueprint.route("/<slug>/nhieu-quay/<any('dong','mo-lai'):deed>", methods=["GET", "POST"])
@requires("office.manage")
def many_counters(slug: str, deed: str) -> str | BaseResponse:
    """Close or open the ticked counters, after a page that lists them and those that are skipped."""
    office, form = office_or_404(slug), ActionForm()
    chosen = _chosen(office)
    fit = [counter for counter in chosen if counter.is_open is (deed == "dong")]
    skipped = [counter for counter in chosen if counter not in fit]
    if not chosen:
        flash(_("Chưa đánh dấu quầy nào. Xin đánh dấu ở danh sách quầy rồi bấm lại."), "warning")
    elif not form.validate_on_submit():
        return render_template(
            "survey/counter/manage/many_counters.html", office=office, form=form, deed=deed, fit=fit, skipped=skipped
        )
    else:
        _do(office, deed, fit)
    return redirect(url_for(".counters", slug=slug))


def _chosen(office: Office) -> list[Counter]:
    """Return the counters of *office* whose numbers were sent; unknown numbers are ignored."""
    sent = request.form if request.method == "POST" else request.args
    numbers = {read_number(typed, digits=3) for typed in sent.getlist("so")}
    return [counter for counter in list_counters(db.session, office) if counter.number in numbers]


def _do(office: Office, deed: str, fit: list[Counter]) -> None:
    do = close_counters if deed == "dong" else reopen_counters
    do(db.session, actor(), fit, now=now())
    db.session.commit()
    names = ", ".join(str(counter.number) for counter in fit)
    if not fit:
        flash(_("Không có quầy nào cần đổi."), "warning")
    elif deed == "dong":
        undo = url_for(".many_counters", slug=office.slug, deed="mo-lai")
        message = _("Đã đóng các quầy %(numbers)s. Mở lại lúc nào cũng được.", numbers=names)
        flash_with_undo(message, undo, [("so", counter.number) for counter in fit])
    else:
        flash(_("Các quầy %(numbers)s nhận đánh giá trở lại.", numbers=names), "success")
