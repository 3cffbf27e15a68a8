"""The tokens that show that a form's page came from us: of a session for staff, signed for citizens."""

import secrets
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from flask_wtf import FlaskForm
from itsdangerous import BadData, URLSafeTimedSerializer
from wtforms import HiddenField, ValidationError
from wtforms.csrf.core import CSRF, CSRFTokenField

from core.values.text import N_
from core.web.extensions import keyring

TOKEN_DAYS = 30
"""Days that a form's token is valid, for a page that waited in a phone without signal or in an open tab."""

STALE = N_("Trang đã mở quá lâu. Xin bấm gửi một lần nữa.")


class SignedTokenField(CSRFTokenField):  # type: ignore[misc]
    """WTForms' token field that makes its token where a page prints it: a submission that is stored needs none."""

    def process(self, *args: Any, **options: Any) -> None:
        HiddenField.process(self, *args, **options)

    def _value(self) -> str:
        return self.current_token or str(self.csrf_impl.generate_csrf_token(self))


class SignedFormToken(CSRF):  # type: ignore[misc]
    """WTForms' CSRF hook without a session: a signed token shows that the page of this form came from us."""

    field_class = SignedTokenField

    def setup_form(self, form: FlaskForm) -> Any:
        self.purpose = type(form).__name__
        return super().setup_form(form)

    def generate_csrf_token(self, _token_field: Any) -> str:
        return _signed(self.purpose, _serializer())

    def validate_csrf_token(self, _form: Any, field: Any) -> None:
        try:
            signed = _serializer().loads(field.data or "", max_age=TOKEN_DAYS * 86400)
        except BadData as error:
            raise ValidationError(STALE) from error
        if str(signed).partition(" ")[0] != self.purpose:
            raise ValidationError(STALE)


class SessionToken(FlaskForm.Meta.csrf_class):  # type: ignore[misc]
    """Flask-WTF's CSRF token with error messages in Vietnamese (its own bypass the translations)."""

    def validate_csrf_token(self, form: Any, field: Any) -> None:
        try:
            super().validate_csrf_token(form, field)
        except ValidationError as error:
            raise ValidationError(STALE) from error


def token_maker(form: type[FlaskForm]) -> Callable[[], str]:
    """Return a function that makes a fresh token for *form*, for pages that are kept without one."""
    return partial(_signed, form.__name__, _serializer())


def form_token(form: type[FlaskForm]) -> str:
    """Return a fresh token for *form*, for a page that was rendered without one."""
    return token_maker(form)()


def _signed(purpose: str, serializer: URLSafeTimedSerializer) -> str:
    """Return a token for *purpose*; no two are equal, by which copies of a page are distinguished."""
    return str(serializer.dumps(f"{purpose} {secrets.token_urlsafe(6)}"))


def _serializer() -> URLSafeTimedSerializer:
    return _serializer_of(keyring().key("form-token"))


@lru_cache(maxsize=8)
def _serializer_of(key: bytes) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="citizen-form")
