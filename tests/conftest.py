"""Fixtures of the whole suite: each test gets a new instance, on SQLite, and on PostgreSQL too if it is marked."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session

from core import schema
from core.crypto import Keyring
from core.settings import Settings
from core.sheets import workbook
from core.web.extensions import db
from tests.support import flask_globals, postgres, refused_forms
from tests.support.country import country_file, country_server
from tests.support.instance import Instance

__all__ = ["country_file", "country_server", "flask_globals"]

BACKENDS = ("sqlite", "postgresql")
hypothesis.settings.register_profile("long", max_examples=3000, deadline=None)
hypothesis.settings.register_profile("short", deadline=None)
hypothesis.settings.load_profile("long" if os.environ.get("LONG") else "short")


def pytest_collection_finish() -> None:
    """Exempt long-lived objects from garbage collection and run it rarely, which saves a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 50)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on SQLite, and on PostgreSQL too if it is marked; a test may name its own databases."""
    named = {name for mark in metafunc.definition.iter_markers("parametrize") for name in names_of(mark)}
    has_both = metafunc.definition.get_closest_marker("both_databases") is not None
    for fixture, scope in (("backend", None), ("served", "session")):
        if fixture in metafunc.fixturenames and fixture not in named:
            metafunc.parametrize(fixture, BACKENDS if has_both else BACKENDS[:1], indirect=True, scope=scope)


def names_of(mark: pytest.Mark) -> list[str]:
    """Return the arguments that a parametrize mark fills."""
    names = mark.args[0]
    return [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an empty SQLite database at the newest schema, to be copied for each test."""
    file = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    engine = create_engine(f"sqlite:///{file}")
    schema.upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """Start a PostgreSQL server for this process, with an empty database at the newest schema as its template."""
    with postgres.cluster() as server:
        server.sql("CREATE DATABASE template_lang_nghe")
        engine = create_engine(server.url("template_lang_nghe"))
        schema.upgrade(engine)
        engine.dispose()
        yield server


@pytest.fixture(autouse=True, scope="session")
def own_sheet_lock(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let each process of the suite read a workbook at a time, rather than one of them all."""
    workbook.LOCK = tmp_path_factory.mktemp("sheets") / "lock"
    workbook.LOCK.touch()


@pytest.fixture(autouse=True)
def sentences_at_their_fields() -> Iterator[None]:
    """Fail a test that met a refused form whose summary links to no sentence."""
    refused_forms.faults.clear()
    yield
    assert refused_forms.faults == []


@pytest.fixture
def backend(request: pytest.FixtureRequest) -> str:
    """Return the database that the test runs on."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def instances(request: pytest.FixtureRequest) -> Iterator[Callable[[str], Instance]]:
    """Yield a function that returns this process's instance on a database, made on its first call."""
    found: dict[str, Instance] = {}
    with ExitStack() as stack:

        def instance_on(backend: str) -> Instance:
            if backend not in found:
                folder = Path(stack.enter_context(TemporaryDirectory(dir=postgres.cluster_folder()))) / "instance"
                folder.mkdir()
                found[backend] = MAKERS[backend](request, folder)
                stack.callback(found[backend].disconnect)
            return found[backend]

        yield instance_on


def on_sqlite(request: pytest.FixtureRequest, folder: Path) -> Instance:
    """Return an instance whose database is a file."""
    file = folder / "test.sqlite3"
    return Instance(folder, f"sqlite:///{file}", lambda template: shutil.copyfile(template, file))


def on_postgresql(request: pytest.FixtureRequest, folder: Path) -> Instance:
    """Return an instance whose database is on this process's server."""
    server: postgres.Server = request.getfixturevalue("postgres_server")
    return Instance(folder, server.url("lang_nghe"), lambda template: server.renew("lang_nghe", template))


MAKERS = {"sqlite": on_sqlite, "postgresql": on_postgresql}


@pytest.fixture
def template(backend: str, request: pytest.FixtureRequest) -> str:
    """Return the template of the test's database: a file, or a database's name."""
    if backend == "sqlite":
        return str(request.getfixturevalue("sqlite_template"))
    return "template_lang_nghe"


@pytest.fixture
def instance(backend: str, template: str, instances: Callable[[str], Instance]) -> Instance:
    """Return an instance as new: an empty folder, and a database like the template."""
    found = instances(backend)
    found.renew(template)
    return found


@pytest.fixture
def database_url(instance: Instance) -> str:
    """Return the address of the test's database."""
    return instance.settings.database_url


@pytest.fixture
def settings(instance: Instance) -> Settings:
    """Return the settings of a small instance."""
    return instance.settings


@pytest.fixture
def app(instance: Instance) -> Flask:
    """Return the assembled application."""
    return instance.app


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """Yield a session on the test's database."""
    with app.app_context():
        yield db.session


@pytest.fixture
def keyring(app: Flask) -> Keyring:
    """Return the keys of the instance."""
    found: Keyring = app.extensions["keyring"]
    return found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a browser without JavaScript."""
    return app.test_client()


@pytest.fixture
def count_queries(app: Flask) -> Iterator[list[str]]:
    """Yield the SQL statements that the application sends during the test."""
    statements: list[str] = []

    def remember(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", remember)
    yield statements
    event.remove(engine, "before_cursor_execute", remember)
