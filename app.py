"""Assembles the house: settings, extensions, doors and commands. Nobody imports it."""

import os

from flask import Flask

import account.cli
import account.views
import commune.cli
import core.cli
import demo.cli
import quiz.cli
import quiz.manage
import quiz.views
import report.manage
import report.views
import survey.cli
import survey.cli.ratings
import survey.manage
import survey.views
from account.views import permitted_units
from core import duties, retention
from core.crypto import Keyring, load_or_create_master
from core.settings import Settings, read
from core.web import access, arrival, assets, errors, filters, guard, headers, health, uploads
from core.web.extensions import babel, db, login

BLUEPRINTS = (
    report.views.blueprint,
    report.manage.blueprint,
    report.manage.retention,
    survey.views.blueprint,
    survey.manage.blueprint,
    quiz.views.blueprint,
    quiz.manage.blueprint,
    quiz.manage.requests.blueprint,
    account.views.blueprint,
    health.blueprint,
)


def create_app(settings: Settings | None = None) -> Flask:
    """The application for *settings*, by default those of the environment."""
    settings = settings or read()
    os.umask(0o077)  # database, key, caches and backups are their owner's alone
    app = Flask(__name__, instance_path=str(settings.instance_path))
    keyring = Keyring(load_or_create_master(settings.instance_path / "master.key"))
    app.extensions.update(settings=settings, keyring=keyring)
    configure(app, settings, keyring)
    db.init_app(app)
    babel.init_app(app)
    login.init_app(app, add_context_processor=False)  # it would read the session, and make every page vary by cookie
    for guardian in (uploads, arrival, guard, headers, assets, errors, filters):
        guardian.init_app(app)
    access.init_app(app, permitted_units)
    retention.init_app(app, (*core.cli.RETENTION, *survey.cli.ratings.RETENTION, *quiz.cli.RETENTION))
    duties.init_app(app, setup=(commune.cli.load,), daily=(commune.cli.settle,))
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for command in (
        *core.cli.COMMANDS,
        commune.cli.commune_cli,
        account.cli.account_cli,
        survey.cli.survey_cli,
        quiz.cli.quiz_cli,
        demo.cli.demo_cli,
    ):
        app.cli.add_command(command)
    return app


def configure(app: Flask, settings: Settings, keyring: Keyring) -> None:
    """Flask's own configuration, derived from ours."""
    app.config.update(
        SECRET_KEY=keyring.key("session").hex(),
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
