"""The doctor on healthy and broken instances: findings, remedies, exit code."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import create_engine

from core import clock, schema
from core.commands.doctor import backups, machine, reach, work
from core.crypto import Keyring
from core.instance import mark_of, name_instance, remember_address, remember_key, rename_instance
from core.jobs import Order, enqueue, queue
from core.last_port import remember_port
from core.messages import outbox
from core.messages.letters import Letter
from core.values.week import local_date
from core.web.extensions import db
from tests.support.posts import mail_server, post_server, unused_port
from tests.support.processes import run_flask
from tests.support.serving import serving

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


@pytest.fixture
def healthy(app, session, keyring, settings, tmp_path):
    remember_key(session, keyring)
    remember_port(settings.instance_path, 8000)
    queue.beat(session, "máy:1", NOW, clock.now())
    session.commit()
    kept = tmp_path / "backups"
    kept.mkdir()
    (kept / "lang-nghe.tar.gz").write_bytes(b"x")
    return replace(settings, backup_path=kept)


def examine(app, settings):
    app.extensions["settings"] = settings
    return app.test_cli_runner().invoke(args=["doctor"])


@pytest.mark.both_databases
def test_a_healthy_instance_is_reported_line_by_line_with_success(app, session, healthy):
    with serving(healthy.instance_path, healthy.database_url) as live, mail_server() as mail:
        done = examine(app, replace(healthy, public_url=live.url, mail_url=mail.url))

    marks = [line[0] for line in done.output.splitlines() if not line.startswith(" ")]
    assert done.exit_code == 0, done.output
    assert marks == ["✓"] * 11 + ["!"] * 2 + ["✓"] * 2
    assert mail.letters == []
    assert "nghe thấy lúc" in done.output


def test_an_instance_without_tables_is_reported_with_the_set_up_command(tmp_path):
    done = run_flask("doctor", INSTANCE_PATH=str(tmp_path), PUBLIC_URL=f"http://127.0.0.1:{unused_port()}")

    assert done.returncode == 1
    assert (
        f"✗ Cấu trúc dữ liệu: chưa có bảng dữ liệu nào\n    → Chạy: INSTANCE_PATH={tmp_path} .venv/bin/flask setup"
        in done.stdout
    )
    assert "! Địa chỉ công khai:" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_what_no_server_has_started_yet_is_no_fault(tmp_path):
    place = {"INSTANCE_PATH": str(tmp_path), "PUBLIC_URL": f"http://127.0.0.1:{unused_port()}"}
    run_flask("setup", "--quiet", **place)

    before = run_flask("doctor", **place)
    remember_port(tmp_path, 8000)
    after = run_flask("doctor", **place)

    assert before.returncode == 0, before.stdout
    assert before.stdout.count("chưa chạy lần nào") == 2
    assert after.returncode == 1
    assert [line[0] for line in after.stdout.splitlines()].count("✗") == 2


@pytest.mark.both_databases
def test_an_old_schema_is_reported_with_the_upgrade_command(app, session, healthy):
    session.close()
    schema.downgrade(db.engine, "0001")

    done = examine(app, healthy)

    assert done.exit_code == 1
    assert "đang ở bản 0001, chương trình cần bản" in done.output
    assert "flask db upgrade" in done.output


@pytest.mark.both_databases
def test_a_missing_database_is_reported_without_its_password(app, session, healthy):
    engine = create_engine(f"postgresql://u:bimat@127.0.0.1:{unused_port()}/d")

    finding = machine.check_schema(engine)

    assert finding.level.value == "✗"
    assert "bimat" not in str(finding)


def test_a_broken_database_file_is_reported_with_the_restore_command(tmp_path):
    (tmp_path / "broken.sqlite3").write_bytes(b"x" * 8192)

    finding = machine.check_schema(create_engine(f"sqlite:///{tmp_path}/broken.sqlite3"))

    assert finding.level.value == "✗"
    assert "flask backup restore TỆP --replace" in finding.remedy


def test_under_another_key_the_address_is_not_blamed(app, session, healthy, keyring):
    with serving(healthy.instance_path, healthy.database_url) as live:
        app.extensions["keyring"] = Keyring(bytes(32))
        done = examine(app, replace(healthy, public_url=live.url))

    assert "✗ Tệp khóa" in done.output
    assert f"✓ Địa chỉ công khai: {live.url} trả lời" in done.output


def test_a_key_of_another_instance_is_reported(app, session, healthy):
    finding = machine.check_key(session, healthy, Keyring(bytes(32)))

    assert finding.level.value == "✗"
    assert "Đặt lại đúng tệp master.key" in finding.remedy


def test_a_key_that_others_can_read_is_reported(app, session, healthy, keyring):
    (healthy.instance_path / "master.key").chmod(0o644)

    finding = machine.check_key(session, healthy, keyring)

    assert finding.level.value == "✗"
    assert finding.remedy == f"Chạy: chmod 600 {healthy.instance_path}/master.key"


@pytest.mark.both_databases
def test_the_first_key_that_was_remembered_stays(app, session, healthy, keyring):
    app.extensions["keyring"] = Keyring(bytes(32))

    remember_key(session, keyring)

    assert machine.check_key(session, healthy, keyring).level.value == "✓"


def test_a_clock_that_went_back_is_reported(session, healthy):
    finding = machine.check_clock(session, clock.now() - timedelta(hours=3))

    assert finding.level.value == "✗"
    assert "đang lùi lại" in finding.state


@pytest.mark.both_databases
def test_a_clock_that_differs_from_the_databases_is_reported(session, healthy, backend):
    finding = machine.check_clock(session, clock.now() + timedelta(hours=1))

    assert finding.level.value == ("✗" if backend == "postgresql" else "✓")


@pytest.mark.parametrize(("ago", "mark"), [(1, "✓"), (6, "✗")])
def test_a_silent_worker_is_reported(session, healthy, ago, mark):
    finding = work.check_worker(session, healthy, clock.now() + timedelta(minutes=ago))

    assert finding.level.value == mark


def test_a_missing_worker_is_reported_with_how_to_start_it(session, healthy):
    queue.leave(session, "máy:1")

    beside = work.check_worker(session, healthy, clock.now())
    alone = work.check_worker(session, replace(healthy, worker=False), clock.now())

    assert (beside.level.value, alone.level.value) == ("✗", "✗")
    assert "make serve" in beside.remedy
    assert "flask worker" in alone.remedy


@pytest.mark.both_databases
def test_failed_jobs_and_messages_are_reported(session, keyring, healthy):
    now = clock.now()
    id = enqueue(session, keyring, Order("k", "Việc", "account:1"), now=now)
    claimed = queue.claim(session, keyring, ["k"], now)
    queue.fail(session, id, claimed.token, now, "Hỏng.")
    outbox.post_mail(session, keyring, to="an@xa.example", letter=Letter("a", "b"), now=now)
    parcel = outbox.claim(session, keyring, now)
    outbox.mark_trouble(session, parcel, now, "máy chủ thư trả lời 550", is_final=True)

    jobs, messages = work.check_jobs(session, now), work.check_outbox(session)

    assert (jobs.level.value, jobs.state) == ("!", "1 việc chưa làm được trong 24 giờ qua")
    assert (messages.level.value, messages.state) == ("✗", "1 tin không gửi được (máy chủ thư trả lời 550)")
    assert "xa.example" not in str(messages)


def test_missing_or_old_backups_are_reported(healthy):
    file = healthy.backup_path / "lang-nghe.tar.gz"
    old = clock.now().timestamp() - 3 * 86400
    fresh = backups.check_backups(healthy, clock.now())
    os.utime(file, (old, old))
    aged = backups.check_backups(healthy, clock.now())
    file.unlink()
    missing = backups.check_backups(healthy, clock.now())
    unknown = backups.check_backups(replace(healthy, backup_path=None), clock.now())

    assert [each.level.value for each in (fresh, aged, missing, unknown)] == ["✓", "✗", "✗", "!"]
    assert aged.state == f"bản mới nhất trong {healthy.backup_path} đã 3 ngày"


def test_backups_that_this_machine_alone_opens_are_reported_with_the_command_for_a_key_of_their_own(healthy):
    shared = backups.check_backup_key(healthy)
    apart = backups.check_backup_key(replace(healthy, backup_recipient="age1abc"))

    assert [each.level.value for each in (shared, apart)] == ["!", "✓"]
    assert "mở được bằng master.key của máy này" in shared.state
    assert shared.remedy.endswith("flask backup key")


def test_a_full_disk_is_reported(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "LITTLE", 1 << 62)
    soon = machine.check_disk(tmp_path)
    monkeypatch.setattr(machine, "VERY_LITTLE", 1 << 62)

    assert (soon.level.value, machine.check_disk(tmp_path).level.value) == ("!", "✗")


@pytest.mark.parametrize(
    ("url", "proxies", "mark", "word"),
    [
        ("http://127.0.0.1:8000", "", "!", "Đặt PUBLIC_URL"),
        ("http://lang-nghe.example", "127.0.0.1", "✗", "chứng chỉ"),
        ("https://lang-nghe.example", "", "!", "TRUSTED_PROXIES"),
        ("https://lang-nghe.example", "127.0.0.1", "✓", ""),
    ],
)
def test_the_address_and_the_proxy_go_together(settings, url, proxies, mark, word):
    finding = reach.check_proxy(replace(settings, public_url=url, trusted_proxies=frozenset(proxies.split())))

    assert finding.level.value == mark
    assert word in finding.remedy


def test_an_address_answered_by_another_program_is_reported(settings):
    with post_server() as other:
        finding = reach.check_address(replace(settings, public_url=f"http://127.0.0.1:{other.port}"), "a")

    assert finding.level.value == "✗"
    assert "không phải hệ thống này" in finding.state


def answering(settings, mark, *reply):
    """Return the finding for a server that answers with this status, words and headers."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            status, words, *headers = reply
            self.send_response(status)
            for name in headers:
                self.send_header("X-Lang-Nghe-Instance", name)
            self.end_headers()
            self.wfile.write(words)

        def log_message(self, *_arguments):
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.handle_request, daemon=True).start()
        return reach.check_address(replace(settings, public_url=f"http://127.0.0.1:{server.server_port}"), mark)


@pytest.mark.parametrize(
    ("mark", "reply", "level", "state"),
    [
        ("a1", (200, b"ok\n", "a1"), "✓", "trả lời"),
        (None, (200, b"ok\n", "b2"), "✓", "trả lời"),
        ("a1", (200, b"ok\n", "b2"), "✗", "một bản cài đặt Lắng Nghe khác"),
        ("a1", (200, b"ok\n"), "!", "không nói là bản cài đặt nào"),
        ("a1", (503, b"not ready\n"), "✗", "chưa sẵn sàng"),
        ("a1", (502, b"Bad Gateway"), "✗", "máy chủ đứng trước trả lời 502"),
        ("a1", (400, b""), "✗", "trả lời 400, không phải hệ thống này"),
    ],
)
def test_different_answers_at_the_public_address_are_distinguished(settings, mark, reply, level, state):
    finding = answering(settings, mark, *reply)

    assert (finding.level.value, state in finding.state) == (level, True), finding


def test_a_restored_copy_is_another_instance_and_a_set_up_that_is_repeated_is_not(session, keyring):
    name_instance(session, local_date(NOW))
    first = mark_of(session, keyring)
    name_instance(session, local_date(NOW))
    again = mark_of(session, keyring)
    rename_instance(session, local_date(NOW))

    assert first == again
    assert mark_of(session, keyring) not in {first, mark_of(session, Keyring(bytes(32)))}


def test_a_silent_mail_server_is_reported_without_its_password(settings):
    finding = reach.check_mail(replace(settings, mail_url=f"smtp://u:bimat@127.0.0.1:{unused_port()}"))

    assert finding.level.value == "✗"
    assert "bimat" not in str(finding)


def test_no_mail_server_is_worth_a_look(settings):
    assert reach.check_mail(settings).level.value == "!"


def test_a_backup_folder_that_is_missing_or_a_file_is_reported(healthy, tmp_path):
    (tmp_path / "tep").write_text("")

    missing = backups.check_backups(replace(healthy, backup_path=tmp_path / "khong-co"), clock.now())
    file = backups.check_backups(replace(healthy, backup_path=tmp_path / "tep"), clock.now())

    assert (missing.level.value, missing.state) == ("✗", f"không có thư mục {tmp_path}/khong-co")
    assert missing.remedy == f"Chạy: mkdir -m 700 -p {tmp_path}/khong-co"
    assert (file.level.value, file.state) == ("✗", f"{tmp_path}/tep là tệp, không phải thư mục")


@pytest.mark.parametrize(("closed", "state"), [(os.R_OK, "không đọc được thư mục"), (os.W_OK, "không ghi được vào đó")])
def test_a_closed_backup_folder_is_reported(healthy, tmp_path, monkeypatch, closed, state):
    """Simulate missing permissions, since root has all."""
    (tmp_path / "trong").mkdir()
    monkeypatch.setattr(os, "access", lambda _path, mode: not mode & closed)

    finding = backups.check_backups(replace(healthy, backup_path=tmp_path / "trong"), clock.now())

    assert finding.level.value == "✗"
    assert state in finding.state
    assert "Sửa quyền" in finding.remedy


def test_settings_readable_and_a_folder_writable_by_others_are_reported(healthy):
    folder = healthy.instance_path
    well = machine.check_folder(healthy)
    (folder / "settings.toml").write_text("")
    (folder / "settings.toml").chmod(0o644)
    read = machine.check_folder(healthy)
    folder.chmod(0o777)
    written = machine.check_folder(healthy)

    assert well.level.value == "✓"
    assert (read.level.value, read.remedy) == ("✗", f"Chạy: chmod 600 {folder}/settings.toml")
    assert (written.level.value, written.remedy) == ("✗", f"Chạy: chmod 700 {folder}")


def test_codes_printed_with_another_address_are_reported(session, healthy):
    before = reach.check_printed(session, healthy)
    remember_address(session, replace(healthy, public_url="https://danhgia.example"))
    remember_address(session, replace(healthy, public_url="http://192.168.1.20:8000"))

    lost = reach.check_printed(session, replace(healthy, public_url="http://127.0.0.1:8000"))
    right = reach.check_printed(session, replace(healthy, public_url="https://danhgia.example"))

    assert (before.level.value, lost.level.value, right.level.value) == ("✓", "✗", "✓")
    assert lost.state == "tờ treo đã in dẫn tới https://danhgia.example, ở đây đang là http://127.0.0.1:8000"
    assert 'Đặt lại PUBLIC_URL = "https://danhgia.example"' in lost.remedy


def test_an_address_without_a_listener_is_reported_in_words(healthy):
    finding = reach.check_address(replace(healthy, public_url=f"http://127.0.0.1:{unused_port()}"), None)

    assert "(không chương trình nào nghe ở cổng này)" in finding.state
