"""Questions of a Word document: paragraphs, tables that only lay them out, tables of questions, tables of keys."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.text.paragraph import Paragraph

from core.sheets.cells import SheetError
from core.translation import gettext
from core.values.text import N_, Sentence, clean
from quiz.bank.files.word_blocks import blocks_of
from quiz.bank.files.word_tables import collect_table
from quiz.bank.files.word_text import WordText
from quiz.bank.rules.parsed import Parsed
from quiz.bank.rules.pictures import FoundPictures
from quiz.bank.rules.written import read_written

MOST_UNPACKED = 48 << 20
"""Bytes of all parts together: a document of 1.000 questions without pictures unpacks to about 5 MB."""
_UNREADABLE = N_("Không đọc được tệp “%(name)s”: tệp hỏng, có mật khẩu, hoặc không phải văn bản Word.")
_TOO_BIG = N_("Tệp “%(name)s” quá lớn sau khi giải nén. Xin bỏ bớt hình rồi gửi lại.")
_PARAGRAPH = N_("đoạn %(number)s")


def is_word(data: bytes) -> bool:
    """Whether a file is a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def read_word(data: bytes, name: str, pictures: FoundPictures) -> Parsed:
    """Return the questions of a Word document, each with its paragraph or the row of its table.

    Its pictures are added to *pictures*, and marks stand where they were.

    Raises:
        SheetError: the file is damaged, is no Word document, or is too large.
    """
    document = _opened(data, name)
    text = WordText.of(document, pictures)
    _collect(document, text)
    parsed = read_written(text.lines) if text.lines else Parsed()
    parsed.questions[:] = sorted([*parsed.questions, *text.tables.questions], key=lambda each: each.place)
    parsed.problems += text.tables.problems
    text.old.report(parsed)
    return parsed


def _opened(data: bytes, name: str) -> Document:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise SheetError(gettext(_TOO_BIG, name=clean(name)))
        return docx.Document(io.BytesIO(data))
    except SheetError:
        raise
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        OSError,
        RuntimeError,
        SyntaxError,
    ) as error:
        raise SheetError(gettext(_UNREADABLE, name=clean(name))) from error


def _collect(document: Document, text: WordText) -> None:
    paragraphs, tables = 0, 0
    for block in blocks_of(document.element.body, document):
        if isinstance(block, Paragraph):
            paragraphs += 1
            text.add_paragraph(block, Sentence(_PARAGRAPH, number=paragraphs))
        else:
            tables += 1
            collect_table(block, tables, text)
