"""Workbooks of the turnout of a round by unit, and of the people of a unit who are to be reminded."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO

from core.sheets.printed import CellKind, PrintedColumn, printed_book
from core.values.dates import moment
from core.values.language import use
from core.values.phone import mask
from quiz.contest.labels.rounds import round_name
from quiz.contest.models import Round
from quiz.outreach.queries.turnout import Absent
from quiz.outreach.rules.turnout import Turnout, total

_UNITS = (
    PrintedColumn("Đơn vị", 36, CellKind.TEXT),
    PrintedColumn("Trong danh sách", 14),
    PrintedColumn("Đã thi", 12),
    PrintedColumn("Chưa thi", 12),
    PrintedColumn("Đã đăng ký", 14),
    PrintedColumn("Đã thi", 12),
    PrintedColumn("Chưa thi", 12),
)
_PEOPLE = (
    PrintedColumn("STT", 6),
    PrintedColumn("Họ và tên", 34, CellKind.TEXT),
    PrintedColumn("Số điện thoại", 18, CellKind.TEXT),
    PrintedColumn("Đã nhắc ngày", 18, CellKind.TEXT),
    PrintedColumn("Ghi chú", 34, CellKind.TEXT),
)
_INTERNAL = "Tài liệu nội bộ: đợt còn mở, số người đã thi giúp người thi sau đoán. "
_KEEP = "Chỉ để nhắc người đã đồng ý được nhắc; không sao chép, đợt đóng thì hủy."


def turnout_workbook(round: Round, lines: Sequence[Turnout], target: IO[bytes], *, now: datetime) -> None:
    """Write the counts of *lines* with their sum; the second group of columns is of those who registered."""
    note = f"{_INTERNAL}Tính đến {moment(now)}. Ba cột sau là người đã đăng ký; người trong danh sách có thể ở cả hai."
    with use("vi"), printed_book(target, f"{round_name(round)}, {round.contest.title}") as book:
        book.sheet("Ai chưa thi", _UNITS, _unit_rows(lines), note=note)


def absent_workbook(round: Round, unit: str, absent: Absent, target: IO[bytes], *, now: datetime) -> None:
    """Write the names of the people of a unit to remind, with three digits of their phones, and room to note."""
    more = absent.silent + absent.children
    rest = f" Còn {more} người không đồng ý được nhắc hoặc chưa đủ 16 tuổi, không nêu tên." if more else ""
    with use("vi"), printed_book(target, f"{round_name(round)}, {round.contest.title}: {unit}") as book:
        book.sheet("Chưa thi", _PEOPLE, _people_rows(absent), note=f"{_KEEP} Tính đến {moment(now)}.{rest}")


def _unit_rows(lines: Sequence[Turnout]) -> Iterator[Sequence[object]]:
    for each in lines:
        yield each.name or "Không ghi đơn vị", *_figures(each)
    yield "Cộng", *_figures(total(lines))


def _figures(each: Turnout) -> Sequence[object]:
    listed = each.listed, each.listed_entered, each.listed_left
    return *listed, each.registered, each.registered_entered, each.registered_left


def _people_rows(absent: Absent) -> Iterator[Sequence[object]]:
    for number, contact in enumerate(absent.named, start=1):
        yield number, contact.name, mask(contact.phone) if contact.phone else "", "", ""
