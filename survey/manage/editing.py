"""Correcting what an office and its counters are called, and who runs the survey; no rating is touched."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import audit
from core.web.access import requires
from core.web.extensions import db
from survey import operations
from survey.forms import CounterNameForm, OfficeWordsForm
from survey.manage.blueprint import blueprint
from survey.manage.office import counter_or_404, office_or_404, units_over
from survey.rules.actions import Action

Page = Response | tuple[str, int]


@blueprint.route("/<slug>/sua", methods=["GET", "POST"])
@requires("office.manage")
def edit_office(slug: str) -> Page:
    """Correct an office; posters that hang already bear the old words."""
    office = office_or_404(slug)
    form = OfficeWordsForm(obj=office)
    form.over = units_over(office.unit)
    if form.validate_on_submit():
        was = {name: getattr(office, name) or None for name in form.words}
        operations.rename_office(office, **form.words)
        before = {name: value for name, value in was.items() if (form.words[name] or None) != value}
        if before:
            after = {name: form.words[name] or None for name in before}
            audit(Action.OFFICE_EDIT, operations.office_subject(office), before=before, after=after)
        db.session.commit()
        flash(_("Đã lưu. Tờ treo đã in vẫn mang tên cũ; muốn đổi thì in lại, mã QR giữ nguyên."), "success")
        return redirect(url_for(".office", slug=slug))
    page = render_template("survey/manage/office_edit.html", form=form, office=office)
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
            audit(Action.COUNTER_EDIT, operations.counter_subject(counter), before=was, after=now)
        db.session.commit()
        flash(_("Đã lưu. Tờ treo đã in vẫn mang tên cũ; muốn đổi thì in lại, mã QR giữ nguyên."), "success")
        return redirect(url_for(".office", slug=slug))
    page = render_template("survey/manage/counter_edit.html", form=form, counter=counter)
    return page, 422 if form.is_submitted() else 200
