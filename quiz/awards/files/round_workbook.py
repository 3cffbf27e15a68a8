"""The workbook of a round: figures, standings, participation by unit, winners, answers by question."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

from sqlalchemy.orm import Session

from core.sheets.printed import MOST_ROWS, CellKind, PrintedBook, PrintedColumn, printed_book
from core.values.dates import deadline, moment
from core.values.language import use
from quiz.awards.files.bloc_columns import bloc_cells, bloc_columns
from quiz.awards.labels import BAND, WINNER_STATE
from quiz.awards.queries.round_file import ExportedLine, RoundFile, amount_of, stream_standings
from quiz.contest.labels import CRITERION
from quiz.contest.labels.guesses import guess_words
from quiz.contest.labels.rounds import round_name
from quiz.contest.rules.presets import Criterion
from quiz.results.rules.answers import FEWEST

Watch = Callable[[Iterator[ExportedLine]], Iterator[ExportedLine]]
"""Passes the lines on, and may report progress."""
HIDDEN = "(chưa mở họ tên)"
"""The place of a name that the account may not read."""
_TEXT = CellKind.TEXT
_FIGURES = (PrintedColumn("Mục", 44, _TEXT), PrintedColumn("Số", 18), PrintedColumn("Ghi chú", 70, _TEXT))
_STANDINGS = (
    PrintedColumn("Hạng", 8),
    PrintedColumn("Đơn vị", 30, _TEXT),
    PrintedColumn("Số câu đúng", 10),
    PrintedColumn("Thời gian làm bài (phút:giây)", 14, CellKind.CLOCK),
    PrintedColumn("Dự đoán", 12),
    PrintedColumn("Dự đoán lệch", 12),
    PrintedColumn("Nộp bài lúc", 20, CellKind.MOMENT),
    PrintedColumn("Đứng sau hạng trên vì", 24, _TEXT),
)
_NAME = PrintedColumn("Họ và tên", 28, _TEXT)
_BLOC = PrintedColumn("Đối tượng dự thi", 26, _TEXT)
_UNITS = (
    PrintedColumn("Đơn vị", 34, _TEXT),
    PrintedColumn("Người dự thi", 12),
    PrintedColumn("Lượt dự thi", 12),
    PrintedColumn("Số dân", 12),
    PrintedColumn("Người dự thi trên 1.000 dân", 14, CellKind.DECIMAL),
    PrintedColumn("Người, tuần trước", 12),
    PrintedColumn("Tăng, giảm so với tuần trước", 16, CellKind.CHANGE),
)
_WINNERS = (
    PrintedColumn("Hạng", 8),
    _NAME,
    PrintedColumn("Đơn vị", 30, _TEXT),
    PrintedColumn("Giải", 20, _TEXT),
    PrintedColumn("Tiền thưởng (đồng)", 16),
    PrintedColumn("Số câu đúng", 10),
    PrintedColumn("Thời gian làm bài (phút:giây)", 14, CellKind.CLOCK),
    PrintedColumn("Dự đoán lệch", 12),
    PrintedColumn("Tình trạng", 24, _TEXT),
)
_QUESTIONS = (
    PrintedColumn("Câu", 7),
    PrintedColumn("Nội dung", 60, _TEXT),
    PrintedColumn("Phương án", 44, _TEXT),
    PrintedColumn("Là đáp án", 10, _TEXT),
    PrintedColumn("Số người chọn", 12),
    PrintedColumn("Tỷ lệ trên số người trả lời", 14, CellKind.PERCENT),
)


def round_workbook(
    session: Session, file: RoundFile, target: IO[bytes] | Path, *, most: int = MOST_ROWS, watch: Watch = iter
) -> None:
    """Write the workbook of a round to *target*, at most so many lines of its standings; *watch* counts them."""
    with use("vi"), printed_book(target, f"{round_name(file.round)}, {file.contest.title}") as book:
        book.sheet("Tổng hợp", _FIGURES, _figures(file))
        _standings(file, book, watch(stream_standings(session, file.result, most)), most)
        book.sheet("Theo đơn vị", (*_UNITS, *bloc_columns(file.contest)), _units(file), note=_heads_note(file))
        note = "" if file.names_opened else "Họ tên: chỉ người đã đồng ý nêu tên, sau khi công bố."
        asked = [PrintedColumn(each.name, 26, _TEXT) for each in file.contest.asked_fields if file.names_opened]
        bloc = [_BLOC] if file.contest.blocs else []
        book.sheet("Đạt giải", (*bloc, *_WINNERS, *asked), _winners(file), note=note)
        book.sheet("Câu hỏi", _QUESTIONS, _questions(file), note=_answers_note(file))


def _figures(file: RoundFile) -> Iterator[Sequence[object]]:
    round, result = file.round, file.result
    span = f"từ {moment(round.opens_at)} đến {deadline(round.closes_at)}"
    yield "Lượt dự thi", result.turns, f"Mỗi bài nộp là một lượt; nhận bài {span}"
    yield "Người dự thi", result.people, "Mỗi người đếm một lần"
    yield "Người trả lời đúng tất cả các câu", result.perfect, ""
    yield "Bài được xếp hạng", file.ranked, ""
    for part in result.parts:
        name = file.contest.bloc_name(part.bloc)
        yield f"Bài được xếp hạng, {name}", part.people, f"{part.perfect} người trả lời đúng tất cả các câu"
    if result.target is not None:
        words = guess_words(round.declared, result.target_people)
        note = f"Tỷ lệ đúng: {words.target(result.target)}" if words.is_percent else ""
        yield "Số đúng để so dự đoán", result.target, note
    if file.left_out.people:
        yield "Bài không được công nhận", file.left_out.people, "Vẫn nằm trong số lượt, số người ở trên"
    for band, people in (file.bands or {}).items():
        yield BAND[band], people, "Người dự thi theo số câu đúng"
    yield "Bản kết quả", result.version, f"Lập lúc {moment(result.made_at)}"
    if file.contest.is_illustrative:
        yield "Số liệu minh họa", "", "Mọi số liệu ở đây là giả định"


def _standings(file: RoundFile, book: PrintedBook, lines: Iterator[ExportedLine], most: int) -> None:
    columns = (*_STANDINGS[:1], _NAME, *_STANDINGS[1:]) if file.front else _STANDINGS
    columns = (_BLOC, *columns) if file.contest.blocs else columns
    note = "Họ tên chỉ có ở những bài đã được mở." if file.front else "Không có họ tên."
    if file.ranked > most:
        note += f" Chỉ gồm {most} bài đầu trong {file.ranked} bài được xếp hạng."
    book.sheet("Xếp hạng", columns, _standing_rows(file, lines), note=note)


def _standing_rows(file: RoundFile, lines: Iterator[ExportedLine]) -> Iterator[Sequence[object]]:
    words = guess_words(file.round.declared, file.result.target_people)
    blocs = {bloc.position: bloc.name for bloc in file.contest.blocs}
    for row, unit in lines:
        named = [file.front.get(row.participant_id, "")] if file.front else []
        decided = CRITERION[Criterion(row.decided_by)] if row.decided_by else ""
        yield [
            *([blocs.get(row.bloc or 0, "")] if blocs else []),
            row.rank,
            *named,
            unit,
            row.correct,
            row.duration_ms,
            None if row.guess is None else words.sheet(row.guess),
            None if row.distance is None else words.sheet_distance(row.distance),
            row.submitted_at,
            decided,
        ]


def _units(file: RoundFile) -> Iterator[Sequence[object]]:
    before = {line.ref: line.people for line in file.board.before or ()}
    blocs = bloc_cells(file.blocs)
    for line in sorted(file.board.lines, key=lambda line: -line.people):
        was = before.get(line.ref) if file.board.before is not None else None
        change = None if was is None else line.people - was
        rate = None if line.rate is None else float(line.rate)
        name = file.board.units[line.ref].name
        yield name, line.people, line.turns, line.headcount, rate, was, change, *blocs.get(line.ref, ())


def _heads_note(file: RoundFile) -> str:
    days = sorted({f"{count.as_of:%d/%m/%Y}" for count in file.board.headcounts.values()})
    counted = f"Số dân tính đến {', '.join(days)}." if days else "Chưa có số dân dùng được để tính tỷ lệ."
    return f"Lượt dự thi là số bài nộp, người dự thi là số người khác nhau. {counted}"


def _winners(file: RoundFile) -> Iterator[Sequence[object]]:
    words = guess_words(file.round.declared, file.result.target_people)
    for line in file.winners:
        winner, standing = line.winner, line.standing
        amount = amount_of(file.round, winner.tier, line.bloc) if line.has_prize else None
        bloc = [file.contest.bloc_name(line.bloc)] if file.contest.blocs else []
        yield (
            *bloc,
            winner.rank,
            line.name or HIDDEN,
            line.unit,
            line.winner.tier or "chờ bốc thăm",
            amount,
            standing.correct,
            standing.duration_ms,
            None if standing.distance is None else words.sheet_distance(standing.distance),
            WINNER_STATE[winner.state],
            *(line.more.get(each.name, "") for each in file.contest.asked_fields if file.names_opened),
        )


def _answers_note(file: RoundFile) -> str:
    if file.answers is None or file.answers.people < FEWEST:
        return f"Chưa đủ {FEWEST} bài có câu trả lời nên không nêu số người chọn."
    return f"Đếm trên {file.answers.people} bài có câu trả lời."


def _questions(file: RoundFile) -> Iterator[Sequence[object]]:
    is_shown = file.answers is not None and file.answers.people >= FEWEST
    for question in file.round.questions:
        counts = dict(file.answers.answers.get(question.ref, {})) if file.answers and is_shown else {}
        total = sum(counts.values())
        picture = question.revision.image_alt
        text = f"{question.text} [hình: {picture}]" if picture else question.text
        text = f"{text} (câu đã bỏ, ai cũng được tính đúng)" if question.is_void else text
        for at, choice in enumerate(question.choices):
            chosen = counts.pop(choice.letter, 0) if is_shown else None
            is_key = "x" if choice.letter in question.key else ""
            head = (question.position, text) if at == 0 else ("", "")
            yield (*head, f"{choice.letter}. {choice.words}", is_key, chosen, _share(chosen, total))
        for letters, chosen in sorted(counts.items()):
            is_key = "x" if frozenset(letters) == question.key else ""
            yield "", "", f"Chọn cả {', '.join(letters)}", is_key, chosen, _share(chosen, total)


def _share(count: int | None, total: int) -> float | None:
    return count / total if count is not None and total else None
