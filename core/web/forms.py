"""Forms for citizens: no session and no cookie, a signed token instead, and an idempotency key made with the page."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, ClassVar

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import CombinedMultiDict
from wtforms import HiddenField, IntegerField, SelectField, StringField, ValidationError
from wtforms.csrf.core import CSRF
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import TextInput

from core.crypto import new_key
from core.idempotency import KEY
from core.values.text import clean
from core.web.extensions import keyring

THOUSANDS = re.compile(r"(?<=\d)[. ](?=\d{3}(?:\D|$))")
TOKEN_DAYS = 30
"""A page may wait in a phone without signal, or overnight in a tab; a month is generous and still ends."""

STALE = "Trang đã mở quá lâu. Xin bấm gửi một lần nữa."


class SignedFormToken(CSRF):  # type: ignore[misc]
    """WTForms' own CSRF hook, without a session: the page proves that it came from us, for this form."""

    def setup_form(self, form: "CitizenForm") -> Any:
        self.purpose = type(form).__name__
        return super().setup_form(form)

    def generate_csrf_token(self, _token_field: Any) -> str:
        return _signed(self.purpose)

    def validate_csrf_token(self, _form: Any, field: Any) -> None:
        try:
            purpose = _serializer().loads(field.data or "", max_age=TOKEN_DAYS * 86400)
        except BadData as error:
            raise ValidationError(STALE) from error
        if purpose != self.purpose:
            raise ValidationError(STALE)


class Vietnamese:
    """WTForms' own few sentences that may reach a person, in Vietnamese."""

    WORDS: ClassVar[dict[str, str]] = {
        "Not a valid choice.": "Xin chọn một mục trong danh sách.",
        "Not a valid choice": "Xin chọn một mục trong danh sách.",
        "Invalid Choice: could not coerce.": "Xin chọn một mục trong danh sách.",
        "Invalid choice(s): one or more data inputs could not be coerced.": "Xin chọn trong danh sách.",
        "'%(value)s' is not a valid choice for this field.": "Xin chọn trong danh sách.",
        "'%(value)s' are not valid choices for this field.": "Xin chọn trong danh sách.",
        "Not a valid date value.": "Xin nhập ngày, ví dụ 05/06/2023.",
        "Not a valid integer value.": "Xin nhập một số nguyên.",
        "This field is required.": "Xin điền mục này.",
    }

    def gettext(self, text: str) -> str:
        return self.WORDS.get(text, text)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)


class FormMeta:
    """What every form of ours shares: those sentences, and what it reads."""

    def get_translations(self, _form: Any) -> Vietnamese:
        return Vietnamese()

    def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
        """The form that was sent and nothing else: no JSON, and no file where a text belongs.

        A form that takes files reads `request.files` in a `wrap_formdata` of its own.
        """
        if formdata is None or hasattr(formdata, "getlist"):
            return formdata
        return request.form if form.is_submitted() else None


class SessionToken(FlaskForm.Meta.csrf_class):  # type: ignore[misc]
    """Flask-WTF's own CSRF token; why it is refused is said in Vietnamese (its words pass by the translations)."""

    def validate_csrf_token(self, form: Any, field: Any) -> None:
        try:
            super().validate_csrf_token(form, field)
        except ValidationError as error:
            raise ValidationError(STALE) from error


class StaffForm(FlaskForm):  # type: ignore[misc]
    """Parent of every form at the staff's door: Flask-WTF as usual, in Vietnamese."""

    class Meta(FormMeta, FlaskForm.Meta):  # type: ignore[misc]
        csrf_class = SessionToken


class KeyField(HiddenField):  # type: ignore[misc]
    """The idempotency key: made with the page, and never made up for an answer that comes without one."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else ""


class CitizenForm(FlaskForm):  # type: ignore[misc]
    """Parent of every form at a citizen's door."""

    class Meta(FormMeta, FlaskForm.Meta):  # type: ignore[misc]
        csrf = True
        csrf_class = SignedFormToken
        csrf_field_name = "form_token"

    key = KeyField(default=new_key)

    def validate_key(self, field: Any) -> None:
        """The key must look like one of ours: 128 bits in 22 letters."""
        if not KEY.fullmatch(field.data or ""):
            raise ValidationError("Xin bấm gửi một lần nữa.")

    def renew(self) -> "CitizenForm":
        """The same answers, with a fresh key where the one sent was none (the token always is fresh): one tap."""
        if self.key.errors:
            self.key.data = new_key()
        return self

    @property
    def is_malformed(self) -> bool:
        """Whether the key itself is missing or broken: not a person's mistake (400 rather than 422)."""
        return bool(self.key.errors)


class RehearsedForm(CitizenForm):
    """A citizen's form whose page may be a rehearsal's: it carries which it was, for that may change meanwhile."""

    rehearsal = HiddenField()

    def show_as(self, is_rehearsal: bool) -> "RehearsedForm":
        """The page is a rehearsal's or is not, whatever it was before."""
        self.rehearsal.data = "1" if is_rehearsal else ""
        return self

    def was_shown_as(self, is_rehearsal: bool) -> bool:
        """Whether the sender saw what holds now."""
        return (self.rehearsal.data == "1") is is_rehearsal


class FileForm(StaffForm):
    """Parent of every form that takes a file."""

    class Meta(StaffForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:  # noqa: ARG002
            """The form that was sent with its file."""
            return CombinedMultiDict((request.files, request.form)) if form.is_submitted() else None


class SheetForm(FileForm):
    """A sheet to be uploaded."""

    sheet = FileField("Bảng tính", validators=[FileRequired("Xin chọn tệp bảng tính.")])


class ActionForm(StaffForm):
    """A staff button that changes something: nothing but Flask-WTF's own CSRF token."""


class TextField(StringField):  # type: ignore[misc]
    """A line of text, normalised on the way in: NFC, no invisible characters, single spaces."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = clean(valuelist[0])
            self.raw_data = valuelist if self.data else valuelist[:0]  # a blank is nothing, to `InputRequired` too


class CountField(IntegerField):  # type: ignore[misc]
    """A whole number, fullwidth digits and thousands dots forgiven; what can't be read is shown again as typed."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = clean(valuelist[0]) if valuelist else ""
        self.data = None
        if not typed:
            self.raw_data = valuelist[:0]  # a blank is nothing, to `InputRequired` too
            return
        try:
            self.data = int(THOUSANDS.sub("", typed))
        except ValueError as error:
            raise ValueError("Xin nhập một số nguyên, ví dụ 480.") from error


class PickField(SelectField):  # type: ignore[misc]
    """One id of a list; of several none is preselected, so that skipping the field picks none."""

    def __init__(self, label: str, *, missing: str, **more: Any) -> None:
        super().__init__(label, coerce=_id, validators=[InputRequired(missing)], **more)

    def offer(self, pairs: Iterable[tuple[object, str]]) -> None:
        """What may be picked: the only one, or several under a line that picks nothing."""
        offered = list(pairs)
        self.choices = options(offered if len(offered) == 1 else [("", "Xin chọn"), *offered])


def _id(value: str | int) -> int | None:
    return int(value) if value else None


def options(pairs: Iterable[tuple[object, str]]) -> list[SelectChoice]:
    """(value, label) pairs as WTForms' choices."""
    return [SelectChoice(value=str(value), label=label) for value, label in pairs]


def form_token(form: "type[CitizenForm]") -> str:
    """Return a fresh token for *form*, for a page that was rendered without one."""
    return _signed(form.__name__)


def _signed(purpose: str) -> str:
    return str(_serializer().dumps(purpose))


def _serializer() -> URLSafeTimedSerializer:
    return _serializer_of(keyring().key("form-token"))


@lru_cache(maxsize=8)
def _serializer_of(key: bytes) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="citizen-form")
