"""Find Vietnamese in a page that is not marked as Vietnamese."""

import re
import unicodedata
from html.parser import HTMLParser

SPOKEN = ("alt", "aria-label", "placeholder", "title", "content", "label")
"""Attributes whose words are read out, or shown where a page is shared."""
VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "source", "wbr", "area", "base", "col", "embed", "track"))
_MARKS = re.compile("[\N{COMBINING GRAVE ACCENT}-\N{COMBINING DOT BELOW}]|[đĐ]")


def has_vietnamese(text: str) -> bool:
    """Return whether *text* has a letter that English does not write."""
    return _MARKS.search(unicodedata.normalize("NFD", text)) is not None


def unmarked(page: str) -> list[str]:
    """Return the Vietnamese texts and attributes of *page* outside of an element with lang="vi"."""
    reader = _Reader()
    reader.feed(page)
    return reader.found


class _Reader(HTMLParser):
    """Reads a page with the language of each open element."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self.open[-1][1]
        for name in SPOKEN:
            self._note(f"{tag} {name}", given.get(name) or "", language)
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        at = next((place for place in range(len(self.open) - 1, 0, -1) if self.open[place][0] == tag), 0)
        if at:
            del self.open[at:]

    def handle_data(self, data: str) -> None:
        tag, language = self.open[-1]
        if tag not in ("script", "style"):
            self._note(tag, data, language)

    def _note(self, place: str, text: str, language: str) -> None:
        if language != "vi" and has_vietnamese(text):
            self.found.append(f"{place}: {' '.join(text.split())}")
