"""A backup is restored on both databases, and a damaged one never."""

import hashlib
import json
import re
import tarfile
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from account.models import AuditEntry, Link
from account.operations.links import make_link
from account.operations.sessions import end_sessions
from account.rules.permissions import Role
from core import backup, backup_encryption, clock, schema
from core.crypto import Keyring
from core.jobs import queue
from core.jobs.queries import last_beat
from core.settings import read_file, write
from core.web.extensions import db
from survey.counter.models import Counter
from tests.factories import make_account, make_counter
from tests.support.staff import COOKIE, cookie_of

pytestmark = pytest.mark.both_databases


@pytest.fixture
def backed_up(app, session, keyring, settings, tmp_path):
    make_counter(session)
    session.commit()
    file = tmp_path / "backup.tar.gz"
    backup.create(settings, file, keyring)
    return file


def plain(file, keyring):
    """Make *file* what older programs wrote: the archive without encryption."""
    backup_encryption.decrypt(file, file.with_suffix(".plain"), keyring)
    return file.with_suffix(".plain").replace(file)


def count_counters(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(Counter))


def test_a_restore_restores_the_data(app, session, keyring, settings, backed_up):
    make_counter(session)
    session.commit()
    before = count_counters(session)
    session.close()
    db.engine.dispose()

    backup.restore(settings, backed_up, keyring, replace=True)

    assert before == 2
    assert count_counters(session) == 1


def test_the_command_line_backs_up_and_restores(app, session, tmp_path):
    make_counter(session)
    session.commit()
    session.close()
    run = app.test_cli_runner().invoke

    made = run(args=["backup", "create", str(tmp_path / "copy.tar.gz")])
    restored = run(args=["backup", "restore", str(tmp_path / "copy.tar.gz"), "--replace"])

    assert (made.exit_code, restored.exit_code) == (0, 0), made.output + restored.output
    assert count_counters(session) == 1


def test_sessions_and_links_ended_since_the_backup_stay_ended_after_a_restore(app, session, client, tmp_path):
    account = make_account(session, role=Role.MANAGER)
    session.commit()
    cookie, file = cookie_of(app, account.email), str(tmp_path / "copy.tar.gz")
    make_link(session, account, now=clock.now())
    session.commit()
    run = app.test_cli_runner().invoke
    run(args=["backup", "create", file])
    end_sessions(session, account.id)
    session.commit()
    session.close()

    restored = run(args=["backup", "restore", file, "--replace"])

    client.set_cookie(COOKIE, cookie)
    assert restored.exit_code == 0, restored.output
    assert client.get("/quan-tri/").status_code == 401
    assert session.scalar(select(func.count()).select_from(Link)) == 0
    assert session.scalars(select(AuditEntry.action)).all() == ["backup.restore"]


def test_a_backup_of_older_tables_is_brought_up_to_this_program(app, session, tmp_path):
    make_counter(session)
    session.commit()
    session.close()
    file, run = str(tmp_path / "older.tar.gz"), app.test_cli_runner().invoke
    schema.downgrade(db.engine, "0013")
    run(args=["backup", "create", file])
    schema.upgrade(db.engine)

    restored = run(args=["backup", "restore", file, "--replace"])

    assert restored.exit_code == 0, restored.output
    assert (schema.current(db.engine), schema.differences(db.engine)) == (schema.head(), [])
    assert count_counters(session) == 1


def test_a_backup_of_a_newer_program_is_refused_before_anything_is_touched(app, session, keyring, backed_up, tmp_path):
    def of_tomorrow(text):
        facts = json.loads(text) | {"schema": "9999"}
        parts = [facts[name] for name in ("kind", "sha256", "settings", "schema", "made_at")]
        return json.dumps(facts | {"mac": keyring.mac("backup", *parts).hex()})

    replace_manifest(plain(backed_up, keyring), tmp_path, of_tomorrow)
    make_counter(session)
    session.commit()
    session.close()

    refused = app.test_cli_runner().invoke(args=["backup", "restore", str(backed_up), "--replace"])

    assert "bản chương trình mới hơn" in refused.output
    assert count_counters(session) == 2


def test_a_restore_over_data_must_be_asked_for(session, keyring, settings, backed_up):
    session.close()
    db.engine.dispose()

    with pytest.raises(backup.BackupError, match="--replace"):
        backup.restore(settings, backed_up, keyring)
    assert count_counters(session) == 1


@pytest.mark.parametrize("at", [40, -40])
def test_a_damaged_backup_is_refused_before_anything_is_touched(session, keyring, settings, backed_up, at):
    damaged = bytearray(backed_up.read_bytes())
    damaged[at] ^= 0xFF
    backed_up.write_bytes(damaged)
    session.close()

    with pytest.raises(backup.BackupError, match="hỏng"):
        backup.restore(settings, backed_up, keyring, replace=True)
    assert count_counters(session) == 1


def test_a_backup_of_another_key_is_refused(session, settings, backed_up):
    session.close()

    with pytest.raises(backup.BackupError, match=r"master\.key"):
        backup.restore(settings, backed_up, Keyring(bytes(32)), replace=True)


def test_an_altered_backup_is_refused_though_its_digest_was_mended(session, keyring, settings, backed_up, tmp_path):
    with tarfile.open(plain(backed_up, keyring)) as archive:
        archive.extractall(tmp_path / "open", filter="data")
    with (tmp_path / "open" / "database").open("ab") as content:
        content.write(b"one more account")
    manifest = json.loads((tmp_path / "open" / "manifest.json").read_text())
    manifest["sha256"] = hashlib.sha256((tmp_path / "open" / "database").read_bytes()).hexdigest()
    (tmp_path / "open" / "manifest.json").write_text(json.dumps(manifest))
    with tarfile.open(backed_up, "w:gz") as archive:
        for name in ("manifest.json", "database"):
            archive.add(tmp_path / "open" / name, name)
    session.close()

    with pytest.raises(backup.BackupError, match="bị sửa"):
        backup.restore(settings, backed_up, keyring, replace=True)


@pytest.mark.parametrize("manifest", ["[]", "{", "[" * 100_000, "{}", '{"kind": 1}'])
def test_a_manifest_that_makes_no_sense_is_refused(settings, keyring, tmp_path, manifest):
    for name, text in (("manifest.json", manifest), ("database", "x")):
        (tmp_path / name).write_text(text)
    with tarfile.open(tmp_path / "odd.tar.gz", "w:gz") as archive:
        for name in ("manifest.json", "database"):
            archive.add(tmp_path / name, name)

    with pytest.raises(backup.BackupError, match="Bản sao lưu"):
        backup.restore(settings, tmp_path / "odd.tar.gz", keyring)


def test_the_backup_holds_no_key_and_is_the_owners_alone(backed_up, keyring):
    mode = backed_up.stat().st_mode
    with tarfile.open(plain(backed_up, keyring)) as archive:
        names = sorted(archive.getnames())

    assert names == ["database", "manifest.json"]
    assert mode & 0o777 == 0o600


def test_a_backup_is_encrypted_in_the_format_of_age(session, backed_up):
    content = backed_up.read_bytes()

    assert content.startswith(b"age-encryption.org/v1\n-> ssh-ed25519 ")
    assert b"SQLite format" not in content
    assert b"manifest.json" not in content


def test_a_backup_of_an_older_program_without_encryption_is_restored(session, keyring, settings, backed_up):
    make_counter(session)
    session.commit()
    session.close()
    db.engine.dispose()

    backup.restore(settings, plain(backed_up, keyring), keyring, replace=True)

    assert count_counters(session) == 1


@pytest.fixture
def own_key(app, settings, tmp_path, monkeypatch):
    """Return the secret key that the command prints, and a backup encrypted to it."""
    monkeypatch.setenv("INSTANCE_PATH", str(settings.instance_path))
    printed = app.test_cli_runner().invoke(args=["backup", "key"]).output
    recipient = read_file(settings.instance_path / "settings.toml")["BACKUP_RECIPIENT"]
    monkeypatch.setitem(app.extensions, "settings", replace(settings, backup_recipient=recipient))
    made = app.test_cli_runner().invoke(args=["backup", "create", str(tmp_path / "own.tar.gz.age")])
    assert "phải có khóa sao lưu đã cất riêng" in made.output
    return re.search(r"AGE-SECRET-KEY-1[0-9A-Z]{58}", printed)[0], tmp_path / "own.tar.gz.age"


def test_a_key_of_its_own_is_printed_once_and_never_stored(settings, own_key):
    secret, file = own_key
    found = [
        path for path in settings.instance_path.rglob("*") if path.is_file() and secret in path.read_text("latin-1")
    ]

    assert found == []
    assert file.read_bytes().startswith(b"age-encryption.org/v1\n-> X25519 ")


def test_a_restore_asks_for_the_key_of_its_own(app, session, own_key, tmp_path):
    secret, file = own_key
    (tmp_path / "key.txt").write_text(f"# created: 2026-11-29\n{secret}\n")
    make_counter(session)
    session.commit()

    without = restored(app, session, file)
    before = count_counters(session)
    session.close()
    given = app.test_cli_runner().invoke(
        args=["backup", "restore", str(file), "--replace", "--key", str(tmp_path / "key.txt")]
    )

    assert without.exit_code == 1
    assert "Mất khóa ấy thì không ai mở được bản này nữa." in " ".join(without.output.split())
    assert (before, given.exit_code, count_counters(session)) == (1, 0, 0)


@pytest.mark.parametrize("written", ["AGE-SECRET-KEY-1" + "Q" * 58, "mật khẩu"])
def test_another_key_is_refused_before_anything_is_touched(app, session, own_key, tmp_path, written):
    (tmp_path / "key.txt").write_text(written)

    done = app.test_cli_runner().invoke(
        args=["backup", "restore", str(own_key[1]), "--replace", "--key", str(tmp_path / "key.txt")]
    )

    assert done.exit_code == 1
    assert "Khóa vừa nhập không mở được bản sao lưu này" in done.output


@pytest.fixture
def said(settings, monkeypatch):
    """Return an installation for the public, configured by the environment."""
    for name in ("PUBLIC_URL", "MAIL_URL", "PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("INSTANCE_PATH", str(settings.instance_path))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    write(
        settings.instance_path / "settings.toml",
        {"PUBLIC_URL": "https://danhgia.example", "BRAND": "Lâm Bình", "MAIL_URL": "smtp://a:bimat@thu.example"},
    )
    return settings.instance_path / "settings.toml"


def restored(app, session, file):
    session.close()
    return app.test_cli_runner().invoke(args=["backup", "restore", str(file), "--replace"])


def test_a_restore_restores_settings_that_are_missing(app, session, settings, said, backed_up):
    said.unlink()

    done = restored(app, session, backed_up)

    assert read_file(said) == {"PUBLIC_URL": "https://danhgia.example", "BRAND": "Lâm Bình"}
    assert f"Đã phục hồi {said}: PUBLIC_URL, BRAND." in done.output
    assert "hãy ghi lại vào" in done.output
    assert done.output.count("MAIL_URL") == 1
    assert "CHÚ Ý" not in done.output


def test_a_restore_keeps_existing_settings_and_reports_another_address(app, session, said, backed_up):
    said.unlink()
    write(said, {"PUBLIC_URL": "https://moi.example"})

    done = restored(app, session, backed_up)

    assert read_file(said) == {"PUBLIC_URL": "https://moi.example"}
    assert f"{said} đang có sẵn, được giữ nguyên." in done.output
    assert "https://moi.example, trong bản sao lưu là https://danhgia.example." in done.output


def test_settings_from_the_environment_are_restored_too(app, session, said, monkeypatch, settings, keyring, tmp_path):
    said.unlink()
    monkeypatch.setenv("PUBLIC_URL", "https://bien.example")
    backup.create(settings, tmp_path / "copy.tar.gz", keyring)
    monkeypatch.delenv("PUBLIC_URL")

    restored(app, session, tmp_path / "copy.tar.gz")

    assert read_file(said) == {"PUBLIC_URL": "https://bien.example"}


def test_no_password_of_the_settings_lies_in_a_backup(said, backed_up, keyring, tmp_path):
    with tarfile.open(plain(backed_up, keyring)) as archive:
        archive.extract("manifest.json", tmp_path / "open", filter="data")

    text = (tmp_path / "open" / "manifest.json").read_text()

    assert "danhgia.example" in text
    assert "bimat" not in text


def test_settings_altered_in_a_backup_are_refused(app, session, said, keyring, backed_up, tmp_path):
    replace_manifest(
        plain(backed_up, keyring), tmp_path, lambda text: text.replace("danhgia.example", "giamao.example")
    )
    said.unlink()

    done = restored(app, session, backed_up)

    assert "bị sửa" in done.output
    assert not said.exists()


def test_a_backup_from_before_settings_were_kept_is_restored_and_the_address_asked_for(
    app, session, said, keyring, backed_up, tmp_path
):
    def as_it_was(text):
        facts = json.loads(text)
        del facts["settings"], facts["schema"], facts["made_at"]
        facts["mac"] = keyring.mac("backup", facts["kind"], facts["sha256"]).hex()
        return json.dumps(facts)

    replace_manifest(plain(backed_up, keyring), tmp_path, as_it_was)
    said.unlink()

    done = restored(app, session, backed_up)

    assert done.exit_code == 0, done.output
    assert "CHÚ Ý: địa chỉ công khai đang là http://127.0.0.1:8000. Đặt PUBLIC_URL" in done.output


def replace_manifest(file, tmp_path, change):
    with tarfile.open(file) as archive:
        archive.extractall(tmp_path / "open", filter="data")
    manifest = tmp_path / "open" / "manifest.json"
    manifest.write_text(change(manifest.read_text()))
    with tarfile.open(file, "w:gz") as archive:
        for name in ("manifest.json", "database"):
            archive.add(tmp_path / "open" / name, name)


def test_a_backup_overwrites_a_file_only_when_it_is_asked_to(app, session, tmp_path):
    file = tmp_path / "copy.tar.gz"
    file.write_bytes(b"old")
    run = app.test_cli_runner().invoke
    session.close()

    refused = run(args=["backup", "create", str(file)])
    kept = file.read_bytes()
    made = run(args=["backup", "create", str(file), "--replace"])

    assert refused.exit_code == 1
    assert f"Đã có tệp {file}. Hãy đặt tên khác, hoặc thêm --replace" in refused.output
    assert kept == b"old"
    assert made.exit_code == 0
    assert file.read_bytes() != b"old"


def test_an_unwritable_place_for_a_backup_is_reported_and_left_clean(app, session, tmp_path):
    run = app.test_cli_runner().invoke
    session.close()

    folder = run(args=["backup", "create", str(tmp_path)])
    nowhere = run(args=["backup", "create", str(tmp_path / "khong-co" / "a.tar.gz")])

    assert f"{tmp_path} là thư mục. Hãy ghi thêm tên tệp" in folder.output
    assert f"Không có thư mục {tmp_path}/khong-co. Hãy tạo: mkdir -m 700 -p" in nowhere.output
    assert list(tmp_path.parent.glob("*.part")) == []


def test_a_restored_copy_has_no_worker_that_was_alive_elsewhere(app, session, settings, keyring, tmp_path):
    queue.beat(session, "máy:1", clock.now(), clock.now())
    session.commit()
    backup.create(settings, tmp_path / "copy.tar.gz", keyring)

    restored(app, session, tmp_path / "copy.tar.gz")

    assert last_beat(session) is None
