"""Uploads: raise the limit of a request body for the views and accounts that may send a file."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from flask import Flask, current_app, request
from flask_login import current_user

from core.web.access import may
from core.web.extensions import login

P = ParamSpec("P")
R = TypeVar("R")
LARGEST = 16 * 1024 * 1024
"""Bytes: some 150.000 rows of a workbook. Larger sheets are imported at the terminal."""


def takes(largest: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a view as one that takes a file of at most *largest* bytes; placed below `requires`, whose permission it
    needs.
    """

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        view.largest_body = largest  # type: ignore[attr-defined]
        return view

    return mark


def takes_sheet(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view as one that takes a sheet."""
    return takes(LARGEST)(view)


def _widen() -> Any:
    """Raise the limit for an account that may send a file; redirect an expired session to the sign-in."""
    view: Any = current_app.view_functions.get(request.endpoint or "")
    largest = getattr(view, "largest_body", None)
    if request.method != "POST" or not largest:
        return None
    if may(view.permission):
        request.max_content_length = largest
    elif not current_user.is_authenticated and (request.content_length or 0) > (request.max_content_length or 0):
        return login.unauthorized()
    return None


def init_app(app: Flask) -> None:
    """Register the limit, before the body is read."""
    app.before_request(_widen)
