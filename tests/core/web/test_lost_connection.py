"""The database goes away between a request's last statement and its end."""

import pytest
from sqlalchemy import create_engine, text

from core.web.extensions import db


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_request_ends_well_although_its_connection_was_lost_after_its_last_statement(app, database_url):
    with app.app_context():
        process = db.session.scalar(text("SELECT pg_backend_pid()"))
        other = create_engine(database_url)
        with other.connect() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:process, 5000)"), {"process": process})
        other.dispose()

    with app.app_context():
        assert db.session.scalar(text("SELECT 1")) == 1
    with app.app_context():
        assert db.engine.pool.checkedout() == 0
