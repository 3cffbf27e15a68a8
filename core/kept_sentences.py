"""Stored Vietnamese sentences of the program, said in the language of the reader.

Audit entries, requests for approval and jobs keep their words as they were written, since they outlive what they name
and the audit trail is chained by hashes. `core.values.kept` has their wordings.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from core.translation import agreed, translate
from core.values.kept import kept_wordings
from core.values.language import DEFAULT, present

DEEPEST = 5
"""A sentence may stand in a place of another ("Cụm 2 (3 bài), Tuần 1, Cuộc thi"), this many levels down."""
_PLACE = re.compile(r"%\((\w+)\)s")
_ENDS = re.compile(r"(?<=\.) |; ")

Show = Callable[[str], str]


class Quoted(str):
    """Words that a person wrote, which are shown word for word in every language."""


@dataclass(frozen=True)
class Speaker:
    """How sentences are put together: *sentence* is given the words of the program, *value* a name among them."""

    sentence: Show = str
    value: Show = str


PLAIN = Speaker()


@dataclass(frozen=True)
class _Wording:
    """A sentence with open places, the pattern of its filled form, and the number of letters that it says itself."""

    text: str
    pattern: re.Pattern[str]
    letters: int


def say_kept(text: str, speaker: Speaker = PLAIN) -> str:
    """Return a stored sentence in the present language; a quotation, and what is not recognised, stay as they are.

    >>> say_kept("Tuần 3, Chung tay")
    'Tuần 3, Chung tay'
    """
    if present() == DEFAULT or not text:
        return text
    if isinstance(text, Quoted):
        return speaker.value(text)
    said = _said(text, speaker, DEEPEST)
    return speaker.value(text) if said is None else said


def _said(text: str, speaker: Speaker, depth: int) -> str | None:
    """Return *text* in the present language; None if it is no sentence of the program."""
    whole = translate(text)
    if whole != text or not depth:
        return speaker.sentence(whole) if whole != text else None
    for wording in _patterns(kept_wordings()):
        match = wording.pattern.fullmatch(text)
        if match is None:
            continue
        places = {name: _said(value, speaker, depth - 1) for name, value in match.groupdict().items()}
        if wording.letters or any(value is not None for value in places.values()):
            values = {name: speaker.value(match[name]) if value is None else value for name, value in places.items()}
            return speaker.sentence(agreed(translate(wording.text), values)) % values
    return _in_parts(text, speaker, depth)


def _in_parts(text: str, speaker: Speaker, depth: int) -> str | None:
    """Return sentences that were joined, each in the present language; None if none of them is recognised."""
    parts, marks = _ENDS.split(text), [*_ENDS.findall(text), ""]
    found = [_said(part, speaker, depth - 1) for part in parts] if len(parts) > 1 else []
    if all(each is None for each in found):
        return None
    said = [(one or speaker.value(part)) + mark for one, part, mark in zip(found, parts, marks, strict=True)]
    return speaker.sentence("").join(said)


@lru_cache(maxsize=2)
def _patterns(wordings: tuple[str, ...]) -> tuple[_Wording, ...]:
    """Return *wordings* as they are recognised, those first that say most."""
    return tuple(sorted(map(_pattern, wordings), key=lambda each: (-each.letters, each.text)))


def _pattern(wording: str) -> _Wording:
    said = [part.replace("%%", "%") for part in _PLACE.split(wording)[::2]]
    places = [f"(?P<{name}>.+?)" for name in _PLACE.findall(wording)]
    made = "".join(re.escape(part) + place for part, place in zip(said, [*places, ""], strict=True))
    return _Wording(wording, re.compile(made, re.DOTALL), sum(letter.isalpha() for part in said for letter in part))
