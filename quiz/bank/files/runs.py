"""The letters of a Word paragraph with the marks that make some of them stand out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from core.values.text import N_
from quiz.bank.files.word_pictures import WordPictures
from quiz.bank.rules.lines import TextMark, tidy

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), _FALLBACK})
"""Elements whose text is no text of the paragraph: deleted, or in a frame."""
_SIGNS = {"F0FC": "✓", "F0FE": "☑", "F0E0": "=>", "F0E8": "=>", "F0F0": "=>"}
"""Signs of Wingdings that say which choice is right; Word turns "=>" into one."""
_SYMBOLS = {
    "F0A3": "≤",
    "F0B3": "≥",
    "F0B0": "°",
    "F0B1": "±",
    "F0B4": "×",
    "F0B8": "÷",
    "F0B9": "≠",
    "F0BB": "≈",
    "F0AE": "→",
    "F0DE": "⇒",
}
"""Signs of the font Symbol."""
_NOTES = frozenset({qn("w:footnoteReference"), qn("w:endnoteReference")})
_UNKNOWN_SIGN = N_("có ký hiệu không đọc được; xin gõ lại ký hiệu ấy.")
_HIDDEN = N_("có chữ ẩn, không đưa vào.")
_NOTE = N_("có chú thích cuối trang, không đưa vào; cần thì ghi ở dòng “Giải thích”.")
_PLAIN = {"000000", "auto", "FFFFFF", ""}
_OFF = {"0", "false", "off", "none"}
_VAL = qn("w:val")
_DEEPEST = 12
_SWITCHES = ((qn("w:b"), TextMark.BOLD), (qn("w:i"), TextMark.ITALIC), (qn("w:u"), TextMark.UNDERLINE))
Said = dict[TextMark, bool]
"""The marks that a run or a style switches on or off."""


@dataclass
class Letters:
    """A line of a paragraph: its letters, and their marks."""

    text: str = ""
    marks: tuple[int, ...] = ()

    def add(self, text: str, mark: int) -> None:
        """Add letters of one run."""
        self.text += text
        self.marks += (mark,) * len(text)


class Styles:
    """The styles of a document by their names in the file, each with those that it is based on."""

    def __init__(self, document: Document) -> None:
        self._styles = {style.get(qn("w:styleId"), ""): style for style in document.styles.element.iter(qn("w:style"))}
        self._default = next(
            (
                id
                for id, style in self._styles.items()
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in {"1", "true"}
            ),
            "",
        )
        self.said = cache(self._said)

    def chain(self, id: str) -> list[Any]:
        """Return the style and those below it, nearest first."""
        found: list[Any] = []
        while id in self._styles and len(found) < _DEEPEST:
            found.append(self._styles[id])
            id = child_value(found[-1], "w:basedOn") or ""
        return found

    def of_paragraph(self, paragraph: Any) -> str:
        """Return the name of a paragraph's style."""
        properties = paragraph.find(qn("w:pPr"))
        own = child_value(properties, "w:pStyle") if properties is not None else None
        return own or self._default

    def _said(self, id: str) -> Said:
        said: Said = {}
        for style in reversed(self.chain(id)):
            said |= _said_in(style.find(qn("w:rPr")))
        return said


def child_value(element: Any, name: str) -> str | None:
    """Return the value of the child *name* of an element."""
    child = element.find(qn(name))
    return child.get(_VAL) if child is not None else None


def lines_of(paragraph: Any, styles: Styles, pictures: WordPictures) -> list[Letters]:
    """Return the lines of a paragraph's element, parted at line breaks, without deleted text.

    A mark stands for each of its *pictures*, with the marks of the letters before it.
    """
    lines, style = [Letters()], styles.said(styles.of_paragraph(paragraph))
    for run in paragraph.iter(qn("w:r")):
        if _is_gone(run, paragraph) or _is_hidden(run):
            continue
        mark = _mark_of(run, style, styles)
        for text in _texts(run):
            if text == "\n":
                lines.append(Letters())
            else:
                lines[-1].add(tidy(text), mark)
        for picture in pictures.marks(run):
            before = lines[-1].marks
            lines[-1].add(f" {picture} ", before[-1] if before else mark)
    return lines


def _is_gone(run: Any, paragraph: Any) -> bool:
    above = run.getparent()
    while above is not None and above is not paragraph:
        if above.tag in _GONE:
            return True
        above = above.getparent()
    return False


def _texts(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag == qn("w:tab"):
            yield "\t"
        elif child.tag in {qn("w:br"), qn("w:cr")}:
            yield "\n"
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag == qn("w:sym"):
            yield _sign(child)


def _sign(symbol: Any) -> str:
    signs = _SYMBOLS if symbol.get(qn("w:font"), "").lower() == "symbol" else _SIGNS
    return signs.get(symbol.get(qn("w:char"), "").upper(), "")


def unread_in(paragraph: Any) -> list[str]:
    """Return what stands in a paragraph's element without being read: hidden letters, unknown signs, footnotes."""
    found = set()
    for run in paragraph.iter(qn("w:r")):
        if _is_gone(run, paragraph):
            continue
        found |= {_NOTE} if any(child.tag in _NOTES for child in run) else set()
        found |= {_HIDDEN} if _is_hidden(run) and any(_texts(run)) else set()
        found |= {_UNKNOWN_SIGN} if any(not _sign(each) for each in run.iter(qn("w:sym"))) else set()
    return sorted(found)


def _is_hidden(run: Any) -> bool:
    properties = run.find(qn("w:rPr"))
    switch = properties.find(qn("w:vanish")) if properties is not None else None
    return switch is not None and switch.get(_VAL, "true") not in _OFF


def _mark_of(run: Any, of_paragraph: Said, styles: Styles) -> int:
    """Return the marks of a run, its own or those of its styles."""
    properties = run.find(qn("w:rPr"))
    style = child_value(properties, "w:rStyle") if properties is not None else None
    said = of_paragraph | (styles.said(style) if style else {}) | _said_in(properties)
    return sum(int(mark) for mark, is_on in said.items() if is_on)


def _said_in(properties: Any) -> Said:
    """Return the marks that the properties of a run or a style switch on or off."""
    said: Said = {}
    if properties is None:
        return said
    for tag, mark in _SWITCHES:
        switch = properties.find(tag)
        if switch is not None:
            said[mark] = switch.get(_VAL, "true") not in _OFF
    colour = child_value(properties, "w:color")
    if colour is not None:
        said[TextMark.COLOUR] = colour not in _PLAIN
    highlight, shade = child_value(properties, "w:highlight"), properties.find(qn("w:shd"))
    if highlight is not None or shade is not None:
        fill = shade.get(qn("w:fill"), "auto") if shade is not None else ""
        said[TextMark.HIGHLIGHT] = (highlight or "none") not in {"none", "white"} or fill not in _PLAIN
    return said
