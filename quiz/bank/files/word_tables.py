"""The tables of a Word document: of questions, of keys, or only for layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from docx.table import Table

from core.values.text import N_, Sentence, search_key
from quiz.bank.files.grid import grid_of_rows, read_grid_rows
from quiz.bank.files.stacked import StackedRow, stacked_lines, stacked_places
from quiz.bank.files.word_text import CellText, WordText, cells_of
from quiz.bank.rules.lines import TextLine
from quiz.bank.rules.parsed import Place

_ROW = N_("bảng %(table)s, hàng %(row)s")
_NUMBER = re.compile(r"(?:câu\s*)?(\d{1,4})\s*[.:)]?", re.IGNORECASE)
_LETTERS = re.compile(r"[A-H](?:\s*[,;+]?\s*[A-H])*", re.IGNORECASE)
_TITLES = {"cau", "cau so", "stt", "tt", "dap an", "dap an dung", "da", "key", "cau hoi", "so cau"}
_NOTHING = CellText((), "", "")


def collect_table(table: Table, number: int, text: WordText) -> None:
    """Add the questions or the lines of a table to *text*; *number* is its own among the tables."""
    rows = _rows(table, number, text)
    pairs = _key_pairs([[cell.text for cell in row] for row in rows])
    if pairs:
        place = text.place(_words(number, 1))
        text.lines += [TextLine("Đáp án:", place), TextLine(" ".join(f"{each}. {key}" for each, key in pairs), place)]
        return
    texts = [[cell.plain for cell in row] for row in rows]
    grid = grid_of_rows(texts)
    if grid is not None:
        places = _places(rows, number, text)
        read = read_grid_rows(grid, lambda row, _column: places[row])
        week = text.week
        text.tables.questions += [replace(each, week=each.week or week) for each in read.questions]
        text.tables.problems += read.problems
        return
    stacked = stacked_places(texts)
    if stacked is not None:
        places = _places(rows, number, text)
        below = enumerate(_without_merged(rows[stacked.end :]), start=stacked.end + 1)
        text.lines += stacked_lines(
            [StackedRow(stacked, [cell.at(places[at]) for cell in row], places[at]) for at, row in below]
        )
        return
    for at, row in enumerate(rows, start=1):
        for cell in row:
            text.lines += [replace(line, place=text.place(_words(number, at))) for line in cell.at(Place())]


def _words(table: int, row: int) -> Sentence:
    return Sentence(_ROW, table=table, row=row)


def _places(rows: list[list[CellText]], number: int, text: WordText) -> dict[int, Place]:
    return {row: text.place(_words(number, row)) for row in range(1, len(rows) + 1)}


def _rows(table: Table, number: int, text: WordText) -> list[list[CellText]]:
    """Return the cells of each row, one that is merged over columns once; each cell is read once."""
    read: dict[Any, CellText] = {}
    rows = []
    for at, row in enumerate(table.rows, start=1):
        cells, words = cells_of(row.cells), _words(number, at)
        read = {cell._tc: read[cell._tc] if cell._tc in read else text.cell(cell, words) for cell in cells}
        rows.append([read[cell._tc] for cell in cells])
    return rows


def _without_merged(rows: Sequence[list[CellText]]) -> Iterator[list[CellText]]:
    """Yield rows in which a cell that is merged over several of them holds its text in the first alone."""
    above: list[CellText] = []
    for row in rows:
        yield [_NOTHING if any(cell is each for each in above) else cell for cell in row]
        above = row


def _key_pairs(rows: list[list[str]]) -> list[tuple[int, str]]:
    """Return (question, letters) of a table of keys, in rows or in columns; empty for any other table."""
    filled = [text for row in rows for text in row if text]
    odd = [text for text in filled if not _NUMBER.fullmatch(text) and not _LETTERS.fullmatch(text)]
    if not filled or len(filled) - len(odd) < 2 or any(search_key(text) not in _TITLES for text in odd):
        return []
    by_column = [pair for row, below in zip(rows, rows[1:], strict=False) for pair in zip(row, below, strict=False)]
    by_row = [pair for row in rows for pair in zip(row, row[1:], strict=False)]
    return max((_pairs(by_column), _pairs(by_row)), key=len)


def _pairs(cells: list[tuple[str, str]]) -> list[tuple[int, str]]:
    found = []
    for first, second in cells:
        number = _NUMBER.fullmatch(first)
        if number and _LETTERS.fullmatch(second):
            found.append((int(number[1]), "".join(sorted(set(re.findall("[A-H]", second.upper()))))))
    return found
