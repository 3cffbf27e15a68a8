"""The blueprint of the pages of accounts, and the pages that the sign-in and one's own account share."""

from flask import Blueprint, render_template
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from account.forms.second_factor import CodeForm
from account.models import Account
from account.operations.second_factor import provisioning_uri
from account.queries.account import has_factor
from core import clock, qr
from core.throttle import Shut
from core.values.week import local_date
from core.web.extensions import db, settings

blueprint = Blueprint("account", __name__, url_prefix="/quan-tri")
Page = tuple[str, int] | tuple[str, int, dict[str, str]] | Response


@blueprint.after_request
def keep_nothing(response: Response) -> Response:
    """Forbid browsers to store a copy."""
    response.headers["Cache-Control"] = "no-store"
    return response


def wait(page: tuple[str, int], shut: Shut) -> Page:
    """Return *page* with a Retry-After header."""
    return *page, {"Retry-After": str(shut.seconds)}


def set_up_page(form: CodeForm, account: Account, secret: str, *, back: str = "") -> tuple[str, int]:
    """Return the page with the secret as a QR code and as letters, and a field for the first code.

    With a way *back* it is a page of the signed-in account, which may replace its telephone.
    """
    if form.is_submitted() and not form.errors:
        form.code.errors = [_("Mã chưa đúng. Xin xem lại giờ của điện thoại, rồi nhập mã đang hiện.")]
    uri = provisioning_uri(secret, email=account.email, issuer=settings().brand)
    picture = Markup(qr.svg(uri, title=_("Mã QR để thêm tài khoản vào ứng dụng xác thực")))  # noqa: S704 - drawn by us
    shown = {"form": form, "picture": picture, "uri": uri, "secret": secret, "back": back}
    if back:
        page = render_template("account/renew_factor.html", has_factor=has_factor(db.session, account), **shown)
    else:
        page = render_template("account/set_up.html", **shown)
    return page, 422 if form.is_submitted() else 200


def codes_page(codes: list[str], account: Account, target: str) -> tuple[str, int]:
    """Return the page with the recovery codes, shown once, with the account, the system and the day."""
    words = {"account": account, "host": settings().public_host, "today": local_date(clock.now())}
    return render_template("account/recovery_codes.html", codes=codes, target=target, **words), 200
