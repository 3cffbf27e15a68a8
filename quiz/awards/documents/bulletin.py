"""The bulletin of a published round (bản tin): participation with the change on the week before, bands, winners."""

from datetime import date, timedelta

from core.docx import CENTRE, OfficeDocument, TableColumn
from core.values.dates import day
from core.values.language import use
from core.values.numbers import percent, thousands
from quiz.awards.documents.parts import (
    about_round,
    band_table,
    beginning,
    by_bloc,
    compared,
    hour,
    in_cell,
    listed,
    office_document,
    people_before,
    prize_name,
    unfinished,
    unit_table,
    waiting_words,
    whole_title,
)
from quiz.awards.queries.naming import WinnerLine
from quiz.awards.queries.round_file import RoundFile
from quiz.boards.rules.board import UnitLine
from quiz.contest.labels.guesses import guess_words

MOMENT = timedelta(microseconds=1)
UNNAMED = "(không nêu tên)"
"""A winner who did not agree to being named, or may be a child."""


def bulletin_docx(file: RoundFile, today: date) -> bytes:
    """Return the bulletin of *file*'s round; it is for the public and names those alone who agreed to it."""
    with use("vi"):
        paper = office_document(file.contest, "Bản tin", whole_title(file), "BT", today)
        unfinished(paper, file)
        paper.heading("1. Tham gia")
        paper.text(participation(file))
        unit_table(paper, file.board)
        paper.heading("2. Kết quả theo mức điểm")
        paper.text(perfect_words(file))
        band_table(paper, file.bands)
        paper.heading("3. Người đạt giải")
        _winners(paper, file)
        _next(paper, file)
        paper.signature(("Các đơn vị dự thi", "Cổng thông tin điện tử", "Lưu: VT"), "TRƯỞNG BAN TỔ CHỨC")
        return paper.to_bytes()


def press_text(file: RoundFile) -> str:
    """Return a text of a few paragraphs to copy into a message or a page: figures, winners, what comes next."""
    with use("vi"):
        paragraphs = [
            f"KẾT QUẢ {about_round(file).upper()}",
            participation(file),
            perfect_words(file),
            winners_words(file),
            waiting_words(file),
            _next_words(file),
            file.contest.organiser,
        ]
        if file.contest.is_illustrative:
            paragraphs.insert(1, "Số liệu minh họa.")
        return "\n\n".join(each for each in paragraphs if each)


def participation(file: RoundFile) -> str:
    """Return people and turns of the round with their change, and the units with the most people."""
    round, board = file.round, file.board
    span = f"Từ {day(round.opens_at)} đến {day(file.round.closes_at - MOMENT)}"
    people = f"{thousands(board.people)} người dự thi{compared(board.people, people_before(board))}"
    turns = f"{thousands(board.turns)} lượt dự thi" if board.turns != board.people else "mỗi người một lượt"
    first = sorted((line for line in board.lines if line.people), key=lambda line: -line.people)[:3]
    most = f" Đông nhất: {listed([_unit(file, line) for line in first])}." if len(first) > 1 else ""
    return f"{span}, có {people}, {turns}.{most}{_blocs(file)}"


def _blocs(file: RoundFile) -> str:
    """Return the people of each bloc as a sentence; empty without blocs."""
    counted = [
        f"{bloc.name} {thousands(lines.people)} người"
        for bloc, lines in zip(file.contest.blocs, file.blocs, strict=True)
    ]
    return f" Theo đối tượng dự thi: {'; '.join(counted)}." if counted else ""


def perfect_words(file: RoundFile) -> str:
    """Return how many had all questions right."""
    result = file.result
    share = f", {percent(result.perfect / result.people)} số người dự thi" if result.people else ""
    words = guess_words(file.round.declared, result.target_people)
    target = f" Số đúng để so dự đoán là {words.target(result.target)}." if result.target is not None else ""
    return f"{thousands(result.perfect)} người trả lời đúng tất cả {file.round.asked} câu hỏi{share}.{target}"


def winners_words(file: RoundFile) -> str:
    """Return the prizes in a sentence each, people named who agreed to it."""
    if not file.prizes:
        return "Tuần này chưa có người đạt giải."
    tiers: dict[str, list[str]] = {}
    for line in file.prizes:
        tiers.setdefault(line.prize, []).append(_person(line))
    return "\n".join(f"{tier}: {'; '.join(people)}." for tier, people in tiers.items())


def _person(line: WinnerLine) -> str:
    return f"{line.public_name} ({line.unit})" if line.public_name else f"một người dự thi của {line.unit}"


def _unit(file: RoundFile, line: UnitLine) -> str:
    return f"{file.board.units[line.ref].name} ({thousands(line.people)} người)"


def _winners(paper: OfficeDocument, file: RoundFile) -> None:
    if not file.prizes:
        paper.text("Tuần này chưa có người đạt giải.")
        return
    rows = [
        [str(at), line.public_name or UNNAMED, in_cell(line.unit), prize_name(line)]
        for at, line in enumerate(file.prizes, start=1)
    ]
    columns = (
        TableColumn("STT", 12, CENTRE),
        TableColumn("Họ và tên", 60),
        TableColumn("Đơn vị", 55),
        TableColumn("Giải", 38),
    )
    if any(not line.public_name for line in file.prizes):
        paper.text("Chỉ nêu tên người đã đồng ý; người có thể chưa đủ 16 tuổi không bị nêu tên.", italic=True)
    paper.columns(columns, by_bloc(file, rows))


def _next(paper: OfficeDocument, file: RoundFile) -> None:
    if words := _next_words(file):
        paper.heading("4. Đợt tiếp theo" if file.round.name else "4. Tuần tiếp theo")
        paper.text(words)


def _next_words(file: RoundFile) -> str:
    later = [each for each in file.contest.rounds if each.number > file.round.number]
    if not later:
        return ""
    name = later[0].name or f"Tuần {later[0].number}"
    return f"{name} nhận bài từ {beginning(later[0].opens_at)} đến {hour(later[0].closes_at)}."
