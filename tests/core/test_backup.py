"""A backup counts when it was restored: on both databases, and never when it is damaged."""

import hashlib
import json
import tarfile

import pytest
from sqlalchemy import func, select

from core import backup
from core.crypto import Keyring
from core.web.extensions import db
from survey.models import Counter
from tests.factories import make_counter


@pytest.fixture
def backed_up(app, session, keyring, settings, tmp_path):
    make_counter(session)
    session.commit()
    file = tmp_path / "backup.tar.gz"
    backup.create(settings.database_url, file, keyring)
    return file


def count_counters(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(Counter))


def test_a_restore_brings_back_what_was_there(app, session, keyring, settings, backed_up):
    make_counter(session)
    session.commit()
    before = count_counters(session)
    session.close()
    db.engine.dispose()

    backup.restore(settings.database_url, backed_up, keyring, replace=True)

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


def test_a_restore_over_data_must_be_asked_for(session, keyring, settings, backed_up):
    session.close()
    db.engine.dispose()

    with pytest.raises(backup.BackupError, match="--replace"):
        backup.restore(settings.database_url, backed_up, keyring)
    assert count_counters(session) == 1


@pytest.mark.parametrize("at", [40, -40])
def test_a_damaged_backup_is_refused_before_anything_is_touched(session, keyring, settings, backed_up, at):
    damaged = bytearray(backed_up.read_bytes())
    damaged[at] ^= 0xFF
    backed_up.write_bytes(damaged)
    session.close()

    with pytest.raises(backup.BackupError, match="hỏng"):
        backup.restore(settings.database_url, backed_up, keyring, replace=True)
    assert count_counters(session) == 1


def test_a_backup_of_another_key_is_refused(session, settings, backed_up):
    session.close()

    with pytest.raises(backup.BackupError, match=r"master\.key"):
        backup.restore(settings.database_url, backed_up, Keyring(bytes(32)), replace=True)


def test_an_altered_backup_is_refused_though_its_digest_was_mended(session, keyring, settings, backed_up, tmp_path):
    with tarfile.open(backed_up) as archive:
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
        backup.restore(settings.database_url, backed_up, keyring, replace=True)


@pytest.mark.parametrize("manifest", ["[]", "{", "[" * 100_000, "{}", '{"kind": 1}'])
def test_a_manifest_that_makes_no_sense_is_refused(settings, keyring, tmp_path, manifest):
    for name, text in (("manifest.json", manifest), ("database", "x")):
        (tmp_path / name).write_text(text)
    with tarfile.open(tmp_path / "odd.tar.gz", "w:gz") as archive:
        for name in ("manifest.json", "database"):
            archive.add(tmp_path / name, name)

    with pytest.raises(backup.BackupError, match="Bản sao lưu"):
        backup.restore(settings.database_url, tmp_path / "odd.tar.gz", keyring)


def test_the_backup_holds_no_key_and_is_the_owners_alone(backed_up):
    with tarfile.open(backed_up) as archive:
        names = sorted(archive.getnames())

    assert names == ["database", "manifest.json"]
    assert backed_up.stat().st_mode & 0o777 == 0o600
