"""How a message names a command: a line that can be copied, by this environment's own flask, for this instance."""

import os
import shlex
import sys
from pathlib import Path

from flask import current_app, has_app_context

from core.settings import DEFAULT_INSTANCE, HERE, Settings


def flask_line(words: str) -> str:
    """`flask` with *words*, ready to copy: the folder goes before it when it isn't the default one.

    The environment that a terminal was told of is gone in the next one, and another Python's flask may come first.
    """
    own = HERE / ".venv" / "bin" / "flask"
    program = ".venv/bin/flask" if own.exists() else shlex.quote(str(Path(sys.executable).with_name("flask")))
    return f"{_folder()}{program} {words}"


def make_line(words: str) -> str:
    """`make` with *words*, likewise; settings such as PORT=8001 may stand before the goal."""
    return f"{_folder()}make {words}"


def _folder() -> str:
    instance = _instance()
    return "" if instance == DEFAULT_INSTANCE else f"INSTANCE_PATH={shlex.quote(str(instance))} "


def _instance() -> Path:
    if has_app_context():
        settings: Settings = current_app.extensions["settings"]
        return settings.instance_path.resolve()
    return Path(os.environ.get("INSTANCE_PATH") or DEFAULT_INSTANCE).resolve()
