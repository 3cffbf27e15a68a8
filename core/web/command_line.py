"""Commands to copy, for the instance of the running application."""

import os
from pathlib import Path

from flask import has_app_context

from core.command_line import flask_command, make_command
from core.settings import DEFAULT_INSTANCE
from core.web.extensions import settings


def flask_line(words: str) -> str:
    """Return `flask` with *words*, ready to copy."""
    return flask_command(words, instance_folder())


def make_line(words: str) -> str:
    """Return `make` with *words*, ready to copy; settings such as PORT=8001 may precede the goal."""
    return make_command(words, instance_folder())


def instance_folder() -> Path:
    """Return the instance folder of the running application; outside an application, that of the environment."""
    return settings().instance_path if has_app_context() else Path(os.environ.get("INSTANCE_PATH") or DEFAULT_INSTANCE)
