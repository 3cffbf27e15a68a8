"""The address of a counter that was typed by hand without its code."""

import re

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from survey.rating.views.rate import blueprint

LENGTH = 10
"""The letters and digits under a QR code."""
TYPED = "ma"
"""The field of the form on the error page."""


@blueprint.get("/q/")
@blueprint.get("/Q/")
def rate_typed() -> Response:
    """Lead to the counter whose code is typed in the form of the error page, which is shown without one."""
    code = re.sub(r"[^0-9A-Za-z]", "", request.args.get(TYPED, "")).upper()
    if len(code) != LENGTH:
        abort(404)
    return redirect(url_for(".rate", code=code))
