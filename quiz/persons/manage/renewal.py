"""The organiser's page that gives a participant a new personal code, shown once."""

from flask import render_template
from flask_babel import gettext as _

from account.views.current import actor
from core import clock
from core.crypto import new_code
from core.web.access import requires
from core.web.extensions import db, keyring
from quiz.contest.manage import blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.persons.forms.renewal import RenewalForm
from quiz.persons.operations.renewal import NoSuchParticipant, renew_code


@blueprint.route("/<slug>/ma-ca-nhan", methods=["GET", "POST"])
@requires("contest.manage")
def renew(slug: str) -> tuple[str, int]:
    """Ask for the participant's name, phone and birth year, and show the new code to be read out."""
    contest, form = contest_or_404(slug), RenewalForm()
    if not form.validate_on_submit():
        return _page(contest, form, 422 if form.is_submitted() else 200)
    code = new_code()
    try:
        renew_code(
            db.session, keyring(), actor(), contest, form.identity, code=code, reason=form.reason.data, now=clock.now()
        )
    except NoSuchParticipant:
        db.session.rollback()
        form.form_errors.append(_("Không có người dự thi nào đăng ký với đúng họ tên, số điện thoại và năm sinh này."))
        return _page(contest, form, 404)
    db.session.commit()
    return _page(contest, form, 200, code)


def _page(contest: Contest, form: RenewalForm, status: int, code: str = "") -> tuple[str, int]:
    return render_template("quiz/persons/manage/renewal.html", contest=contest, form=form, code=code), status
