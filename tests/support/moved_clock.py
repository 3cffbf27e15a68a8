"""The application under a clock that a test moves: weeks pass for a running server while it is used over HTTP."""

import os
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from flask import Flask

import app
from core import clock

APPLICATION = "tests.support.moved_clock:create_app()"
FILE = "seconds-ahead"
"""The file of the data folder with the seconds that the clock is ahead of the machine's."""


def move(folder: Path, ahead: timedelta) -> None:
    """Set how far the clock of the server of *folder* is ahead."""
    (folder / f"{FILE}.new").write_text(str(ahead.total_seconds()))
    (folder / f"{FILE}.new").rename(folder / FILE)


def create_app() -> Flask:
    """Return the application, whose clock reads the file at every look."""
    file = Path(os.environ["INSTANCE_PATH"]) / FILE

    class Moved(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=float(file.read_text()))

    clock.datetime = Moved  # type: ignore[misc]
    return app.create_app()
