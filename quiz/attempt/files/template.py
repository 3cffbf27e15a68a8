"""The sheet that an office fills in for one round, with titles that the reader knows and lists of units and choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from commune.models import Unit
from core.sheets.columns import SheetColumn
from core.sheets.template import template_xlsx
from core.values.text import N_
from core.values.week import VIETNAM
from quiz.attempt.files.columns import COLUMNS, Meaning
from quiz.attempt.files.mapping import title_of
from quiz.contest.models import Round, RoundQuestion
from quiz.contest.rules.presets import GuessTarget

_NAMES = (N_("Nguyễn Thị Ví Dụ"), N_("Trần Văn Ví Dụ"), N_("Lò Thị Ví Dụ"))
_PHONES = ("0710000001", "071 000 0002", "0710000001")
_YEARS = ("1985", "1964", "2001")
_TIMES = ("4:12", N_("7 phút 05 giây"), "10:30")
_MINUTES = (0, 95, 190)
_ONE, _MANY = N_("Chữ cái của phương án đã chọn."), N_("Các chữ cái đã chọn, cách nhau bằng dấu phẩy, ví dụ A, C.")


def template_of(round: Round, units: Sequence[Unit], *, has_score: bool = False) -> bytes:
    """Return the workbook for *round*: a column for each question, or with *has_score* one column of points."""
    columns = columns_of(round, units, has_score=has_score)
    return template_xlsx(columns, {Meaning.UNIT: [unit.name for unit in units]})


def columns_of(round: Round, units: Sequence[Unit], *, has_score: bool = False) -> list[SheetColumn]:
    """Return the columns of that workbook."""
    opens = round.opens_at.astimezone(VIETNAM) + timedelta(hours=9)
    moments = tuple(f"{opens + timedelta(minutes=minutes):%d/%m/%Y %H:%M:%S}" for minutes in _MINUTES)
    places = [unit.name for unit in units] or [""]
    columns = [
        _column(Meaning.NAME, _NAMES, is_required=True),
        _column(Meaning.PHONE, _PHONES),
        _column(Meaning.BIRTH, _YEARS),
        _column(Meaning.UNIT, (places[0], places[-1], places[0]), is_required=True),
        _column(Meaning.SUBMITTED, moments),
        _column(Meaning.DURATION, _TIMES),
        *_bloc(round),
        *_results(round.questions, has_score),
    ]
    if round.declared.guess_target is not GuessTarget.NONE:
        is_percent = round.declared.guess_target is GuessTarget.PERCENT
        columns.append(_column(Meaning.GUESS, ("12", "33", "48") if is_percent else ("120", "350", "480")))
    return columns


def _bloc(round: Round) -> list[SheetColumn]:
    """Return the column of the bloc, where the contest has blocs."""
    names = tuple(bloc.name for bloc in round.contest.blocs)
    if not names:
        return []
    return [replace(_column(Meaning.BLOC, (names[0], names[-1], names[0]), is_required=True), choices=names)]


def _column(meaning: Meaning, examples: Sequence[str], *, is_required: bool = False) -> SheetColumn:
    column = next(each for each in COLUMNS if each.name == meaning)
    return replace(column, examples=tuple(examples), is_required=is_required)


def _results(questions: Sequence[RoundQuestion], has_score: bool) -> Iterator[SheetColumn]:
    size = len(questions)
    if has_score:
        examples = (str(size), str(max(size - 1, 0)), str(size))
        yield _column(Meaning.SCORE, examples, is_required=True)
        return
    for number, question in enumerate(questions, start=1):
        letters = tuple(choice.letter for choice in question.choices)
        is_one = len(question.key) < 2
        yield SheetColumn(
            name=title_of(f"question-{number}"), title=title_of(f"question-{number}"), words=(),
            hint=_ONE if is_one else _MANY, examples=(letters[0], letters[-1], letters[0]),
            choices=letters if is_one else (), is_required=True,
        )  # fmt: skip
