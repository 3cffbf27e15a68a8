"""The pages of a link: its secret is exchanged for a cookie at once, and used up only when a password is set."""

from flask import redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from account.forms.password import FirstPasswordForm, NewPasswordForm
from account.labels import ROLE
from account.models import Link
from account.operations.account import about, rename_account
from account.operations.links import LinkGone, use_link
from account.queries.sessions import find_link
from account.views.pages import Page, blueprint
from account.views.pending_login import step_on
from core import clock
from core.crypto import digest
from core.web.code_guesses import count_wrong_code
from core.web.extensions import db

KEY = "link"


@blueprint.get("/vao/<secret>")
def come(secret: str) -> Response:
    """Take the secret out of the address bar, where it could be read over a shoulder."""
    session[KEY] = digest(secret).hex()
    return redirect(url_for("account.arrive"))


@blueprint.route("/vao", methods=["GET", "POST"])
def arrive() -> Page:
    """Confirm an invited person's name and set a password; then go on to the second factor."""
    link = find_link(db.session, bytes.fromhex(session.get(KEY, "")), clock.now())
    if link is None:
        return _refused(is_guess=KEY in session)
    account = link.account
    form = FirstPasswordForm(name=account.name) if account.is_invited else NewPasswordForm()
    form.about = about(account)
    if not form.validate_on_submit():
        words = {"account": account, "is_for_role": link.is_for_role, "role_label": ROLE}
        page = render_template("account/link.html", form=form, **words)
        return page, 422 if form.is_submitted() else 200
    return _set_password(link, form)


def _refused(*, is_guess: bool) -> Page:
    """Say that there is no such link any more; a network that has opened too many is asked to wait."""
    seconds = count_wrong_code() if is_guess else 0
    return render_template("account/link_gone.html", wait=seconds), 429 if seconds else 410


def _set_password(link: Link, form: NewPasswordForm) -> Page:
    account, is_first = link.account, link.account.is_invited
    try:
        use_link(db.session, link, form.password.data, clock.now())
    except LinkGone:
        db.session.rollback()
        return _refused(is_guess=False)
    if is_first:
        rename_account(account, form["name"].data)
    session.pop(KEY)
    reply = step_on(account, None)
    db.session.commit()
    return reply
