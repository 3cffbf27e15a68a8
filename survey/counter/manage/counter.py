"""Add a counter and correct its name."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from account.views.current import actor
from core.clock import now
from core.content import ENGLISH, texts_of_one
from core.web.access import requires
from core.web.extensions import db
from survey.counter.forms import CounterForm, CounterNameForm
from survey.counter.manage.office import blueprint, counter_or_404, office_or_404
from survey.counter.operations.counters import create_counter, rename_counter

Page = Response | tuple[str, int]


@blueprint.route("/<slug>/quay/them", methods=["GET", "POST"])
@requires("office.manage")
def new_counter(slug: str) -> tuple[str, int] | Response:
    """Add a counter with its first printed address."""
    office, form = office_or_404(slug), CounterForm()
    if form.validate_on_submit():
        try:
            number, name = form.number.data or 0, form.name.data
            create_counter(db.session, actor(), office, number=number, name=name, english=form.english, now=now())
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            form.number.errors = [_("Số quầy này đã có.")]
        else:
            flash(_("Đã thêm quầy. Hãy in tờ treo A4 và treo tại quầy."), "success")
            return redirect(url_for(".counters", slug=slug))
    page = render_template("survey/counter/manage/counter_form.html", form=form, office=office)
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/<slug>/quay/<int:number>/sua", methods=["GET", "POST"])
@requires("office.manage")
def edit_counter(slug: str, number: int) -> Page:
    """Correct the name of a counter; its number and its code stay."""
    counter = counter_or_404(slug, number)
    form = CounterNameForm(obj=counter, name_en=texts_of_one(db.session, counter, ENGLISH).get("name"))
    if form.validate_on_submit():
        rename_counter(db.session, actor(), counter, form.name.data, english=form.english, now=now())
        db.session.commit()
        flash(_("Đã lưu. Tờ treo đã in vẫn mang tên cũ; muốn đổi thì in lại, mã QR giữ nguyên."), "success")
        return redirect(url_for(".counters", slug=slug))
    page = render_template("survey/counter/manage/counter_edit.html", form=form, counter=counter)
    return page, 422 if form.is_submitted() else 200
