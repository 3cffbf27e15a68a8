"""Databases with the whole country, made once per process and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from commune.files.country import read_country
from commune.operations.country import load_country
from tests.support import postgres


def _load(url: str) -> None:
    engine = create_engine(url)
    with Session(engine) as session:
        load_country(session, read_country())
        session.commit()
    engine.dispose()


@pytest.fixture(scope="session")
def country_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a SQLite database with the country."""
    file = tmp_path_factory.mktemp("country") / "country.sqlite3"
    shutil.copy(sqlite_template, file)
    _load(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def country_server(postgres_server: postgres.Server) -> Iterator[postgres.Server]:
    """Start a PostgreSQL server whose template `template_country` has the country."""
    postgres_server.sql("CREATE DATABASE template_country TEMPLATE template_lang_nghe")
    _load(postgres_server.url("template_country"))
    yield postgres_server
    postgres_server.sql("DROP DATABASE template_country")


@pytest.fixture
def template(backend: str, request: pytest.FixtureRequest) -> str:
    """Return a database with the country."""
    if backend == "sqlite":
        return str(request.getfixturevalue("country_file"))
    request.getfixturevalue("country_server")
    return "template_country"
