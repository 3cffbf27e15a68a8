"""From rows by meaning to papers that can be ranked, with all problems that a person should check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from core.sheets.cells import Cell, quoted, text_of
from core.sheets.datetimes import read_birth_year
from core.sheets.sheet import RowNumber
from core.translation import gettext
from core.values.names import name_key
from core.values.phone import PhoneError, RoundedPhone, canonical
from core.values.place import place_key
from core.values.text import N_, search_key
from quiz.attempt.files.columns import Meaning
from quiz.attempt.files.guesses import read_guesses, read_percents
from quiz.attempt.files.marks import Marks, read_scores
from quiz.attempt.files.sheet import Raw, Table
from quiz.attempt.files.times import ReadColumn, holds_moments, read_times
from quiz.attempt.rules.entry import EntryValue
from quiz.attempt.rules.sheet_paper import Person, SheetPaper
from quiz.attempt.rules.unit_names import UnitGroup
from quiz.contest.rules.presets import GuessTarget, Rules

_NO_NAME = N_("thiếu họ tên; không tính lượt.")
_BAD_PHONE = N_("số điện thoại %(cell)s không đọc được; vẫn tính lượt, cần xác minh trước khi trao giải.")
_ROUNDED_PHONE = N_(
    "số điện thoại %(cell)s đã bị Excel làm tròn, mất chữ số; vẫn tính lượt, không xét giải cho đến khi ghi lại đủ số."
)
_EMPTY_PHONE = N_("chưa có số điện thoại; vẫn tính lượt, cần xác minh trước khi trao giải.")
_BAD_CELL = N_("không đọc được %(what)s %(cell)s; coi như không ghi.")
_UNFINISHED = N_("chưa nộp bài (bài khác có ghi đã nộp, dòng này thì không); không tính lượt.")
_NO_COLUMN = N_("Tệp không có cột %(what)s.")
_NO_PHONES = N_("Tệp không có cột số điện thoại; người cùng họ tên, năm sinh và đơn vị được coi là một người.")
_OTHER_SCORES = N_("%(count)s lượt có điểm ghi khác điểm chấm theo đáp án (đầu tiên là dòng %(row)s); dùng điểm chấm.")
_WHAT = {
    Meaning.UNIT: N_("đơn vị"),
    Meaning.SUBMITTED: N_("thời điểm nộp bài"),
    Meaning.DURATION: N_("thời gian làm bài"),
    Meaning.GUESS: N_("dự đoán"),
    Meaning.BIRTH: N_("năm sinh"),
}


class RankedPerson(NamedTuple):
    """The name, phone and unit that the standings show for a ref."""

    name: str
    phone: str | None
    unit: str


@dataclass
class Papers:
    """Papers, the person of each ref, units by key, keys by spelling, notes on the file.

    `errors` are rows that are no paper, `problems` are doubts about those that are.
    """

    questions: int
    papers: list[SheetPaper] = field(default_factory=list)
    identities: dict[str, RankedPerson] = field(default_factory=dict)
    blocs: dict[str, str] = field(default_factory=dict)
    """The bloc of each ref, as typed."""
    bloc_names: dict[int, str] = field(default_factory=dict)
    """The blocs by number, where they are ranked apart."""
    units: dict[str, UnitGroup] = field(default_factory=dict)
    unit_keys: dict[str, str] = field(default_factory=dict)
    missing: set[Meaning] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    numbers: dict[str, RowNumber] = field(default_factory=dict)
    """The row of each ref."""
    barred: set[str] = field(default_factory=set)
    """The refs of papers that can't win a prize as they are: a rounded phone, a name with lost letters."""


class _Readings(NamedTuple):
    """The columns that are read as wholes: a value for each row, None if there is none."""

    marks: Marks
    submitted: Sequence[int | None]
    durations: Sequence[int | None]
    guesses: Sequence[int | None]


def gather(table: Table, marks: Marks, notes: list[str], rules: Rules) -> Papers:
    """Return the papers in the rows of *table* with the *marks*; units stay as typed, guesses are read by *rules*."""
    papers = Papers(marks.questions or highest(marks), notes=notes)
    papers.missing = _missing(table)
    if Meaning.PHONE not in table.columns.places:
        notes.append(gettext(_NO_PHONES))
    times = read_times(table)
    _report_unread(papers, table, Meaning.SUBMITTED, times.submitted)
    _report_unread(papers, table, Meaning.DURATION, times.durations)
    papers.problems += [*times.problems, *table.problems]
    papers.problems += [(table.raws[index].number, doubt) for index, doubt in marks.doubts]
    papers.notes += [*marks.notes, *times.notes]
    readings = _Readings(marks, times.submitted.values, times.durations.values, _guesses(papers, table, rules))
    for index, raw in enumerate(table.raws):
        if raw.number in table.unfinished:
            papers.errors.append((raw.number, gettext(_UNFINISHED)))
        else:
            _add(papers, index, raw, readings)
    return papers


def ref_of(number: int) -> str:
    """Return a row's ref: refs sort as the rows do.

    >>> ref_of(17)
    '0000000017'
    """
    return f"{number:010d}"


def other_scores(table: Table, correct: Sequence[int], questions: int) -> list[str]:
    """Return a note if the sheet's own scores differ from those by the key, which count."""
    cells = table.column(Meaning.SCORE)
    written = read_scores(cells, questions).correct if cells else []
    other = [index for index, score in enumerate(written) if score is not None and score != correct[index]]
    return [gettext(_OTHER_SCORES, count=len(other), row=table.raws[other[0]].number)] if other else []


def highest(marks: Marks) -> int:
    """Return the greatest number of right answers, 0 without any."""
    return max((score for score in marks.correct if score is not None), default=0)


def _missing(table: Table) -> set[Meaning]:
    missing = {meaning for meaning in _WHAT if meaning not in table.columns.places}
    if Meaning.STARTED in table.columns.places and Meaning.SUBMITTED not in missing:
        missing.discard(Meaning.DURATION)
    if Meaning.TIME in table.columns.places:
        missing.discard(Meaning.SUBMITTED if holds_moments(table) else Meaning.DURATION)
    return missing


def _report_unread(papers: Papers, table: Table, meaning: Meaning, column: ReadColumn) -> None:
    for raw, cell, value in zip(table.raws, column.cells, column.values, strict=False):
        if value is None:
            _report_cell(papers, raw.number, meaning, cell)


def _report_cell(papers: Papers, number: int, meaning: Meaning, cell: Cell) -> None:
    if text_of(cell):
        papers.problems.append((number, gettext(_BAD_CELL, what=gettext(_WHAT[meaning]), cell=quoted(cell))))


def _add(papers: Papers, index: int, raw: Raw, readings: _Readings) -> None:
    """Add one row's paper, or the reason why it is none."""
    problem = readings.marks.reasons.get(index) if raw.name else gettext(_NO_NAME)
    correct = readings.marks.correct[index]
    if problem or correct is None:
        papers.errors.append((raw.number, problem or gettext(_NO_NAME)))
        return
    guess = _optional(papers, raw, Meaning.GUESS, readings.guesses[index])
    unit = text_of(raw.cells.get(Meaning.UNIT))
    unit = unit if any(map(str.isalnum, unit)) else ""  # a dash
    person, phone = _person(papers, raw, unit)
    entry = EntryValue(ref_of(raw.number), correct, readings.durations[index], guess, readings.submitted[index])
    papers.numbers[entry.ref] = raw.number
    papers.blocs[entry.ref] = text_of(raw.cells.get(Meaning.BLOC))
    papers.identities[entry.ref] = RankedPerson(raw.name, phone, unit)
    papers.papers.append(SheetPaper(person, unit, entry))


def _guesses(papers: Papers, table: Table, rules: Rules) -> Sequence[int | None]:
    """Return the guess of each row, and report those that can be read in two ways."""
    cells = [raw.cells.get(Meaning.GUESS) for raw in table.raws]
    is_percent = rules.guess_target is GuessTarget.PERCENT
    guesses = read_percents(cells, rules.guess_decimals) if is_percent else read_guesses(cells)
    papers.problems += [(table.raws[at].number, doubt) for at, doubt in guesses.doubts.items()]
    return guesses.values


def _optional(papers: Papers, raw: Raw, meaning: Meaning, value: int | None) -> int | None:
    if value is None and meaning in raw.cells:
        _report_cell(papers, raw.number, meaning, raw.cells[meaning])
    return value


def _person(papers: Papers, raw: Raw, unit: str) -> tuple[Person, str | None]:
    """Return the person of a paper, and the phone if it can be called."""
    year = _optional(papers, raw, Meaning.BIRTH, read_birth_year(raw.cells.get(Meaning.BIRTH)))
    born, name = str(year or ""), name_key(raw.name)
    if Meaning.PHONE not in raw.cells:
        return ("", name, born, place_key(unit)), None
    cell = raw.cells[Meaning.PHONE]
    text = text_of(cell)
    try:
        phone = canonical(text)
    except RoundedPhone:
        papers.barred.add(ref_of(raw.number))
        papers.problems.append((raw.number, gettext(_ROUNDED_PHONE, cell=quoted(cell))))
        return ("?" + search_key(text), name, born), None
    except PhoneError:
        reason = gettext(_BAD_PHONE, cell=quoted(cell)) if text else gettext(_EMPTY_PHONE)
        papers.problems.append((raw.number, reason))
        return ("?" + search_key(text), name, born), None
    return (phone, name, born), phone
