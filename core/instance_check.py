"""Check that the database schema and the master key match this program."""

import sqlite3
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core import schema
from core.command_line import flask_command
from core.crypto import Keyring
from core.db import is_there
from core.instance import KEY, find_fact
from core.settings import Settings
from core.translation import gettext
from core.values.text import N_

MASTER = "master.key"
DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
PRIMARY = 0xFF
"""The part of SQLite's code of an error that names its kind; the rest names the place."""
_NO_TABLE, _NO_COLUMN = ("no such table", "UndefinedTable"), ("no such column", "UndefinedColumn")
_BEHIND = N_("Cơ sở dữ liệu thuộc bản cũ hơn chương trình. Sao lưu rồi chạy: %(upgrade)s")
_SILENT = N_("Cơ sở dữ liệu không trả lời (%(kind)s). Để biết phải làm gì, hãy chạy: %(doctor)s")
_DAMAGED = N_(
    "Cơ sở dữ liệu đã hỏng. Hãy dừng hệ thống, xem bằng %(doctor)s, rồi phục hồi bản sao lưu mới nhất: %(restore)s"
)
_NOT_SET_UP = N_("Hệ thống chưa được chuẩn bị. Hãy chạy: %(setup)s")
_OLD = N_("Cấu trúc dữ liệu ở bản %(at)s, chương trình cần bản %(head)s. Sao lưu rồi chạy: %(upgrade)s")
_NEWER = N_(
    "Cấu trúc dữ liệu ở bản %(at)s, mới hơn chương trình (bản %(head)s). Hãy dùng lại bản chương trình mới hơn."
)
_MISSING = N_(
    "Thiếu tệp khóa %(file)s (khóa %(known)s). Hãy chép lại bản đã cất riêng vào đó, rồi chạy lại. "
    "Đừng tạo khóa mới: mã QR đã in sẽ chết."
)
_OTHER = N_(
    "Tệp khóa %(file)s là khóa %(here)s, cơ sở dữ liệu được lập với khóa %(known)s. Hãy chép lại đúng bản đã cất riêng "
    "vào đó, rồi chạy lại: với khóa khác, mã QR đã in không mở được."
)


def instance_fault(engine: Engine, settings: Settings, keyring: Keyring | None) -> str | None:
    """Return what is wrong with the tables or the key, with the remedy; None when all is well.

    A database that does not answer is not reported here.
    """
    instance = settings.instance_path
    fault = schema_fault(engine, instance) or key_fault(engine, settings, keyring)
    return fault or (not_set_up(instance) if keyring is None else None)


def database_fault(error: DBAPIError, instance: Path) -> str:
    """Return a description of a database error with the remedy; it quotes neither the statement nor its values."""
    kind = type(error.orig).__name__
    text = f"{kind}: {error.orig}"
    if is_damage(error):
        return damage_remedy(instance)
    if any(mark in text for mark in _NO_TABLE):
        return not_set_up(instance)
    if any(mark in text for mark in _NO_COLUMN):
        return gettext(_BEHIND, upgrade=flask_command("db upgrade", instance))
    return gettext(_SILENT, kind=kind, doctor=flask_command("doctor", instance))


def is_damage(error: DBAPIError) -> bool:
    """Whether the database could not read its own data: SQLite's damaged file, or PostgreSQL's damaged page."""
    is_sqlite = getattr(error.orig, "sqlite_errorcode", 0) & PRIMARY in DAMAGED
    return is_sqlite or getattr(error.orig, "sqlstate", "") in {"XX001", "XX002"}


def is_file_damaged(engine: Engine) -> bool:
    """Whether SQLite finds its file damaged, as far as a quick look through it shows."""
    if engine.dialect.name != "sqlite":
        return False
    try:
        with engine.connect() as connection:
            return connection.execute(text("PRAGMA quick_check(1)")).scalar() != "ok"
    except DBAPIError as error:
        return is_damage(error)


def damage_remedy(instance: Path) -> str:
    """Return what to do about a damaged database."""
    restore = flask_command(N_("backup restore TỆP --replace"), instance)
    return gettext(_DAMAGED, doctor=flask_command("doctor", instance), restore=restore)


def not_set_up(instance: Path) -> str:
    """Return the remedy for an instance that was never set up."""
    return gettext(_NOT_SET_UP, setup=flask_command("setup", instance))


def schema_fault(engine: Engine, instance: Path) -> str | None:
    """Return what is wrong with the tables, with the remedy; None when they fit, or the database does not answer."""
    if not is_there(engine):
        return not_set_up(instance)
    try:
        at = schema.current(engine)
    except DBAPIError:
        return None
    if at is None:
        return not_set_up(instance)
    if at == schema.head():
        return None
    words = _OLD if schema.is_known(at) else _NEWER
    return gettext(words, at=at, head=schema.head(), upgrade=flask_command("db upgrade", instance))


def key_fault(engine: Engine, settings: Settings, keyring: Keyring | None) -> str | None:
    """Return why the key file does not match the database, or is missing; None when it matches, or the database has no
    key.
    """
    known = remembered_key(engine)
    if known is None or (keyring is not None and keyring.fingerprint == known):
        return None
    if keyring is None:
        return gettext(_MISSING, file=key_file(settings), known=known)
    return gettext(_OTHER, file=key_file(settings), here=keyring.fingerprint, known=known)


def remembered_key(engine: Engine) -> str | None:
    """Return the fingerprint in the database; None before the set-up, or while the database does not answer."""
    if not is_there(engine):
        return None
    try:
        with Session(engine) as session:
            return find_fact(session, KEY)
    except DBAPIError:  # no such table yet, or no server: reported where it is used
        return None


def key_file(settings: Settings) -> Path:
    """Return the path of the master key."""
    return settings.instance_path / MASTER
