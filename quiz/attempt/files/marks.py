"""The number of right answers in each row: from a score column, or marked by an answer key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from core.sheets.cells import Cell, quoted, text_of
from core.translation import gettext
from core.values.text import N_
from quiz.attempt.rules.scoring import count_correct
from quiz.bank.files.answer_key import SheetQuestion

_SCORE = re.compile(r"(\d{1,4})(?:[.,]0+)?(?: ?(?:/|trên|of|out of) ?(\d{1,4})(?:[.,]0+)?)?(?: ?(?:câu|điểm|points?)?)")

_NO_SCORE = N_("chưa có điểm; không tính lượt.")
_NOT_A_SCORE = N_("không đọc được điểm %(cell)s; không tính lượt.")
_A_DATE = N_("điểm đã bị bảng tính đổi thành ngày (%(cell)s); không tính lượt, hãy ghi lại điểm.")
_OTHER_WHOLE = N_(
    "điểm %(cell)s tính trên %(whole)s, khác các bài khác (trên %(usual)s); không tính lượt, hãy xem lại điểm."
)
_NO_WHOLE = N_(
    "điểm %(cell)s không ghi trên bao nhiêu, khác các bài khác (trên %(usual)s); không tính lượt, hãy ghi lại."
)
_RESCALED = N_(
    "Điểm ghi trên %(usual)s mà cuộc thi có %(questions)s câu: đã đổi ra số câu đúng, ví dụ %(cell)s là "
    "%(value)s câu. Hãy xem lại số câu hỏi."
)
_UNREAD = N_("câu %(number)s: không đọc được %(cell)s; tính là trả lời sai.")
_UNMET = N_("Câu %(number)s: không ô nào ghi đáp án %(cell)s; hãy xem lại đáp án.")
_TOO_HIGH = N_("điểm %(cell)s lớn hơn số câu hỏi (%(questions)s); không tính lượt.")


@dataclass(frozen=True, slots=True)
class Marks:
    """Right answers by row (None = unreadable, with the reason), and the number of questions if known."""

    correct: list[int | None]
    reasons: dict[int, str]
    questions: int | None
    doubts: Sequence[tuple[int, str]] = ()
    """Answers that were not understood, by row."""
    notes: Sequence[str] = ()


def read_scores(cells: Sequence[Cell], questions: int | None) -> Marks:
    """Read scores such as "8", "8 / 10", 8.0; with `questions` points are rescaled, so 80 / 100 of 10 is 8.

    Without it the number of questions is the most frequent denominator. A score of another denominator is none.
    """
    pairs = [_score(cell) for cell in cells]
    if any(isinstance(cell, float) and 0 < cell < 1 for cell in cells):
        pairs = [None if pair == (1, None) else pair for pair in pairs]  # 100 % of a column of shares
    wholes = Counter(whole for pair in pairs if pair and (whole := pair[1]))
    usual = wholes.most_common(1)[0][0] if wholes else None
    known = questions or usual
    correct: list[int | None] = []
    reasons: dict[int, str] = {}
    for index, (cell, pair) in enumerate(zip(cells, pairs, strict=True)):
        value = _scaled(pair, known) if pair else None
        problem = _problem(cell, pair is not None, value, known) or _of_other_whole(cell, pair, known, usual)
        if problem:
            reasons[index] = problem
        correct.append(None if problem else value)
    return Marks(correct, reasons, known, notes=list(_rescaled(cells, correct, known, usual)))


def mark_answers(columns: Sequence[Sequence[str]], key: Sequence[str]) -> Marks:
    """Return the right answers of each row; `columns[i]` holds every row's clean cell for question i + 1.

    Raises:
        SheetError: a question's key and cells can't be compared.
    """
    questions = [
        SheetQuestion(number, answer, list(dict.fromkeys(cells)))
        for number, (answer, cells) in enumerate(zip(key, columns, strict=True), start=1)
    ]
    names = [str(number) for number in range(1, len(questions) + 1)]
    right = {name: question.right for name, question in zip(names, questions, strict=True)}
    readers = [question.read for question in questions]
    correct = [
        count_correct({name: read(cell) for name, read, cell in zip(names, readers, row, strict=True)}, right)
        for row in zip(*columns, strict=True)
    ]
    unmet = [
        gettext(_UNMET, number=number, cell=quoted(answer))
        for number, (answer, question) in enumerate(zip(key, questions, strict=True), start=1)
        if not question.is_lettered and not question.is_met
    ]
    return Marks(list(correct), {}, len(key), list(_unread(columns, questions)), unmet)


def _unread(columns: Sequence[Sequence[str]], questions: Sequence[SheetQuestion]) -> Iterator[tuple[int, str]]:
    for number, (cells, question) in enumerate(zip(columns, questions, strict=True), start=1):
        strange = {cell for cell in set(cells) if question.is_unread(cell)}
        for index, cell in enumerate(cells) if strange else ():
            if cell in strange:
                yield index, gettext(_UNREAD, number=number, cell=quoted(cell))


def _score(cell: Cell) -> tuple[int, int | None] | None:
    match = _SCORE.fullmatch(text_of(cell).lower())
    if match is None:
        return None
    return int(match[1]), int(match[2]) if match[2] else None


def _scaled(pair: tuple[int, int | None], questions: int | None) -> int | None:
    points, out_of = pair
    if questions is None or not out_of or out_of == questions:
        return points
    whole, rest = divmod(points * questions, out_of)
    return None if rest else whole


def _problem(cell: Cell, is_score: bool, value: int | None, questions: int | None) -> str | None:
    if isinstance(cell, date):
        return gettext(_A_DATE, cell=cell.strftime("%d/%m/%Y"))
    if not is_score and not text_of(cell):
        return gettext(_NO_SCORE)
    if value is None:
        return gettext(_NOT_A_SCORE, cell=quoted(cell))
    if questions is not None and value > questions:
        return gettext(_TOO_HIGH, cell=quoted(cell), questions=questions)
    return None


def _of_other_whole(
    cell: Cell, pair: tuple[int, int | None] | None, known: int | None, usual: int | None
) -> str | None:
    """Return why a score can't be compared with the others: it has another denominator, or none where points are
    rescaled.
    """
    whole = pair[1] if pair else None
    if pair is None or whole in (known, usual):
        return None
    if whole:
        return gettext(_OTHER_WHOLE, cell=quoted(cell), whole=whole, usual=usual)
    return gettext(_NO_WHOLE, cell=quoted(cell), usual=usual) if usual != known and usual else None


def _rescaled(
    cells: Sequence[Cell], correct: Sequence[int | None], known: int | None, usual: int | None
) -> Iterator[str]:
    if usual is None or usual == known:
        return
    for cell, value in zip(cells, correct, strict=True):
        pair = _score(cell)
        if value is not None and pair and pair[1] == usual:
            yield gettext(_RESCALED, usual=usual, questions=known, cell=quoted(cell), value=value)
            return
