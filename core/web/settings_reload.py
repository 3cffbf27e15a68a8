"""Reload changed settings before the next request, in every process that serves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from core.settings import FILE, Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Stamp = tuple[int, int]


def init_app(app: Flask, settings: Settings, reread: Callable[[], None]) -> None:
    """Check the settings file before each request, and call *reread* when it has changed.

    It runs before Flask, which asks the settings for our host names. The file is replaced as a whole, so its inode and
    time change; the check takes some microseconds. A worker, which serves no request, checks before each round of its
    work.
    """
    file, answer = settings.instance_path / FILE, app.wsgi_app
    seen = [stamp(file)]

    def look() -> None:
        if (now := stamp(file)) != seen[0]:
            seen[0] = now
            reread()

    def looking(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        look()
        return answer(environ, start_response)

    app.wsgi_app = looking  # type: ignore[method-assign]
    app.extensions["reread"] = look


def stamp(file: Path) -> Stamp | None:
    """Return a value that changes when *file* is replaced; None while there is none."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns
