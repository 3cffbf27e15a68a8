"""The demo, loaded once for all tests that only read it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from core.settings import Settings
from core.web.extensions import db

WEDNESDAY = "2026-11-18T10:00"


Load = Callable[[Path], tuple[Flask, str]]


@pytest.fixture(scope="session")
def load_into(sqlite_template: Path) -> Load:
    """Loads the demo into a new instance in a folder; gives the instance and what the load said."""

    def load(folder: Path) -> tuple[Flask, str]:
        shutil.copy(sqlite_template, folder / "demo.sqlite3")
        app = create_app(
            Settings(
                instance_path=folder,
                database_url=f"sqlite:///{folder / 'demo.sqlite3'}",
                public_url="http://lang-nghe.example",
                trusted_proxies=frozenset(),
                brand="Lắng Nghe",
            )
        )
        done = app.test_cli_runner().invoke(args=["demo", "load", "--now", WEDNESDAY])
        assert done.exit_code == 0, done.output
        return app, done.output

    return load


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory, load_into: Load) -> Iterator[tuple[Flask, str]]:
    """An instance with the demo in it, and what the load said."""
    app, output = load_into(tmp_path_factory.mktemp("demo"))
    yield app, output
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def province(loaded: tuple[Flask, str]) -> Iterator[Flask]:
    """The loaded instance, at hand as `db.session`."""
    with loaded[0].app_context():
        yield loaded[0]
