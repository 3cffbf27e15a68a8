"""Read an office's answer key on paper, and the choices in a sheet's cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from core.sheets.cells import Cell, SheetError, quoted, text_of
from core.sheets.reading import read_sheets
from core.translation import gettext
from core.values.text import N_, clean, fold, search_key

_NUMBERED = re.compile(
    r"(?:câu(?: hỏi)?(?: số)?|cau(?: hoi)?(?: so)?|question|q)?\s*(\d{1,3})[.:)\-–,;\s]*([^\W].*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:câu(?: hỏi)?|cau)? ?\d{1,3} ?[.:)]?", re.IGNORECASE)
_LETTERS = re.compile(r"[A-H](?:(?:[\s,;+&/.|]|và|va|and)*[A-H])*", re.IGNORECASE)
_LETTER = re.compile(r"[A-H]", re.IGNORECASE)
_AND = re.compile(r"và|va|and", re.IGNORECASE)
_WORD = re.compile(r"[A-H][a-h]")
_LABELLED = re.compile(r"(?:^|[,;\n]\s*)[(\[]?([A-H])\s*(?:[.):\]]|[-–—]\s)\s*", re.IGNORECASE)
_SAYING = re.compile(r"(?:(?:đáp án|phương án|câu|chọn|ý|answer|option)\s*:?\s*)+(?=\S)", re.IGNORECASE)
_AROUND = re.compile(r"[()\[\]{}<>\"'“”‘’*]")
_ENDS = " .,;:-–—…"
_ALL_LETTERS = frozenset("ABCDEFGH")
_ALIKE = str.maketrans(
    "\u0410\u0412\u0421\u0415\u041d\u0391\u0392\u0395\u0397\u0430\u0432\u0435\u0441", "ABCEHABEHabec"
)
"""Cyrillic and Greek letters that look like those of a choice."""
_TITLE = re.compile(r"dap an|answer|\bkey\b|^cau$|^stt$")
_MANY = re.compile(r"\s*[;|\n]\s*")
_MOST = 500  # questions

_EMPTY = N_("Tệp đáp án không có câu nào.")
_LONG = N_("Tệp đáp án dài quá %(most)s dòng.")
_NO_LETTERS = N_(
    "Câu %(number)s: đáp án là chữ cái nhưng tệp bài thi không ghi chữ cái mà ghi %(cell)s; hãy ghi đáp án bằng "
    "nội dung, đúng như trong tệp bài thi."
)

Choices = frozenset[str]


def read_key(path: Path) -> list[str]:
    """Return the right answers of questions 1, 2, 3 … as written: letters, or the text of the option.

    Reads "1 A" or "Câu 1: A,C" a line, a two-column sheet, "ABCDA" or "A,B,C" on one line, one answer a line. Raises
    SheetError when the file is missing or holds no key.
    """
    rows = next(read_sheets(path), iter(()))
    lines = [_line(row) for row in islice(rows, _MOST + 2)]
    if len(lines) > _MOST:
        raise SheetError(gettext(_LONG, most=_MOST))
    return parse_key([line for line in lines if line])


def parse_key(lines: Sequence[str]) -> list[str]:
    """Return the right answers in order from clean, non-empty lines; a title line is skipped.

    >>> parse_key(["Câu 2: A,C", "Câu 1: B"]), parse_key(["A,B C"])
    (['B', 'A,C'], ['A', 'B', 'C'])
    """
    if len(lines) > 1 and _TITLE.search(search_key(lines[0])) and not _NUMBERED.fullmatch(lines[0]):
        lines = lines[1:]
    if not lines:
        raise SheetError(_EMPTY)
    numbered = [_NUMBERED.fullmatch(line) for line in lines]
    answers = {int(match[1]): match[2].strip() for match in numbered if match}
    if sorted(answers) == list(range(1, len(lines) + 1)):
        return [answers[number] for number in sorted(answers)]
    letters = _letters_in(_plain(lines[0])) if len(lines) == 1 else []
    return letters or list(lines)


class SheetQuestion:
    """One question's key, with which the cells of its column are read.

    `seen` are the different cells of the column: from "A. Một cửa" it follows that "Một cửa" alone means A; `offered`
    are the choices, where they are known. Raises SheetError when the key is in letters and no cell is.
    """

    def __init__(self, number: int, key: str, seen: Sequence[str], offered: Sequence[str] = ()) -> None:
        self._letters_of: dict[str, str] = {}
        for text in [*offered, key, *seen]:
            self._learn(_plain(text))
        self._parts = [part for part in _MANY.split(_plain(key)) if part]
        self.right = self.choices(key)
        self.is_lettered = bool(self.right) and self.right <= _ALL_LETTERS
        self._choices = {text: self.choices(text) for text in seen}
        if not offered and not self._speak_alike():
            other = next(text for text, choices in self._choices.items() if choices)
            raise SheetError(gettext(_NO_LETTERS, number=number, cell=quoted(other)))

    @property
    def is_met(self) -> bool:
        """Whether some answer is the right one."""
        return self.right in self._choices.values()

    def read(self, text: str) -> Choices:
        """Return the options that a cell's text chose: letters where they are known, else folded texts; empty for a
        blank.
        """
        found = self._choices.get(text)
        return self.choices(text) if found is None else found

    def is_unread(self, text: str) -> bool:
        """Whether a cell names no letter while the key is in letters."""
        return self.is_lettered and not self.read(text) <= _ALL_LETTERS

    def choices(self, text: str) -> Choices:
        """Return the set of options that a clean text names."""
        text = _plain(text)
        if not text.strip(_ENDS):
            return frozenset()
        whole = fold(text)
        if len(text) > 1 and whole in self._letters_of:
            return frozenset(self._letters_of[whole])
        letters = _letters_in(text)
        if letters:
            return frozenset(letters)
        labels = _LABELLED.findall(text)
        if labels and _LABELLED.match(text):
            return frozenset(label.upper() for label in labels)
        if whole in self._letters_of:
            return frozenset(self._letters_of[whole])
        return self._several(text) or frozenset({whole})

    def _several(self, text: str) -> Choices:
        """Return several options of one cell, when every part of it is a known option."""
        known = {fold(part) for part in self._parts} | set(self._letters_of)
        for mark in (";", "|", ",", "\n"):
            parts = [fold(part) for part in text.split(mark)]
            if len(parts) > 1 and all(part in known for part in parts):
                return frozenset(self._letters_of.get(part, part) for part in parts)
        return frozenset()

    def _learn(self, text: str) -> None:
        label = _LABELLED.match(text)
        if label and len(_LABELLED.findall(text)) == 1:
            self._letters_of.setdefault(fold(text[label.end() :]), label[1].upper())

    def _speak_alike(self) -> bool:
        """Whether key and answers can be compared: letters in the key need at least one answer in letters."""
        answers = [choices for choices in self._choices.values() if choices]
        return not self.is_lettered or not answers or any(choices <= _ALL_LETTERS for choices in answers)


def _plain(text: str) -> str:
    """Return a text with full-width letters narrowed, and Latin letters for those that look alike."""
    return text if text.isascii() else clean(unicodedata.normalize("NFKC", text)).translate(_ALIKE)


def _letters_in(plain: str) -> list[str]:
    """Return the letters that a plain text is made of, without brackets and "Đáp án"; empty if it is no such text.

    A capital before a small letter starts a word: "Ba" is no "B, A".
    """
    bare = _AROUND.sub(" ", plain).strip(_ENDS)
    said = _SAYING.match(bare)
    bare = bare[said.end() :] if said else bare
    if _WORD.search(_AND.sub(" ", bare)) or not _LETTERS.fullmatch(bare):
        return []
    return [letter.upper() for letter in _LETTER.findall(_AND.sub(" ", bare))]


def _line(row: Sequence[Cell]) -> str:
    """Return the filled cells of a row as one line: a number and its answer, or letters, or a text cut at its
    commas.
    """
    texts = [text for text in (text_of(cell) for cell in row) if text]
    if texts and _NUMBER.fullmatch(texts[0]):
        return clean(f"{texts[0]} {', '.join(texts[1:])}")
    return clean(", ".join(texts))
