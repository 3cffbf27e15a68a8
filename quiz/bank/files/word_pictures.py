"""The pictures in the runs of a Word document, with their alternative texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from quiz.bank.rules.pictures import FoundPictures

_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_DRAWING, _OLD, _OBJECT = qn("w:drawing"), qn("w:pict"), qn("w:object")
_BEGIN = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")


class WordPictures:
    """The pictures of a document: each PNG, JPEG or WebP is kept, and a mark stands where it was."""

    def __init__(self, document: Document, found: FoundPictures) -> None:
        self._parts, self._found = document.part.related_parts, found
        self.left_out = 0
        """How many pictures, drawings and formulas were left out since this was last set to 0."""

    def marks(self, run: Any) -> Iterator[str]:
        """Yield the marks of the pictures that stand in a run."""
        for child in run:
            if child.tag == _ALTERNATE:
                yield from self.marks(next(iter(child.iter(_CHOICE)), ()))
            elif child.tag in {_DRAWING, _OLD, _OBJECT}:
                yield from self._marks_in(child)

    def count_formulas(self, paragraph: Any) -> None:
        """Count the formulas of a paragraph, which are not text."""
        self.left_out += sum(1 for _each in paragraph.iter(_FORMULA))

    def _marks_in(self, drawing: Any) -> Iterator[str]:
        if next(drawing.iter(qn("w:txbxContent")), None) is not None:
            return  # a frame of text, whose paragraphs are read by themselves
        blips = [each.get(qn("r:embed")) for each in drawing.iter(qn("a:blip"))]
        blips += [each.get(qn("r:id")) for each in drawing.iter(_IMAGE_DATA)]
        words = _alternative(drawing)
        marks = [mark for mark in (self._mark(id, words) for id in blips) if mark]
        self.left_out += max(len(blips), 1) - len(marks)
        yield from marks

    def _mark(self, id: str | None, words: str) -> str:
        part = self._parts.get(id) if id else None
        data = getattr(part, "blob", b"")
        return self._found.mark(data, words) if data.startswith(_BEGIN) else ""


def _alternative(drawing: Any) -> str:
    """Return what Word's "Alt Text" says of a drawing; a name that Word invented says nothing."""
    for properties in (*drawing.iter(qn("wp:docPr")), *drawing.iter(qn("pic:cNvPr"))):
        if properties.get("descr"):
            return str(properties.get("descr"))
    shapes = drawing.iter("{urn:schemas-microsoft-com:vml}shape")
    return next((str(each.get("alt")) for each in shapes if each.get("alt")), "")
