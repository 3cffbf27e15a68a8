"""A staff form that arrived after its session had ended: it changes nothing, and the browser gets it back.

The sign-in page answers with the form's own values, so that the browser can keep them (`static/js/keep.js`) or, without
scripts, send them again after the sign-in. The server keeps nothing.
"""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from flask import current_app, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from account.views.pages import blueprint
from account.views.session import LAST_OWNER, TOKEN, may_be_signed_in, present_owner
from core.web.guard import host_of
from core.web.language import here

SECRETS = frozenset({"password", "again", "present", "code"})
"""Fields that are never given back: passwords and codes."""
NOT_STORED = frozenset({"phone", "details"})
"""Fields that the page gives back and the browser does not store: telephone numbers of citizens."""
SALT = "wtf-csrf-token"
"""Flask-WTF's salt for the tokens of forms."""
OWNER = "kept_for"
"""The field with the owner of a form that is sent again."""
LARGEST = 64 * 1024
"""The largest form that is given back, in bytes: more than a person types."""


@dataclass(frozen=True)
class LateForm:
    """A form without effect as the sign-in page shows it: the address it was sent to, its owner, its values."""

    action: str
    owner: str
    pairs: list[tuple[str, str]]


def late_form() -> LateForm | None:
    """Return the form that this request sends without a session; None for any other request.

    `pairs` is empty if there is nothing to give back: a button, a form too large or not sent by a page of ours, a
    browser in which no account was signed in.
    """
    if request.method != "POST":
        return None
    owner, length = session.get(LAST_OWNER, ""), request.content_length
    is_given_back = owner and is_from_our_page() and length is not None and length <= LARGEST
    sent = request.form.items(multi=True) if is_given_back else ()
    return LateForm(address(), owner, [pair for pair in sent if pair[0] not in {TOKEN, OWNER, *SECRETS}])


def is_from_our_page() -> bool:
    """Whether the browser says that a page of ours sent this; without such a header the answer is no."""
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site") == "same-origin"
    return host_of(origin) == request.host


def address() -> str:
    """Return the path of this request, with its query and its language."""
    return here()


def page_to_return_to() -> str | None:
    """Return the address to open after signing in: the requested page, or the one whose form was sent."""
    if is_page(request.path):
        return address()
    sender = urlsplit(request.referrer or "")
    path = f"{sender.path}?{sender.query}" if sender.query else sender.path
    return path if sender.netloc == request.host else None


def is_page(path: str) -> bool:
    """Whether *path* is an address of ours that can be opened."""
    return bool(current_app.url_map.bind(request.host).test(unquote(path), method="GET"))


@blueprint.before_app_request
def refuse_form_of_another_account() -> Response | None:
    """Refuse to show a form to another account than the one whose page it was typed into, or was given back to."""
    if request.method != "POST" or not may_be_signed_in() or present_owner() is None:
        return None
    owner = request.form.get(OWNER) or owner_of_token(request.form.get(TOKEN, ""))
    if owner in (None, present_owner()):
        return None
    flash(_("Nội dung đó do tài khoản khác nhập nên không hiện lại ở đây."), "warning")
    return redirect(url_for("report_manage.home"))


def owner_of_token(token: str) -> str | None:
    """Return the owner of the page that *token* was made for; None for a page without an owner or another's token."""
    try:
        value = URLSafeTimedSerializer(current_app.secret_key or "", salt=SALT).loads(token)
    except BadData:
        return None
    return str(value).partition(" ")[2] or None
