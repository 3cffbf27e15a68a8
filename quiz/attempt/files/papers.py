"""From rows by meaning to papers that can be ranked, with all problems that a person should check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from core.sheets.cells import Cell, quoted, text_of
from core.sheets.datetimes import is_moment, read_birth_year, read_moments
from core.sheets.durations import read_durations
from core.sheets.reading import read_sheets
from core.values.phone import PhoneError, canonical
from core.values.place import place_key
from core.values.text import N_, fold, search_key
from quiz.attempt.files.columns import Meaning
from quiz.attempt.files.marks import Marks, mark_answers, read_guess, read_scores
from quiz.attempt.files.sheet import Raw, Table, read_table
from quiz.attempt.rules.entry import EntryValue
from quiz.attempt.rules.sheet_paper import Person, SheetPaper
from quiz.attempt.rules.unit_names import UnitGroup, group_units

_NO_NAME = N_("thiếu họ tên; không tính lượt.")
_BAD_PHONE = N_("số điện thoại {cell} không đọc được; vẫn tính lượt, cần xác minh trước khi trao giải.")
_EMPTY_PHONE = N_("chưa có số điện thoại; vẫn tính lượt, cần xác minh trước khi trao giải.")
_BAD_CELL = N_("không đọc được {what} {cell}; coi như không ghi.")
_BACKWARDS = N_("nộp bài trước khi bắt đầu; coi như không có thời gian làm bài.")
_NO_UNIT = N_("chưa ghi đơn vị.")
_NO_COLUMN = N_("Tệp không có cột {what}.")
_NO_PHONES = N_("Tệp không có cột số điện thoại; người cùng họ tên, năm sinh và đơn vị được coi là một người.")
_OTHER_SCORES = N_("{count} lượt có điểm ghi khác điểm chấm theo đáp án (đầu tiên là dòng {row}); dùng điểm chấm.")
_MERGED = N_("Đơn vị “{shown}” gộp cả cách viết {others}; nếu là đơn vị khác, hãy sửa trong tệp.")
_GUESSED_TOTAL = N_("Không rõ số câu hỏi; lấy điểm cao nhất ({questions}) làm số câu.")
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
    units: dict[str, UnitGroup] = field(default_factory=dict)
    unit_keys: dict[str, str] = field(default_factory=dict)
    missing: set[Meaning] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


class _Readings(NamedTuple):
    """The columns that are read as wholes: a value for each row, None if there is none."""

    marks: Marks
    submitted: Sequence[int | None]
    durations: Sequence[int | None]


def read_papers(path: Path, key: Sequence[str] | None = None, questions: int | None = None) -> Papers:
    """Return every row of the sheet that is an attempt. Raises SheetError when the file cannot be used."""
    table = read_table(read_sheets(path), key)
    notes: list[str] = []
    marks = _marks(table, key, questions, notes)
    if marks.questions is None:
        notes.append(_GUESSED_TOTAL.format(questions=_highest(marks)))
    papers = gather(table, marks, notes)
    _name_units(papers)
    return papers


def gather(table: Table, marks: Marks, notes: list[str]) -> Papers:
    """Return the papers in the rows of *table* with the *marks*; units stay as typed."""
    papers = Papers(marks.questions or _highest(marks), notes=notes)
    papers.missing = _missing(table)
    if Meaning.PHONE not in table.columns.places:
        notes.append(_NO_PHONES)
    submitted, durations = _times(table, papers)
    readings = _Readings(marks, submitted, durations)
    for index, raw in enumerate(table.raws):
        _add(papers, index, raw, readings)
    return papers


def ref_of(number: int) -> str:
    """Return a row's ref: refs sort as the rows do.

    >>> ref_of(17)
    '00000017'
    """
    return f"{number:08d}"


def _marks(table: Table, key: Sequence[str] | None, questions: int | None, notes: list[str]) -> Marks:
    cells = table.column(Meaning.SCORE)
    if key is None:
        marks = read_scores(cells, questions)
        asked = len(table.columns.questions)
        return read_scores(cells, asked) if marks.questions is None and asked else marks
    correct = mark_answers(list(zip(*(raw.answers for raw in table.raws), strict=True)), key)
    notes += other_scores(table, correct, len(key))
    return Marks(list(correct), {}, len(key))


def other_scores(table: Table, correct: Sequence[int], questions: int) -> list[str]:
    """Return a note if the sheet's own scores differ from those by the key, which count."""
    cells = table.column(Meaning.SCORE)
    written = read_scores(cells, questions).correct if cells else []
    other = [index for index, score in enumerate(written) if score is not None and score != correct[index]]
    return [_OTHER_SCORES.format(count=len(other), row=table.raws[other[0]].number)] if other else []


def _highest(marks: Marks) -> int:
    return max((score for score in marks.correct if score is not None), default=0)


def _missing(table: Table) -> set[Meaning]:
    missing = {meaning for meaning in _WHAT if meaning not in table.columns.places}
    if Meaning.STARTED in table.columns.places and Meaning.SUBMITTED not in missing:
        missing.discard(Meaning.DURATION)
    if Meaning.TIME in table.columns.places:
        missing.discard(Meaning.SUBMITTED if _holds_moments(table) else Meaning.DURATION)
    return missing


def _holds_moments(table: Table) -> bool:
    """Whether the column titled only "thời gian" holds dates, by its first cells."""
    sample = [cell for cell in table.column(Meaning.TIME)[:200] if text_of(cell)][:50]
    return sum(map(is_moment, sample)) * 2 > len(sample)


def _times(table: Table, papers: Papers) -> tuple[list[int | None], list[int | None]]:
    """Return the submission time and the duration of each paper; unreadable cells become problems."""
    vague = table.column(Meaning.TIME)
    moments = table.column(Meaning.SUBMITTED) or (vague if vague and _holds_moments(table) else [])
    spans = table.column(Meaning.DURATION) or (vague if vague and moments is not vague else [])
    title = table.columns.title(Meaning.DURATION) or table.columns.title(Meaning.TIME)
    submitted, decided = read_moments(moments)
    _report_unread(papers, table, Meaning.SUBMITTED, moments, submitted)
    durations, turned = read_durations(spans, title)
    _report_unread(papers, table, Meaning.DURATION, spans, durations)
    papers.notes += decided + turned
    nothing: list[int | None] = [None] * len(table.raws)
    if not spans and submitted and Meaning.STARTED in table.columns.places:
        durations = _between(table, papers, submitted)
    return submitted or nothing, durations or nothing


def _between(table: Table, papers: Papers, submitted: Sequence[int | None]) -> list[int | None]:
    """Return the durations between start and submission."""
    started, _ = read_moments([*table.column(Meaning.STARTED), *table.column(Meaning.SUBMITTED)])
    durations: list[int | None] = []
    for raw, start, end in zip(table.raws, started, submitted, strict=False):
        span = end - start if start is not None and end is not None else None
        if span is not None and span < 0:
            papers.problems.append((raw.number, _BACKWARDS))
            span = None
        durations.append(span)
    return durations


def _report_unread(
    papers: Papers, table: Table, meaning: Meaning, cells: Sequence[Cell], values: Sequence[int | None]
) -> None:
    for raw, cell, value in zip(table.raws, cells, values, strict=False):
        if value is None:
            _report_cell(papers, raw.number, meaning, cell)


def _report_cell(papers: Papers, number: int, meaning: Meaning, cell: Cell) -> None:
    if text_of(cell):
        papers.problems.append((number, _BAD_CELL.format(what=_WHAT[meaning], cell=quoted(cell))))


def _add(papers: Papers, index: int, raw: Raw, readings: _Readings) -> None:
    """Add one row's paper, or the reason why it is none."""
    problem = readings.marks.reasons.get(index) if raw.name else _NO_NAME
    correct = readings.marks.correct[index]
    if problem or correct is None:
        papers.errors.append((raw.number, problem or _NO_NAME))
        return
    guess = _optional(papers, raw, Meaning.GUESS, read_guess(raw.cells.get(Meaning.GUESS)))
    unit = text_of(raw.cells.get(Meaning.UNIT))
    person, phone = _person(papers, raw, unit)
    entry = EntryValue(ref_of(raw.number), correct, readings.durations[index], guess, readings.submitted[index])
    papers.identities[entry.ref] = RankedPerson(raw.name, phone, unit)
    papers.papers.append(SheetPaper(person, unit, entry))


def _optional(papers: Papers, raw: Raw, meaning: Meaning, value: int | None) -> int | None:
    if value is None and meaning in raw.cells:
        _report_cell(papers, raw.number, meaning, raw.cells[meaning])
    return value


def _person(papers: Papers, raw: Raw, unit: str) -> tuple[Person, str | None]:
    """Return the person of a paper, and the phone if it can be called."""
    year = _optional(papers, raw, Meaning.BIRTH, read_birth_year(raw.cells.get(Meaning.BIRTH)))
    born, name = str(year or ""), fold(raw.name)
    if Meaning.PHONE not in raw.cells:
        return ("", name, born, place_key(unit)), None
    cell = raw.cells[Meaning.PHONE]
    text = text_of(cell)
    try:
        phone = canonical(text)
    except PhoneError:
        reason = _BAD_PHONE.format(cell=quoted(cell)) if text else _EMPTY_PHONE
        papers.problems.append((raw.number, reason))
        return ("?" + search_key(text), name, born), None
    return (phone, name, born), phone


def _name_units(papers: Papers) -> None:
    """Replace each paper's unit as typed by its key, and note which spellings were merged."""
    if Meaning.UNIT not in papers.missing:
        papers.problems += [(int(paper.entry.ref), _NO_UNIT) for paper in papers.papers if not paper.unit]
    spelt = Counter(paper.unit for paper in papers.papers)
    papers.units = group_units(spelt)
    papers.unit_keys = {spelling: place_key(spelling) for spelling in spelt}
    papers.papers = [SheetPaper(one.person, papers.unit_keys[one.unit], one.entry) for one in papers.papers]
    for group in papers.units.values():
        if group.merged:
            others = ", ".join(quoted(other) for other in group.merged)
            papers.notes.append(_MERGED.format(shown=group.shown, others=others))
