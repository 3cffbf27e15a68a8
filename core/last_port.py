"""The port on which a server last started, kept in the data folder for commands in another terminal."""

from contextlib import suppress
from pathlib import Path

FILE = "last-port"
"""It is in no backup, so a copy restored elsewhere has none."""


def remember_port(instance: Path, port: int) -> None:
    """Store the port on which a server starts; a folder that can't be written only loses this help."""
    with suppress(OSError):
        (instance / FILE).write_text(f"{port}\n")


def last_port(instance: Path) -> int | None:
    """Return the port on which a server last started here; None when none ever did."""
    try:
        text = (instance / FILE).read_text().strip()
    except (OSError, UnicodeDecodeError):
        return None
    return int(text) if text.isdecimal() else None


def has_started(instance: Path) -> bool:
    """Whether a server ever started on this data folder."""
    return last_port(instance) is not None
