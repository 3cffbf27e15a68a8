"""Whether this process may work on this instance: the tables are its program's, the key is that of the tables."""

from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core import schema
from core.command_line import flask_line
from core.crypto import Keyring
from core.db import is_there
from core.instance import KEY, find_fact
from core.settings import Settings
from core.values.text import N_

MASTER = "master.key"
_NOT_SET_UP = N_("Hệ thống chưa được chuẩn bị. Hãy chạy: {setup}")
_OLD = N_("Cấu trúc dữ liệu ở bản {at}, chương trình cần bản {head}. Sao lưu rồi chạy: {upgrade}")
_NEWER = N_("Cấu trúc dữ liệu ở bản {at}, mới hơn chương trình (bản {head}). Hãy dùng lại bản chương trình mới hơn.")
_MISSING = N_(
    "Thiếu tệp khóa {file} (khóa {known}). Hãy chép lại bản đã cất riêng vào đó, rồi chạy lại. "
    "Đừng tạo khóa mới: mã QR đã in sẽ chết."
)
_OTHER = N_(
    "Tệp khóa {file} là khóa {here}, cơ sở dữ liệu được lập với khóa {known}. Hãy chép lại đúng bản đã cất riêng "
    "vào đó, rồi chạy lại: với khóa khác, mã QR đã in không mở được."
)


def not_set_up() -> str:
    """What to do about an instance that nobody prepared."""
    return _NOT_SET_UP.format(setup=flask_line("setup"))


def schema_fault(engine: Engine) -> str | None:
    """What is wrong with the tables and what to do; None when they are this program's, or nobody answers."""
    if not is_there(engine):
        return not_set_up()
    try:
        at = schema.current(engine)
    except DBAPIError:
        return None
    if at is None:
        return not_set_up()
    if at == schema.head():
        return None
    words = _OLD if schema.is_known(at) else _NEWER
    return words.format(at=at, head=schema.head(), upgrade=flask_line("db upgrade"))


def key_fault(engine: Engine, settings: Settings, keyring: Keyring | None) -> str | None:
    """Why the key file, there or missing, is not the one of the database; None when it is, or the database has none."""
    known = remembered_key(engine)
    if known is None or (keyring is not None and keyring.fingerprint == known):
        return None
    if keyring is None:
        return _MISSING.format(file=key_file(settings), known=known)
    return _OTHER.format(file=key_file(settings), here=keyring.fingerprint, known=known)


def remembered_key(engine: Engine) -> str | None:
    """The fingerprint that the database carries; None before the set-up, and while it does not answer."""
    if not is_there(engine):
        return None
    try:
        with Session(engine) as session:
            return find_fact(session, KEY)
    except DBAPIError:  # no such table yet, or nobody there: whoever works with it says so
        return None


def key_file(settings: Settings) -> Path:
    """Where the master key lies."""
    return settings.instance_path / MASTER
