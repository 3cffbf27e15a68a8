"""Questions of a table: a row each, its columns recognised by their titles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from xlsxwriter.utility import xl_col_to_name

from core.sheets.cells import Row, text_of
from core.sheets.columns import HEADER_WITHIN, Line, SheetColumn, headers, recognise, require
from core.sheets.grids import Grid, read_grid
from core.sheets.reading import Sheets
from core.values.text import N_, Sentence, clean
from quiz.bank.files.cell_words import DOUBTS, cell_doubt, cell_words
from quiz.bank.files.stacked import StackedPlaces, StackedRow, runs_on, stacked_lines, stacked_places
from quiz.bank.labels import LEVELS
from quiz.bank.rules.letters import letters_named
from quiz.bank.rules.lines import TextLine, difficulty_of, tidy
from quiz.bank.rules.parsed import (
    IN_QUESTION,
    LETTERS,
    NOWHERE,
    Parsed,
    ParsedChoice,
    ParsedQuestion,
    Place,
    shortened,
)
from quiz.bank.rules.plain import latin_letters
from quiz.bank.rules.weeks import week_of
from quiz.bank.rules.written import read_written

_CHOICE_WORDS = r"^(phuong an|dap an|lua chon|cau tra loi|tra loi|option|choice|answer)"
_CHOICE = rf"{_CHOICE_WORDS}? ?"
_EXAMPLES = {
    "a": (N_("Tiếp nhận hồ sơ và trả kết quả"), N_("Mã định danh điện tử"), N_("Đúng")),
    "b": (N_("Thu thuế"), N_("Thẻ căn cước"), N_("Sai")),
    "c": (N_("Xét xử"), N_("Hộ chiếu"), ""),
}


def _choice_column(letter: str) -> SheetColumn:
    number = LETTERS.index(letter.upper()) + 1
    words = ((rf"{_CHOICE}{letter}[.)]?$", 20), (rf"{_CHOICE_WORDS} ?0?{number}$", 20))
    hint = N_("Nội dung phương án, không ghi chữ cái.")
    return SheetColumn(letter, letter.upper(), words, hint, _EXAMPLES.get(letter, ()), is_required=letter in "ab")


COLUMNS = (
    SheetColumn(
        "text",
        N_("Câu hỏi"),
        ((r"^(noi dung )?(cau hoi|cau)$|^question$", 14), (r"cau hoi|question|noi dung", 8)),
        N_("Lời câu hỏi, mỗi câu một dòng của bảng."),
        (
            N_("Trung tâm Phục vụ hành chính công làm việc gì?"),
            N_("Giấy tờ nào dùng để đăng nhập Cổng dịch vụ công?"),
            N_("Nộp hồ sơ trực tuyến được giảm phí."),
        ),
        is_required=True,
    ),
    *(_choice_column(letter.lower()) for letter in LETTERS),
    SheetColumn(
        "key",
        N_("Đáp án"),
        ((r"dap an dung|phuong an dung|correct|^key$", 16), (r"^dap an$|^answer$|^da$|^dung$", 12)),
        N_("Chữ cái của phương án đúng, ví dụ B. Có nhiều phương án đúng thì ghi A, C: người thi phải chọn đủ."),
        ("A", "A, B", "A"),
        is_required=True,
    ),
    SheetColumn(
        "explanation",
        N_("Giải thích"),
        ((r"giai thich|explanation|feedback|loi giai", 12),),
        N_("Vì sao phương án ấy đúng. Người dự thi đọc sau khi công bố."),
        (N_("Đó là nơi làm mọi thủ tục của xã."),),
    ),
    SheetColumn(
        "source",
        N_("Căn cứ"),
        ((r"can cu|nguon|trich dan|source|co so phap ly", 12),),
        N_("Điều, khoản, số văn bản."),
        (N_("Nghị định 118/2025/NĐ-CP"),),
    ),
    SheetColumn(
        "topic",
        N_("Chủ đề"),
        ((r"chu de|chuyen de|linh vuc|topic|category", 12),),
        N_("Để lọc câu hỏi, và để mỗi đề có đủ các chủ đề."),
        (N_("Một cửa"), N_("Chuyển đổi số")),
    ),
    SheetColumn(
        "difficulty",
        N_("Mức độ"),
        ((r"muc do|do kho|difficulty|level", 12),),
        N_("Rất dễ, dễ, trung bình, khó, rất khó, hoặc số từ 1 đến 5. Để trống cũng được."),
        (LEVELS[1], LEVELS[2]),
        LEVELS,
    ),
)
WEEK = SheetColumn("week", N_("Tuần"), ((r"^(tuan|vong|dot)( thi| so)?$|^week$", 12),))
READ = (*COLUMNS, WEEK)
"""The columns that are read: those of the template, and the week of a plan."""
_ROW, _CELL = N_("dòng %(row)s"), N_("ô %(column)s%(row)s")
_NO_KEY = N_("chưa có đáp án.")
_NOT_READ = N_("không hiểu đáp án “%(answer)s”; xin ghi chữ cái, ví dụ B hoặc A, C.")
_UNKNOWN = N_("đáp án %(unknown)s không có trong các phương án.")
_NO_LEVEL = N_("không hiểu mức độ “%(level)s”; xin ghi rất dễ, dễ, trung bình, khó hoặc rất khó.")
_BETWEEN = N_("phương án %(letter)s trống, mà sau đó còn phương án khác.")
_RUN_ON = N_(
    "các phương án viết liền một dòng (“%(options)s”); xin xuống dòng sau mỗi phương án, hoặc ghi A, B, C trước mỗi "
    "phương án."
)
_NO_WEEK = N_("không hiểu tuần “%(week)s”; xin ghi số, ví dụ 2.")
PlaceOf = Callable[[int, int | None], Place]
"""The number of a row, and the place of a column or None for the whole row → its words."""
_LEAST_WITHOUT_HEADER = 4


def read_question_sheets(sheets: Sheets) -> Parsed:
    """Return the questions of each sheet that holds some; one that is named "Tuần 2" holds those of that week.

    Raises SheetError where there is none.
    """
    grid = read_grid(sheets, READ, joins_like=True)
    all_rows, has_columns = [grid.header, *(row for _number, row in grid.rows)], bool({"a", "b"} & grid.places.keys())
    stacked = None if _is_whole(grid.places) else stacked_places(all_rows, has_columns=has_columns)
    if stacked is not None:
        parsed = _read_stacked([_stacked_row(stacked, number, row) for number, row in grid.rows[stacked.end - 1 :]])
    else:
        require(grid.places, READ)
        parsed = read_grid_rows(grid, sheet_place)
    for note in grid.notes:
        parsed.doubtful(NOWHERE, "%(note)s", note=note)
    return parsed


def _read_stacked(rows: Sequence[StackedRow]) -> Parsed:
    parsed = read_written(stacked_lines(rows))
    for row in filter(runs_on, rows):
        parsed.wrong(row.place, _RUN_ON, options=shortened(row.text("options")))
    return parsed


def _is_whole(places: Mapping[str, int]) -> bool:
    return all(column.name in places for column in READ if column.is_required)


def _stacked_row(columns: StackedPlaces, number: int, row: Row) -> StackedRow:
    place = sheet_place(number, None)
    texts = [cell if isinstance(cell, str) else cell_words(cell) for cell in row]
    lines = [[TextLine(tidy(line), place) for line in text.splitlines() if clean(line)] for text in texts]
    return StackedRow(columns, lines, place)


def grid_of_rows(rows: Sequence[Row]) -> Grid | None:
    """Return rows as a table of questions; None where no header names the question, two choices and the key."""
    head = rows[:HEADER_WITHIN]
    required = {column.name for column in COLUMNS if column.is_required}
    for row, end in headers(head):
        places = recognise(row, READ, below=rows[end:])
        if required <= places.keys():
            return Grid(tuple(map(text_of, row)), places, list(enumerate(rows[end:], start=end + 1)))
    return None


def grid_without_header(rows: Sequence[Row]) -> Grid | None:
    """Return rows of question, choices and key without any header as a table, as they are pasted from Excel."""
    filled = [[text_of(cell) for cell in row] for row in rows if any(text_of(cell) for cell in row)]
    if not filled:
        return None
    first = 1 if all(row and row[0].rstrip(".").isdigit() for row in filled) else 0
    key = max(at for at, text in enumerate(filled[0]) if text)
    keyed = [row for row in filled if len(row) > key and letters_named(row[key]) and len(row[key]) < 8]
    if key - first < _LEAST_WITHOUT_HEADER - 1 or key - first > len(LETTERS) + 1 or 2 * len(keyed) < len(filled):
        return None
    choices = {letter.lower(): first + 1 + at for at, letter in enumerate(LETTERS[: key - first - 1])}
    return Grid((), {"text": first, **choices, "key": key}, list(enumerate(rows, start=1)))


def sheet_place(row: int, column: int | None) -> Place:
    """Return the place of a row of a workbook, or of one of its cells."""
    words = {"row": str(row)}
    return Place(
        int(row),
        Sentence(_CELL, column=xl_col_to_name(column), **words) if column is not None else Sentence(_ROW, **words),
    )


def read_grid_rows(grid: Grid, place_of: PlaceOf) -> Parsed:
    """Return a question for each row of *grid* that holds one."""
    parsed = Parsed()
    for number, line in enumerate(grid.lines(grid.places), start=1):
        reader = _Row(parsed, line, number, lambda name, row=line.number: place_of(row, grid.places.get(name)))  # type: ignore[misc]
        parsed.questions.append(reader.question(place_of(line.number, None)))
    return parsed


class _Row:
    """One row, whose problems are reported with their cells."""

    def __init__(self, parsed: Parsed, line: Line, number: int, place_of: Callable[[str], Place]) -> None:
        self._parsed, self._line, self._number, self._place_of = parsed, line, number, place_of

    def question(self, place: Place) -> ParsedQuestion:
        texts = list(self._choices())
        self._report_changed()
        right = self._key(list(zip(LETTERS, texts, strict=False)))
        choices = tuple(
            ParsedChoice(letter, text, letter in right) for letter, text in zip(LETTERS, texts, strict=False)
        )
        text, explanation, source, topic = map(self._line.text, ("text", "explanation", "source", "topic"))
        return ParsedQuestion(
            latin_letters(text),
            choices,
            explanation,
            source,
            topic,
            self._difficulty(),
            place,
            self._number,
            week=self._week(),
        )

    def _week(self) -> int | None:
        """Return the week of its column, else that of the name of its sheet."""
        typed = self._line.text("week")
        number = int(typed) if typed.isdigit() else week_of(typed)
        if typed and number is None:
            self._report("week", _NO_WEEK, week=shortened(typed))
        sheet = getattr(self._line.number, "sheet_name", "")
        return number or (week_of(sheet) if sheet else None)

    def _choices(self) -> Iterator[str]:
        texts = [_without_letter(letter, self._choice(letter)) for letter in LETTERS]
        while texts and not texts[-1]:
            texts.pop()
        for letter, text in zip(LETTERS, texts, strict=False):
            if not text:
                self._report(letter.lower(), _BETWEEN, letter=letter)
            yield text

    def _choice(self, letter: str) -> str:
        return latin_letters(cell_words(self._line.cells.get(letter.lower())))

    def _report_changed(self) -> None:
        """Report the choices that Excel may have turned into days or shares, once for each kind."""
        for wording in DOUBTS:
            cells = {letter: self._line.cells.get(letter.lower()) for letter in LETTERS}
            found = {letter: cell_words(cell) for letter, cell in cells.items() if cell_doubt(cell) == wording}
            if found:
                reason = Sentence(wording, letters=", ".join(found), texts=", ".join(found.values()))
                place = self._place_of(next(iter(found)).lower())
                self._parsed.doubtful(place, IN_QUESTION, number=self._number, reason=reason)

    def _key(self, choices: list[tuple[str, str]]) -> frozenset[str]:
        typed = self._line.text("key")
        if not typed:
            self._report("key", _NO_KEY)
            return frozenset()
        named = letters_named(typed, choices) or _numbered(typed)
        if named is None:
            self._report("key", _NOT_READ, answer=shortened(typed))
            return frozenset()
        unknown = named - {letter for letter, text in choices if text}
        if unknown:
            self._report("key", _UNKNOWN, unknown=", ".join(sorted(unknown)))
        return named - unknown

    def _difficulty(self) -> int | None:
        typed = self._line.text("difficulty")
        level = difficulty_of(typed)
        if typed and level is None:
            self._report("difficulty", _NO_LEVEL, level=shortened(typed))
        return level

    def _report(self, column: str, wording: str, **values: object) -> None:
        reason = Sentence(wording, **values)
        self._parsed.wrong(self._place_of(column), IN_QUESTION, number=self._number, reason=reason)


def _without_letter(letter: str, text: str) -> str:
    """Return a choice without its own letter before it."""
    for end in (". ", ") ", ".", ")"):
        if text.upper().startswith(letter + end) and len(text) > len(letter + end):
            return clean(text[len(letter + end) :])
    return text


def _numbered(typed: str) -> frozenset[str] | None:
    """Return the letter of a choice that is named by its number from 1."""
    return frozenset(LETTERS[int(typed) - 1]) if len(typed) == 1 and typed in "12345678" else None
