"""Settings: from the environment, else from the instance's `settings.toml`, else defaults for one small machine.

They are read once and typed; an unusable value gives one sentence.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from core.last_port import last_port
from core.translation import gettext
from core.values.text import N_

HERE = Path(__file__).resolve().parent.parent
DEFAULT_INSTANCE = HERE / "instance"
FILE = "settings.toml"
CONSOLE = "console:"
"""In place of an address: messages are printed."""
ON, OFF = frozenset({"on", "1", "true", "yes"}), frozenset({"off", "0", "false", "no"})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class BadSetting(ValueError):
    """A setting that can't be used; the text names it and gives the reason in Vietnamese, and never quotes a secret."""


@dataclass(frozen=True)
class Setting:
    """The name of a setting, and its meaning for an administrator."""

    name: str
    meaning: str
    is_secret: bool = False


SETTINGS = (
    Setting("INSTANCE_PATH", N_("thư mục dữ liệu, có cơ sở dữ liệu, master.key, settings.toml; chỉ đặt ở môi trường")),
    Setting("DATABASE_URL", N_("cơ sở dữ liệu; mặc định là SQLite trong thư mục dữ liệu"), is_secret=True),
    Setting("PUBLIC_URL", N_("địa chỉ công khai, in trong mọi mã QR và ghi trong mọi thư")),
    Setting("PORT", N_("cổng mà máy chủ nghe, trên chính máy này")),
    Setting("WEB_WORKERS", N_("số tiến trình phục vụ, mỗi tiến trình bốn luồng")),
    Setting("TRUSTED_PROXIES", N_("địa chỉ máy chủ đứng trước được tin về giờ bài đến nơi")),
    Setting("BRAND", N_("tên ở đầu mỗi trang")),
    Setting("HOST", N_("cơ quan chủ trì khảo sát, điền sẵn khi thêm cơ quan được đánh giá")),
    Setting("MAIL_URL", N_("máy chủ thư: smtp://tên:mật-khẩu@máy:587, smtps://…, hoặc console:"), is_secret=True),
    Setting("MAIL_FROM", N_("địa chỉ người gửi của mọi thư")),
    Setting("SMS_URL", N_("cổng tin nhắn: https://tên:mật-khẩu@máy/đường-dẫn, hoặc console:"), is_secret=True),
    Setting("WEBHOOK_URLS", N_("các địa chỉ https được báo tin, cách nhau bằng dấu cách"), is_secret=True),
    Setting("SECOND_APPROVER", N_("on hoặc off: việc hệ trọng cần người thứ hai phê duyệt")),
    Setting("WORKER", N_("on hoặc off: máy chủ web tự mở tiến trình làm việc nền")),
    Setting("BACKUP_PATH", N_("thư mục cất bản sao lưu, để flask doctor xem bản mới nhất")),
    Setting("BACKUP_RECIPIENT", N_("phần công khai của khóa sao lưu riêng (age1…), do flask backup key tạo")),
)


@dataclass(frozen=True)
class Settings:
    """The settings of an installation; `docs/operating.md` documents each one."""

    instance_path: Path
    database_url: str = field(repr=False)
    public_url: str
    trusted_proxies: frozenset[str]
    brand: str
    host: str = ""
    port: int = 8000
    web_workers: int = 2
    mail_url: str = field(default="", repr=False)
    mail_from: str = ""
    sms_url: str = field(default="", repr=False)
    webhook_urls: tuple[str, ...] = field(default=(), repr=False)
    second_approver: bool = True
    worker: bool = True
    backup_path: Path | None = None
    backup_recipient: str = ""

    @property
    def public_host(self) -> str:
        """The host of the public address, without its port."""
        return urlsplit(self.public_url).hostname or "127.0.0.1"

    @property
    def is_local(self) -> bool:
        """Whether the public address opens on this machine only."""
        return self.public_host in LOOPBACK

    @property
    def is_secure(self) -> bool:
        """Whether the public address uses TLS, so that cookies may require it."""
        return self.public_url.startswith("https://")

    @property
    def mail_sender(self) -> str:
        """The sender address of letters."""
        return self.mail_from or f"khong-tra-loi@{self.public_host}"


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; an absent or empty value takes its default.

    Without PUBLIC_URL and PORT the public address has the port of the last start, so that commands in another terminal
    print addresses that answer. A server still listens on the default port.

    Raises:
        BadSetting: a value can't be used, or the file can't be read.
    """
    instance = Path(environ.get("INSTANCE_PATH") or DEFAULT_INSTANCE).resolve()
    return _settings(instance, _RawSettings(environ, read_file(instance / FILE)), last_port(instance))


def check(values: Mapping[str, str]) -> None:
    """Check that an installation could start with *values*, by name; raises `BadSetting` as `read` does."""
    _settings(HERE, _RawSettings(values, {}))


def _settings(instance: Path, said: _RawSettings, started_on: int | None = None) -> Settings:
    port = said.number("PORT", 8000, most=65535)
    heard = port if said.text("PORT") else started_on or port
    return Settings(
        instance_path=instance,
        database_url=said.text("DATABASE_URL") or f"sqlite:///{instance / 'lang-nghe.sqlite3'}",
        public_url=said.checked("PUBLIC_URL", _web_address).rstrip("/") or f"http://127.0.0.1:{heard}",
        trusted_proxies=frozenset(said.text("TRUSTED_PROXIES").split()),
        brand=said.text("BRAND") or "Lắng Nghe",
        host=said.text("HOST"),
        port=port,
        web_workers=said.number("WEB_WORKERS", 2, most=64),
        mail_url=said.checked("MAIL_URL", _mail_server),
        mail_from=said.checked("MAIL_FROM", _mail_address),
        sms_url=said.checked("SMS_URL", _gateway),
        webhook_urls=tuple(said.checked("WEBHOOK_URLS", _receivers).split()),
        second_approver=said.switch("SECOND_APPROVER", default=True),
        worker=said.switch("WORKER", default=True),
        backup_path=Path(said.text("BACKUP_PATH")) if said.text("BACKUP_PATH") else None,
        backup_recipient=said.checked("BACKUP_RECIPIENT", _backup_recipient),
    )


def read_file(path: Path) -> dict[str, str]:
    """Return the settings in *path*, by name; empty when the file is missing.

    Raises:
        BadSetting: it can't be read, is no TOML, or has an unknown name.
    """
    try:
        found = tomllib.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BadSetting(access_fault(path, error)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        wrong = gettext('Tệp %(path)s viết chưa đúng: mỗi dòng có dạng TÊN = "giá trị".', path=path)
        raise BadSetting(wrong) from error
    for name in found.keys() - _IN_A_FILE:
        words = gettext("Tệp %(path)s có mục %(name)s, không phải tên của cài đặt nào.", path=path, name=name)
        raise BadSetting(words)
    return {name: _as_text(value) for name, value in found.items()}


def portable(settings: Settings, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the settings that a copy of the installation needs, from whichever source; a secret's value is empty.

    Settings of the machine (database, port, processes) are left out. Addresses of mail and SMS servers are secrets, so
    a copy on trial sends no letters.
    """
    said = _RawSettings(environ, read_file(settings.instance_path / FILE))
    kept = {each.name: "" if each.is_secret else said.text(each.name) for each in SETTINGS if said.text(each.name)}
    return {name: value for name, value in kept.items() if name in _IN_A_FILE - _THE_MACHINES}


def access_fault(file: Path, error: OSError) -> str:
    """Return why *file* of the data folder can't be read, naming the file or its folder."""
    place = {"parent": file.parent, "owner": N_("chủ là tài khoản chạy chương trình")}
    if isinstance(error, NotADirectoryError):
        return gettext("%(parent)s không phải là thư mục: kiểm tra INSTANCE_PATH.", parent=file.parent)
    if not os.access(file.parent, os.X_OK):
        return gettext("Không mở được thư mục dữ liệu %(parent)s: kiểm tra quyền (%(owner)s, chmod 700).", **place)
    if not file.exists():
        return gettext("Không ghi được vào thư mục dữ liệu %(parent)s: kiểm tra quyền (%(owner)s, chmod 700).", **place)
    return gettext("Không đọc được tệp %(file)s: kiểm tra quyền (%(owner)s, chmod 600).", file=file, **place)


def write(path: Path, values: Mapping[str, str]) -> None:
    """Set *values* in the file at *path*, readable by its owner alone; an empty value removes its line, others stay.

    The file is replaced as a whole.

    Raises:
        BadSetting: a name is unknown, a value holds control characters, or it could not be read again.
    """
    kept = {name: value for name, value in (read_file(path) | dict(values)).items() if value}
    for name, value in kept.items():
        if name not in _IN_A_FILE or not value.isprintable():
            raise BadSetting(gettext("Không ghi được cài đặt %(name)s.", name=name))
    check(kept)
    text = "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in sorted(kept.items()))
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0) as file:
            file.write(text.encode())
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@dataclass(frozen=True)
class _RawSettings:
    """The raw settings, read by type."""

    environ: Mapping[str, str]
    file: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.environ.get(name) or self.file.get(name, "")

    def checked(self, name: str, find_fault: Callable[[str], str | None]) -> str:
        """Return the text; *find_fault* returns what is expected instead, or None."""
        text = self.text(name)
        fault = find_fault(text) if text else None
        if fault:
            said = "" if name in _SECRET else gettext(", không phải %(text)s", text=repr(text))
            raise BadSetting(gettext("%(name)s phải %(fault)s%(quoted)s.", name=name, fault=fault, quoted=said))
        return text

    def number(self, name: str, default: int, *, most: int) -> int:
        fault = gettext("là số từ 1 đến %(most)s", most=most)
        text = self.checked(name, lambda text: None if text.isdecimal() and 1 <= int(text[:9]) <= most else fault)
        return int(text) if text else default

    def switch(self, name: str, *, default: bool) -> bool:
        text = self.checked(name, lambda text: None if text.lower() in ON | OFF else N_("là on hoặc off"))
        return text.lower() in ON if text else default


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _web_address(text: str) -> str | None:
    parts = _split(text)
    is_one = parts is not None and parts.scheme in {"http", "https"} and parts.hostname
    return None if is_one else N_("có dạng https://ten-mien")


def _mail_server(text: str) -> str | None:
    parts = _split(text)
    is_one = parts is not None and parts.scheme in {"smtp", "smtps"} and parts.hostname
    return None if is_one or text == CONSOLE else N_("có dạng smtp://tên:mật-khẩu@máy-chủ:587")


def _mail_address(text: str) -> str | None:
    is_one = text.isprintable() and "@" in text.strip("@") and not set(text) & set(" <>,;")
    return None if is_one else N_("là một địa chỉ thư, ví dụ lang-nghe@tinh.gov.vn")


def _gateway(text: str) -> str | None:
    return None if text == CONSOLE or _is_receiver(text) else N_("có dạng https://máy-chủ/đường-dẫn")


def _receivers(text: str) -> str | None:
    is_each = all(_is_receiver(each) for each in text.split())
    return None if is_each else N_("là các địa chỉ https, cách nhau bằng dấu cách")


def _is_receiver(text: str) -> bool:
    parts = _split(text)
    if parts is None or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _backup_recipient(text: str) -> str | None:
    return None if re.fullmatch("age1[0-9a-z]{58}", text) else N_("là phần công khai của một khóa, dạng age1…")


def _split(text: str) -> SplitResult | None:
    """Return the parts of an address; None when it is none, or its port is no number."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts if text.isprintable() else None


_SECRET = frozenset(setting.name for setting in SETTINGS if setting.is_secret)
_THE_MACHINES = frozenset({"DATABASE_URL", "PORT", "WEB_WORKERS"})
_IN_A_FILE = frozenset(setting.name for setting in SETTINGS) - {"INSTANCE_PATH"}
