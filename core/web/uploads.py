"""Which views take a whole file in, and from whom: the limit of a body is raised for those who may use it alone."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from flask import Flask, current_app, request
from flask_login import current_user

from core.web.access import may
from core.web.extensions import login

P = ParamSpec("P")
R = TypeVar("R")
LARGEST = 16 * 1024 * 1024
"""Bytes: some 150.000 rows of a workbook. What is larger is brought in at the terminal."""


def takes(largest: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a view as one that takes a file; stands below `requires`: who has that permission is read so many bytes."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        view.largest_body = largest  # type: ignore[attr-defined]
        return view

    return mark


def takes_sheet(view: Callable[P, R]) -> Callable[P, R]:
    """The same of a sheet."""
    return takes(LARGEST)(view)


def _widen() -> Any:
    """Read whoever may send a file at length; whose session is over is asked to sign in, not told of a limit."""
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
    """Stand before whoever reads the body."""
    app.before_request(_widen)
