"""A folder that caches drawings by key, in whole files."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from core.gate import Gate

_drawing = Gate(at_once=1, waiting=3, patience=5.0)
KEPT = 2000
"""Drawings that a folder keeps; above that the older half is deleted."""


def cached(folder: Path, key: str, draw: Callable[[], bytes]) -> bytes:
    """Return the content cached in *folder* under *key*, drawing and storing it when it is missing.

    Put the version of the data into *key*. A content is stored whole or not at all; if it can't be stored, it is
    returned all the same.
    """
    file = folder / sha256(key.encode()).hexdigest()
    with suppress(FileNotFoundError):
        return file.read_bytes()
    content = draw()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        _prune(folder)
        _store(file, content)
    return content


def in_turn(draw: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return a function that does *draw* while no other thread of the process does: for files that anybody may ask for.

    It raises `core.gate.Busy` while too many wait already.
    """

    def draw_in_turn() -> bytes:
        with _drawing.passing():
            return draw()

    return draw_in_turn


def _store(file: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(content)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _prune(folder: Path) -> None:
    files = list(folder.iterdir())
    if len(files) >= KEPT:
        for old in sorted(files, key=lambda file: file.stat().st_mtime)[: KEPT // 2]:
            old.unlink(missing_ok=True)
