"""The type of a cell, and the text formats: CSV in any encoding and with any separator."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from core.translation import gettext
from core.values.legacy_text import convert, legacy_of, vietnamese_words
from core.values.text import N_, clean

Cell = str | float | bool | datetime | date | time | timedelta | None
Row = Sequence[Cell]

_SAMPLE = 1 << 16
_QUOTE_LENGTH = 40
MOST_COLUMNS = 500
LONGEST_CELL = 32_767
"""Characters; Excel's limit."""

UNREADABLE = N_("Không đọc được tệp “%(name)s”: tệp hỏng, có mật khẩu, hoặc không phải bảng tính.")
_STRAY_QUOTE = N_(
    'Tệp “%(name)s”, dòng %(row)s: có dấu ngoặc kép (") thừa hoặc chưa đóng nên nhiều ô, nhiều dòng dính vào '
    "nhau. Hãy xóa dấu ấy, hoặc lưu tệp thành .xlsx, rồi thử lại."
)
TOO_WIDE = N_("Tệp “%(name)s” có ô nằm rất xa bảng; hãy xóa các cột và dòng thừa rồi thử lại.")


class SheetError(ValueError):
    """The file cannot be used at all; the message gives the reason in Vietnamese."""


def text_of(cell: Cell) -> str:
    """Return a cell as clean text. Whole numbers lose the ".0" of a workbook; None gives the empty text."""
    if isinstance(cell, str):
        return clean(cell)
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def shown(cell: Cell) -> str:
    """Return a cell as clean text for people: dates and times as they write them."""
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}" if cell.time() == time.min else f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, time):
        return f"{cell:%H:%M:%S}" if cell.second else f"{cell:%H:%M}"
    return text_of(cell)


def quoted(cell: Cell) -> str:
    """Return a cell as a message quotes it: clean, shortened, in quotation marks."""
    text = shown(cell)
    return f"“{text if len(text) <= _QUOTE_LENGTH else text[: _QUOTE_LENGTH - 1] + '…'}”"


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8, UTF-16 or Windows Vietnamese (cp1258). Raises SheetError on anything else."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\x00" not in text:
            return _of_old_font(data, text) if encoding == "cp1258" else text
    raise SheetError(gettext(UNREADABLE, name=name))


def _of_old_font(data: bytes, text: str) -> str:
    """Return bytes that are no Unicode as *text* (in cp1258), or as Latin letters of an old font (TCVN3, VNI) if more
    of their words are Vietnamese by that.
    """
    latin = data.decode("latin-1")
    legacy = legacy_of(latin[:_SAMPLE].split())
    if legacy is None:
        return text
    converted = " ".join(convert(word, legacy) for word in latin[:_SAMPLE].split())
    return latin if vietnamese_words(converted) > vietnamese_words(text[:_SAMPLE]) else text


def _encodings(data: bytes) -> list[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    head = data[:_SAMPLE]
    if head[1::2].count(0) > len(head) // 8:
        return ["utf-16-le"]
    if head[0::2].count(0) > len(head) // 8:
        return ["utf-16-be"]
    return ["utf-8-sig", "cp1258"]


def delimited(text: str, name: str) -> Iterator[Row]:
    """Yield the rows of a CSV, whose separator is detected.

    Raises SheetError where a quotation mark is open or stray, so that it joins rows or cells.
    """
    mark = _delimiter(text)
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=mark, strict=True)
    width = _regularity(text[:_SAMPLE], mark)[1]
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if len(row) > MOST_COLUMNS:
                raise SheetError(gettext(TOO_WIDE, name=name))
            if _joins_rows(lines.taken, mark, width):
                raise SheetError(gettext(_STRAY_QUOTE, name=name, row=number))
            lines.taken.clear()
            yield row
    except csv.Error as error:
        raise SheetError(gettext(_STRAY_QUOTE, name=name, row=number + 1)) from error


class _Lines(Iterator[str]):
    """The lines of a text; `taken` holds those since it was last cleared."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.taken: list[str] = []

    def __next__(self) -> str:
        line = next(self._lines)
        self.taken.append(line)
        return line


def _joins_rows(lines: Sequence[str], mark: str, width: int) -> bool:
    """Whether the *lines* of one row are several rows of *width* cells, joined by a stray quotation mark.

    A line of prose that has as many commas differs in that spaces follow them, or in that its cells are not numbers
    where those of the first line are.
    """
    if len(lines) < 2 or width < 2:
        return False
    rows = [re.split(rf"{re.escape(mark)}(?! )", line.rstrip("\r\n")) for line in lines]
    first, *others = [[cell.strip('" ') for cell in row] for row in rows if len(row) >= width] or [[]]
    return any(all(_are_alike(*pair) for pair in zip(first, other, strict=False)) for other in others)


def _are_alike(one: str, other: str) -> bool:
    return not one or not other or _starts_with_digit(one) == _starts_with_digit(other)


def _starts_with_digit(cell: str) -> bool:
    return cell[:1].isdigit()


def _delimiter(text: str) -> str:
    """Return the separator that splits the first lines into the most cells with the most regular count."""
    sample = text[:_SAMPLE]
    if sample[:4].lower() == "sep=" and len(sample) > 4:
        return sample[4]
    return max(",;\t", key=lambda mark: _regularity(sample, mark))


def _regularity(sample: str, mark: str) -> tuple[int, int]:
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=mark):
            widths[len(row)] += 1
    except csv.Error:
        return (0, 0)
    wide = [(count, width) for width, count in widths.items() if width > 1]
    return max(wide, default=(0, 0))
