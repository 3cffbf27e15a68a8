"""All papers of a round as CSV and as a workbook, written row by row."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO
from uuid import UUID

from core.sheets.printed import MOST_ROWS, CellKind, PrintedBook, PrintedColumn, printed_book
from core.values.language import use
from quiz.attempt.labels import MODE
from quiz.attempt.models import TIMED
from quiz.attempt.rules.commitment import read_answers
from quiz.awards.queries.paper_file import FiledPaper
from quiz.awards.queries.round_file import RoundFile
from quiz.contest.labels.guesses import guess_words
from quiz.contest.labels.rounds import round_name

Watch = Callable[[Iterable[FiledPaper]], Iterable[FiledPaper]]
_TEXT = CellKind.TEXT
_RANK = PrintedColumn("Hạng", 8)
_NAME = PrintedColumn("Họ và tên", 28, _TEXT)
_BLOC = PrintedColumn("Đối tượng dự thi", 26, _TEXT)
_PAPER = (
    PrintedColumn("Đơn vị", 30, _TEXT),
    PrintedColumn("Lượt thứ", 8),
    PrintedColumn("Cách dự thi", 20, _TEXT),
    PrintedColumn("Số câu đúng", 10),
    PrintedColumn("Thời gian làm bài (phút:giây)", 14, CellKind.CLOCK),
    PrintedColumn("Dự đoán", 12),
)
_SECONDS = "Thời gian làm bài (giây)"
_UNRANKED = "Bài không có hạng là bài không được tính hoặc không xếp hạng."


def opened_names(file: RoundFile) -> dict[UUID, str]:
    """Return the names that are open to the account: of the winners, and of the front of the standings."""
    winners = {line.winner.participant_id: line.name for line in file.winners if file.names_opened and line.name}
    return winners | dict(file.front)


def paper_columns(file: RoundFile) -> Sequence[PrintedColumn]:
    """Return the columns: names only where some are open to the account, and one for each question."""
    asked = (PrintedColumn(f"Câu {each.position}", 7, _TEXT) for each in file.round.questions)
    bloc = [_BLOC] if file.contest.blocs else []
    return [*bloc, _RANK, *([_NAME] if opened_names(file) else []), *_PAPER, *asked]


def paper_lines(file: RoundFile, papers: Iterable[FiledPaper]) -> Iterator[Sequence[object]]:
    """Yield a row for each paper, with the time it is ranked by; several letters of a question are written together."""
    limit_ms = file.round.limit_seconds * 1000
    refs, names = [each.ref for each in file.round.questions], opened_names(file)
    words = guess_words(file.round.declared, file.result.target_people)
    for paper in papers:
        answers = read_answers(paper.answers) if paper.answers else {}
        yield [
            *([file.contest.bloc_name(paper.bloc)] if file.contest.blocs else []),
            paper.rank,
            *([names.get(paper.participant_id, "")] if names else []),
            paper.unit,
            paper.turn,
            MODE[paper.mode],
            paper.correct,
            paper.duration_ms if paper.mode in TIMED else limit_ms,
            None if paper.guess is None else words.sheet(paper.guess),
            *("".join(sorted(answers.get(ref, ()))) for ref in refs),
        ]


def csv_lines(file: RoundFile, papers: Iterable[FiledPaper]) -> Iterator[Sequence[object]]:
    """Yield the head and the rows of the CSV; durations are in seconds there."""
    columns = paper_columns(file)
    clock = next(at for at, column in enumerate(columns) if column.kind is CellKind.CLOCK)
    yield [_SECONDS if at == clock else column.title for at, column in enumerate(columns)]
    for row in paper_lines(file, papers):
        took = row[clock]
        yield [*row[:clock], took / 1000 if isinstance(took, int) else None, *row[clock + 1 :]]


def papers_workbook(
    file: RoundFile, papers: Iterable[FiledPaper], target: IO[bytes] | Path, *, watch: Watch = iter
) -> None:
    """Write the workbook to *target*: as many papers to a sheet as it holds, in as many sheets as are needed."""
    rest = iter(paper_lines(file, watch(papers)))
    named = "Họ tên chỉ có ở những bài đã được mở." if opened_names(file) else "Không có họ tên, không có giờ nộp."
    with use("vi"), printed_book(target, f"{round_name(file.round)}, {file.contest.title}") as book:
        number = 1
        while _add(file, book, number, islice(rest, MOST_ROWS), f"{named} {_UNRANKED}") == MOST_ROWS:
            number += 1


def _add(file: RoundFile, book: PrintedBook, number: int, rows: Iterable[Sequence[object]], note: str) -> int:
    return book.sheet(f"Bài dự thi {number}", paper_columns(file), rows, note=note)
