"""Consistent copies of the database: SQLite's online backup, or pg_dump, with a keyed digest beside it.

The master key is left out on purpose, so that a stolen backup opens no phone number. The archive names the key that it
belongs to, and a restore under another key is refused before anything is touched. Settings made at set-up go along,
except addresses that hold passwords.
"""

import errno
import gzip
import hashlib
import hmac
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine, make_url
from sqlalchemy.engine import URL

from core import backup_encryption, clock, erasure_log, schema
from core.crypto import Keyring
from core.settings import Settings, portable
from core.translation import gettext
from core.values.text import N_

_WHY = {
    errno.EACCES: N_("không có quyền ghi"), errno.EPERM: N_("không có quyền ghi"), errno.EROFS: N_("chỉ đọc được"),
    errno.ENOSPC: N_("đĩa đầy"), errno.EDQUOT: N_("hết dung lượng được cấp"),
}  # fmt: skip

_EMPTY = """DO $$ DECLARE name text; BEGIN
FOR name IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema() LOOP
EXECUTE 'DROP TABLE ' || name || ' CASCADE'; END LOOP;
FOR name IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e') LOOP
EXECUTE 'DROP FUNCTION ' || name; END LOOP; END $$"""
"""Drops the tables and functions of this program in the database, and leaves those of extensions."""

_DAMAGED = N_("Bản sao lưu hỏng: không phục hồi gì cả.")
_KEY_NEEDED = N_(
    "Bản sao lưu đã mã hóa và không mở được bằng tệp master.key ở đây. Hãy đặt lại đúng tệp master.key của hệ thống đã "
    "sao lưu; nếu khi sao lưu có đặt BACKUP_RECIPIENT thì cần cả khóa sao lưu đã cất riêng (AGE-SECRET-KEY-…). "
    "Mất khóa ấy thì không ai mở được bản này nữa. Khóa đúng mà vẫn báo như vậy thì tệp đã hỏng."
)
_WRONG_KEY = N_("Khóa vừa nhập không mở được bản sao lưu này. Xin xem lại từng chữ, hoặc tìm khóa của lần sao lưu ấy.")
BROKEN = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
"""SQLite's error names for a file that can never be read again."""
_SIGNED = ("kind", "sha256", "settings", "schema", "made_at")


@dataclass(frozen=True)
class Copy:
    """The settings and the time that a backup holds; empty for an archive of an older program."""

    settings: dict[str, str]
    """The settings at set-up, by name; the value of a secret is empty."""
    made_at: datetime | None


class BackupError(Exception):
    """The backup can't be made or must not be restored; the text gives the reason in Vietnamese."""


class KeyNeeded(BackupError):
    """The backup is encrypted to a key that is not here."""


def create(settings: Settings, file: Path, keyring: Keyring, *, replace: bool = False) -> int:
    """Write a consistent encrypted copy of the running database to *file*, whole or not at all; returns its bytes.

    Raises:
        BackupError: the database or the place can't be read or written, or *file* exists and would be overwritten
            without *replace*.
    """
    if file.is_file() and not replace:
        taken = gettext("Đã có tệp %(file)s. Hãy đặt tên khác, hoặc thêm --replace nếu muốn ghi đè.", file=file)
        raise BackupError(taken)
    url, begun = make_url(settings.database_url), clock.now()
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "database"
        _copy_sqlite(url, content) if _is_sqlite(url) else _dump_postgres(url, content)
        manifest = Path(folder) / "manifest.json"
        kind, digest, kept = url.get_backend_name(), _sha256(content), json.dumps(portable(settings))
        facts = {"kind": kind, "sha256": digest, "key": keyring.fingerprint, "settings": kept, "schema": _revision(url)}
        facts["made_at"] = begun.isoformat(timespec="seconds")
        manifest.write_text(json.dumps(facts | {"mac": _mac(keyring, facts)}))
        partial = _place(file)
        try:
            with tarfile.open(Path(folder) / "archive", "w:gz") as archive:
                archive.add(manifest, "manifest.json")
                archive.add(content, "database")
            backup_encryption.encrypt(Path(folder) / "archive", partial, keyring, settings.backup_recipient)
            partial.chmod(0o600)
            partial.replace(file)
            (settings.instance_path / erasure_log.FILE).touch(0o600)  # erasures are logged from here on
        except OSError as error:
            partial.unlink(missing_ok=True)
            why = _WHY.get(error.errno or 0, error)
            raise BackupError(
                gettext("Không ghi được bản sao lưu vào %(parent)s: %(why)s.", parent=file.parent, why=why)
            ) from error
    return file.stat().st_size


def _place(file: Path) -> Path:
    """Return where the archive is written before it gets its name."""
    if file.is_dir():
        raise BackupError(
            gettext("%(file)s là thư mục. Hãy ghi thêm tên tệp, ví dụ: %(file)s/lang-nghe.tar.gz", file=file)
        )
    if not file.parent.is_dir():
        raise BackupError(
            gettext("Không có thư mục %(parent)s. Hãy tạo: mkdir -m 700 -p %(parent)s", parent=file.parent)
        )
    return file.with_name(file.name + ".part")


def restore(settings: Settings, file: Path, keyring: Keyring, *, replace: bool = False, secret: str = "") -> Copy:
    """Replace the database with the copy in *file*; the present one is kept until the copy has been checked.

    *secret* is the key of a backup that was encrypted to `BACKUP_RECIPIENT`.

    The tables are then those of the copy: `schema.upgrade` brings them up to this program.

    Raises:
        KeyNeeded: the archive is encrypted to another key than the instance's and *secret*.
        BackupError: the archive is damaged, of another kind of database, of another key or of a newer program, or
            data would be overwritten without *replace*.
    """
    url = make_url(settings.database_url)
    with tempfile.TemporaryDirectory() as folder:
        opened = _decrypted(file, Path(folder) / "archive", keyring, secret)
        content, copy = _unpack(opened, Path(folder), url.get_backend_name(), keyring)
        if _is_sqlite(url):
            _restore_sqlite(url, content, replace=replace)
        else:
            _restore_postgres(url, content, replace=replace)
    return copy


def _decrypted(file: Path, plain: Path, keyring: Keyring, secret: str) -> Path:
    """Return the archive, decrypted to *plain* unless it is one of an older program."""
    try:
        if not backup_encryption.is_encrypted(file):
            return file
        backup_encryption.decrypt(file, plain, keyring, secret)
    except backup_encryption.WrongKey as error:
        raise KeyNeeded(_WRONG_KEY if secret else _KEY_NEEDED) from error
    except (backup_encryption.Damaged, OSError) as error:
        raise BackupError(_DAMAGED) from error
    return plain


def _unpack(file: Path, folder: Path, kind: str, keyring: Keyring) -> tuple[Path, Copy]:
    content = folder / "database"
    try:
        _read_through(file)
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        manifest = {name: str(value) for name, value in json.loads((folder / "manifest.json").read_text()).items()}
        digest = _sha256(content)
    except (OSError, EOFError, tarfile.TarError, zlib.error, ValueError, AttributeError, RecursionError) as error:
        raise BackupError(_DAMAGED) from error
    if manifest.get("kind") != kind:
        raise BackupError(
            gettext("Bản sao lưu là của %(value)s, hệ thống này dùng %(kind)s.", value=manifest.get("kind"), kind=kind)
        )
    if manifest.get("key") != keyring.fingerprint:
        raise BackupError(
            gettext(
                "Bản sao lưu thuộc khóa %(value)s, ở đây là khóa %(fingerprint)s. Hãy đặt lại đúng tệp master.key.",
                value=manifest.get("key"),
                fingerprint=keyring.fingerprint,
            )
        )
    facts = manifest | {"kind": kind, "sha256": digest}
    if not hmac.compare_digest(manifest.get("mac", "").encode(), _mac(keyring, facts).encode()):
        raise BackupError(N_("Bản sao lưu hỏng hoặc bị sửa: nội dung không khớp dấu kiểm. Không phục hồi gì cả."))
    if manifest.get("schema") and not schema.is_known(manifest["schema"]):
        raise BackupError(N_("Bản sao lưu là của bản chương trình mới hơn. Hãy nâng cấp chương trình rồi phục hồi."))
    made = manifest.get("made_at")
    return content, Copy(json.loads(manifest.get("settings", "{}")), datetime.fromisoformat(made) if made else None)


def _read_through(file: Path) -> None:
    """Read the archive to its last byte for gzip's check: tar stops at its end mark and would miss damage after it."""
    with gzip.open(file) as stream:
        while stream.read(1 << 20):
            pass


def _mac(keyring: Keyring, facts: Mapping[str, str]) -> str:
    """Return the keyed digest of a backup. Recomputing the plain digest of an altered backup does not pass this
    check.
    """
    parts = [facts[name] for name in _SIGNED if name in facts]
    return keyring.mac("backup", *parts).hex()


def _revision(url: URL) -> str:
    """Return the schema's version; empty before the set-up."""
    engine = create_engine(url)
    try:
        return schema.current(engine) or ""
    finally:
        engine.dispose()


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _copy_sqlite(url: URL, target: Path) -> None:
    source = Path(url.database or "")
    if not source.is_file():
        raise BackupError(N_("Chưa có cơ sở dữ liệu để sao lưu."))
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise BackupError(gettext("Không đọc được cơ sở dữ liệu, hoặc đĩa đầy: %(error)s", error=error)) from error


def _restore_sqlite(url: URL, content: Path, *, replace: bool) -> None:
    target = Path(url.database or "")
    if target.exists() and not replace:
        raise BackupError(N_("Đang có dữ liệu. Thêm --replace nếu chắc chắn muốn thay."))
    with closing(sqlite3.connect(content)) as check:
        if check.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupError(N_("Cơ sở dữ liệu trong bản sao lưu hỏng. Không phục hồi gì cả."))
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        _put(content, target)
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "") not in BROKEN:
            raise BackupError(
                gettext("Không ghi được cơ sở dữ liệu: %(error)s. Hãy dừng hệ thống rồi chạy lại.", error=error)
            ) from error
        for each in (target.with_name(target.name + end) for end in ("", "-wal", "-shm")):
            if each.exists():
                each.rename(each.with_name(f"hong-{each.name}"))  # kept for examination
        _put(content, target)


def _put(content: Path, target: Path) -> None:
    """Copy through SQLite's backup API, so that a running application sees one atomic change."""
    with closing(sqlite3.connect(content)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _dump_postgres(url: URL, target: Path) -> None:
    _run("pg_dump", ["--format=custom", "--no-owner", f"--file={target}"], url)


def _restore_postgres(url: URL, content: Path, *, replace: bool) -> None:
    """Restore in one transaction and drop everything first: tables of a newer program would get in an older copy's
    way.
    """
    script = content.with_suffix(".sql")
    _run("pg_restore", ["--no-owner", f"--file={script}", str(content)], url)
    emptying = [f"--command={_EMPTY}"] if replace else []
    try:
        _run("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", *emptying, f"--file={script}"], url)
    except BackupError as error:
        hint = "" if replace else N_(" Nếu đang có dữ liệu và muốn thay, thêm --replace.")
        raise BackupError(f"{error}{hint}") from error


def _run(program: str, options: list[str], url: URL) -> None:
    found = shutil.which(program)
    if found is None:
        raise BackupError(gettext("Cần chương trình %(program)s (gói postgresql-client).", program=program))
    environ = os.environ | {
        "PGHOST": str(url.query.get("host") or url.host or ""),
        "PGPORT": str(url.port or ""),
        "PGUSER": url.username or "",
        "PGPASSWORD": url.password or "",
        "PGDATABASE": url.database or "",
    }
    environ = {name: value for name, value in environ.items() if value or not name.startswith("PG")}
    done = subprocess.run([found, *options], env=environ, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [""]
        first = next((line for line in lines if "error:" in line.lower()), lines[-1])
        raise BackupError(gettext("%(program)s báo lỗi: %(first)s", program=program, first=first))


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
