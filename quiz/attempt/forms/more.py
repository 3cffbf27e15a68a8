"""The further fields of a registration, as the contest declares them."""

from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, Length, Optional

from core.web.forms import TextField, options
from quiz.attempt.forms.registration import RegistrationForm
from quiz.contest.rules.fields import LONGEST_ANSWER, RegistrationField

MOST_RADIOS = 6
"""More choices are a list."""


def registration_form(fields: Collection[RegistrationField]) -> RegistrationForm:
    """Return the form of a registration with the *fields* of its contest."""
    if not fields:
        return RegistrationForm()
    form: RegistrationForm = type("RegistrationForm", (RegistrationForm,), further(fields))()
    form.asked_more = tuple(each.name for each in fields)
    return form


def further(fields: Collection[RegistrationField]) -> dict[str, Any]:
    """Return the form fields of further *fields* by name: `more1`, `more2`, …"""
    return {f"more{at}": _field(each) for at, each in enumerate(fields, start=1)}


def _field(field: RegistrationField) -> Any:
    missing = _("Xin trả lời mục “%(name)s”.", name=field.name)
    needed = [InputRequired(missing)] if field.is_required else [Optional()]
    if not field.choices:
        most = Length(max=LONGEST_ANSWER, message=_("Xin ghi ngắn hơn, nhiều nhất %(n)s chữ.", n=LONGEST_ANSWER))
        return TextField(field.name, validators=[*needed, most])
    choices = options((each, each) for each in field.choices)
    if len(choices) > MOST_RADIOS:
        return SelectField(field.name, choices=[*options([("", _("Xin chọn"))]), *choices], validators=needed)
    return RadioField(field.name, choices=choices, validators=needed)
