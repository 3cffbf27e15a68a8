"""Fixtures for the whole suite: whatever touches the database runs on SQLite and on a real PostgreSQL."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from app import create_app
from core import schema
from core.crypto import Keyring
from core.settings import Settings
from core.web.extensions import db
from tests.support import postgres

BACKENDS = ("sqlite", "postgresql")
hypothesis.settings.register_profile("long", max_examples=3000, deadline=None)
hypothesis.settings.register_profile("short", deadline=None)
hypothesis.settings.load_profile("long" if os.environ.get("LONG") else "short")


class Compiled(BytecodeCache):
    """Templates compiled once a process: every test has an application of its own, and a fifth of a page was this."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


def once_a_process(compile_builder: Callable[[Rule, bool], Any]) -> Callable[..., Any]:
    """Addresses' builders compiled once a process, for the same reason: they were nearly all of an application."""
    kept: dict[tuple[object, ...], Any] = {}

    def compiled(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.subdomain, rule.rule, repr(rule.defaults), append_unknown)
        if key not in kept:
            kept[key] = compile_builder(rule, append_unknown)
        return kept[key]

    return compiled


Flask.jinja_options = Flask.jinja_options | {"bytecode_cache": Compiled()}
Rule._compile_builder = once_a_process(Rule._compile_builder)


def pytest_collection_finish() -> None:
    """Let the garbage collector forget what lives as long as the process, and look seldom: it took another fifth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 50)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database at the newest schema, copied for each test."""
    file = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    engine = create_engine(f"sqlite:///{file}")
    schema.upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL of this test process, with an empty database at the newest schema as its template."""
    with postgres.cluster() as server:
        server.sql("CREATE DATABASE template_lang_nghe")
        engine = create_engine(server.url("template_lang_nghe"))
        schema.upgrade(engine)
        engine.dispose()
        yield server


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on."""
    name: str = request.param
    return name


@pytest.fixture
def database_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of the test's own, empty, at the newest schema."""
    if backend == "sqlite":
        file = tmp_path / "test.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    url = server.copied()
    yield url
    server.drop(url)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """The settings of a small instance."""
    return Settings(
        instance_path=tmp_path,
        database_url=database_url,
        public_url="http://lang-nghe.example",
        trusted_proxies=frozenset({"127.0.0.1"}),
        brand="Lắng Nghe",
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The assembled application."""
    app = create_app(settings)
    app.testing = True
    yield app
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session on the test's database."""
    with app.app_context():
        yield db.session


@pytest.fixture
def keyring(app: Flask) -> Keyring:
    """The keys of the instance."""
    found: Keyring = app.extensions["keyring"]
    return found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript."""
    return app.test_client()


@pytest.fixture
def count_queries(app: Flask) -> Iterator[list[str]]:
    """The statements that the application sends while the test runs."""
    statements: list[str] = []

    def remember(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", remember)
    yield statements
    event.remove(engine, "before_cursor_execute", remember)
