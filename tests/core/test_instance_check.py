"""A missing or wrong key is never replaced silently, and tables of another version are not served."""

import socket
from pathlib import Path

import pytest
from sqlalchemy import text

from app import create_app
from core import backup, crypto, schema
from core.commands import startup_checks
from core.instance import remember_key
from core.web.command_line import flask_line, make_line
from core.web.extensions import db
from tests.factories import make_account
from tests.support.postgres import free_port
from tests.support.processes import GUNICORN, run_flask, run_module

pytestmark = pytest.mark.both_databases

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def start(settings, monkeypatch):
    """Start the application as a command or a server does, from the environment."""
    made = []
    monkeypatch.setenv("INSTANCE_PATH", str(settings.instance_path))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)

    def now():
        made.append(create_app())
        return made[-1]

    yield now
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def key_file(settings):
    return settings.instance_path / "master.key"


@pytest.fixture
def known(start, key_file):
    """Return the fingerprint in the database after a set-up."""
    crypto.load_or_create_master(key_file)
    app = start()
    with app.app_context():
        remember_key(db.session, app.extensions["keyring"])
        db.session.commit()
    return app.extensions["keyring"].fingerprint


def run(app, *args):
    return app.test_cli_runner().invoke(args=list(args))


@pytest.mark.parametrize("command", ["setup", "purge", "worker --once", "survey offices", "demo code", "db upgrade"])
def test_no_command_makes_a_key_where_the_database_knows_one(start, known, key_file, command):
    key_file.unlink()

    done = run(start(), *command.split())

    assert done.exit_code == 1
    assert f"Thiếu tệp khóa {key_file} (khóa {known})." in done.output
    assert "Đừng tạo khóa mới" in done.output
    assert not key_file.exists()


def test_no_command_works_under_another_key(start, known, key_file):
    key_file.write_text("00" * 32)

    done = run(start(), "setup")

    assert done.exit_code == 1
    assert f"cơ sở dữ liệu được lập với khóa {known}" in done.output


def test_the_doctor_runs_without_the_key_and_reports_it_missing(start, known, key_file):
    key_file.unlink()

    done = run(start(), "doctor")

    assert done.exit_code == 1
    assert f"✗ Tệp khóa: thiếu tệp {key_file} (khóa {known})" in done.output
    assert not key_file.exists()


def test_only_the_set_up_of_an_empty_instance_makes_a_key(start, key_file):
    key_file.unlink()
    asked = run(start(), "demo", "code")
    before = key_file.exists()
    done = run(start(), "setup", "--quiet")

    assert (asked.exit_code, before) == (1, False)
    assert done.exit_code == 0, done.output
    assert key_file.stat().st_mode & 0o777 == 0o600


def test_the_set_up_makes_no_key_beside_data_that_knows_none(start, key_file):
    key_file.unlink()
    with start().app_context():
        make_account(db.session)
        db.session.commit()

    done = run(start(), "setup")

    assert done.exit_code == 1
    assert f"Đã có dữ liệu mà thiếu tệp khóa {key_file}" in done.output
    assert not key_file.exists()


def test_a_command_in_an_empty_folder_leaves_nothing_behind(tmp_path):
    done = run_flask("demo", "code", INSTANCE_PATH=str(tmp_path / "moi"))

    assert done.returncode == 1
    assert not (tmp_path / "moi").exists()


def test_a_restore_into_a_folder_without_its_key_requires_the_key(start, known, key_file, settings, tmp_path):
    file = tmp_path / "copy.tar.gz"
    backup.create(settings, file, start().extensions["keyring"])
    key_file.unlink()

    done = run(start(), "backup", "restore", str(file), "--replace")

    assert done.exit_code == 1
    assert f"Trước khi phục hồi, hãy chép master.key đã cất riêng vào {key_file}." in done.output
    assert not key_file.exists()


def test_a_server_refuses_an_instance_whose_key_is_lost(start, known, key_file):
    key_file.unlink()

    app = start()

    assert f"Thiếu tệp khóa {key_file}" in startup_checks.refusal(app)
    assert app.test_client().get("/healthz").status_code == 503


def test_a_server_refuses_tables_of_another_version_and_names_the_command(start, known, settings):
    app = start()
    with app.app_context():
        schema.downgrade(db.engine, "0006")

    message = startup_checks.refusal(app)
    reply = app.test_client().get("/healthz")

    assert message == (
        f"Cấu trúc dữ liệu ở bản 0006, chương trình cần bản {schema.head()}. Sao lưu rồi chạy: "
        f"INSTANCE_PATH={settings.instance_path} .venv/bin/flask db upgrade"
    )
    assert (reply.status_code, reply.text) == (503, "not ready\n")


def test_a_worker_refuses_tables_of_another_version(start, known):
    app = start()
    with app.app_context():
        schema.downgrade(db.engine, "0006")

    done = run(app, "worker", "--once")

    assert done.exit_code == 1
    assert "Cấu trúc dữ liệu ở bản 0006" in done.output


def test_tables_newer_than_the_program_are_reported(start, known):
    app = start()
    with app.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        db.session.commit()

    assert "ở bản 9999, mới hơn chương trình" in startup_checks.refusal(app)


def test_a_server_starts_on_an_instance_that_was_set_up(start, known):
    app = start()

    assert startup_checks.refusal(app) is None
    assert app.test_client().get("/healthz").status_code == 200


def test_a_server_that_may_not_serve_ends_with_the_sentence(tmp_path):
    done = run_module(*GUNICORN, INSTANCE_PATH=str(tmp_path), PORT=str(free_port()))

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        f"Hệ thống chưa được chuẩn bị. Hãy chạy: INSTANCE_PATH={tmp_path} .venv/bin/flask setup"
    )


def test_a_port_in_use_is_reported_with_another_to_try(app):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        message = startup_checks.port_fault(app, [("127.0.0.1", port)])

    assert message.startswith(f"Cổng {port} đang có chương trình khác dùng. Thử: ")
    assert message.endswith(f"make serve PORT={port + 1}")


def test_a_free_port_and_one_that_was_handed_down_are_no_fault(app, monkeypatch):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        monkeypatch.setenv("LISTEN_FDS", "1")
        handed_down = startup_checks.port_fault(app, [other.getsockname()])
    monkeypatch.delenv("LISTEN_FDS")

    assert (handed_down, startup_checks.port_fault(app, [("127.0.0.1", free_port())])) == (None, None)


def test_a_starting_server_prints_its_address_and_that_of_the_set_up(app, session):
    empty = list(startup_checks.welcome(app, [("127.0.0.1", 8000)]))
    make_account(session)
    session.commit()
    used = list(startup_checks.welcome(app, [("127.0.0.1", 8000)]))

    assert empty[0] == "Đang chạy ở http://127.0.0.1:8000 (mở trong trình duyệt; dừng bằng Ctrl+C)."
    assert "Cài đặt lần đầu ở http://lang-nghe.example/quan-tri/cai-dat" in empty[-1]
    assert used == [empty[0], "Địa chỉ công khai, in trong mã QR: http://lang-nghe.example"]


def test_a_command_is_shown_as_it_can_be_typed(app, settings, monkeypatch):
    folder = "INSTANCE_PATH='/srv/dữ liệu'"
    monkeypatch.setenv("INSTANCE_PATH", "/srv/dữ liệu")
    elsewhere = (flask_line("setup"), make_line("serve"))
    monkeypatch.delenv("INSTANCE_PATH")
    usual = (flask_line("setup"), make_line("serve"))

    assert elsewhere == (f"{folder} .venv/bin/flask setup", f"{folder} make serve")
    assert usual == (".venv/bin/flask setup", "make serve")
    with app.app_context():
        assert flask_line("doctor") == f"INSTANCE_PATH={settings.instance_path} .venv/bin/flask doctor"
