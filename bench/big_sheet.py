"""Make a big, realistic, untidy sheet of invented contest rows: python bench/big_sheet.py ROWS OUT.csv|.xlsx."""

from __future__ import annotations

import csv
import random
import sys
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl

QUESTIONS = 10
KEY = "ACBDABCADB"
TEXTS = {"A": "Trung tâm Phục vụ hành chính công", "B": "Công an xã", "C": "Trạm Y tế xã", "D": "Trường học"}
FAMILIES = ["Lò", "Giàng", "Nông", "Hoàng", "Bàn", "Triệu", "Ma", "Nguyễn", "Trần", "Quan", "Chẩu", "Đặng", "H’Mông"]
MIDDLES = ["Văn", "Thị", "Thúy", "Hoàng", "A", "Minh", "Thanh", "Quốc", "Ngọc", "Mùi", "Hữu"]
GIVENS = ["Hoà", "Thuý", "Páo", "An", "Ánh", "Đào", "Dung", "Khuyên", "Sơn", "Vừ", "Chi", "Quý", "Yến", "Ê Đê"]
UNITS = ["Xuân Lập", "Phúc Yên", "Thượng Lâm", "Lăng Can", "Khuôn Hà", "Thổ Bình", "Bình An", "Hồng Quang", "Phúc Sơn"]
WEIGHTS = [49, 15, 10, 8, 4, 4, 4, 3, 3]
HEADER = [
    "Dấu thời gian", "Điểm số", "Họ và tên", "Số điện thoại", "Năm sinh", "Đơn vị dự thi / Xã, thị trấn",
    *(f"Câu {n}: Nội dung câu hỏi số {n}?" for n in range(1, QUESTIONS + 1)),
    "Thời gian làm bài", "Dự đoán số người trả lời đúng",
]  # fmt: skip
START = datetime(2023, 6, 5, 0, 0, 7)


def main() -> None:
    rows, out = int(sys.argv[1]), Path(sys.argv[2])
    write_sheet(rows, out)


def write_sheet(rows: int, out: Path) -> None:
    """Write a sheet of *rows* answers, as CSV or XLSX by its ending."""
    (write_xlsx if out.suffix == ".xlsx" else write_csv)(out, sheet(rows))


def sheet(rows: int) -> Iterator[list[object]]:
    """Yield a title, the header, rows of people of whom one in twelve comes twice, and a line of totals."""
    chance = random.Random(20230605)
    yield ["KẾT QUẢ CUỘC THI TÌM HIỂU CẢI CÁCH HÀNH CHÍNH (số liệu minh họa)"]
    yield HEADER
    known: list[tuple[str, str, int, str]] = []
    for index in range(rows):
        moment = START + timedelta(seconds=index * 6 * 86_400 / max(rows, 1))
        if known and chance.random() < 0.08:
            person = chance.choice(known)
        else:
            person = invent(chance)
            known.append(person)
        yield attempt(chance, person, moment)
    yield ["Tổng cộng", "", rows]


def invent(chance: random.Random) -> tuple[str, str, int, str]:
    name = " ".join(map(chance.choice, (FAMILIES, MIDDLES, GIVENS)))
    phone = f"09{chance.randrange(10**8):08d}"
    return name, phone, chance.randint(1945, 2009), chance.choices(UNITS, WEIGHTS)[0]


def attempt(chance: random.Random, person: tuple[str, str, int, str], moment: datetime) -> list[object]:
    name, phone, year, unit = person
    answers = [right if chance.random() < 0.93 else chance.choice("ABCD") for right in KEY]
    score = sum(one == right for one, right in zip(answers, KEY, strict=True))
    seconds = chance.randint(60, 840)
    return [
        moment.strftime("%d/%m/%Y %H:%M:%S"),
        f"{score} / {QUESTIONS}",
        ugly_name(chance, name),
        ugly_phone(chance, phone),
        year,
        ugly_unit(chance, unit),
        *(f"{one}. {TEXTS[one]}" for one in answers),
        ugly_duration(chance, seconds),
        chance.randint(0, 200_000) if chance.random() > 0.01 else "nhiều",
    ]


def ugly_name(chance: random.Random, name: str) -> str:
    ways = [name, name, name, name.upper(), f" {name}  ", unicodedata.normalize("NFD", name), name.lower()]
    return chance.choice(ways)


def ugly_phone(chance: random.Random, phone: str) -> object:
    if chance.random() < 0.003:
        return "không có"
    dotted = f"{phone[:4]}.{phone[4:7]}.{phone[7:]}"
    return chance.choice([phone, phone, "+84" + phone[1:], dotted, phone[1:], f"{phone[:4]} {phone[4:]}"])


def ugly_unit(chance: random.Random, unit: str) -> str:
    return chance.choice([f"xã {unit}", f"xã {unit}", f"Xã {unit} ", f"UBND xã {unit}", unit.upper(), unit])


def ugly_duration(chance: random.Random, seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return chance.choice([f"{minutes}:{rest:02d}", f"00:{minutes:02d}:{rest:02d}", f"{minutes} phút {rest:02d} giây"])


def write_csv(out: Path, rows: Iterator[list[object]]) -> None:
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def write_xlsx(out: Path, rows: Iterator[list[object]]) -> None:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Câu trả lời biểu mẫu 1")
    for row in rows:
        page.append(row)
    book.save(out)


if __name__ == "__main__":
    main()
