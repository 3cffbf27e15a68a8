"""Scenes of importing sheets, with a sheet as offices really send it."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

from bench import ugly_sheet
from bench.scenes.scene import QUIZ, SURVEY, Scene, Way, at, press
from bench.stage.instance import Stage
from core import clock
from core.values.week import VIETNAM, day_start, local_date, monday_of

ENTRIES = QUIZ + "/{running}/tuan/3/nhap-bai"
RATING = SURVEY + "/{office}/quay/2/nhap"
RATINGS = [
    ["BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ XÃ LÂM BÌNH"],
    ["Phiếu thu tháng 10/2026"],
    ["STT", "Ngày", "Mức độ", "Nội dung", "Ý kiến góp ý", "Ghi chú"],
    ["1", "05/10/2026", "Rất hài lòng", "Thái độ phục vụ", "", ""],
    ["2", "46300", "hai long", "Thái độ phục vụ, Hướng dẫn thủ tục", "Cán bộ chỉ từng dòng.", ""],
    ["3", "06/10/2026", "4", "", "", ""],
    ["4", "06/10/2026", "Tàm tạm", "", "", ""],
    ["5", "07/10/2026", "Không hài lòng", "Thời gian chờ ở quầy", "Gọi lại cho tôi 0912 345 678", ""],
    ["6", "", "5", "", "", ""],
    ["7", "32/10/2026", "5", "", "", ""],
    ["8", "08/10/2026", "★★★☆☆", "chỗ để xe", "", ""],
    *[[str(number), f"{number % 20 + 1:02}/10/2026", "Hài lòng", "", "", ""] for number in range(9, 60)],
    ["Tổng cộng", "", "59", "", "", ""],
]


DOSSIERS = SURVEY + "/{office}/ho-so/nhap"
LISTED = [
    ["DANH SÁCH HỒ SƠ TIẾP NHẬN, TRẢ KẾT QUẢ"],
    [
        "STT",
        "Mã hồ sơ",
        "Tên thủ tục",
        "Người nộp",
        "Số điện thoại",
        "Ngày tiếp nhận",
        "Ngày hẹn trả",
        "Ngày trả kết quả",
        "Hình thức nộp",
    ],
    [
        "1",
        "H60.41-261005-0001",
        "Đăng ký khai sinh",
        "Ma Thị Lan",
        "0912345601",
        "05/10/2026",
        "06/10/2026",
        "46301",
        "Trực tiếp",
    ],
    [
        "2",
        "H60.41-261005-0002",
        "Đăng ký khai sinh",
        "Bàn Văn Sơn",
        "0912345602",
        "05/10/2026",
        "06/10/2026",
        "04/10/2026",
        "Trực tuyến",
    ],
    [
        "3",
        "H60.41-261005-0002",
        "Chứng thực bản sao",
        "La Thị Hà",
        "0912345603",
        "05/10/2026",
        "05/10/2026",
        "05/10/2026",
        "Trực tiếp",
    ],
    [
        "4",
        "H60.41-261005-0004",
        "Đăng ký biến động đất đai",
        "Lý Văn Tư",
        "0912345604",
        "10/05/2026",
        "06/11/2026",
        "",
        "Qua bưu điện",
    ],
    [
        "5",
        "H60.52-261005-0009",
        "Chứng thực bản sao",
        "Vi Thị Mai",
        "0912345605",
        "05/10/2026",
        "05/10/2026",
        "05/10/2026",
        "Trực tiếp",
    ],
    ["6", "H60.41-261006-0001", "Trợ cấp xã hội", "Hứa Văn Ba", "0912345606", "06/10/2026", "", "", "Nộp trực tiếp"],
    *[
        [
            str(at),
            f"H60.41-261007-{at:04}",
            "Chứng thực bản sao",
            "Ma Văn Hai",
            "0912345607",
            "07/10/2026",
            "07/10/2026",
            "07/10/2026",
            "Trực tiếp",
        ]
        for at in range(7, 30)
    ],
]


ROSTER = QUIZ + "/{running}/danh-sach"
PEOPLE = [
    ["DANH SÁCH CÁN BỘ, CÔNG CHỨC DỰ THI"],
    ["STT", "Họ và tên", "Số điện thoại", "Năm sinh", "Đơn vị", "Khối"],
    ["1", "Nông Thị Hoa", "0912 345 601", "1988", "xã Thượng Lâm", "Đảng, đoàn thể"],
    ["2", "Hoàng Văn Nam", "0912345602", "1979", "xã Thượng Lâm", "Chính quyền"],
    ["3", "Ma Thị Lan", "912345603", "1995", "xã Thượng Lâm", "Chính quyền"],
    ["4", "Nông Thị Hoa", "0912 345 601", "1988", "xã Thượng Lâm", "Đảng, đoàn thể"],
    ["5", "Quan Văn Dũng", "0912 34", "1990", "xã Thượng Lâm", "Giáo dục"],
    ["6", "Chẩu Thị Mai", "0912345606", "", "xã Thượng Lâm", "Giáo dục"],
    *[
        [str(number), f"{family} Văn Bình", f"09123456{number:02}", str(1960 + number), "xã Thượng Lâm", "Giáo dục"]
        for number, family in enumerate(("Bàn", "Đặng", "Hứa", "La", "Lý", "Phùng", "Triệu", "Vi"), 7)
    ],
]


def as_csv(rows: list[list[str]], separator: str = ";") -> bytes:
    """Return *rows* as Excel saves them in Vietnam: a byte order mark, and semicolons between cells."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def uploaded(path: str, name: str, content: bytes, label: str = "Đọc bảng") -> Way:
    """Return the way to the page at *path* after uploading *content*."""

    def way(page: Any, url: str, stage: Stage) -> None:
        page.goto(url + path.format(**stage.__dict__))
        page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
        press(page, label)

    return way


def ratings_open(page: Any, url: str, stage: Stage) -> None:
    """The mapping of the columns, opened."""
    uploaded(RATING, "phiếu tháng 10.csv", as_csv(RATINGS))(page, url, stage)
    page.get_by_text("Các cột được hiểu thế nào").click()


def ratings_in(page: Any, url: str, stage: Stage) -> None:
    """The import without its bad rows."""
    uploaded(RATING, "phiếu tháng 10.csv", as_csv(RATINGS))(page, url, stage)
    page.get_by_label("Bỏ qua các dòng có lỗi").check()
    press(page, "Nhập 5")


def entries_uploaded(page: Any, url: str, stage: Stage) -> None:
    """The ugly sheet, uploaded for the round that has ended and waits to be closed."""
    opens = day_start(monday_of(local_date(clock.now())) - timedelta(weeks=1)).astimezone(VIETNAM)
    uploaded(ENTRIES, "BÀI DỰ THI tuần 3 (bản cuối).xlsx", ugly_sheet.as_xlsx(opens))(page, url, stage)


def entries_open(page: Any, url: str, stage: Stage) -> None:
    """The mapping of the columns, opened."""
    entries_uploaded(page, url, stage)
    page.get_by_text("Các cột được hiểu thế nào").click()


def entries_decided(page: Any, url: str, stage: Stage) -> None:
    """The two doubtful spellings, decided."""
    entries_uploaded(page, url, stage)
    page.get_by_label("xã Thượng Lâm (").first.check()
    page.get_by_label("xã Côn Lôn (").first.check()
    press(page, "Đọc lại")


def entries_wrong(page: Any, url: str, stage: Stage) -> None:
    """A spelling left out, and one column chosen for two meanings."""
    entries_uploaded(page, url, stage)
    page.get_by_label("Không thuộc đơn vị nào").first.check()
    page.get_by_text("Các cột được hiểu thế nào").click()
    lists = page.locator(".mapping select")
    lists.nth(1).select_option(lists.nth(0).input_value())
    press(page, "Đọc lại")


def entries_in(page: Any, url: str, stage: Stage) -> None:
    """The import without the wrong rows."""
    entries_decided(page, url, stage)
    page.get_by_label("Bỏ qua các dòng có lỗi").check()
    press(page, "Nhập ")


def roster_in(page: Any, url: str, stage: Stage) -> None:
    """The roster without the wrong rows."""
    uploaded(f"{ROSTER}/nhap", "danh sách.csv", as_csv(PEOPLE))(page, url, stage)
    page.get_by_label("Bỏ qua các dòng có lỗi").check()
    press(page, "Nhập ")


SHEET_SCENES = [
    Scene("danh-sach-trong", "Danh sách người dự thi: chưa có", at(ROSTER), "organiser"),
    Scene("danh-sach-tep", "Danh sách người dự thi: chọn tệp", at(f"{ROSTER}/nhap"), "organiser"),
    Scene(
        "danh-sach-xem",
        "Danh sách người dự thi: xem lại",
        uploaded(f"{ROSTER}/nhap", "danh sách.csv", as_csv(PEOPLE)),
        "organiser",
    ),
    Scene("danh-sach-xong", "Danh sách người dự thi: đã nhập", roster_in, "organiser"),
    Scene("danh-sach", "Danh sách người dự thi", at(ROSTER), "organiser"),
    Scene("danh-sach-xoa", "Danh sách người dự thi: xóa", at(f"{ROSTER}/xoa"), "organiser"),
    Scene("nhap-bai", "Nhập bài: chọn tệp", at(ENTRIES), "organiser"),
    Scene("nhap-bai-xem", "Nhập bài: bảng xấu nhất, xem lại", entries_uploaded, "organiser"),
    Scene("nhap-bai-cot", "Nhập bài: các cột", entries_open, "organiser"),
    Scene("nhap-bai-quyet", "Nhập bài: đã quyết định đơn vị", entries_decided, "organiser"),
    Scene("nhap-bai-sai", "Nhập bài: một cột chọn hai lần, một cách ghi bỏ ra", entries_wrong, "organiser"),
    Scene("nhap-bai-xong", "Nhập bài: đã nhập", entries_in, "organiser"),
    Scene("nhap-bai-lai", "Nhập bài: lại bảng ấy, nhớ điều đã chọn", entries_uploaded, "organiser"),
    Scene("nhap-ho-so", "Nhập hồ sơ: chọn tệp", at(DOSSIERS), "officer"),
    Scene("nhap-ho-so-xem", "Nhập hồ sơ: xem lại", uploaded(DOSSIERS, "ho so.csv", as_csv(LISTED)), "officer"),
    Scene("nhap-phieu", "Nhập phiếu: chọn tệp", at(RATING), "organiser"),
    Scene("nhap-phieu-loi", "Nhập phiếu: tệp trống", uploaded(RATING, "trong.csv", b""), "organiser"),
    Scene(
        "nhap-phieu-xem", "Nhập phiếu: xem lại", uploaded(RATING, "phiếu tháng 10.csv", as_csv(RATINGS)), "organiser"
    ),
    Scene("nhap-phieu-cot", "Nhập phiếu: các cột", ratings_open, "organiser"),
    Scene("nhap-phieu-xong", "Nhập phiếu: đã nhập", ratings_in, "organiser"),
]
