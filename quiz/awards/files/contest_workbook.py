"""The workbook of a whole contest: its weeks, and participation by unit with the prizes."""

from collections.abc import Iterator, Sequence
from typing import IO

from core.sheets.printed import CellKind, PrintedColumn, printed_book
from core.values.language import use
from quiz.awards.files.bloc_columns import bloc_cells, bloc_columns
from quiz.awards.labels import OUTDATED, award_words
from quiz.awards.models import CollectiveDecision
from quiz.awards.queries.contest_file import ContestFile
from quiz.contest.labels.season import season_sentence
from quiz.contest.rules.presets import Rules
from quiz.results.models import SeasonDecision

_WEEKS = (
    PrintedColumn("Tuần", 10),
    PrintedColumn("Mở", 20, CellKind.MOMENT),
    PrintedColumn("Đóng", 20, CellKind.MOMENT),
    PrintedColumn("Lượt dự thi", 14),
    PrintedColumn("Người dự thi", 14),
    PrintedColumn("Tăng, giảm so với tuần trước", 16, CellKind.CHANGE),
    PrintedColumn("Đúng tất cả", 14),
    PrintedColumn("Công bố lúc", 20, CellKind.MOMENT),
)
_UNITS = (
    PrintedColumn("Đơn vị", 36, CellKind.TEXT),
    PrintedColumn("Người dự thi", 14),
    PrintedColumn("Lượt dự thi", 14),
    PrintedColumn("Số dân", 14),
    PrintedColumn("Người dự thi trên 1.000 dân", 16, CellKind.DECIMAL),
    PrintedColumn("Giải cá nhân", 14),
)
_SEASON = (
    PrintedColumn("Hạng", 10),
    PrintedColumn("Đơn vị", 36, CellKind.TEXT),
    PrintedColumn("Giải", 28, CellKind.TEXT),
    PrintedColumn("Kết quả cả cuộc thi", 14),
    PrintedColumn("Số câu đúng", 14),
    PrintedColumn("Thời gian (giây)", 14, CellKind.DECIMAL),
    PrintedColumn("Số đợt có thứ hạng", 14),
    PrintedColumn("Tiền thưởng (đồng)", 20),
)
_AWARDS = (
    PrintedColumn("Hạng", 10),
    PrintedColumn("Đơn vị", 36, CellKind.TEXT),
    PrintedColumn("Giải", 24, CellKind.TEXT),
    PrintedColumn("Số liệu xét giải", 40, CellKind.TEXT),
    PrintedColumn("Tiền thưởng (đồng)", 20),
)


def contest_workbook(
    file: ContestFile,
    target: IO[bytes],
    decision: CollectiveDecision | None = None,
    season: SeasonDecision | None = None,
    *,
    is_outdated: bool = False,
) -> None:
    """Write the workbook of *file*'s contest to *target*, with the *decision* on the prizes of units and that on the
    *season*, which may be outdated; without names.
    """
    with use("vi"), printed_book(target, file.contest.title) as book:
        note = "Số liệu minh họa: mọi số liệu ở đây là giả định. " if file.contest.is_illustrative else ""
        book.sheet("Theo tuần", _WEEKS, _weeks(file), note=f"{note}Người dự thi đếm một lần trong mỗi tuần.")
        units = (*_UNITS, *bloc_columns(file.contest))
        book.sheet("Theo đơn vị", units, _units(file), note=f"{note}Người dự thi đếm một lần trong cả cuộc thi.")
        if season is not None:
            rule = season_sentence(Rules.from_dict(file.contest.rules).season, is_weekly=file.contest.is_weekly)
            outdated = f"{OUTDATED} " if is_outdated else ""
            about = f"{note}Quyết định lần {season.version}; không có họ tên. {outdated}{rule}"
            book.sheet("Giải chung cuộc", _SEASON, _season(season), note=about)
        if decision is not None:
            about = f"{note}Quyết định lần {decision.version}; không gồm bài không được công nhận."
            book.sheet("Giải tập thể", _AWARDS, _awards(decision), note=about)


def _season(decision: SeasonDecision) -> Iterator[Sequence[object]]:
    for each in decision.awards:
        unit, seconds = each.participant.unit.name, None if each.duration_ms is None else each.duration_ms / 1000
        yield each.rank, unit, each.prize, each.score, each.correct, seconds, each.rounds, each.amount


def _awards(decision: CollectiveDecision) -> Iterator[Sequence[object]]:
    for each in decision.awards:
        figure = award_words(decision.measure_of(each), each.figure, each.headcount)
        yield each.rank, each.unit.name, each.tier, figure, each.amount


def _weeks(file: ContestFile) -> Iterator[Sequence[object]]:
    before: int | None = None
    for week in file.weeks:
        round, result = week.round, week.result
        change = None if before is None else result.people - before
        before = result.people
        yield (
            round.number,
            round.opens_at,
            round.closes_at,
            result.turns,
            result.people,
            change,
            result.perfect,
            round.published_at,
        )


def _units(file: ContestFile) -> Iterator[Sequence[object]]:
    blocs = bloc_cells(file.blocs)
    for line in sorted(file.board.lines, key=lambda line: -line.people):
        rate = None if line.rate is None else float(line.rate)
        name, prizes = file.board.units[line.ref].name, file.prizes_of(line.ref)
        yield name, line.people, line.turns, line.headcount, rate, prizes, *blocs.get(line.ref, ())
