"""Recognise the format of a file or a pasted text of questions, and read it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from core.sheets.cells import Row, SheetError, decode
from core.sheets.markup import is_markup
from core.sheets.reading import read_content
from core.translation import gettext
from core.values.text import N_, clean
from quiz.bank.files.grid import (
    grid_of_rows,
    grid_without_header,
    read_grid_rows,
    read_question_sheets,
    sheet_place,
)
from quiz.bank.files.moodle import read_moodle
from quiz.bank.files.word import is_word, read_word
from quiz.bank.rules.aiken import is_aiken, read_aiken
from quiz.bank.rules.checks import check_questions
from quiz.bank.rules.gift import is_gift
from quiz.bank.rules.gift_questions import gift_questions
from quiz.bank.rules.lines import plain_lines
from quiz.bank.rules.old_letters import OldLetters, report_lost_letters
from quiz.bank.rules.parsed import NOWHERE, Parsed
from quiz.bank.rules.pictures import FoundPictures, KnownPictures, settle_pictures, take_pictures
from quiz.bank.rules.written import read_written

WORD, SHEET, MOODLE, GIFT, AIKEN, TEXT = (
    N_("văn bản Word"),
    N_("bảng tính"),
    N_("Moodle XML"),
    N_("GIFT"),
    N_("Aiken"),
    N_("văn bản"),
)
_MOST_SEARCHED = 32 << 20
"""Bytes of sheets that are searched: one of 1.000 questions has 1 MB."""
PASTED = "dan.txt"
"""The name under which a pasted text is kept."""
_OLD_WORD = N_(
    "Tệp “%(name)s” là Word đời cũ (.doc). Xin mở bằng Word, chọn Lưu thành (Save As) .docx rồi gửi lại, hoặc chép dán "
    "nội dung vào ô bên dưới."
)
_PDF = N_(
    "Tệp “%(name)s” là PDF. Xin mở tệp, bôi đen các câu hỏi rồi chép dán vào ô bên dưới; bản chụp thì phải gõ lại."
)
_NO_TEXT = N_("Tệp “%(name)s” không phải câu hỏi. Xin gửi tệp Word, bảng tính, hoặc văn bản.")
_OVER_CELLS = N_(
    "Bảng tính có %(n)s hình, không đưa vào được vì hình không nằm trong ô nào. Xin gửi tệp Word, hoặc thêm hình vào "
    "từng câu sau khi đưa vào."
)
_NO_RESULTS = N_(
    "Bảng tính có %(n)s ô công thức chưa có kết quả nên không đọc được ô ấy. Xin mở bằng Excel, lưu lại rồi gửi, hoặc "
    "chép dán thành giá trị."
)
_FORMULA = re.compile(rb'<c (?![^>]*t="str")[^>]*>\s*<f\b[^<]*(?:</f>|/>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>')
_MOODLE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml|<quiz|<!(?!doctype\s+html))(?!.{0,400}Workbook)", re.I | re.S)
"""XML that is no workbook saved as XML, and no page."""
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_REFUSED = (
    (b"%PDF", _PDF),
    (b"{\\rtf", _OLD_WORD),
    (b"\x89PNG", _NO_TEXT),
    (b"\xff\xd8\xff", _NO_TEXT),
    (b"GIF8", _NO_TEXT),
    (b"RIFF", _NO_TEXT),
)


@dataclass(frozen=True)
class ReadFile:
    """The questions of a file, and the name of its format."""

    format: str
    parsed: Parsed
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """The pictures of the file, by their marks."""


def read_questions_file(data: bytes, name: str, known: KnownPictures | None = None) -> ReadFile:
    """Return the checked questions of a file or a pasted text, whatever its format.

    Marks in it name the *known* pictures; without those the pictures of the file are read, and no mark is judged.

    Raises:
        SheetError: the file can't be read at all; the message gives the reason and the remedy.
    """
    found = FoundPictures()
    read = _read(data, name, found)
    take_pictures(read.parsed, found)
    if known is not None:
        settle_pictures(read.parsed, known)
    report_lost_letters(check_questions(read.parsed))
    return replace(read, pictures=found.files)


def _read(data: bytes, name: str, found: FoundPictures) -> ReadFile:
    _refuse(data, name)
    if data.startswith(_ZIP) and is_word(data):
        return ReadFile(WORD, read_word(data, name, found))
    if data.startswith((_ZIP, _OLE)):
        return ReadFile(SHEET, _read_sheet(data, name))
    if _MOODLE.match(data):
        return ReadFile(MOODLE, read_moodle(data.lstrip(b" \t\r\n"), found))
    text = decode(data, name)
    if name.lower().endswith((".csv", ".tsv")) or is_markup(text):
        return ReadFile(SHEET, read_question_sheets(read_content(data, name)))
    old = OldLetters.of(text.splitlines())
    read = _read_text(found.hide("\n".join(map(old.text, text.splitlines()))))
    old.report(read.parsed)
    return read


def _refuse(data: bytes, name: str) -> None:
    """Raise SheetError for a file of a kind that is not read, with what to do instead."""
    for begin, reason in _REFUSED:
        if data.startswith(begin):
            raise SheetError(gettext(reason, name=clean(name)))
    if data.startswith(_OLE) and not name.lower().endswith((".xls", ".xlt", ".et")):
        raise SheetError(gettext(_OLD_WORD, name=clean(name)))


def _read_sheet(data: bytes, name: str) -> Parsed:
    """Return the questions of a workbook; pictures that lie over its cells are reported, since no cell holds them."""
    parsed = read_question_sheets(read_content(data, name))
    pictures = pictures_over_cells(data)
    if pictures:
        parsed.doubtful(NOWHERE, _OVER_CELLS, n=pictures)
    blank = formulas_without_results(data)
    if blank:
        parsed.wrong(NOWHERE, _NO_RESULTS, n=blank)
    return parsed


def _read_text(text: str) -> ReadFile:
    if is_gift(text):
        return ReadFile(GIFT, gift_questions(text))
    table = _pasted_table(text)
    if table is not None:
        return table
    lines = plain_lines(text)
    if is_aiken(lines):
        return ReadFile(AIKEN, read_aiken(lines))
    return ReadFile(TEXT, read_written(lines))


def _pasted_table(text: str) -> ReadFile | None:
    """Return the questions of rows pasted from a spreadsheet; None for any other text."""
    if "\t" not in text:
        return None
    rows = rows_of_text(text)
    grid = grid_of_rows(rows) or grid_without_header(rows)
    return ReadFile(SHEET, read_grid_rows(grid, sheet_place)) if grid else None


def pictures_over_cells(data: bytes) -> int:
    """Return how many pictures a workbook holds; 0 for a file of another kind."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(each.startswith("xl/media/") for each in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return 0


def formulas_without_results(data: bytes) -> int:
    """Return how many cells of an XLSX hold a formula whose result was never stored; 0 for a file of another kind.

    Excel stores an empty result as one of letters (`t="str"`), other programs may store none.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sheets = [each for each in archive.infolist() if each.filename.startswith("xl/worksheets/")]
            if sum(each.file_size for each in sheets) > _MOST_SEARCHED:
                return 0
            return sum(len(_FORMULA.findall(archive.read(each))) for each in sheets)
    except (zipfile.BadZipFile, OSError, ValueError):
        return 0


def rows_of_text(text: str) -> list[Row]:
    """Return the cells of rows pasted from a spreadsheet, which are apart by tabs.

    Raises SheetError where a quotation mark is open.
    """
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t")]
    except csv.Error as error:
        raise SheetError(str(error)) from error
