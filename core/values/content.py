"""Content in two languages: the Vietnamese that an installation wrote, with its text in the language of the page."""

from __future__ import annotations

from html import escape


class Content(str):
    """A Vietnamese text that has a text in the present language, which pages show instead.

    Stored, compared, sorted and exported it is the Vietnamese. A content without such a text is a plain string.

    >>> name = Content("Quầy một", "Desk one")
    >>> name == "Quầy một", name.shown, f"{name}"
    (True, 'Desk one', 'Quầy một')
    """

    shown: str

    def __new__(cls, vietnamese: str, shown: str) -> Content:
        made = super().__new__(cls, vietnamese)
        made.shown = shown
        return made

    def __html__(self) -> str:
        """Return the text in the language of the page, escaped: templates print it."""
        return escape(self.shown)


def content_of(vietnamese: str, shown: str | None) -> str:
    """Return *vietnamese* with its text in the present language; as it is without one.

    >>> content_of("Quầy một", None), content_of("Quầy một", "Desk one")
    ('Quầy một', 'Quầy một')
    """
    return Content(vietnamese, shown) if shown else vietnamese


def shown(text: str) -> str:
    """Return a plain string in the language of the page, for drawings, files and messages.

    >>> shown(Content("Quầy một", "Desk one")), shown("Quầy hai")
    ('Desk one', 'Quầy hai')
    """
    return text.shown if isinstance(text, Content) else text
