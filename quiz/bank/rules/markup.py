"""The text of HTML and of formatted questions, as a paper shows it."""

from __future__ import annotations

from html.parser import HTMLParser

from core.values.text import clean

_BREAKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4"})
_UNSEEN = frozenset({"script", "style"})


class _Text(HTMLParser):
    """Collect the text of HTML, and the pictures in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.pictures = 0
        self._unseen = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        self.pictures += tag == "img"
        if tag in _BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data)


def text_of_html(html: str) -> tuple[str, int]:
    """Return the clean text of HTML and the number of pictures in it.

    >>> text_of_html("<p>Có <b>mấy</b> mức?</p><img src='a.png'>")
    ('Có mấy mức?', 1)
    """
    reader = _Text()
    reader.feed(html)
    reader.close()
    return clean("".join(reader.pieces)), reader.pictures
