"""A person's choice of the columns of a sheet, which overrides the meanings recognised in the header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from core.sheets.cells import SheetError, quoted
from core.translation import gettext
from core.values.numbers import read_number
from core.values.text import N_
from quiz.attempt.files.columns import TITLES, Columns, Meaning

QUESTION = "question-"
_QUESTION_TITLE = N_("Câu %(number)s")
_UNKNOWN = N_("Không rõ “%(meaning)s” là thông tin gì; xin chọn lại các cột.")
_NO_PLACE = N_("Bảng không có cột thứ %(place)s mà mục “%(meaning)s” đã chọn; xin chọn lại các cột.")
_TWICE = N_("Cột %(header)s được chọn cho hai mục “%(one)s” và “%(other)s”; mỗi cột chỉ chọn cho một mục.")
_NO_NAME = N_("Xin chọn cột họ và tên.")

Places = Mapping[str, int]
"""Meaning, or question-1, question-2 … → place of the column, from 0."""


def title_of(meaning: str) -> str:
    """Return the label of a meaning.

    >>> title_of("name"), title_of("question-3")
    ('Họ và tên', 'Câu 3')
    """
    number = _number_of(meaning)
    return gettext(_QUESTION_TITLE, number=number) if number else TITLES[Meaning(meaning)]


def meanings(questions: int, *, has_blocs: bool = False) -> list[str]:
    """Return the possible meanings of a column in a round with so many questions; a bloc where the contest has some."""
    known = (meaning.value for meaning in TITLES if has_blocs or meaning != Meaning.BLOC)
    return [*known, *(f"{QUESTION}{number}" for number in range(1, questions + 1))]


def overrule(columns: Columns, places: Places) -> Columns:
    """Return *columns* with exactly the meanings in *places*.

    Raises:
        SheetError: an unknown meaning or column, a column chosen twice, or no column of names.
    """
    _refuse(columns, places)
    known = {Meaning(meaning): place for meaning, place in places.items() if not _number_of(meaning)}
    asked = sorted((number, place) for meaning, place in places.items() if (number := _number_of(meaning)))
    return Columns(columns.header, known, tuple((place, number) for number, place in asked), ())


def _refuse(columns: Columns, places: Places) -> None:
    for meaning, place in places.items():
        if not _number_of(meaning) and meaning not in set(Meaning):
            raise SheetError(gettext(_UNKNOWN, meaning=meaning[:20]))
        if not 0 <= place < len(columns.header):
            raise SheetError(gettext(_NO_PLACE, place=place + 1, meaning=title_of(meaning)))
    place, times = max(Counter(places.values()).items(), key=lambda pair: pair[1], default=(0, 0))
    if times > 1:
        one, other, *_ = (title_of(meaning) for meaning, chosen in places.items() if chosen == place)
        raise SheetError(gettext(_TWICE, header=quoted(columns.header[place]), one=one, other=other))
    if Meaning.NAME.value not in places:
        raise SheetError(_NO_NAME)


def _number_of(meaning: str) -> int | None:
    """Return the number of the question in a meaning."""
    return read_number(meaning.removeprefix(QUESTION)) or None if meaning.startswith(QUESTION) else None
