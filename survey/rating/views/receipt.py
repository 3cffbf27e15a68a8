"""Look up a rating by its receipt, and erase its comment."""

from flask import render_template, request
from flask_babel import gettext as _

from core.crypto import read_codes
from core.web.code_guesses import refuse_code
from core.web.extensions import db, keyring
from survey.rating.forms import RatingReceiptForm
from survey.rating.operations.comments import erase_comment
from survey.rating.queries.rating import find_rating_by_receipt
from survey.rating.views.rate import blueprint
from survey.rating.views.thanks import Page

TEMPLATE = "survey/rating/receipt.html"


@blueprint.route("/danh-gia/tra-cuu", methods=["GET", "POST"])
def receipt() -> Page:
    """Show whether a rating was recorded, and its comment, which its author may erase; found by the receipt alone."""
    form = RatingReceiptForm()
    if request.method != "POST" or not form.validate():
        return render_template(TEMPLATE, form=form.renew()), 422 if request.method == "POST" else 200
    found = (find_rating_by_receipt(db.session, keyring(), code) for code in read_codes(form.code.data or ""))
    rating = next(filter(None, found), None)
    if rating is None:
        status = refuse_code(
            form.code,
            _(
                "Không có lượt đánh giá nào mang mã này. Xin xem lại từng chữ, từng số; "
                "mã của cuộc thi thì tra ở trang kết quả thi."
            ),
        )
        return render_template(TEMPLATE, form=form), status
    if is_erased := form.act.data == "erase":
        erase_comment(db.session, rating)
        db.session.commit()
    return render_template(TEMPLATE, form=form, rating=rating, is_erased=is_erased), 200
