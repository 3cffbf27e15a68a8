"""Moodle's GIFT format, read into its items of any kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]\s*", re.IGNORECASE)
_TITLE = re.compile(r"\s*::((?:\\.|[^\\])*?)::", re.DOTALL)
_TRUTH = re.compile(r"\s*(TRUE|FALSE|T|F)\s*(?:#(.*))?", re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_ESCAPED = re.compile(r"\\([~=#{}:\\n])")
_CATEGORY = "$CATEGORY:"
GAP = "_____"
"""The gap in a sentence whose answers stand inside of it."""


class GiftKind(StrEnum):
    """The kind of an item."""

    CHOICE = "MC"
    TRUTH = "TF"
    SHORT = "Short"
    NUMBER = "Numerical"
    MATCHING = "Matching"
    ESSAY = "Essay"
    DESCRIPTION = "Description"
    CATEGORY = "Category"
    BROKEN = "Broken"
    """A brace that is never closed, or closed before it was opened."""


@dataclass(frozen=True)
class GiftText:
    """A text with its format."""

    text: str
    format: str = "moodle"


@dataclass(frozen=True)
class GiftChoice:
    """A choice; `weight` is its share of the points in per cent, None where none is given."""

    is_right: bool
    weight: float | None
    text: GiftText
    feedback: GiftText | None = None


@dataclass(frozen=True)
class GiftItem:
    """An item of a file with the number of its first line."""

    kind: GiftKind
    line: int
    title: str | None = None
    stem: GiftText = field(default=GiftText(""))
    choices: tuple[GiftChoice, ...] = ()
    feedback: GiftText | None = None
    is_true: bool = False


def is_gift(text: str) -> bool:
    """Whether a text looks like GIFT: answers in braces, or a category.

    >>> is_gift("Ai? {=Quầy ~Chợ}"), is_gift("Câu 1. Ai?")
    (True, False)
    """
    return text.lstrip().startswith(_CATEGORY) or bool(
        re.search(r"(?<!\\)\{\s*(?:[=~#}]|(?:T|F|TRUE|FALSE)\s*[#}])", text)
    )


def read_gift(text: str) -> list[GiftItem]:
    """Return the items of a GIFT text in their order; a broken one is an item of its own. Raises nothing."""
    return [_item(block, line) for block, line in _blocks(text)]


def _blocks(text: str) -> Iterator[tuple[str, int]]:
    """Yield the blocks between blank lines, without comments, each with the number of its first line."""
    block: list[str] = []
    start = 0
    rows = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")
    for number, row in enumerate([*rows, ""], start=1):
        if row.lstrip().startswith("//"):
            continue
        if row.strip():
            if not block:
                start = number
            block.append(row)
            if row.startswith(_CATEGORY):
                yield row, number
                block = []
        elif block:
            yield "\n".join(block), start
            block = []


def _item(block: str, line: int) -> GiftItem:
    if block.startswith(_CATEGORY):
        return GiftItem(GiftKind.CATEGORY, line, title=block[len(_CATEGORY) :].strip())
    titled = _TITLE.match(block)
    title = plain(titled[1]).strip() if titled else None
    rest = block[titled.end() :] if titled else block
    start, end = _unescaped(rest, "{"), _unescaped(rest, "}")
    if start is None and end is None:
        return GiftItem(GiftKind.DESCRIPTION, line, title, _text(rest))
    if start is None or end is None or end < start:
        return GiftItem(GiftKind.BROKEN, line, title, _text(rest))
    before, body, after = rest[:start], rest[start + 1 : end], rest[end + 1 :]
    stem = _text(f"{before.rstrip()} {GAP} {after.strip()}" if after.strip() else before)
    return _answered(GiftItem(GiftKind.ESSAY, line, title, stem), body)


def _answered(item: GiftItem, body: str) -> GiftItem:
    """Return the item with what stands in its braces."""
    whole = _split(body, "####")
    item = replace(item, feedback=_text(whole[1], item.stem.format) if len(whole) > 1 else None)
    answers, truth = whole[0].strip(), _TRUTH.fullmatch(whole[0])
    if not answers:
        return item
    if truth is not None:
        return _truth(item, truth)
    if answers.startswith("#"):
        return replace(item, kind=GiftKind.NUMBER)
    marked = _marked(answers)
    item = replace(item, choices=tuple(_choices(marked, item.stem.format)))
    if any(mark == "~" for mark, _ in marked):
        return replace(item, kind=GiftKind.CHOICE)
    is_matching = any("->" in text for _, text in marked)
    return replace(item, kind=GiftKind.MATCHING if is_matching else GiftKind.SHORT)


def _truth(item: GiftItem, found: re.Match[str]) -> GiftItem:
    is_true = found[1].startswith("T")
    said = [*(text.strip() for text in _split(found[2] or "", "#")), "", ""]
    for_true, for_false = (_text(text, item.stem.format) if text else None for text in said[:2])
    choices = (
        GiftChoice(is_true, None, GiftText("Đúng"), for_true),
        GiftChoice(not is_true, None, GiftText("Sai"), for_false),
    )
    return replace(item, kind=GiftKind.TRUTH, choices=choices, is_true=is_true)


def _choices(marked: list[tuple[str, str]], format: str) -> Iterator[GiftChoice]:
    for mark, raw in marked:
        weighed = _WEIGHT.match(raw)
        text, *feedback = _split(raw[weighed.end() :] if weighed else raw, "#")
        said = _text(feedback[0], format) if feedback and feedback[0].strip() else None
        weight = float(weighed[1]) if weighed else None
        yield GiftChoice(mark == "=", weight, _text(text, format), said)


def _marked(answers: str) -> list[tuple[str, str]]:
    """Return the answers with the mark before each; one alone needs none."""
    found: list[tuple[str, str]] = []
    for at, letter in _letters(answers):
        if letter in "=~":
            found.append((letter, ""))
        elif found:
            found[-1] = (found[-1][0], found[-1][1] + answers[at : at + len(letter)])
    return found or [("=", answers)]


def _letters(text: str) -> Iterator[tuple[int, str]]:
    """Yield the letters of a text, an escaped one together with its backslash."""
    at = 0
    while at < len(text):
        size = 2 if _ESCAPED.match(text, at) else 1
        yield at, text[at : at + size]
        at += size


def _unescaped(text: str, mark: str) -> int | None:
    return next((at for at, letter in _letters(text) if letter == mark), None)


def _split(text: str, mark: str) -> list[str]:
    """Split at the first *mark* that is not escaped, or at every "#"."""
    parts, start, skip = [], 0, 0
    for at, _letter in _letters(text):
        if at >= skip and text.startswith(mark, at):
            parts.append(text[start:at])
            start = skip = at + len(mark)
    return [*parts, text[start:]]


def _text(raw: str, format: str = "moodle") -> GiftText:
    found = _FORMAT.match(raw)
    text = plain(raw[found.end() :] if found else raw).strip()
    return GiftText(text, found[1].lower() if found else format)


def plain(text: str) -> str:
    """Return a text without its escapes.

    >>> plain("a \\\\= b")
    'a = b'
    """
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)
