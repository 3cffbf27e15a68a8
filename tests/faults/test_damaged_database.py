"""Bytes of the SQLite file are damaged while it is served: 503 with what was typed, and the doctor says what to do."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import text

from core.web.extensions import db
from tests.support.postgres import cluster_folder
from tests.support.processes import run_flask
from tests.support.served import serve_instance
from tests.support.visitor import Visitor

PAGE = 4096


@pytest.fixture
def own(sqlite_template):
    """Serve an instance of its own, since it is damaged; `served` is shared by all tests on a database."""
    with TemporaryDirectory(dir=cluster_folder()) as name:
        folder = Path(name)
        url = f"sqlite:///{shutil.copy(sqlite_template, folder / 'lang-nghe.sqlite3')}"
        with serve_instance("sqlite", folder, url) as found:
            yield found


def damage(own, first_page):
    """Overwrite all pages of the file from *first_page* on, and let the server open it anew."""
    file = own.folder / "lang-nghe.sqlite3"
    with own.session() as session:
        session.connection().execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    with own.app.app_context():
        db.engine.dispose()
    whole = file.read_bytes()
    file.write_bytes(whole[: first_page * PAGE] + b"\xff" * (len(whole) - first_page * PAGE))
    for end in ("-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)
    own.live.replace_workers()


def test_a_damaged_file_is_answered_with_503_and_what_was_typed(own):
    with Visitor(own.live.url) as visitor:
        rating, paper = own.rating_form(visitor), own.begin(visitor, own.lam_binh)
    damage(own, 1)

    with Visitor(own.live.url) as visitor:
        assert_kept(own, visitor, rating, paper)


def assert_kept(own, visitor, rating, paper):
    pages = [visitor.get(path).status for path in ("/", own.rating, f"/ket-qua/{own.office}", "/quan-tri/")]
    rated = visitor.post(own.rating, rating.filled(level=2, comment="Chờ lâu quá"))
    entered = visitor.post(paper.action, paper.filled(q1="A", guess=480))
    signing_in = visitor.post("/quan-tri/dang-nhap", [("email", "lan@xa.vn"), ("password", "bí mật của tôi")])

    assert pages == [503] * 4
    assert [answer.status for answer in (rated, entered, signing_in)] == [503] * 3
    assert [answer.page.heading for answer in (rated, entered, signing_in)] == ["Chưa lưu được"] * 3
    assert "Nội dung đã nhập Chờ lâu quá" in rated.text
    assert rated.page.form("/q/").value("key") == rating.value("key")
    assert "480" in entered.text
    assert "lan@xa.vn" in signing_in.text
    assert "bí mật" not in signing_in.html
    assert "Cơ sở dữ liệu đã hỏng" in own.log


def test_the_doctor_of_a_damaged_file_says_what_to_do(own):
    damage(own, 1)

    done = run_flask("doctor", INSTANCE_PATH=str(own.folder), PUBLIC_URL=own.live.url)

    assert done.returncode == 1
    assert "✗ Cấu trúc dữ liệu: tệp cơ sở dữ liệu đã hỏng, không đọc được" in done.stdout
    assert "flask backup restore TỆP --replace" in done.stdout
    assert "✗ Thư" in done.stdout or "! Thư" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_the_doctor_looks_through_all_of_the_data(own):
    file = own.folder / "lang-nghe.sqlite3"
    with own.app.app_context():
        db.engine.dispose()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'quiz_participant'").fetchone()[0]
    content = bytearray(file.read_bytes())
    content[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
    file.write_bytes(content)

    done = run_flask("doctor", INSTANCE_PATH=str(own.folder), PUBLIC_URL=own.live.url)

    assert "✓ Cấu trúc dữ liệu" in done.stdout
    assert "✗ Toàn vẹn dữ liệu: dữ liệu đã hỏng:" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
