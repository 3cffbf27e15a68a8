"""The numbers and letters that Word counts by itself, which stand in no run of the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from quiz.bank.files.runs import Styles, child_value

_LEVELS = 9
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def roman(number: int) -> str:
    """Return a number in small Roman letters.

    >>> roman(14)
    'xiv'
    """
    letters = ""
    for value, sign in _ROMAN:
        letters += sign * (number // value)
        number %= value
    return letters


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
}


class Numbering:
    """The lists of a document, counted as its paragraphs are read in their order."""

    def __init__(self, document: Document, styles: Styles) -> None:
        self._styles = styles
        self._nums: dict[str, tuple[str, dict[int, int]]] = {}
        self._levels: dict[str, dict[int, Any]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[str] = set()
        root = _numbering_of(document)
        if root is None:
            return
        for abstract in root.findall(qn("w:abstractNum")):
            levels = {int(level.get(qn("w:ilvl"), "0")): level for level in abstract.findall(qn("w:lvl"))}
            self._levels[abstract.get(qn("w:abstractNumId"), "")] = levels
        for num in root.findall(qn("w:num")):
            starts = {
                int(each.get(qn("w:ilvl"), "0")): int(child_value(each, "w:startOverride") or 1)
                for each in num.findall(qn("w:lvlOverride"))
                if each.find(qn("w:startOverride")) is not None
            }
            self._nums[num.get(qn("w:numId"), "")] = (child_value(num, "w:abstractNumId") or "", starts)

    def label(self, paragraph: Any) -> str:
        """Return the number before a paragraph's element as Word prints it, "" for none or a bullet; count on."""
        found = self._num_of(paragraph)
        if found is None or found[0] not in self._nums:
            return ""
        num_id, level = found
        abstract, starts = self._nums[num_id]
        levels, counts = self._levels.get(abstract, {}), self._counts[abstract]
        if level not in levels:
            return ""
        if num_id not in self._begun:
            self._begun.add(num_id)
            for place, start in starts.items():
                counts[place] = start - 1
        counts[level] = counts.get(level, self._start(levels[level]) - 1) + 1
        for deeper in range(level + 1, _LEVELS):
            counts.pop(deeper, None)
        return self._worded(levels, counts, level)

    def is_bullet(self, paragraph: Any) -> bool:
        """Whether Word prints a bullet before a paragraph's element."""
        found = self._num_of(paragraph)
        if found is None or found[0] not in self._nums:
            return False
        level = self._levels.get(self._nums[found[0]][0], {}).get(found[1])
        return level is not None and child_value(level, "w:numFmt") == "bullet"

    def _num_of(self, paragraph: Any) -> tuple[str, int] | None:
        """Return the list and the level of a paragraph, its own or its style's."""
        for element in (paragraph, *self._styles.chain(self._styles.of_paragraph(paragraph))):
            properties = element.find(qn("w:pPr"))
            number = properties.find(qn("w:numPr")) if properties is not None else None
            if number is not None and child_value(number, "w:numId"):
                list_id, level = child_value(number, "w:numId"), child_value(number, "w:ilvl")
                return str(list_id), int(level or 0)
        return None

    def _worded(self, levels: dict[int, Any], counts: dict[int, int], level: int) -> str:
        text = child_value(levels[level], "w:lvlText") or ""
        if child_value(levels[level], "w:numFmt") in {"bullet", "none"}:
            return ""
        for place in range(level + 1):
            if f"%{place + 1}" in text and place in levels:
                number = counts.get(place, self._start(levels[place]))
                text = text.replace(f"%{place + 1}", self._formatted(levels[place], number))
        return text

    @staticmethod
    def _formatted(level: Any, number: int) -> str:
        return _FORMATS.get(child_value(level, "w:numFmt") or "decimal", str)(max(number, 1))

    @staticmethod
    def _start(level: Any) -> int:
        return int(child_value(level, "w:start") or 1)


def _numbering_of(document: Document) -> Any:
    part = next((rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None)
    return getattr(part, "element", None)
