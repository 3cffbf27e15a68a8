"""An instance in a folder, used through its pages and commands, at a fixed time."""

import lzma
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from flask import Flask

from app import create_app
from core import clock

PUBLIC_URL = "http://lang-nghe.example"
DATABASE = "lang-nghe.sqlite3"
NOW = "2026-11-18T05:00+00:00"
"""About when the fixture was made: its open contest and its open requests have not expired."""


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Fix the clock at *moment* within the block."""

    class Standing(datetime):
        @classmethod
        def now(cls, tz=None):  # type: ignore[no-untyped-def]
            return moment.astimezone(tz)

    ticking, clock.datetime = clock.datetime, Standing
    try:
        yield
    finally:
        clock.datetime = ticking


@contextmanager
def opened(instance: Path, *, in_place: bool = False) -> Iterator[Flask]:
    """Yield the application on a copy of *instance*, or on itself."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        if not in_place:
            shutil.copytree(instance, folder, dirs_exist_ok=True)
        home = str(instance) if in_place else folder
        os.environ |= {"INSTANCE_PATH": home, "PUBLIC_URL": PUBLIC_URL, "DATABASE_URL": "", "WORKER": "off"}
        app = create_app()
        app.testing = True
        try:
            yield app
        finally:
            with app.app_context():
                for engine in app.extensions["sqlalchemy"].engines.values():
                    engine.dispose()
            os.environ.clear()
            os.environ.update(before)


def put_back(app: Flask, instance: Path) -> None:
    """Make the folder of *app* a copy of *instance* again; what its engine has compiled stays."""
    folder = Path(app.instance_path)
    with app.app_context():
        for engine in app.extensions["sqlalchemy"].engines.values():
            engine.dispose()
    shutil.rmtree(folder)
    shutil.copytree(instance, folder)


def run(app: Flask, *command: str) -> str:
    """Return what `flask` *command* prints."""
    done = app.test_cli_runner().invoke(args=list(command), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@contextmanager
def upgraded(instance: Path) -> Iterator[Path]:
    """Yield a copy of *instance*, its database unpacked if compressed, after `flask setup` of this code."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(instance, folder, dirs_exist_ok=True))
        packed = copy / f"{DATABASE}.xz"
        if packed.exists():
            (copy / DATABASE).write_bytes(lzma.decompress(packed.read_bytes()))
            packed.unlink()
        with opened(copy, in_place=True) as app:
            run(app, "setup", "--quiet")
        yield copy
