"""Choices that are written as a list, "- Quầy" or "1. Quầy", turned into lettered ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from core.values.text import N_, Sentence, clean, fold
from quiz.bank.rules.lines import ANSWER, CHOICE, LineKind, TextLine, kind_of, stem_and_choices
from quiz.bank.rules.parsed import LETTERS, Place, shortened
from quiz.bank.rules.weeks import key_line

_ITEM = re.compile(
    r"\s*(?P<before>[*✓✔☑](?=\s|[^\W\d]|[-–—])\s*)?"
    r"(?:(?P<dash>[-–—•●▪■◦○·]|\+(?!\s*\d))(?!\d)|(?P<open>[(\[]?)(?P<number>\d{1,2})\s*(?P<close>[.):/\]])(?!\d))?"
    r"\s*(?P<after>[*✓✔☑]\s*)?(?=[^\s*])"
)
_NUMBER_OF_QUESTION = re.compile(r"\s*(?P<open>[(\[]?)\d{1,4}\s*(?P<close>[.):/\]])")
_BY_NUMBER = re.compile(
    r"(?:(?:đáp án|phương án|câu|ý|số|chọn|là)\s*)*(?P<numbers>\d(?:\s*(?:[,;+&]|và)\s*(?:ý\s*)?\d)*)"
    r"(?:\s*[.)]?$|\s*[.):/]\s*(?=\S))",
    re.IGNORECASE,
)
_TWO_WAYS = N_(
    "đáp án “%(answer)s” vừa là số thứ tự, vừa là lời của một phương án; xin ghi chữ A, B, C trước các phương án."
)
_LISTED = frozenset({LineKind.WORDS, LineKind.NUMBERED, LineKind.SECTION})
"""The kinds of lines that may be items; capitals alone look like the title of a section."""
_STAR, _BULLET = "*", "•"


class ListItem(NamedTuple):
    """The beginning of a line of a list: its style, its number, whether it is starred, and where its words begin."""

    style: str
    number: int | None
    is_starred: bool
    start: int


class DoubtfulAnswer(NamedTuple):
    """An answer that can be read in two ways."""

    place: Place
    reason: Sentence


def letter_lists(lines: Sequence[TextLine]) -> tuple[list[TextLine], list[DoubtfulAnswer]]:
    """Return the lines with letters before choices that have none, and the answers that can be read in two ways.

    Such choices are two to eight lines below the words of a question without lettered choices: with the same dash or
    bullet, or with 1, 2, 3. Where the question begins with a number of the same style, or with none, the answer has to
    follow at once. A number in the answer becomes the letter of that place.

    >>> found, _mistakes = letter_lists([TextLine("Câu 1: Ai?"), TextLine("- Quầy"), TextLine("- Chợ")])
    >>> [line.text for line in found]
    ['Câu 1: Ai?', 'A. Quầy', 'B. Chợ']
    """
    return _Lists(lines).lettered()


def has_list(lines: Sequence[TextLine]) -> bool:
    """Return whether the last of *lines*, or all of them, are the items of one list of two to eight.

    >>> question, *items = map(TextLine, ("Ai?", "- Quầy", "- Chợ"))
    >>> has_list([question, *items]), has_list([question])
    (True, False)
    """
    found = _Lists(lines)
    return any(found.is_list_from(at) for at in range(len(lines) - 1))


def is_item(line: TextLine) -> bool:
    """Return whether a line begins as an item of a list does: with a dash, a bullet, a star or a number.

    >>> is_item(TextLine("- Quầy")), is_item(TextLine("Quầy"))
    (True, False)
    """
    return _Lists([line]).is_item(0)


class _Lists:
    """The lines with their kinds, the places of those that are not blank, and the mistakes so far."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self._lines = list(lines)
        self._kinds = [kind_of(line.text) for line in lines]
        self._is_headed = LineKind.HEADING in self._kinds
        self._filled = [at for at, kind in enumerate(self._kinds) if kind is not LineKind.BLANK]
        self._mistakes: list[DoubtfulAnswer] = []

    def lettered(self) -> tuple[list[TextLine], list[DoubtfulAnswer]]:
        at = 0
        while at < len(self._filled):
            items = list(self._items(at))
            if self._are_choices(at, items):
                self._letter(at, items)
                at += len(items)
            else:
                at += 1
        return self._lines, self._mistakes

    def is_item(self, place: int) -> bool:
        return self._item(place) is not None

    def is_list_from(self, at: int) -> bool:
        """Return whether all lines from the *at*-th on that is not blank are items of one list."""
        return 1 < len(list(self._items(at))) == len(self._filled) - at <= len(LETTERS)

    def _items(self, at: int) -> Iterator[ListItem]:
        """Yield the items of the list that begins at the *at*-th line that is not blank."""
        style = ""
        for number, place in enumerate(self._filled[at:], start=1):
            item = self._item(place)
            if item is None or (item.number is not None and item.number != number):
                return
            if style not in {"", _STAR, item.style} and item.style != _STAR:
                return
            style = style if item.style == _STAR and style else item.style
            yield item

    def _item(self, place: int) -> ListItem | None:
        line, kind = self._lines[place], self._kinds[place]
        found = _ITEM.match(line.text)
        if found is None or kind not in _LISTED or len(stem_and_choices(line)) > 1:
            return None
        is_starred = bool(found["before"] or found["after"])
        if found["number"]:
            return ListItem(found["open"] + found["close"], int(found["number"]), is_starred, found.end())
        if not (found["dash"] or is_starred or line.is_bullet):
            return None
        return ListItem(found["dash"] or (_BULLET if line.is_bullet else _STAR), None, is_starred, found.end())

    def _are_choices(self, at: int, items: Sequence[ListItem]) -> bool:
        """Whether the items are the choices of a question rather than part of its words or of an explanation."""
        if not 1 < len(items) <= len(LETTERS):
            return False
        question = self._question_above(self._filled[at])
        if question is None:
            return False
        below = self._filled[at + len(items)] if at + len(items) < len(self._filled) else None
        if self._looks_like(question, items[0]):
            return below is not None and self._is_answer(below)
        return below is None or self._ends_at(at + len(items), below)

    def _looks_like(self, question: int, item: ListItem) -> bool:
        """Whether the items could be questions themselves: numbers, where the question has the same or none."""
        if item.number is None or self._is_headed:
            return False
        own = _NUMBER_OF_QUESTION.match(self._lines[question].text)
        return own is None or own["open"] + own["close"] == item.style

    def _is_answer(self, place: int) -> bool:
        found = key_line(self._lines[place].text)
        return self._kinds[place] is LineKind.ANSWER and (found is None or len(found.pairs) < 2)

    def _ends_at(self, at: int, below: int) -> bool:
        """Whether the line *below* a list leaves it one of choices; words do only where they begin a new question."""
        kind = self._kinds[below]
        if kind is LineKind.CHOICE or (kind is LineKind.NUMBERED and self._is_headed):
            return False
        if kind is not LineKind.WORDS:
            return True
        if self._is_headed or self._kinds[below - 1] is not LineKind.BLANK:
            return False
        after = (place for place in self._filled[at:] if self._kinds[place] is not LineKind.WORDS or self._item(place))
        follows = next(after, None)
        return follows is None or self._item(follows) is not None

    def _question_above(self, place: int) -> int | None:
        """Return the line with which the question of a list at *place* begins; None where there is no question."""
        words = None
        for at in range(place - 1, -1, -1):
            kind = self._kinds[at]
            if kind is LineKind.BLANK:
                if words is not None and not self._is_headed:
                    return words
                continue
            if kind not in {LineKind.WORDS, LineKind.HEADING, LineKind.NUMBERED} or self._has_choices(at):
                return None
            if kind is LineKind.HEADING or (kind is LineKind.NUMBERED and not self._is_headed):
                return at
            words = at
        return None if self._is_headed else words

    def _has_choices(self, at: int) -> bool:
        return len(stem_and_choices(self._lines[at])) > 1

    def _letter(self, at: int, items: Sequence[ListItem]) -> None:
        places = self._filled[at : at + len(items)]
        are_stars = all(item.style == _STAR for item in items)
        texts = []
        for letter, place, item in zip(LETTERS, places, items, strict=False):
            words = self._lines[place].part(item.start)
            own = CHOICE.match(words.text)
            label = "" if own and own["letter"].upper() == letter else f"{letter}. "
            star = "*" if item.is_starred and not are_stars else ""
            self._lines[place], self._kinds[place] = words.behind(star + label), LineKind.CHOICE
            texts.append(fold(words.text))
        below = self._filled[at + len(items)] if at + len(items) < len(self._filled) else None
        if below is not None and self._is_answer(below):
            self._answer(below, texts, is_counted=items[0].number is not None)

    def _answer(self, place: int, texts: Sequence[str], *, is_counted: bool) -> None:
        """Let the answer at *place* name letters, where it names numbers or repeats a choice behind its dash."""
        line = self._lines[place]
        match = ANSWER.match(line.text)
        said = clean(match["answer"]) if match else ""
        bare, undashed = said.rstrip(" ."), _ITEM.match(said)
        by_words = [letter for letter, text in zip(LETTERS, texts, strict=False) if text == fold(bare)]
        numbers = _numbers_in(said, len(texts))
        if by_words and numbers and is_counted and [LETTERS[n - 1] for n in numbers] != by_words:
            self._mistakes.append(DoubtfulAnswer(line.place, Sentence(_TWO_WAYS, answer=shortened(said))))
        elif numbers and not by_words:
            self._lines[place] = TextLine(f"Đáp án: {', '.join(LETTERS[n - 1] for n in numbers)}", line.place)
        elif undashed and undashed["dash"] and fold(said[undashed.end() :]) in texts:
            self._lines[place] = TextLine(f"Đáp án: {said[undashed.end() :]}", line.place)


def _numbers_in(said: str, most: int) -> list[int]:
    """Return the places that an answer names by numbers: "2", "ý 2", "1 và 3", "2. Quầy"; none for any other."""
    found = _BY_NUMBER.match(said)
    numbers = [int(digit) for digit in re.findall(r"\d", found["numbers"])] if found else []
    return numbers if all(0 < number <= most for number in numbers) else []
