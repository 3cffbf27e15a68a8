"""The public page that verifies the code of a certificate."""

from flask import render_template, request
from flask_babel import gettext as _

from core.values.codes import in_fours
from core.web.arrival import arrived_at
from core.web.code_guesses import refuse_code
from core.web.extensions import db, keyring
from quiz.awards.forms import CertificateForm
from quiz.awards.queries.certificate import find_certificate
from quiz.contest.views import blueprint

Page = tuple[str, int]


@blueprint.get("/xac-minh")
def verify() -> Page:
    """Ask for a code, or say what the code in the query certifies today."""
    form = CertificateForm(request.args)
    if "ma" not in request.args:
        return render_template("quiz/awards/verify.html", form=form, found=None), 200
    if not form.validate():
        return render_template("quiz/awards/verify.html", form=form, found=None), 422
    given = ((code, find_certificate(db.session, keyring(), code, arrived_at())) for code in form.readings)
    code, found = next((each for each in given if each[1]), ("", None))
    if found is None:
        why = _("Không có giấy chứng nhận nào mang mã này. Xin xem lại từng chữ, từng số.")
        status = refuse_code(form.ma, why)
        return render_template("quiz/awards/verify.html", form=form, found=None), status
    form.ma.data = ""
    return render_template("quiz/awards/verify.html", form=form, found=found, code=in_fours(code)), 200
