"""The content of a form that was not stored, for the error page: what was typed, and one tap that sends it again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import g, request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, PasswordField

from core.web.language import here

PASSWORDS = frozenset({"password", "again", "present"})
"""Fields that are never given back."""
_TOKENS = frozenset({"csrf_token", "form_token", "key", "start", "rehearsal", "device", "ticket"})
"""Hidden fields that mean nothing to a reader, for a request that ended before its form was read."""
_TELLING = 3
"""The fewest characters of a value that is shown without its label."""


@dataclass(frozen=True)
class UnsavedForm:
    """A form without effect: the address it was sent to, its values, and those that a person typed, with labels."""

    action: str
    pairs: list[tuple[str, str]]
    typed: list[tuple[str, str]]
    asks_again: bool
    """Whether it held a password or a file, which must be given again."""


def remember_form(form: FlaskForm) -> None:
    """Remember the form that the present request sends, whose labels the error page needs."""
    g.sent_form = form


def find_unsaved() -> UnsavedForm | None:
    """Return the form that the present request sends; None for a request that sends none."""
    if request.method != "POST":
        return None
    sent = list(request.form.items(multi=True))
    pairs = [pair for pair in sent if pair[0] not in PASSWORDS]
    form = g.get("sent_form")
    typed = _labelled(form, pairs) if form is not None else _bare(pairs)
    action = here()
    written = [pair for pair in typed if pair[1].strip()]
    return UnsavedForm(action, pairs, written, len(pairs) < len(sent) or bool(request.files))


def _bare(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the values without labels: the request ended before its form was read. The number of a chosen option says
    nothing by itself.
    """
    return [("", value) for name, value in pairs if name not in _TOKENS and len(value) >= _TELLING]


def _labelled(form: FlaskForm, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the label and the words of each value that belongs to a visible field of *form*."""
    fields = {field.name: field for field in _leaves(form)}
    found = [(fields.get(name), value) for name, value in pairs]
    return [(str(field.label.text), _words(field, value)) for field, value in found if field is not None]


def _leaves(fields: Any) -> Iterator[Field]:
    for field in fields:
        if hasattr(field, "form") or hasattr(field, "entries"):
            yield from _leaves(getattr(field, "form", None) or field.entries)
        elif not isinstance(field, HiddenField | PasswordField):
            yield field


def _words(field: Field, value: str) -> str:
    """Return the label of a chosen option, "có" for a ticked box, else the text as typed."""
    if isinstance(field, BooleanField):
        return str(_("có"))
    if not hasattr(field, "iter_choices"):
        return value
    labels = {str(choice.value): str(choice.label) for choice in field.iter_choices()}
    return labels.get(value, value)
