"""Find what the reader of an XLSX workbook does not report: hidden rows and columns, rows struck through, and the look
of numbers."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from posixpath import join, normpath
from typing import IO, Any, NamedTuple
from xml.etree.ElementTree import Element, ParseError, fromstring

from core.sheets.looks import BUILT_IN, NumberLook, look_of

_CHUNK, _TAIL = 1 << 20, 4096
_MOST_XML = 4 << 20
_HIDDEN = rb'\bhidden="(?:1|true)"'
_ROW = re.compile(rb"<(?:\w+:)?row\b(?=[^>]*" + _HIDDEN + rb')[^>]*?\br="(\d{1,7})"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b(?=[^>]*" + _HIDDEN + rb')(?=[^>]*\bmin="(\d{1,5})")[^>]*?\bmax="(\d{1,5})"')
_STYLED = re.compile(rb'<(?:\w+:)?c (?=[^>]*\br="([A-Z]{1,3})(\d{1,7})")(?=[^>]*\bs="(\d{1,5})")[^>]*[^/]><[^/]')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST_COLUMNS = 500
_MOST_LOOKS = 20_000
"""Numbers of a sheet whose look is kept: 1.000 questions have 8.000 choices."""

Looks = dict[tuple[int, int], tuple[Any, ...]]
"""Row (from 1) and column (from 0) → the values of the `NumberLook` of the number there."""
_Places = tuple[list[int], list[int], list[int], Looks]


def hidden_in(data: bytes) -> dict[str, _Places]:
    """Return name of a sheet → its hidden rows (from 1) and columns (from 0), its rows with a cell struck through, and
    the looks of its numbers.

    A workbook of another format, or one that is not understood, gives nothing.
    """
    found: dict[str, _Places] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = _styles(archive)
            for name, part in _parts(archive):
                with archive.open(part) as stream:
                    found[name] = _hidden_of(stream, styles)
    except (zipfile.BadZipFile, KeyError, ParseError, ValueError):
        return found
    return found


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet and its part of the archive."""
    book, relations = _xml(archive, "xl/workbook.xml"), _xml(archive, "xl/_rels/workbook.xml.rels")
    targets: Mapping[str | None, str] = {each.get("Id"): each.get("Target", "") for each in relations}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet") and sheet.get(_RELATION) in targets:
            target = targets[sheet.get(_RELATION)]
            yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def _xml(archive: zipfile.ZipFile, part: str) -> Element:
    with archive.open(part) as stream:
        text = stream.read(_MOST_XML)
    if b"<!ENTITY" in text:
        raise ValueError("a workbook needs no entities")
    return fromstring(text)  # noqa: S314 - in a child process with limits, and without entities


class _Styles(NamedTuple):
    """The cell styles by their numbers: those whose font is struck through, and the looks that others give numbers."""

    struck: frozenset[bytes]
    looks: Mapping[bytes, NumberLook]


def _styles(archive: zipfile.ZipFile) -> _Styles:
    try:
        root = _xml(archive, "xl/styles.xml")
    except (KeyError, ParseError, ValueError):
        return _Styles(frozenset(), {})
    parts = {each.tag.rpartition("}")[2]: list(each) for each in root}
    struck = {str(at) for at, font in enumerate(parts.get("fonts", ())) if any(map(_is_strike, font))}
    codes = {each.get("numFmtId", ""): each.get("formatCode", "") for each in parts.get("numFmts", ())}
    looks = {id: look_of(code) for id, code in ({str(id): code for id, code in BUILT_IN.items()} | codes).items()}
    formats = {str(at).encode(): each for at, each in enumerate(parts.get("cellXfs", ()))}
    return _Styles(
        frozenset(at for at, each in formats.items() if each.get("fontId") in struck),
        {at: look for at, each in formats.items() if (look := looks.get(each.get("numFmtId", ""))) is not None},
    )


def _is_strike(part: Element) -> bool:
    return part.tag.endswith("}strike") and part.get("val", "1") not in ("0", "false")


def _hidden_of(stream: IO[bytes], styles: _Styles) -> _Places:
    rows: set[int] = set()
    columns: set[int] = set()
    crossed: set[int] = set()
    looks: Looks = {}
    tail = b""
    while chunk := stream.read(_CHUNK):
        window = tail + chunk
        if b"hidden=" in window:
            rows.update(int(number) for number in _ROW.findall(window))
            for first, last in _COLUMN.findall(window):
                columns.update(range(int(first) - 1, min(int(last), _MOST_COLUMNS)))
        if styles.struck or (styles.looks and len(looks) < _MOST_LOOKS):
            for letters, row, style in _STYLED.findall(window):
                if style in styles.struck:
                    crossed.add(int(row))
                if style in styles.looks and len(looks) < _MOST_LOOKS:
                    looks[int(row), _place(letters)] = tuple(styles.looks[style])
        tail = window[-_TAIL:]
    return sorted(rows), sorted(columns), sorted(crossed), looks


def _place(letters: bytes) -> int:
    """Return the place of a column from 0: A is 0, AA is 26."""
    place = 0
    for letter in letters:
        place = 26 * place + letter - ord("A") + 1
    return place - 1
