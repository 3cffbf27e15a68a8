"""Checks before a server starts to listen, and the welcome lines that it prints."""

import errno
import os
import socket
from collections.abc import Iterable, Iterator

from flask import Flask

from core import clock
from core.duties import run_duties
from core.instance_check import instance_fault
from core.settings import Settings
from core.translation import gettext
from core.values.week import local_date
from core.web.command_line import make_line
from core.web.extensions import db

INHERITED = ("GUNICORN_FD", "LISTEN_FDS")
"""Set when the socket is inherited, from the server that this one replaces or from systemd: its port is already in use
by us.
"""


def refusal(app: Flask) -> str | None:
    """Return why *app* must not serve its instance, with the remedy; None when it may, or when the database is
    silent.
    """
    with app.app_context():
        try:
            return instance_fault(db.engine, app.extensions["settings"], app.extensions["keyring"])
        finally:
            db.engine.dispose()  # the forked processes must not share a connection


def port_fault(app: Flask, addresses: Iterable[object]) -> str | None:
    """Return why one of *addresses* can't be listened on; None when all can, or when the sockets are inherited."""
    if any(name in os.environ for name in INHERITED):
        return None
    pairs = [address for address in addresses if isinstance(address, tuple)]
    with app.app_context():
        return next(filter(None, (_fault_of(host, port) for host, port in pairs)), None)


def _fault_of(host: str, port: int) -> str | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            another = make_line(f"serve PORT={port + 1 if port < 65535 else 8000}")
            if error.errno == errno.EADDRINUSE:
                return gettext(
                    "Cổng %(port)s đang có chương trình khác dùng. Thử: %(another)s", port=port, another=another
                )
            if error.errno == errno.EACCES:
                return gettext(
                    "Cổng %(port)s không mở được với quyền của tài khoản này. Thử: %(another)s",
                    port=port,
                    another=another,
                )
    return None


def welcome(app: Flask, addresses: Iterable[object]) -> Iterator[str]:
    """Yield lines for the terminal: where to open the application, and what the rooms add."""
    settings: Settings = app.extensions["settings"]
    host, port = next((each for each in addresses if isinstance(each, tuple)), ("127.0.0.1", settings.port))
    here = f"http://{host}:{port}"
    yield gettext("Đang chạy ở %(here)s (mở trong trình duyệt; dừng bằng Ctrl+C).", here=here)
    if settings.public_url != here:
        yield gettext("Địa chỉ công khai, in trong mã QR: %(public_url)s", public_url=settings.public_url)
    with app.app_context():
        yield from run_duties("serve", db.session, local_date(clock.now()))
        db.session.close()
        db.engine.dispose()
