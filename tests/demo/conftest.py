"""The demo, loaded once for all tests that only read it, and a part of it once for those that change it.

Every other test finds the country in its database.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app import create_app
from core.settings import Settings
from core.values.week import VIETNAM
from core.web.extensions import db, keyring
from demo import offices
from demo.accounts import create_accounts
from demo.chance import Chance
from demo.desk import load_desk
from demo.dump import dump
from demo.offices import load_offices
from demo.remove import Made, made_by
from demo.today import load_today, take_headcounts
from demo.units import get_units
from demo.world import World
from tests.support.country import template
from tests.support.instance import Instance

__all__ = ["template"]

WEDNESDAY = "2026-11-18T10:00"
NOW = datetime.fromisoformat(WEDNESDAY).replace(tzinfo=VIETNAM)
SOME = {"xã Lâm Bình", "xã Thượng Lâm", "phường Hà Giang 1"}


@dataclass(frozen=True)
class Part:
    """A part of the demo: a database with it as a template, the dumps before and after the load, what was made."""

    template: str
    before: list[str]
    after: list[str]
    made: Made


def load_some(app: Flask) -> None:
    """The contest of today and three communes: what a minute allows."""
    every = offices.list_units
    with pytest.MonkeyPatch.context() as patch, app.app_context():
        patch.setattr(offices, "list_units", lambda *given: [unit for unit in every(*given) if unit.name in SOME])
        world = World(db.session, keyring(), Chance(7), NOW, lambda _: None)
        units = get_units(db.session)
        create_accounts(world, units, "bon lua mua nay")
        load_today(world, units)
        load_offices(world, units)
        take_headcounts(world, units)
        load_desk(world)
        db.session.commit()


@pytest.fixture(scope="session")
def part_on(request: pytest.FixtureRequest, instances: Callable[[str], Instance]) -> Callable[[str], Part]:
    """The part of the demo on a database, loaded when it is first asked for."""
    found: dict[str, Part] = {}

    def part(backend: str) -> Part:
        if backend not in found:
            found[backend] = MAKERS[backend](request, instances(backend))
        return found[backend]

    return part


def on_sqlite(request: pytest.FixtureRequest, instance: Instance) -> Part:
    """The part in a file."""
    file = request.getfixturevalue("tmp_path_factory").mktemp("part") / "part.sqlite3"
    found = loaded_into(instance, str(request.getfixturevalue("country_file")), str(file))
    with instance.app.app_context(), db.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        shutil.copyfile(db.engine.url.database, file)
    return found


def on_postgresql(request: pytest.FixtureRequest, instance: Instance) -> Part:
    """The part in a database of the server."""
    server = request.getfixturevalue("country_server")
    found = loaded_into(instance, "template_country", "template_part")
    server.renew("template_part", "lang_nghe")
    return found


def loaded_into(instance: Instance, country: str, template: str) -> Part:
    """Load the part into the instance and leave it without connections."""
    instance.renew(country)
    with instance.app.app_context():
        before = list(dump(db.session))
    load_some(instance.app)
    with instance.app.app_context():
        found = Part(template, before, list(dump(db.session)), made_by(db.session))
    instance.disconnect()
    return found


MAKERS = {"sqlite": on_sqlite, "postgresql": on_postgresql}


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
