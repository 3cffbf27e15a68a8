"""The catalogues: sentences of the program in the present language. The Vietnamese sentence is the name of each.

A catalogue is read from its `.po` file once a process, when somebody first asks for the language: there is no compiled
file that could be missing from a fresh copy or older than its source (decision 0050).

Vietnamese has no plurals, so no sentence of the program is written for them. Where another language needs two forms,
its translation names the value that decides: `%(n)s {n|rating|ratings}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from core.values.content import Content, shown
from core.values.language import DEFAULT, present
from core.values.text import Sentence

FOLDER = Path(__file__).resolve().parents[1] / "translations"
_FORMS = re.compile(r"\{(\w+)\|([^{}|]*)\|([^{}|]*)\}")
_TAG = re.compile(r"<[^>]*>")


@lru_cache(maxsize=8)
def catalogue(language: str) -> Translations:
    """Return the translations into *language*; empty for Vietnamese, and where there is no such file."""
    file = FOLDER / language / "LC_MESSAGES" / "messages.po"
    if language == DEFAULT or not file.is_file():
        return Translations()
    compiled = BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled, "messages")


def gettext(text: str, /, **values: object) -> str:
    """Return *text* in the present language with *values* in its places; what no catalogue has stays as it is.

    Content among the values (a name, a title) is put in as the page shows it.
    """
    said = translate(text)
    if not values:
        return said
    values = {name: shown(value) if isinstance(value, Content) else value for name, value in values.items()}
    return agreed(said, values) % values


def said(text: str) -> str:
    """Return a sentence that rules have made in the present language, sentences among its values included."""
    if not isinstance(text, Sentence):
        return translate(text)
    values = {name: said(value) if isinstance(value, Sentence) else value for name, value in text.values.items()}
    return gettext(text.wording, **values)


def translate(text: str) -> str:
    """Return *text* in the present language, its places still open; content and markup stay as they are."""
    if isinstance(text, str) and hasattr(text, "__html__"):
        return text
    language = present()
    return str(text) if language == DEFAULT or not text else str(catalogue(language).gettext(str(text)))


def agreed(text: str, values: Mapping[str, object]) -> str:
    """Return *text* with the form of each word that its number asks for, before the numbers are put in.

    >>> agreed("%(n)s {n|rating|ratings}", {"n": 1}), agreed("%(n)s {n|rating|ratings}", {"n": "1,234"})
    ('%(n)s rating', '%(n)s ratings')
    """
    if "{" not in text:
        return text
    return _FORMS.sub(lambda found: found[2] if _is_one(values.get(found[1])) else found[3], text)


def _is_one(value: object) -> bool:
    return _TAG.sub("", str(value)).strip() == "1"
