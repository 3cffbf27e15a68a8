"""The demo, loaded once for all tests that only read it; every other test has the country in its database."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from core.settings import Settings
from core.web.extensions import db
from tests.support.country import template

__all__ = ["template"]

WEDNESDAY = "2026-11-18T10:00"


@pytest.fixture(scope="session")
def empty(sqlite_template: Path) -> Iterator[Callable[[Path], Flask]]:
    """Yield a function that makes a new instance in a folder."""
    made = []

    def make(folder: Path) -> Flask:
        folder.mkdir(exist_ok=True)
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
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def load_whole() -> Callable[[Flask], str]:
    """Return a function that loads the demo into an instance and returns its output."""

    def load(app: Flask) -> str:
        done = app.test_cli_runner().invoke(args=["demo", "load", "--now", WEDNESDAY])
        assert done.exit_code == 0, done.output
        return done.output

    return load


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory, empty: Callable, load_whole: Callable) -> tuple[Flask, str]:
    """Return an instance with the demo, and the output of the load."""
    app = empty(tmp_path_factory.mktemp("demo"))
    return app, load_whole(app)


@pytest.fixture
def province(loaded: tuple[Flask, str]) -> Iterator[Flask]:
    """Yield the loaded instance, with `db.session` on it."""
    with loaded[0].app_context():
        yield loaded[0]
