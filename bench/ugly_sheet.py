"""A sheet with every damage that offices' sheets have: python -m bench.ugly_sheet OUT.xlsx|.csv.

Everybody in it is invented; the numbers begin with a prefix that no operator has.
"""

from __future__ import annotations

import csv
import io
import sys
import unicodedata
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

UNITS = ("xã Côn Lôn", "xã Thượng Lâm", "xã Minh Quang", "phường Minh Xuân")
"""The units that it means, by name."""
MISSPELT = "xã Thượg Lâm"
"""A spelling in it that a person has to decide."""
CONTRADICTING = "TT. Côn Lôn"
"""Another one: the unit of that name is no township."""
FORMULA = '=HYPERLINK("http://vi-du.invalid";"Quan Văn Tề")'
GUESS = "Dự đoán số người đúng"
TURNS, ERRORS = 9, 8
"""The numbers of its rows that are turns and that are wrong, in a round of three questions with one try."""
_EXCEL_ZERO = datetime(1899, 12, 30)


def rows(opens: datetime) -> list[list[object]]:
    """Return the table for a round that opens at *opens* (Vietnam's time): titles, a header of two rows, rows,
    totals.
    """

    def at(hours: float) -> datetime:
        return (opens + timedelta(hours=hours)).replace(tzinfo=None)

    def number(hours: float) -> float:
        return (at(hours) - _EXCEL_ZERO) / timedelta(days=1)

    def text(hours: float) -> str:
        return f"{at(hours):%d/%m/%Y %H:%M:%S}"

    late = text(24 * 7 + 1)
    return [
        ["UỶ BAN NHÂN DÂN TỈNH TUYÊN QUANG"],
        ["DANH SÁCH BÀI DỰ THI TUẦN", "", "", "", "", "", "", "(số liệu minh họa)"],
        [],
        ["STT", "Thông tin người dự thi", "", "", "Đơn vị dự thi", "Bài làm", "", "", GUESS, "Ghi chú"],
        ["", "Họ và tên", "SĐT", "Năm sinh", "", "Thời điểm nộp", "Thời gian làm bài", "Số câu đúng", "", ""],
        [1, "Ma Thị Hoà", 710000011.0, 1985.0, "xã Côn Lôn", number(9), time(0, 4, 12), "3 / 3", 12.0, ""],
        [2, unicodedata.normalize("NFD", "MA THỊ  HÒA"), "071 000 0011", "1985", "Côn Lôn", text(33), "3:00", 3, 9, ""],
        [3, "Giàng\u200b A Páo", "+84 710 000 012", "05/06/1990", "UBND xã Thượng Lâm", number(10.5), "5 phút 07 giây",
         2.0, "1.250 người", "làm lại"],
        [4, "Bàn Văn Sơn", "071.000.0013", datetime(1971, 3, 9), MISSPELT, text(12), "00:06:30", "2/3", "", ""],
        [5, "Bàn Thị Mùi", "071.000.0013", 1974, MISSPELT.upper(), text(12.5), 410, "3", 15, "chung máy với chồng"],
        [6, "Quan Văn Tề", 710000014.0, 1999, CONTRADICTING, text(20), "7:00", 1, 3, FORMULA],
        [],
        ["STT", "Họ và tên", "SĐT", "Năm sinh", "Đơn vị dự thi", "Thời điểm nộp", "Thời gian làm bài", "Số câu đúng",
         GUESS, "Ghi chú"],
        [7, "Nông Thị Dung", "không có", 1958, "p. Minh Xuân", number(30), "8:45", 3, 480, "không dùng điện thoại"],
        [8, "Lý A Vàng", "", "", "Minh Xuan", text(31), "", 2, -5, ""],
        [9, "Hoàng Thị Thuý", 710000015.0, 2011, "Minh Quang", "", "9:10", 3, 44, "quên ghi giờ"],
        [10, "Triệu Văn Dũng", 7.1e8, 1983, "xa minh quang", text(40), "lâu", 1, "10^30", ""],
        [11, "Đặng Quốc Tuấn", "0710000017", 1990, "Xã Minh Quang", text(41), "2:59", "80/120", 100, ""],
        [12, "Chẩu Thị Sen", "0710000018", 1995, "xã Côn Lôn", late, "4:00", 3, 7, "nộp muộn"],
        [13, "", "0710000019", 1995, "xã Côn Lôn", text(50), "4:00", 3, 7, ""],
        [14, "Vừ A Dính", "0710000020", 1995, "xã Côn Lôn", text(51), "4:00", 4, 7, "cộng nhầm"],
        [15, "Lục Văn Hai", "0710000021", 1995, "", text(52), "4:00", 3, 7, ""],
        [16, "Lò Thị Ba", "0710000022", 1995, "xã Côn Lôn", text(53), "4:00", datetime(opens.year, 3, 3), 7, ""],
        [17, "Sùng A Tư", "0710000023", 1995, "xã Côn Lôn", text(54), "4:00", "", 7, "chưa chấm"],
        ["Tổng cộng", "", "", "", "", "", "", 44, "", ""],
        [],
        ["", "", "", "", "", "", "", "", "Người lập biểu", ""],
    ]  # fmt: skip


def as_xlsx(opens: datetime) -> bytes:
    """Return the workbook: a cover first, header cells merged across and down, formulas, a list of the units at the
    end.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        cover = book.add_worksheet("Bìa")
        cover.write_string(0, 0, "Kính gửi: Ban Tổ chức cuộc thi")
        sheet = book.add_worksheet("Tuần (bản cuối)")
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        clock = book.add_format({"num_format": "mm:ss"})
        for number, row in enumerate(rows(opens)):
            for place, cell in enumerate(row):
                _write(sheet, number, place, cell, (moment, clock))
        sheet.merge_range(3, 1, 3, 3, "Thông tin người dự thi")
        sheet.merge_range(3, 5, 3, 7, "Bài làm")
        for place, title in ((0, "STT"), (4, "Đơn vị dự thi"), (8, GUESS), (9, "Ghi chú")):
            sheet.merge_range(3, place, 4, place, title)
        sheet.write_formula(5, 7, '=CONCATENATE("3"," / ","3")', None, "3 / 3")
        units = book.add_worksheet("Danh mục")
        for number, unit in enumerate(("Tên đơn vị", *UNITS)):
            units.write_string(number, 0, unit)
    return file.getvalue()


def _write(sheet: Any, number: int, place: int, cell: object, formats: Sequence[Any]) -> None:
    if isinstance(cell, datetime | time):
        sheet.write_datetime(number, place, cell, formats[isinstance(cell, time)])
    elif isinstance(cell, int | float):
        sheet.write_number(number, place, cell)
    elif cell:
        sheet.write_string(number, place, str(cell))


def as_csv(opens: datetime, encoding: str = "cp1258") -> bytes:
    """Return the table as text saved by an old Excel: semicolons, decimal commas, Windows' Vietnamese code page."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([[_typed(cell) for cell in row] for row in rows(opens)])
    plain = text.getvalue().replace("\u200b", "")
    return windows(plain).encode(encoding) if encoding == "cp1258" else plain.encode(encoding)


def _typed(cell: object) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.6f}".replace(".", ",")
    return f"{cell:%H:%M:%S}" if isinstance(cell, time) else str(cell)


def windows(text: str) -> str:
    """Separate the tone marks as Windows' code page does: "ế" is "ê" and a mark."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parted = []
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter)
        tone = [mark for mark in marks if mark in tones]
        parted.append(
            unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones)) + "".join(tone)
        )
    return "".join(parted)


def main(arguments: Sequence[str]) -> None:
    out = Path(arguments[0])
    opens = datetime(2026, 6, 1)
    out.write_bytes(as_xlsx(opens) if out.suffix == ".xlsx" else as_csv(opens))


if __name__ == "__main__":
    main(sys.argv[1:])
