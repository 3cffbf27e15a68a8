"""The Flask extensions, created once and bound to the application when it is assembled."""

import logging
from collections.abc import Callable
from functools import cached_property, wraps
from inspect import iscoroutinefunction
from typing import cast

from babel import Locale
from babel.support import Translations
from flask import Flask, current_app
from flask_babel import Babel, Domain
from flask_login import LoginManager
from flask_sqlalchemy_lite import SQLAlchemy
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from sqlalchemy.exc import DBAPIError

from core.crypto import Keyring, NoKey
from core.settings import Settings
from core.translation import agreed, catalogue, gettext, translate
from core.values.language import DEFAULT, present

log = logging.getLogger(__name__)
Close = Callable[[BaseException | None], None]


class Database(SQLAlchemy):
    """Flask-SQLAlchemy-Lite for synchronous views only, whose end of a request survives the loss of the database.

    Its teardown of asynchronous sessions made Flask start a thread at the end of every request, a seventh of a rating's
    processor time.
    """

    def init_app(self, app: Flask) -> None:  # type: ignore[override]
        super().init_app(app)
        kept = [close for close in app.teardown_appcontext_funcs if not iscoroutinefunction(close)]
        app.teardown_appcontext_funcs[:] = [_despite_a_lost_connection(cast(Close, close)) for close in kept]


def _despite_a_lost_connection(close: Close) -> Close:
    """Let *close* fail where the database is gone: the reply stands, since what was to be kept is committed before it.

    The rollback that could not be sent has happened, as the database undoes what a lost connection left open.
    """

    @wraps(close)
    def closing(error: BaseException | None) -> None:
        try:
            close(error)
        except DBAPIError as lost:
            if not lost.connection_invalidated:
                raise
            log.warning("%s", type(lost.orig).__name__)

    return closing


class Login(LoginManager):  # type: ignore[misc]
    """Flask-Login without its remember-me cookie, which nothing uses.

    Looking for it read the session after every request, so that every page was marked as varying by cookie.
    """

    def init_app(self, app: Flask) -> None:
        app.login_manager = self  # type: ignore[attr-defined]


class Catalogues(Domain):  # type: ignore[misc]
    """Flask-Babel's catalogues, read and formatted by `core.translation`."""

    def get_translations(self) -> Translations:
        return catalogue(present())

    def gettext(self, string: str, /, **variables: object) -> str:
        return gettext(string, **variables)


class Languages(Babel):  # type: ignore[misc]
    """Flask-Babel for the present language, which parses the default locale once instead of once per request."""

    domain_instance = Catalogues()

    def init_app(self, app: Flask) -> None:
        super().init_app(app, locale_selector=_present_locale)
        app.jinja_env.globals["gettext"] = _page_gettext

    @cached_property
    def default_locale(self) -> Locale:
        parsed: Locale = super().default_locale
        return parsed


@pass_eval_context
def _page_gettext(context: EvalContext, text: str, /, **values: object) -> str:
    """Return *text* in the present language for a template: as markup where the template escapes its values."""
    said = agreed(translate(text), values)
    return (Markup(said) if context.autoescape else said) % values  # noqa: S704 - our own sentences


def _present_locale() -> str | None:
    """Return the present language, None for the default one."""
    code = present()
    return None if code == DEFAULT else code


db = Database()
babel = Languages()
login = Login()


def settings() -> Settings:
    """Return the settings of the running application."""
    found: Settings = current_app.extensions["settings"]
    return found


def find_keyring() -> Keyring | None:
    """Return the keys of the running application; None while there is no key file."""
    found: Keyring | None = current_app.extensions["keyring"]
    return found


def keyring() -> Keyring:
    """Return the keys of the running application; raises `NoKey` while there is no key file."""
    found = find_keyring()
    if found is None:
        raise NoKey("no key file")
    return found
