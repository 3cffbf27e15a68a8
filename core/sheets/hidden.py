"""Find the hidden rows and columns of an XLSX workbook, and rows struck through, which its reader does not report."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from posixpath import join, normpath
from typing import IO
from xml.etree.ElementTree import Element, ParseError, fromstring

_CHUNK, _TAIL = 1 << 20, 4096
_MOST_XML = 4 << 20
_HIDDEN = rb'\bhidden="(?:1|true)"'
_ROW = re.compile(rb"<(?:\w+:)?row\b(?=[^>]*" + _HIDDEN + rb')[^>]*?\br="(\d{1,7})"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b(?=[^>]*" + _HIDDEN + rb')(?=[^>]*\bmin="(\d{1,5})")[^>]*?\bmax="(\d{1,5})"')
_STYLED = re.compile(rb'<(?:\w+:)?c (?=[^>]*\br="[A-Z]{1,3}(\d{1,7})")(?=[^>]*\bs="(\d{1,5})")[^>]*[^/]><[^/]')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST_COLUMNS = 500


_Places = tuple[list[int], list[int], list[int]]


def hidden_in(data: bytes) -> dict[str, _Places]:
    """Return name of a sheet → its hidden rows (from 1) and columns (from 0), and its rows with a cell struck through.

    A workbook of another format, or one that is not understood, gives nothing.
    """
    found: dict[str, _Places] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            struck = _struck_styles(archive)
            for name, part in _parts(archive):
                with archive.open(part) as stream:
                    found[name] = _hidden_of(stream, struck)
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


def _struck_styles(archive: zipfile.ZipFile) -> frozenset[bytes]:
    """Return the numbers of the cell styles whose font is struck through."""
    try:
        styles = _xml(archive, "xl/styles.xml")
    except (KeyError, ParseError, ValueError):
        return frozenset()
    fonts = [font for each in styles if each.tag.endswith("}fonts") for font in each]
    struck = {str(at) for at, font in enumerate(fonts) if any(_is_strike(part) for part in font)}
    formats = [format for each in styles if each.tag.endswith("}cellXfs") for format in each]
    return frozenset(str(at).encode() for at, format in enumerate(formats) if format.get("fontId") in struck)


def _is_strike(part: Element) -> bool:
    return part.tag.endswith("}strike") and part.get("val", "1") not in ("0", "false")


def _hidden_of(stream: IO[bytes], struck: frozenset[bytes]) -> _Places:
    rows: set[int] = set()
    columns: set[int] = set()
    crossed: set[int] = set()
    tail = b""
    while chunk := stream.read(_CHUNK):
        window = tail + chunk
        if b"hidden=" in window:
            rows.update(int(number) for number in _ROW.findall(window))
            for first, last in _COLUMN.findall(window):
                columns.update(range(int(first) - 1, min(int(last), _MOST_COLUMNS)))
        if struck:
            crossed.update(int(row) for row, style in _STYLED.findall(window) if style in struck)
        tail = window[-_TAIL:]
    return sorted(rows), sorted(columns), sorted(crossed)
