"""Check the backups: where they are kept, whether one can be written, how old the newest is, which key opens them."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.commands.doctor.finding import Finding, bad, good, look
from core.settings import FILE, Settings
from core.translation import gettext
from core.values.text import N_
from core.web.command_line import flask_line

OLD = timedelta(days=2)
_BACKUP = N_("Sao lưu")
_KEY = N_("Khóa sao lưu")
_RIGHTS = N_("Sửa quyền của thư mục cho tài khoản chạy chương trình (chủ là tài khoản ấy, chmod 700).")


def check_backups(settings: Settings, now: datetime) -> Finding:
    """Check the age of the newest backup, if there can be one."""
    folder = settings.backup_path
    if folder is None:
        remedy = gettext(
            "Đặt BACKUP_PATH trong %(instance_path)s là thư mục cất bản sao lưu mỗi ngày.",
            instance_path=settings.instance_path / FILE,
        )
        return look(_BACKUP, N_("không biết bản sao lưu cất ở đâu"), remedy)
    return _fault_of(folder) or _age_in(folder, now)


def check_backup_key(settings: Settings) -> Finding:
    """Check that the backups have a key of their own, kept away from this machine."""
    if settings.backup_recipient:
        return good(_KEY, N_("bản sao lưu có khóa riêng, không để trên máy này"))
    state = N_("bản sao lưu mở được bằng master.key của máy này, nên ai lấy được ổ đĩa là đọc được")
    return look(_KEY, state, N_("Để có khóa riêng, cất ngoài máy, chạy một lần: ") + flask_line("backup key"))


def _fault_of(folder: Path) -> Finding | None:
    if not folder.exists():
        return bad(
            _BACKUP,
            gettext("không có thư mục %(folder)s", folder=folder),
            gettext("Chạy: mkdir -m 700 -p %(folder)s", folder=folder),
        )
    if not folder.is_dir():
        return bad(
            _BACKUP,
            gettext("%(folder)s là tệp, không phải thư mục", folder=folder),
            N_("Đặt BACKUP_PATH là một thư mục."),
        )
    if not os.access(folder, os.R_OK | os.X_OK):
        return bad(_BACKUP, gettext("không đọc được thư mục %(folder)s", folder=folder), _RIGHTS)
    return None


def _age_in(folder: Path, now: datetime) -> Finding:
    files = [*folder.glob("*.tar.gz"), *folder.glob("*.age")]
    ages = [now - datetime.fromtimestamp(file.stat().st_mtime, UTC) for file in files]
    state = (
        gettext("bản mới nhất trong %(folder)s đã %(ages)s", folder=folder, ages=_long(min(ages)))
        if ages
        else gettext("chưa có bản nào trong %(folder)s", folder=folder)
    )
    if ages and min(ages) <= OLD:
        return good(_BACKUP, state)
    if not os.access(folder, os.W_OK):
        return bad(_BACKUP, gettext("%(state)s, và không ghi được vào đó", state=state), _RIGHTS)
    remedy = gettext(
        "Chạy: %(command)s", command=flask_line(f"backup create {folder}/lang-nghe-{now:%Y-%m-%d}.tar.gz.age")
    )
    once = N_(" (và xem việc sao lưu hằng ngày, cron hay systemd, có còn chạy không)")
    return bad(_BACKUP, state, remedy + (once if ages else ""))


def _long(age: timedelta) -> str:
    return (
        gettext("%(age)s giờ", age=age // timedelta(hours=1))
        if age <= OLD
        else gettext("%(age)s ngày", age=age // timedelta(days=1))
    )
