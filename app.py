"""Assembles the application: settings, extensions, checks, and the rooms by their manifests. Nothing imports it."""

import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

from flask import Flask

import account.manifest
import commune.manifest
import core.manifest
import demo.manifest
import privacy.manifest
import quiz.manifest
import report.manifest
import survey.manifest
from core.commands.cli_errors import explain
from core.commands.language import speak_as_asked
from core.crypto import Keyring, load_or_create_master, read_master
from core.instance_check import key_file
from core.settings import BadSetting, Settings, access_fault, read
from core.web import (
    access,
    arrival,
    assets,
    compression,
    errors,
    filters,
    guard,
    headers,
    language,
    read_on,
    reply_cache,
    rooms,
    settings_reload,
    sharing,
    uploads,
)
from core.web.extensions import babel, db, login

ROOMS = (
    core.manifest.ROOM,
    commune.manifest.ROOM,
    account.manifest.ROOM,
    survey.manifest.ROOM,
    quiz.manifest.ROOM,
    privacy.manifest.ROOM,
    report.manifest.ROOM,
    demo.manifest.ROOM,
)
"""Every room, lowest first, except that persons' rights follow the rooms that hold persons' data: what those erase by
themselves comes first. Duties, retention rules and labels follow this order."""


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application for *settings*, by default those of the environment."""
    os.umask(0o077)  # database, key, caches and backups are readable by their owner alone
    is_reread, settings = settings is None, settings or _settings()
    app = Flask(__name__, instance_path=str(settings.instance_path))
    keyring = app.extensions["keyring"] = _keyring(settings, read_master if is_reread else load_or_create_master)
    configure(app, settings, keyring)
    db.init_app(app)
    babel.init_app(app)
    login.init_app(app)
    for guardian in (access, uploads, arrival, guard, headers, assets, errors, filters, sharing, read_on):
        guardian.init_app(app)
    reply_cache.init_app(app)
    compression.init_app(app)
    language.init_app(app)
    if is_reread:
        settings_reload.init_app(app, settings, lambda: configure(app, read(), keyring))
    rooms.init_app(app, ROOMS)
    explain(app.cli)
    speak_as_asked(app.cli)
    return app


def _settings() -> Settings:
    """Return the settings of the environment; an unusable one ends the process with a sentence."""
    try:
        return read()
    except BadSetting as error:
        sys.exit(str(error))


def _keyring(settings: Settings, load: Callable[[Path], bytes]) -> Keyring | None:
    """Return the instance's keys; None while there is no key file, which only `flask setup` creates.

    A program that passes its own settings creates the key as well. An unreadable file ends the process with a sentence.
    """
    file = key_file(settings)
    try:
        return Keyring(load(file))
    except FileNotFoundError:
        return None
    except ValueError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(access_fault(file, error))


def configure(app: Flask, settings: Settings, keyring: Keyring | None) -> None:
    """Set Flask's own configuration from the settings; without a key no session outlives the process."""
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=(keyring.key("session") if keyring else secrets.token_bytes(32)).hex(),
        SQLALCHEMY_ENGINES={
            "default": {
                "url": settings.database_url,
                "pool_pre_ping": not settings.database_url.startswith("sqlite"),  # a file is never gone for a moment
                "hide_parameters": True,  # not into logs
            }
        },
        TRUSTED_HOSTS=[settings.public_host, "localhost", "127.0.0.1", "[::1]"],
        MAX_CONTENT_LENGTH=256 * 1024,
        MAX_FORM_MEMORY_SIZE=256 * 1024,
        MAX_FORM_PARTS=400,
        SESSION_COOKIE_SECURE=settings.is_secure,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="lang_nghe",
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="vi",
        BABEL_DEFAULT_TIMEZONE="Asia/Ho_Chi_Minh",
    )
