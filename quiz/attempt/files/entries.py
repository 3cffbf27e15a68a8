"""An office's sheet read for storing: the rows as `flask quiz rank` reads them, marked by a round's own questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple

from core.importing.kind import Opener
from core.importing.rows import name_issue
from core.sheets.cells import SheetError, quoted, text_of
from core.sheets.columns import cell_at
from core.sheets.samples import sample_of
from core.sheets.tables import Tables, find_tables
from core.translation import gettext
from core.values.text import N_
from quiz.attempt.files import mapping
from quiz.attempt.files.columns import Columns, Meaning, best_header
from quiz.attempt.files.marks import Marks, read_scores
from quiz.attempt.files.missing import missing_columns
from quiz.attempt.files.opposing import opposing_columns
from quiz.attempt.files.papers import Papers, gather, other_scores
from quiz.attempt.files.sheet import Raw, Table, numbered_answers, read_rows
from quiz.attempt.rules import commitment
from quiz.attempt.rules.scoring import count_correct
from quiz.attempt.rules.sheet_turns import SheetTurns, Turn
from quiz.bank.files.answer_key import Choices, SheetQuestion
from quiz.contest.rules.presets import GuessTarget, Rules

LONGEST_NAME = 100
_MOMENTS = (Meaning.SUBMITTED, Meaning.STARTED)
_UNKNOWN_SHOWN = 10
"""The number of unknown answers that are listed one by one."""
_NO_TABLE = N_("Tệp không có cột họ và tên cùng với điểm (hoặc câu trả lời); hãy kiểm tra dòng tiêu đề hoặc chọn cột.")
_NO_SCORE = N_("Tệp không có cột điểm, cũng không đủ %(count)s cột câu trả lời; hãy kiểm tra tiêu đề hoặc chọn cột.")
_NO_CHOICE = N_("Câu %(number)s: không ô nào của cột %(header)s là phương án của câu này; hãy xem lại cột.")
_UNKNOWN = N_(
    "Câu %(number)s: %(cell)s (%(count)s ô, đầu tiên là dòng %(row)s) không phải phương án nào; tính là trả lời sai."
)
_UNKNOWN_ONE = N_("Câu %(number)s: %(cell)s (1 ô: dòng %(row)s) không phải phương án nào; tính là trả lời sai.")
_UNKNOWN_MORE = N_("… và %(count)s cách trả lời khác không phải phương án nào; tính là trả lời sai.")
_NO_UNITS = N_("Tệp không có cột đơn vị dự thi; chỉ nhập được lượt của người đã đăng ký từ trước.")
_ASIDES = N_("Bỏ qua %(count)s dòng không có họ tên lẫn kết quả (đầu tiên là dòng %(row)s), như ngày tháng và chữ ký.")
_LONG_NAME = N_("họ tên dài quá %(most)s chữ; không tính lượt.")
_NOT_COUNTED = N_("%(issue)s Không tính lượt.")


class _Strange(NamedTuple):
    """An answer that is no choice of its question: its number of cells, and its first row."""

    number: int
    cell: str
    cells: int
    row: int


@dataclass(frozen=True)
class Opened:
    """A file up to its header: its recognised columns, all rows below (readable once), and `places`, the columns of the
    form.
    """

    columns: Columns
    rows: Tables[Columns]
    places: Mapping[str, int] = field(default_factory=dict)

    @property
    def header(self) -> tuple[str, ...]:
        """Return the titles of the columns."""
        return self.columns.header

    @property
    def notes(self) -> Sequence[str]:
        """Return notes on parts that were left out or converted, once the rows have been read."""
        return self.rows.notes

    def samples(self) -> list[str]:
        """Return the first text in each column."""
        places = range(len(self.columns.header))
        moments = {place for meaning, place in self.columns.places.items() if meaning in _MOMENTS}
        return [sample_of((cell_at(row, at) for row in self.rows.sample), is_moment=at in moments) for at in places]


@dataclass(frozen=True)
class Asked:
    """A round's data for an import: its questions' keys and choices in order, its rules, whether it has blocs."""

    keys: Sequence[frozenset[str]]
    choices: Sequence[Mapping[str, str]]
    rules: Rules
    has_blocs: bool = False


@dataclass(frozen=True)
class Entries:
    """A sheet as read, with the meanings of its columns."""

    sheet: SheetTurns
    header: tuple[str, ...]
    places: Mapping[str, int]


def open_entries(read: Opener) -> Opened:
    """Return the sheets that name people and results, else the first with any header.

    Raises:
        SheetError: there is none.
    """
    rows = find_tables(read(), best_header) or find_tables(read(), partial(best_header, is_any=True))
    if rows is None:
        raise SheetError(_NO_TABLE)
    return Opened(rows.columns, rows)


def read_entries(opened: Opened, asked: Asked, places: mapping.Places | None = None) -> Entries:
    """Return every row that is a turn, and the reasons for the others; *places* override the recognised columns.

    Raises:
        SheetError: the file or *places* can't be used, or a column for people or results is missing.
    """
    columns = mapping.overrule(opened.columns, places) if places is not None else opened.columns
    if Meaning.NAME not in columns.places:
        raise SheetError(_NO_TABLE)
    answers = _answer_places(columns, len(asked.keys))
    if not answers and Meaning.SCORE not in columns.places:
        raise SheetError(gettext(_NO_SCORE, count=len(asked.keys)))
    table = read_rows(columns, opened.rows, answers)
    notes: list[str] = []
    marks, chosen = _mark(table, asked, answers, notes)
    papers = gather(table, marks, notes, asked.rules)
    notes[:0] = [
        *([_NO_UNITS] if Meaning.UNIT in papers.missing else []),
        *_undeciding(papers, asked.rules),
        *opposing_columns(table, asked.rules, ranks_apart=asked.has_blocs),
    ]
    return Entries(_sheet(papers, table, chosen, asked.rules), columns.header, _used(columns, answers, asked))


def recognised_places(opened: Opened, asked: Asked) -> dict[str, int]:
    """Return the recognised columns in the form in which a person may override them."""
    return _used(opened.columns, _answer_places(opened.columns, len(asked.keys)), asked)


def _used(columns: Columns, answers: Sequence[int], asked: Asked) -> dict[str, int]:
    known = {
        meaning.value: place for meaning, place in columns.places.items() if asked.has_blocs or meaning != Meaning.BLOC
    }
    return known | {f"{mapping.QUESTION}{number}": place for number, place in enumerate(answers, start=1)}


def _undeciding(papers: Papers, rules: Rules) -> list[str]:
    return missing_columns(papers.missing - {Meaning.UNIT}, rules)


def _answer_places(columns: Columns, count: int) -> list[int]:
    """Return the columns of all *count* questions, else none. Untitled columns are answers only if there is no
    score.
    """
    numbered = numbered_answers(columns, count)
    if numbered:
        return numbered
    found = columns.questions if Meaning.SCORE in columns.places else columns.answers
    return [place for place, _ in found] if len(found) == count else []


def _mark(table: Table, asked: Asked, places: Sequence[int], notes: list[str]) -> tuple[Marks, list[str]]:
    """Return marks by row, and each row's answers as canonical JSON (none if only a score is known)."""
    size = len(asked.keys)
    if not places:
        return read_scores(table.column(Meaning.SCORE), size), []
    strange: list[_Strange] = []
    readers = [
        _reader(number, table, asked, table.columns.header[place], strange)
        for number, place in enumerate(places, start=1)
    ]
    notes += _strange_in_words(strange)
    key = {str(number): right for number, right in enumerate(asked.keys, start=1)}
    chosen = []
    correct: list[int | None] = []
    for raw in table.raws:
        answers = {
            name: found for name, read, cell in zip(key, readers, raw.answers, strict=True) if (found := read[cell])
        }
        correct.append(count_correct(answers, key))
        chosen.append(commitment.canonical({name: sorted(found) for name, found in answers.items()}))
    notes += other_scores(table, [score or 0 for score in correct], size)
    return Marks(correct, {}, size), chosen


def _reader(number: int, table: Table, asked: Asked, header: str, unknown: list[_Strange]) -> dict[str, Choices]:
    """Return the choices of each different cell of a question's column; empty for a cell that names none."""
    offered, seen = asked.choices[number - 1], Counter(raw.answers[number - 1] for raw in table.raws)
    key = ", ".join(sorted(asked.keys[number - 1]))
    question = SheetQuestion(number, key, list(seen), [f"{letter}. {text}" for letter, text in offered.items()])
    found = {cell: question.read(cell) for cell in seen}
    strange = [cell for cell, chosen in found.items() if not chosen <= offered.keys()]
    if strange and not any(chosen and cell not in strange for cell, chosen in found.items()):
        raise SheetError(gettext(_NO_CHOICE, number=number, header=quoted(header)))
    if strange:
        first = {raw.answers[number - 1]: raw.number for raw in reversed(table.raws)}
        unknown += [_Strange(number, cell, seen[cell], first[cell]) for cell in strange]
    return found | dict.fromkeys(strange, frozenset())


def _strange_in_words(strange: Sequence[_Strange]) -> Iterator[str]:
    """Return the most frequent answers that are no choice, by their question, and the number of the others."""
    shown = sorted(strange, key=lambda one: -one.cells)[:_UNKNOWN_SHOWN]
    for one in sorted(shown, key=lambda one: (one.number, -one.cells)):
        text = _UNKNOWN_ONE if one.cells == 1 else _UNKNOWN
        yield gettext(text, number=one.number, cell=quoted(one.cell), count=one.cells, row=one.row)
    if len(strange) > len(shown):
        yield gettext(_UNKNOWN_MORE, count=len(strange) - len(shown))


def _sheet(papers: Papers, table: Table, chosen: Sequence[str], rules: Rules) -> SheetTurns:
    """Return the papers as turns; guesses are left out if the rules have none."""
    answers = {raw.number: found for raw, found in zip(table.raws, chosen, strict=False)}
    asides = {raw.number for raw in table.raws if _is_aside(raw)}
    sheet = SheetTurns([], [error for error in papers.errors if error[0] not in asides], papers.problems, papers.notes)
    if asides:
        sheet.notes.append(gettext(_ASIDES, count=len(asides), row=min(asides)))
    is_guessed = rules.guess_target is not GuessTarget.NONE
    for paper in papers.papers:
        who, number = papers.identities[paper.entry.ref], papers.numbers[paper.entry.ref]
        problem = _name_problem(who.name)
        if problem:
            sheet.errors.append((number, problem))
            continue
        entry = paper.entry if is_guessed else replace(paper.entry, guess=None)
        sheet.turns.append(
            Turn(
                number,
                paper.person,
                who.name,
                who.phone,
                paper.unit,
                entry,
                answers.get(number, "{}"),
                papers.blocs[paper.entry.ref],
            )
        )
    return sheet


def _is_aside(raw: Raw) -> bool:
    """Whether a line without a name fills at most one cell: a place and date, a signature."""
    return not raw.name and sum(bool(text_of(cell)) for cell in (*raw.cells.values(), *raw.answers)) < 2


def _name_problem(name: str) -> str | None:
    if len(name) > LONGEST_NAME:
        return gettext(_LONG_NAME, most=LONGEST_NAME)
    issue = name_issue(name)
    return gettext(_NOT_COUNTED, issue=issue) if issue else None
