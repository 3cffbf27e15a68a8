"""The page of the first run, available only while there is no account and a code is valid."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.forms.first_run import FirstRunForm, units_rated
from account.operations import first_run
from account.views.pages import blueprint
from commune.models import Unit
from commune.queries.search import search_units
from core import clock
from core.settings import FILE, write
from core.values.week import local_date
from core.web.extensions import db, settings

OFFERED = 8


@blueprint.route("/cai-dat", methods=["GET", "POST"])
def first_run_page() -> tuple[str, int] | Response:
    """Ask for everything that an installation needs before its first office."""
    folder, now = settings().instance_path, clock.now()
    if first_run.has_accounts(db.session):
        flash(_("Hệ thống đã được cài đặt. Xin đăng nhập."), "success")
        return redirect(url_for("account.sign_in"))
    if request.method != "POST" and not first_run.is_code_waiting(folder, now=now):
        return render_template("account/first_run.html", form=None), 200
    form = FirstRunForm(data={"brand": settings().brand, "public_url": settings().public_url})
    unit = _checked(form) if form.is_submitted() else None
    if unit is not None:
        if first_run.use_code(folder, form.code.data, now=now):
            return _set_up(form, unit)
        form.code.errors = [_wrong_code()]
    return render_template("account/first_run.html", form=form), 422 if form.is_submitted() else 200


def _checked(form: FirstRunForm) -> Unit | None:
    """Return the unit once all is valid; all mistakes are reported at once, that of the code included."""
    unit = _unit_of(form)
    form.over = units_rated(unit)
    form.about = [text for text in (form.email.data, form.name.data, unit.name if unit else "") if text]
    is_whole = form.validate()
    if unit is None and form.place.data:
        form.place.errors = [_ask(form)]
    is_code = first_run.is_code_right(settings().instance_path, form.code.data or "", now=clock.now())
    if form.code.data and not is_code:
        form.code.errors = [_wrong_code()]
    return unit if is_whole and is_code else None


def _wrong_code() -> str:
    return str(_("Mã cài đặt chưa đúng hoặc đã hết hạn. Chạy lại make setup để có mã mới."))


def _unit_of(form: FirstRunForm) -> Unit | None:
    """Return the chosen unit, or the only match of the name; with several matches the page asks."""
    found = search_units(db.session, form.place.data or "", limit=OFFERED, on=local_date(clock.now()))
    form.offer(found)
    picked = [each.unit for each in found if each.unit.id == form.unit.data]
    if picked:
        return picked[0]
    if len(found) != 1:
        return None
    form.unit.data = found[0].unit.id  # the only place of that name needs no tick
    return found[0].unit


def _ask(form: FirstRunForm) -> str:
    if form.unit.choices:
        return str(_("Có nhiều nơi mang tên này. Xin chọn một nơi bên dưới."))
    return str(_("Không thấy nơi nào tên như vậy. Xin thử tên tỉnh hoặc tên xã, không cần gõ dấu."))


def _set_up(form: FirstRunForm, unit: Unit) -> Response:
    first_run.create_first_account(
        db.session, email=form.email.data, name=form.name.data, password=form.password.data, unit=unit, now=clock.now()
    )
    write(settings().instance_path / FILE, form.settings)
    db.session.commit()
    flash(_("Đã cài đặt xong. Xin đăng nhập."), "success")
    return redirect(url_for("account.sign_in"))
