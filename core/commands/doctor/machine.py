"""Check the machine and the instance: schema, key, clock, data folder, disk."""

import os
import shutil
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core import schema
from core.commands.doctor.finding import Finding, bad, good, look
from core.crypto import Keyring
from core.db import is_there
from core.instance import KEY, find_fact
from core.instance_check import is_damage, key_file
from core.jobs.queries import last_beat
from core.settings import FILE, Settings
from core.translation import gettext
from core.values.dates import moment
from core.values.text import N_
from core.web.command_line import flask_line

DRIFT = timedelta(minutes=1)
LITTLE, VERY_LITTLE = 2 * 1024**3, 200 * 1024**2
"""Free bytes at which the doctor warns, and at which answers are about to be refused."""
_SCHEMA, _KEY, _CLOCK = N_("Cấu trúc dữ liệu"), N_("Tệp khóa"), N_("Đồng hồ")
_INTEGRITY = N_("Toàn vẹn dữ liệu")
_DISK, _FOLDER = N_("Ổ đĩa"), N_("Thư mục dữ liệu")
_TURN_BACK = N_("Bật đồng bộ giờ mạng (timedatectl set-ntp true); giờ sai thì bài dự thi nhận sai hạn.")


def check_schema(engine: Engine) -> Finding:
    """Check that the tables are there and of this version."""
    try:
        at = schema.current(engine) if is_there(engine) else None
    except DBAPIError as error:
        if is_damage(error):
            return bad(_SCHEMA, N_("tệp cơ sở dữ liệu đã hỏng, không đọc được"), mending())
        remedy = N_("Kiểm tra cơ sở dữ liệu có đang chạy không, và DATABASE_URL có đúng không.")
        return bad(_SCHEMA, N_("cơ sở dữ liệu không trả lời ") + f"({type(error.orig).__name__})", remedy)
    if at is None:
        return bad(_SCHEMA, N_("chưa có bảng dữ liệu nào"), gettext("Chạy: %(command)s", command=flask_line("setup")))
    if at == schema.head():
        return good(_SCHEMA, gettext("bản %(at)s, mới nhất", at=at))
    if not schema.is_known(at):
        remedy = N_("Dùng lại bản chương trình mới hơn, đã từng chạy ở đây.")
        return bad(
            _SCHEMA, gettext("ở bản %(at)s, mới hơn chương trình (bản %(head)s)", at=at, head=schema.head()), remedy
        )
    remedy = gettext(
        "Sao lưu (%(command)s), rồi chạy: %(command2)s",
        command=flask_line("backup create TỆP"),
        command2=flask_line("db upgrade"),
    )
    return bad(_SCHEMA, gettext("đang ở bản %(at)s, chương trình cần bản %(head)s", at=at, head=schema.head()), remedy)


def mending() -> str:
    """Return the remedy for a damaged database."""
    restore = flask_line(N_("backup restore TỆP --replace"))
    return gettext(
        "Dừng hệ thống, chép riêng tệp đang hỏng, rồi phục hồi bản sao lưu mới nhất: %(restore)s", restore=restore
    )


def check_integrity(session: Session) -> Finding:
    """Check that the database can read its data: SQLite looks through the file, PostgreSQL counts what failed."""
    try:
        damage = _damage(session)
    except DBAPIError as error:
        if not is_damage(error):
            raise
        damage = [str(error.orig)]
    if damage:
        return bad(_INTEGRITY, N_("dữ liệu đã hỏng: ") + "; ".join(damage), mending())
    return good(_INTEGRITY, N_("đọc được toàn bộ dữ liệu"))


def _damage(session: Session) -> list[str]:
    if session.get_bind().dialect.name == "postgresql":
        failed = session.scalar(text("SELECT coalesce(sum(checksum_failures), 0) FROM pg_stat_database")) or 0
        return [gettext("%(failed)s trang đọc sai", failed=failed)] if failed else []
    said = session.scalars(text("PRAGMA integrity_check(3)"))
    return [" ".join(line.split()) for line in said if line != "ok"]


def check_key(session: Session, settings: Settings, keyring: Keyring | None) -> Finding:
    """Check that the key file is there, private, and the one that the database was made with."""
    file, known = key_file(settings), find_fact(session, KEY)
    if keyring is None:
        state = gettext("thiếu tệp %(file)s", file=file) + (gettext(" (khóa %(known)s)", known=known) if known else "")
        return bad(_KEY, state, N_("Chép lại bản đã cất riêng vào đó. Đừng tạo khóa mới: mã QR đã in sẽ chết."))
    fingerprint = keyring.fingerprint
    if known is not None and known != fingerprint:
        state = gettext(
            "cơ sở dữ liệu được lập với khóa %(known)s, ở đây là khóa %(fingerprint)s",
            known=known,
            fingerprint=fingerprint,
        )
        remedy = N_("Đặt lại đúng tệp master.key đã cất riêng; đừng nhận đánh giá hay bài thi trước khi đặt lại.")
        return bad(_KEY, state, remedy)
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        return bad(_KEY, N_("người khác trên máy này đọc được"), gettext("Chạy: chmod 600 %(file)s", file=file))
    if known is None:
        return look(
            _KEY,
            gettext("%(fingerprint)s, chưa ghi dấu vào cơ sở dữ liệu", fingerprint=fingerprint),
            gettext("Chạy một lần nữa: %(command)s", command=flask_line("setup")),
        )
    return good(_KEY, gettext("%(fingerprint)s, khớp với cơ sở dữ liệu", fingerprint=fingerprint))


def check_clock(session: Session, now: datetime) -> Finding:
    """Check that this machine's clock agrees with the database's, and is not behind what was stored."""
    seen = last_beat(session)
    if seen is not None and now < seen - DRIFT:
        return bad(
            _CLOCK,
            gettext("đang lùi lại: đã từng ghi %(seen)s, bây giờ là %(now)s", seen=moment(seen), now=moment(now)),
            _TURN_BACK,
        )
    apart = abs(_database_time(session, now) - now)
    if apart > DRIFT:
        state = gettext(
            "lệch %(total_seconds)s giây so với máy chủ cơ sở dữ liệu", total_seconds=round(apart.total_seconds())
        )
        return bad(_CLOCK, state, N_("Bật đồng bộ giờ mạng trên cả hai máy (timedatectl set-ntp true)."))
    return good(_CLOCK, moment(now))


def _database_time(session: Session, now: datetime) -> datetime:
    """Return the database's time: PostgreSQL may run on another machine, SQLite has the time of this one."""
    if session.get_bind().dialect.name != "postgresql":
        return now
    state: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
    return state.astimezone(UTC)


def check_folder(settings: Settings) -> Finding:
    """Check that only its owner can change the data folder and read its settings, which hold a mail password."""
    folder, file = settings.instance_path, settings.instance_path / FILE
    if folder.is_dir() and stat.S_IMODE(folder.stat().st_mode) & 0o022:
        return bad(
            _FOLDER,
            gettext("người khác trên máy này ghi được vào %(folder)s", folder=folder),
            gettext("Chạy: chmod 700 %(folder)s", folder=folder),
        )
    if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
        return bad(
            _FOLDER,
            gettext("người khác trên máy này đọc được %(file)s", file=file),
            gettext("Chạy: chmod 600 %(file)s", file=file),
        )
    return good(_FOLDER, f"{folder}")


def check_disk(folder: Path) -> Finding:
    """Check that the data folder can be written, and how much space is left."""
    if not os.access(folder, os.W_OK):
        return bad(
            _DISK,
            gettext("không ghi được vào %(folder)s", folder=folder),
            N_("Sửa quyền để tài khoản chạy chương trình ghi được."),
        )
    free = shutil.disk_usage(folder).free
    state = gettext("còn %(free)s MB trống ở %(folder)s", free=free // 1024**2, folder=folder)
    remedy = N_("Xóa bớt tệp không cần, chuyển bản sao lưu cũ đi nơi khác, hoặc thêm đĩa.")
    if free < VERY_LITTLE:
        return bad(_DISK, state, remedy)
    return look(_DISK, state, remedy) if free < LITTLE else good(_DISK, state)
