"""Forms that come back are read on in another language (decision 0100)."""

from collections.abc import Callable
from typing import Any, ClassVar

from flask import Flask, g, request
from flask_wtf import FlaskForm
from markupsafe import Markup

from core.web.language import READING, is_read_on

SENT_ID = "sent-form"
"""The id of a form that came back, by which the button in the head of its page sends it."""


class ReadOn(FlaskForm):  # type: ignore[misc]
    """A form that comes back in another language as it was typed; nothing is done until it is sent again."""

    is_back = False
    """Whether the form comes back to its sender, to be mended or to be read in another language."""
    reads_on_in_head: ClassVar[bool] = True
    """Whether the head of the page has its button of languages; the paper has one below its questions."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; a form that is only read on is never valid."""
        is_valid = super().validate(extra_validators) and not is_read_on()
        self.is_back = not is_valid
        return bool(is_valid)


def _came_back(form: ReadOn | None) -> bool:
    return form is not None and request.method not in READING and bool(form.is_back or form.errors)


def sent_id(form: ReadOn, own: str = "") -> Markup:
    """Return the id of a form's element as an attribute: *own* if it has one, else that of the form that came back."""
    is_sent = _came_back(form) and g.setdefault("returned_form", form) is form
    named = own or (SENT_ID if is_sent else "")
    if is_sent:
        g.returned_id = named
    return Markup(' id="{}"').format(named) if named else Markup()


def returned_id(draw: Callable[[], str]) -> str:
    """Return the id of the form on this page that came back, "" without one.

    The head stands before the form, so that *draw* draws the page's content first to see whether the form is there.
    """
    form = g.get("sent_form")
    if not _came_back(form) or not form.reads_on_in_head:
        return ""
    draw()
    return str(g.get("returned_id", ""))


def init_app(app: Flask) -> None:
    """Give the templates of *app* the id of a form that came back."""
    app.jinja_env.filters["sent_id"] = sent_id
    app.jinja_env.globals["returned_id"] = returned_id
