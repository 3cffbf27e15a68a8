"""The paragraphs and tables of a Word document in their order, those in content controls and text frames included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

_INNER = frozenset({qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo")})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_FRAME = qn("w:txbxContent")
Block = Paragraph | Table


def blocks_of(element: Any, parent: Any) -> Iterator[Block]:
    """Yield the paragraphs and tables in an element of a document, each paragraph followed by those of its frames."""
    for child in element:
        if child.tag == qn("w:p"):
            yield Paragraph(child, parent)
            for frame in _frames(child):
                yield from blocks_of(frame, parent)
        elif child.tag == qn("w:tbl"):
            yield Table(child, parent)
        elif child.tag in _INNER:
            yield from blocks_of(child, parent)


def _frames(element: Any) -> Iterator[Any]:
    """Yield the outer text frames in an element, once each: older programs find a copy in the fallback."""
    for child in element:
        if child.tag == _FRAME:
            yield child
        elif child.tag != _FALLBACK:
            yield from _frames(child)
