"""Commands as text to copy into a terminal, with this environment's flask and for one instance."""

import shlex
import sys
from pathlib import Path

from core.settings import DEFAULT_INSTANCE, HERE


def flask_command(words: str, instance: Path) -> str:
    """Return `flask` with *words*, ready to copy, preceded by the instance folder when it isn't the default one.

    The path of the program is written out, since the shell may have no environment, or another one.
    """
    own = HERE / ".venv" / "bin" / "flask"
    program = ".venv/bin/flask" if own.exists() else shlex.quote(str(Path(sys.executable).with_name("flask")))
    return f"{_folder(instance)}{program} {words}"


def make_command(words: str, instance: Path) -> str:
    """Return `make` with *words*, ready to copy; settings such as PORT=8001 may precede the goal."""
    return f"{_folder(instance)}make {words}"


def _folder(instance: Path) -> str:
    instance = instance.resolve()
    return "" if instance == DEFAULT_INSTANCE else f"INSTANCE_PATH={shlex.quote(str(instance))} "
