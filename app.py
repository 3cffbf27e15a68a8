"""Assembles the house: settings, extensions, doors and commands. Nobody imports it."""

import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

from flask import Flask

import account.cli
import account.manage
import account.views
import account.views.approval
import account.views.audit
import commune.cli
import commune.views
import core.commands.cli
import demo.cli
import quiz.room
import report.manage
import report.views
import survey.room
from account.cli import record_at_terminal
from account.jobs import may_still
from account.operations.approval import expire_daily
from account.views import permitted_units, present_owner
from account.views.current import by_action
from core import audit_hook, erasure_log, instance, lifecycle, retention
from core.commands import daily, housekeeping, worker
from core.commands.cli_errors import explain
from core.crypto import Keyring, load_or_create_master, read_master
from core.instance_check import key_file
from core.messages import outbox
from core.settings import BadSetting, Settings, access_fault, read
from core.web import (
    access,
    arrival,
    assets,
    error_links,
    errors,
    extensions,
    filters,
    guard,
    headers,
    health,
    letters,
    overnight,
    settings_reload,
    uploads,
)
from core.web import jobs as job_pages
from core.web.extensions import babel, db, login

BLUEPRINTS = (
    report.views.blueprint,
    report.manage.blueprint,
    report.manage.retention,
    *survey.room.BLUEPRINTS,
    *quiz.room.BLUEPRINTS,
    commune.views.blueprint,
    account.views.blueprint,
    job_pages.blueprint,
    account.manage.blueprint,
    account.manage.logos.blueprint,
    account.views.approval.blueprint,
    account.views.audit.blueprint,
    health.blueprint,
)
AT_SETUP = (instance.name_instance, commune.cli.load, account.cli.begin)
DAILY = (commune.cli.settle, *quiz.room.DAILY, expire_daily)
AT_SERVE = (account.cli.point_to_first_run,)
AT_REPLACE = quiz.room.AT_REPLACE
AT_RESTORE = (
    instance.rename_instance, account.cli.end_old_ways_in, *quiz.room.AT_RESTORE, *survey.room.AT_RESTORE,
)  # fmt: skip
CARRIED = quiz.room.CARRIED
RETENTION = (
    *housekeeping.RETENTION,
    *account.cli.RETENTION,
    *survey.room.RETENTION,
    *quiz.room.RETENTION,
)
WAYS = {
    **survey.room.ERROR_LINKS,
    **quiz.room.ERROR_LINKS,
}
COMMANDS = (
    *core.commands.cli.COMMANDS,
    commune.cli.commune_cli,
    account.cli.account_cli,
    *survey.room.COMMANDS,
    *quiz.room.COMMANDS,
    demo.cli.demo_cli,
)


def create_app(settings: Settings | None = None) -> Flask:
    """The application for *settings*, by default those of the environment."""
    os.umask(0o077)  # database, key, caches and backups are their owner's alone
    is_reread, settings = settings is None, settings or _settings()
    app = Flask(__name__, instance_path=str(settings.instance_path))
    keyring = app.extensions["keyring"] = _keyring(settings, read_master if is_reread else load_or_create_master)
    configure(app, settings, keyring)
    db.init_app(app)
    babel.init_app(app)
    login.init_app(app, add_context_processor=False)  # it would read the session, and make every page vary by cookie
    access.init_app(app, permitted_units, present_owner)
    error_links.init_app(app, WAYS)
    for guardian in (uploads, arrival, guard, overnight, headers, assets, errors, filters):
        guardian.init_app(app)
    if is_reread:
        settings_reload.init_app(app, settings, lambda: configure(app, read(), keyring))
    moments = {"setup": AT_SETUP, "daily": DAILY, "serve": AT_SERVE, "replaced": AT_REPLACE, "restored": AT_RESTORE}
    worker.init_app(app, handlers={daily.KIND: daily.run, **survey.room.JOBS, **quiz.room.JOBS}, may=may_still)
    app.extensions["approval"] = by_action(quiz.room.APPROVALS)
    with app.app_context():
        erasure_log.keep_in(db.sessionmaker, settings.instance_path / erasure_log.FILE)
        outbox_setup = outbox.OutboxSetup(extensions.settings, extensions.keyring, letters.render_letter)
        outbox.configure(db.sessionmaker, outbox_setup)
        audit_hook.configure(db.sessionmaker, record_at_terminal)
        lifecycle.configure(db.sessionmaker, collectors=CARRIED, **moments)
        retention.configure(db.sessionmaker, RETENTION)
    _open_doors(app)
    return app


def _open_doors(app: Flask) -> None:
    """The pages and the commands."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)
    explain(app.cli)


def _settings() -> Settings:
    """Those of the environment; one that can't be used ends any command, and the server, with a sentence."""
    try:
        return read()
    except BadSetting as error:
        sys.exit(str(error))


def _keyring(settings: Settings, load: Callable[[Path], bytes]) -> Keyring | None:
    """The instance's keys, None while there is no file: `flask setup` alone makes one. A program that hands its own
    settings over prepares its instance itself, key included. What can't be read ends with a sentence."""
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
    """Flask's own configuration, derived from ours; without a key no session outlives the process."""
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=(keyring.key("session") if keyring else secrets.token_bytes(32)).hex(),
        SQLALCHEMY_ENGINES={
            "default": {"url": settings.database_url, "pool_pre_ping": True, "hide_parameters": True}  # not into logs
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
