"""Every setting in one place: read from the environment once, typed, with a default that suits one small machine."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """What this installation is told from outside; `docs/operating.md` documents each one."""

    instance_path: Path
    database_url: str
    public_url: str
    trusted_proxies: frozenset[str]
    brand: str
    second_approver: bool = True

    @property
    def public_host(self) -> str:
        """Host of the public address, without its port."""
        return urlsplit(self.public_url).hostname or "127.0.0.1"

    @property
    def is_secure(self) -> bool:
        """Whether citizens reach us over TLS, so that cookies may insist on it."""
        return self.public_url.startswith("https://")


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from *environ*; an absent value takes its default.

    Raises:
        ValueError: PUBLIC_URL is not an http(s) address: no QR code could be printed from it; or a switch says neither
            on nor off.
    """
    instance = Path(environ.get("INSTANCE_PATH") or HERE / "instance").resolve()
    public_url = (environ.get("PUBLIC_URL") or f"http://127.0.0.1:{environ.get('PORT') or 8000}").rstrip("/")
    parts = urlsplit(public_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"PUBLIC_URL phải có dạng https://ten-mien, không phải {public_url!r}")
    return Settings(
        instance_path=instance,
        database_url=environ.get("DATABASE_URL") or f"sqlite:///{instance / 'lang-nghe.sqlite3'}",
        public_url=public_url,
        trusted_proxies=frozenset((environ.get("TRUSTED_PROXIES") or "").split()),
        brand=environ.get("BRAND") or "Lắng Nghe",
        second_approver=_is_on(environ, "SECOND_APPROVER"),
    )


def _is_on(environ: Mapping[str, str], name: str) -> bool:
    """A switch: on unless it says off; a slip of the pen must not switch anything off."""
    said = (environ.get(name) or "on").lower()
    if said not in {"on", "off"}:
        raise ValueError(f"{name} phải là on hoặc off, không phải {said!r}")
    return said == "on"
