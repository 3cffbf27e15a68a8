"""A file that is sent while its rows are read keeps what the rows are read with until the last is sent."""

from flask import Flask, g

from core.web.downloads import csv_stream


def application(closed, rows):
    app = Flask("streams")
    app.teardown_appcontext(lambda _error: closed.append(g.pop("session", None)))

    @app.get("/")
    def send():
        g.session = "open"
        return csv_stream(rows(), "bang")

    return app


def test_the_session_of_a_stream_stays_open_until_its_last_row():
    closed = []

    def rows():
        for name in ("An", "Binh"):
            yield (name, list(closed), g.get("session"))

    reply = application(closed, rows).test_client().get("/")

    assert reply.text.splitlines() == ["\ufeffAn;[];open", "Binh;[];open"]
    assert closed == ["open"]


def test_the_session_of_a_stream_that_is_left_halfway_is_closed():
    closed = []

    reply = application(closed, lambda: iter([("An",), ("Binh",)])).test_client().get("/", buffered=False)
    before = list(closed)
    reply.close()

    assert (before, closed) == ([], ["open"])
