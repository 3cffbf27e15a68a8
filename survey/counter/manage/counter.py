"""Add a counter and correct its name."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from account.rules.actions import Action
from account.views.current import audit
from core.clock import now
from core.values.week import local_date
from core.web.access import requires
from core.web.extensions import db
from survey.counter.forms import CounterForm, CounterNameForm
from survey.counter.manage.office import blueprint, counter_or_404, office_or_404
from survey.counter.operations.audit_subjects import counter_subject
from survey.counter.operations.counters import create_counter

Page = Response | tuple[str, int]


@blueprint.route("/<slug>/quay/them", methods=["GET", "POST"])
@requires("office.manage")
def new_counter(slug: str) -> tuple[str, int] | Response:
    """Add a counter; its address is made with it and lasts."""
    office, form = office_or_404(slug), CounterForm()
    if form.validate_on_submit():
        try:
            counter = create_counter(
                db.session, office, number=form.number.data or 0, name=form.name.data, today=local_date(now())
            )
            audit(Action.COUNTER_CREATE, counter_subject(counter), after={"name": counter.name})
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            form.number.errors = [_("Số quầy này đã có.")]
        else:
            flash(_("Đã thêm quầy. Hãy in tờ treo A4 và treo tại quầy."), "success")
            return redirect(url_for(".office", slug=slug))
    page = render_template("survey/counter/manage/counter_form.html", form=form, office=office)
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/<slug>/quay/<int:number>/sua", methods=["GET", "POST"])
@requires("office.manage")
def edit_counter(slug: str, number: int) -> Page:
    """Correct what a counter is for; its number and its code stay."""
    counter = counter_or_404(slug, number)
    form = CounterNameForm(obj=counter)
    if form.validate_on_submit():
        was, now = {"name": counter.name}, {"name": form.name.data}
        counter.name = form.name.data
        if was != now:
            audit(Action.COUNTER_EDIT, counter_subject(counter), before=was, after=now)
        db.session.commit()
        flash(_("Đã lưu. Tờ treo đã in vẫn mang tên cũ; muốn đổi thì in lại, mã QR giữ nguyên."), "success")
        return redirect(url_for(".office", slug=slug))
    page = render_template("survey/counter/manage/counter_edit.html", form=form, counter=counter)
    return page, 422 if form.is_submitted() else 200
