"""The text of HTML and of formatted questions, as a paper shows it."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

from core.values.text import clean

_BREAKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4"})
_UNSEEN = frozenset({"script", "style"})


class _Text(HTMLParser):
    """Collect the text of HTML, and the pictures in it."""

    def __init__(self, mark: Callable[[str, str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self._mark = mark
        self.pieces: list[str] = []
        self.pictures = 0
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag == "img":
            said = {name: value or "" for name, value in attrs}
            mark = self._mark(said.get("src", ""), said.get("alt", ""))
            self.pictures += not mark
            self.pieces.append(f" {mark} ")
        if tag in _BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data)


def _without_mark(_source: str, _words: str) -> str:
    return ""


def text_of_html(html: str, mark: Callable[[str, str], str] = _without_mark) -> tuple[str, int]:
    """Return the clean text of HTML, and the number of pictures that were left out of it.

    *mark* turns the source and the words of a picture into what stands for it, "" to leave it out.

    >>> text_of_html("<p>Có <b>mấy</b> mức?</p><img src='a.png'>")
    ('Có mấy mức?', 1)
    """
    reader = _Text(mark)
    reader.feed(html)
    reader.close()
    return clean("".join(reader.pieces)), reader.pictures
