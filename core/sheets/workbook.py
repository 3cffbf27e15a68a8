"""Read workbooks (XLSX, XLS, ODS) in a child process with limits on memory and time.

A workbook of a few kilobytes can make its reader ask for hundreds of gigabytes. This ends the child alone, and the
sender gets an error.
"""

from __future__ import annotations

import fcntl
import io
import pickle
import re
import resource
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from time import monotonic, sleep
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from core.gate import Busy, Gate
from core.sheets.cells import LONGEST_CELL, MOST_COLUMNS, TOO_WIDE, UNREADABLE, Row, SheetError
from core.sheets.hidden import Looks, hidden_in
from core.sheets.looks import looks_of
from core.sheets.sheet import Hidden, Sheet
from core.translation import gettext
from core.values.text import N_

ROOT = Path(__file__).resolve().parents[2]
MEMORY = 512 << 20
"""Bytes of address space: 300.000 ordinary rows of ten columns take 0,35 GB."""
SECONDS = 120
READING = Gate(at_once=1, waiting=1, patience=20.0)
"""One workbook is read at a time, by a process and on the machine, so that uploads can't add up their memory."""
LOCK = Path(__file__)
"""The file whose lock all processes of this program share."""
_ZIP = b"PK\x03\x04"
_MAX_UNPACKED = 2 << 30  # bytes of XML; 300.000 ordinary rows unpack to about 0,3 GB
_BATCH = 1000
_POLL = 0.1
_CHUNK, _TAIL = 1 << 20, 4096
_ALL_ROWS = 1 << 20
_MOST_TEXT = 200_000_000  # letters of a workbook: 300.000 ordinary rows have 30 million
_SPRAWL = (  # columns AA to CZ, DA to ZZ, AAA to XFD, and how many rows may go with them
    (re.compile(rb' r="[A-C][A-Z]\d'), 350_000),
    (re.compile(rb' r="[D-Z][A-Z]\d'), 50_000),
    (re.compile(rb' r="[A-Z]{3}\d'), 2_000),
)
_ROW_NUMBER = re.compile(rb' r="[A-Z]*(\d{1,7})"')

_TOO_BIG = N_(
    "Tệp “%(name)s” quá lớn sau khi giải nén. Xin bỏ bớt dòng, cột, trang thừa, hoặc lưu thành CSV rồi gửi lại."
)
_BUSY = N_("Máy đang đọc một bảng tính khác, nên chưa đọc tệp “%(name)s”. Xin đợi một phút rồi gửi lại.")
_WORDS = {"unreadable": UNREADABLE, "big": _TOO_BIG, "wide": TOO_WIDE}


_About = tuple[str, bool, list[int], list[int], list[int], Looks]
"""A sheet's name, whether it is hidden, its hidden rows and columns, its rows with a cell struck through, and the looks
of its numbers."""


class _WorkbookRefused(Exception):
    """The child refuses the workbook; the argument is a key of `_WORDS`."""


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module != "datetime":
            raise pickle.UnpicklingError(f"{module}.{name} is no cell")
        return super().find_class(module, name)


def read_workbook(data: bytes, name: str) -> Iterator[Sheet]:
    """Return each sheet that has rows, in the workbook's order.

    Raises:
        SheetError: the workbook is damaged, has a password, needs more memory or time than is allowed, or others are
            being read.
    """
    about: list[_About] = []
    batch = _rows_in_turn(data, name, about)
    for index, rows in groupby(batch, key=itemgetter(0)):
        title, is_hidden, *places, looks = about[index]
        hidden = Hidden(*map(frozenset, places))
        yield Sheet(map(itemgetter(1), rows), title, is_hidden, hidden, looks=looks_of(looks))


def _rows_in_turn(data: bytes, name: str, about: list[_About]) -> Iterator[tuple[int, Row]]:
    """Yield the rows of the child process, once no other workbook is being read."""
    try:
        with READING.passing(), _machine_lock():
            yield from _rows_of_child(data, name, about)
    except Busy as error:
        raise SheetError(gettext(_BUSY, name=name)) from error


@contextmanager
def _machine_lock() -> Iterator[None]:
    """Hold the lock that all processes share; the system releases it when one is killed."""
    with LOCK.open("rb") as file:
        until = monotonic() + READING.patience
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if monotonic() > until:
                    raise Busy from error
                sleep(_POLL)
        yield


def _rows_of_child(data: bytes, name: str, about: list[_About]) -> Iterator[tuple[int, Row]]:
    """Yield (sheet, row) from the child process, which ends with its reader; fill *about* with the sheets."""
    child = subprocess.Popen(
        [sys.executable, "-m", "core.sheets.workbook"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield from _asked(child, data, name, about)
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _asked(child: subprocess.Popen[bytes], data: bytes, name: str, about: list[_About]) -> Iterator[tuple[int, Row]]:
    assert child.stdin is not None and child.stdout is not None  # noqa: S101 - for the type checker
    try:
        child.stdin.write(data)
        child.stdin.close()
    except BrokenPipeError as error:
        raise SheetError(gettext(_TOO_BIG, name=name)) from error
    while True:
        sheet, batch = _next(child.stdout, name)
        if sheet == "end":
            return
        if sheet in _WORDS:
            raise SheetError(gettext(_WORDS[sheet], name=name))
        if sheet == "about":
            about += batch
            continue
        yield from ((sheet, row) for row in batch)


def _next(stream: IO[bytes], name: str) -> tuple[Any, list[Any]]:
    try:
        batch: tuple[Any, list[Any]] = _Plain(stream).load()
    except (EOFError, pickle.UnpicklingError) as error:  # the child was killed
        raise SheetError(gettext(_TOO_BIG, name=name)) from error
    return batch


def _main() -> None:
    """Run the child process: read a workbook, write batches of rows, or the reason of a refusal."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    out = sys.stdout.buffer
    try:
        for batch in _batches(sys.stdin.buffer.read()):
            pickle.dump(batch, out, pickle.HIGHEST_PROTOCOL)
    except _WorkbookRefused as refusal:
        pickle.dump((str(refusal), []), out)
    else:
        pickle.dump(("end", []), out)
    out.flush()


def _batches(data: bytes) -> Iterator[tuple[object, list[Any]]]:
    _refuse_bomb(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        yield "about", _about(book, data)
        left = _MOST_TEXT
        for index in range(len(book.sheet_names)):
            rows = iter(book.get_sheet_by_index(index).iter_rows())
            while batch := list[Row](islice(rows, _BATCH)):
                left -= _letters(batch)
                if left < 0:
                    raise _WorkbookRefused("big")
                yield index, batch
    except (CalamineError, OSError, ValueError) as error:
        raise _WorkbookRefused("unreadable") from error


def _about(book: CalamineWorkbook, data: bytes) -> list[_About]:
    hidden = hidden_in(data) if data.startswith(_ZIP) else {}
    return [
        (each.name, each.visible != SheetVisibleEnum.Visible, *hidden.get(each.name, ([], [], [], {})))
        for each in book.sheets_metadata
    ]


def _letters(batch: list[Row]) -> int:
    """Return how many characters a batch has: a workbook stores a long text once and can repeat it a million times."""
    lengths = [len(cell) for row in batch for cell in row if isinstance(cell, str)]
    if max(map(len, batch)) > MOST_COLUMNS:
        raise _WorkbookRefused("wide")
    if max(lengths, default=0) > LONGEST_CELL:
        raise _WorkbookRefused("big")
    return sum(lengths)


def _refuse_bomb(data: bytes) -> None:
    if not data.startswith(_ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MAX_UNPACKED:
                raise _WorkbookRefused("big")
            for part in archive.namelist():
                if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                    _refuse_sprawl(archive, part)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
        raise _WorkbookRefused("unreadable") from error


def _refuse_sprawl(archive: zipfile.ZipFile, part: str) -> None:
    """Refuse a stray cell far away, above about 1 GB: the reader would fill the whole rectangle up to it."""
    tail, most_rows = b"", _ALL_ROWS
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            window = tail + chunk
            for far_column, rows in _SPRAWL:
                if rows < most_rows and far_column.search(window):
                    most_rows = rows
            tail = window[-_TAIL:]
    numbers = _ROW_NUMBER.findall(tail)
    if numbers and int(numbers[-1]) > most_rows:
        raise _WorkbookRefused("wide")


if __name__ == "__main__":
    _main()
