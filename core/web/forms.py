"""Forms for citizens and staff. Citizens need no session: a signed token and an idempotency key come with the page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, ClassVar

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import CombinedMultiDict
from wtforms import DateField, Field, FormField, HiddenField, IntegerField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import TextArea, TextInput

from core.crypto import new_key
from core.idempotency import KEY
from core.translation import translate
from core.values.text import N_, clean
from core.web.form_tokens import SessionToken, SignedFormToken
from core.web.language import lang_attributes
from core.web.read_on import ReadOn
from core.web.unsaved import remember_form

THOUSANDS = re.compile(r"(?<=\d)[. ](?=\d{3}(?:\D|$))")


class Vietnamese:
    """Vietnamese translations of the few sentences of WTForms that users can see."""

    WORDS: ClassVar[dict[str, str]] = {
        "Not a valid choice.": N_("Xin chọn một mục trong danh sách."),
        "Not a valid choice": N_("Xin chọn một mục trong danh sách."),
        "Invalid Choice: could not coerce.": N_("Xin chọn một mục trong danh sách."),
        "Invalid choice(s): one or more data inputs could not be coerced.": N_("Xin chọn trong danh sách."),
        "'%(value)s' is not a valid choice for this field.": N_("Xin chọn trong danh sách."),
        "'%(value)s' are not valid choices for this field.": N_("Xin chọn trong danh sách."),
        "Not a valid date value.": N_("Xin nhập ngày, ví dụ 05/06/2023."),
        "Not a valid integer value.": N_("Xin nhập một số nguyên."),
        "This field is required.": N_("Xin điền mục này."),
    }

    def gettext(self, text: str) -> str:
        return self.WORDS.get(text, text)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)


class FormMeta:
    """Meta of every form: translations, and the part of a request that it reads."""

    def get_translations(self, _form: Any) -> Vietnamese:
        return Vietnamese()

    def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
        """Say the label and the choices in the present language; they are marked by `N_`."""
        field = super().bind_field(form, unbound_field, options)  # type: ignore[misc]
        field.label.text = translate(field.label.text)
        if isinstance(field, FormField):
            return field
        if isinstance(given := getattr(field, "choices", None), list):
            field.choices = [_said(choice) for choice in given]
        return field

    def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
        """Read only the submitted form: no JSON, and no file in place of a text.

        A form that takes files reads `request.files` in its own `wrap_formdata`.
        """
        if formdata is None or hasattr(formdata, "getlist"):
            return formdata
        return request.form if _is_sent(form) else None


def _said(choice: Any) -> Any:
    """Return a choice, a pair of value and label or WTForms' own, with its label in the present language."""
    if isinstance(choice, tuple):
        return (choice[0], translate(choice[1]), *choice[2:])
    return replace(choice, label=translate(choice.label)) if isinstance(choice, SelectChoice) else choice


def _is_sent(form: FlaskForm) -> bool:
    """Whether the present request sends *form*, which is then remembered for an error page."""
    if is_sent := bool(form.is_submitted()):
        remember_form(form)
    return is_sent


class StaffForm(ReadOn):
    """Base class of every staff form: Flask-WTF with Vietnamese messages.

    Fields are declared in the order of the page. A form that takes fields from several classes names those that its
    page shows first and last, so that its mistakes are listed as one meets them.
    """

    first_fields: ClassVar[tuple[str, ...]] = ()
    last_fields: ClassVar[tuple[str, ...]] = ()

    class Meta(FormMeta, FlaskForm.Meta):  # type: ignore[misc]
        csrf_class = SessionToken

    def __iter__(self) -> Iterator[Field]:
        """Yield the fields in the order of the page."""
        named = {*self.first_fields, *self.last_fields}
        between = [name for name in self._fields if name not in named]
        names = [*self.first_fields, *between, *self.last_fields]
        return iter([self._fields[name] for name in names if name in self._fields])


class KeyField(HiddenField):  # type: ignore[misc]
    """The idempotency key: made with the page, and left empty for a submission without one."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else ""


class SignedForm(ReadOn):
    """Base class of every form for citizens: its token needs no session and no cookie."""

    class Meta(FormMeta, FlaskForm.Meta):  # type: ignore[misc]
        csrf = True
        csrf_class = SignedFormToken
        csrf_field_name = "form_token"


class CitizenForm(SignedForm):
    """A citizen's form with an idempotency key that is made with its page."""

    key = KeyField(default=new_key)

    def validate_key(self, field: Any) -> None:
        """Check the form of the key: 128 bits in 22 characters."""
        if not KEY.fullmatch(field.data or ""):
            raise ValidationError(N_("Xin bấm gửi một lần nữa."))

    def renew(self) -> "CitizenForm":
        """Return the form with its answers and a valid key, replacing a malformed one, so that one tap sends it
        again.
        """
        if self.key.errors:
            self.key.data = new_key()
        return self

    @property
    def is_malformed(self) -> bool:
        """Whether the key is missing or malformed, which is not a person's mistake (400 rather than 422)."""
        return bool(self.key.errors)


class RehearsedForm(CitizenForm):
    """A citizen's form on a page that may be a rehearsal's; it carries which one it was, since that may change."""

    rehearsal = HiddenField()

    def show_as(self, is_rehearsal: bool) -> "RehearsedForm":
        """Store in the form whether its page is a rehearsal's."""
        self.rehearsal.data = "1" if is_rehearsal else ""
        return self

    def was_shown_as(self, is_rehearsal: bool) -> bool:
        """Whether the page was of the kind (rehearsal or not) that is valid now."""
        return (self.rehearsal.data == "1") is is_rehearsal


class FileForm(StaffForm):
    """Base class of every form that takes a file."""

    class Meta(StaffForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:  # noqa: ARG002
            """Read the submitted form together with its files."""
            return CombinedMultiDict((request.files, request.form)) if _is_sent(form) else None


class SheetForm(FileForm):
    """A form to upload a sheet."""

    sheet = FileField(N_("Tệp bảng tính"), validators=[FileRequired(N_("Xin chọn tệp bảng tính."))])


class ActionForm(StaffForm):
    """A staff button: a form with nothing but Flask-WTF's CSRF token."""


class TextField(StringField):  # type: ignore[misc]
    """A line of text, normalised on input: NFC, no invisible characters, single spaces."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = clean(valuelist[0])
            self.raw_data = valuelist if self.data else valuelist[:0]  # `InputRequired` then sees a blank as missing


class ReasonField(TextField):
    """A reason or a message of a sentence or two: kept as one line, typed in a box of several."""

    widget = TextArea()


class DayField(DateField):  # type: ignore[misc]
    """A day; what is no day is not shown again, since a browser's field for days takes nothing else."""

    def _value(self) -> str:
        return "" if self.data is None else str(super()._value())


class CountField(IntegerField):  # type: ignore[misc]
    """A whole number; fullwidth digits and thousands dots are accepted, and unreadable input is shown again as
    typed.
    """

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = clean(valuelist[0]) if valuelist else ""
        self.data = None
        if not typed:
            self.raw_data = valuelist[:0]  # `InputRequired` then sees a blank as missing
            return
        try:
            self.data = int(THOUSANDS.sub("", typed))
        except ValueError as error:
            raise ValueError(N_("Xin chỉ ghi một số nguyên, không kèm chữ, ví dụ 30.")) from error


class PickField(SelectField):  # type: ignore[misc]
    """An id chosen from a list; with several choices none is preselected."""

    def __init__(self, label: str, *, missing: str, **more: Any) -> None:
        super().__init__(label, coerce=_id, validators=[InputRequired(missing)], **more)

    def offer(self, pairs: Iterable[tuple[object, str]]) -> None:
        """Set the choices: the only one, or several after an entry that chooses none."""
        offered = list(pairs)
        self.choices = options(offered if len(offered) == 1 else [("", N_("Xin chọn")), *offered])


def _id(value: str | int) -> int | None:
    return int(value) if value else None


def options(pairs: Iterable[tuple[object, str]]) -> list[SelectChoice]:
    """Return (value, label) pairs as WTForms' choices."""
    said = ((str(value), translate(label)) for value, label in pairs)
    return [SelectChoice(value=value, label=label, render_kw=lang_attributes(label)) for value, label in said]
