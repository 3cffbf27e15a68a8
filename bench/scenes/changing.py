"""Scenes of contests that change while they run: prizes and communes by amendment, headcounts, paper sheets that are
refused, printed again or left over, a line of the roster, and prizes of units that wait.
"""

from __future__ import annotations

from typing import Any

from bench.scenes.scene import QUIZ, Scene, Way, at, open_request, press
from bench.stage.changing import REGISTERED, SLUG, TWICE
from bench.stage.instance import Stage
from bench.stage.villages import CORRECTED, OVER, ROSTER

DESK, PUBLIC = f"{QUIZ}/{SLUG}", f"/thi/{SLUG}"
SHEETS, CLOSE, JOIN = f"{DESK}/tuan/3/phieu-giay", f"{DESK}/tuan/2/chot", f"{DESK}/don-vi/vao-thi"
HEADCOUNTS, LINES = f"{QUIZ}/{CORRECTED}/don-vi/so-dan", f"{QUIZ}/{ROSTER}/tuan/1/trung-dong"
PRIZES = """01 giải Nhất: 1.500.000 đồng
01 giải Nhì: 700.000 đồng
02 giải Ba: 300.000 đồng
05 giải Khuyến khích: 100.000 đồng"""
LOSS, RIVALS = "says_losses", "says_rivals"


def amended(*, says: bool) -> Way:
    """Return the way to an amendment of the prizes, that *says* what it takes or not."""

    def way(page: Any, url: str, stage: Stage) -> None:
        at(f"{DESK}/sua-doi-the-le")(page, url, stage)
        page.locator("[name=from_round]").select_option(index=0)
        page.locator("[name=reason]").fill("Hội Khuyến học tặng thêm tiền thưởng.")
        page.locator("#muc-giai > summary").click()
        page.locator("[name=tiers]").fill(PRIZES)
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_load_state()
        if says:
            page.locator(f"[name={LOSS}]").check()
            page.locator("main form button[type=submit]").last.click()
            page.wait_for_load_state()

    return way


def joined(*, says: bool) -> Way:
    """Return the way to a commune that joins, where the requester *says* that there are more rivals or not."""

    def way(page: Any, url: str, stage: Stage) -> None:
        at(JOIN)(page, url, stage)
        page.get_by_label("xã Hồng Thái").check()
        page.locator("[name=why]").fill("Xã Hồng Thái gửi công văn xin tham gia từ Đợt 4.")
        page.locator(f"[name={RIVALS}]").set_checked(says)
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_load_state()

    return way


def corrected(page: Any, url: str, stage: Stage) -> None:
    """Ask for the correction of a headcount."""
    at(HEADCOUNTS)(page, url, stage)
    page.locator("[name=units]").first.check()
    page.locator("[name=why]").fill("Gõ nhầm hai chữ số: sổ của Công an xã ghi 310 người.")
    press(page, "phê duyệt")


def asked(name: str) -> Way:
    """Return the way to the first request called *name*."""
    return lambda page, url, _stage: open_request(page, url, name)


def agreed(name: str, path: str) -> Way:
    """Return the way to the page at *path* once the request called *name* is agreed to."""

    def way(page: Any, url: str, stage: Stage) -> None:
        open_request(page, url, name)
        press(page, "Đồng ý và thực hiện")
        at(path)(page, url, stage)
        page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")

    return way


def closed_wrongly(page: Any, url: str, stage: Stage) -> None:
    """Close a round with sheets that wait, without the tick."""
    at(CLOSE)(page, url, stage)
    press(page, "Khóa bài và xếp hạng")


def reprinted(first: str, last: str) -> Way:
    """Return the way to printing the sheets from *first* to *last* again."""

    def way(page: Any, url: str, stage: Stage) -> None:
        at(f"{SHEETS}/in-lai")(page, url, stage)
        page.locator("[name=first]").fill(first)
        page.locator("[name=last]").fill(last)
        press(page, "Tải tệp PDF để in")

    return way


def second_reading(page: Any, url: str, stage: Stage) -> None:
    """Open the fold of a first reading that is not what the sheet says."""
    at(f"{SHEETS}/4")(page, url, stage)
    page.get_by_text("Lần nhập một không đúng tờ phiếu").click()


def discarded(page: Any, url: str, stage: Stage) -> None:
    """Discard the first reading of a sheet."""
    at(f"{SHEETS}/5")(page, url, stage)
    page.get_by_text("Lần nhập một không đúng tờ phiếu").click()
    press(page, "Bỏ lần nhập một")


def person_on_two(page: Any, url: str, stage: Stage) -> None:
    """Key in a sheet of a person who is on another one that waits."""
    at(f"{SHEETS}/8")(page, url, stage)
    name, phone, year = TWICE
    page.get_by_label("Họ và tên").fill(name)
    page.get_by_label("Số điện thoại").first.fill(phone)
    page.get_by_label("Năm sinh").fill(str(year))
    page.get_by_label("Đơn vị dự thi").select_option(index=1)
    page.locator("[name=consent]").check()
    for field in ("q1", "q2", "q3"):
        page.locator(f"[name={field}]").fill("A")
    page.locator("[name=guess]").fill("14")
    press(page, "Lưu phiếu")


def question_about_sheet(page: Any, url: str, stage: Stage) -> None:
    """Enter with the code of a person whom a paper sheet registered."""
    at(f"{PUBLIC}/vao-thi")(page, url, stage)
    page.get_by_label("Mã cá nhân").fill(REGISTERED)
    press(page, "Bắt đầu làm bài")


def refused_sheet(page: Any, url: str, stage: Stage) -> None:
    """Say that it is somebody else's, once."""
    question_about_sheet(page, url, stage)
    if page.get_by_role("button", name="Không phải của tôi").count():
        press(page, "Không phải của tôi")


def lines_opened(page: Any, url: str, stage: Stage) -> None:
    """Open the numbers of the people who fit a line, and the first fold."""
    at(LINES)(page, url, stage)
    if page.locator("[name=reason]").count():
        page.locator("[name=reason]").fill("Gọi để biết ai là người trong danh sách.")
        press(page, "Mở số điện thoại")
    page.locator("main details > summary").first.click()


CHANGING_SCENES = (
    Scene("sd-giai", "Sửa đổi giải: chưa nói điều bớt đi", amended(says=False), "organiser"),
    Scene("sd-giai-gui", "Sửa đổi giải: đã gửi", amended(says=True), "organiser"),
    Scene("sd-giai-duyet", "Sửa đổi giải: người thứ hai đọc", asked("Sửa đổi thể lệ"), "approver"),
    Scene(
        "sd-giai-xong",
        "Trang cuộc thi sau sửa đổi giải",
        agreed("Sửa đổi thể lệ", PUBLIC),
        "approver",
        after="sd-giai-gui",
    ),
    Scene("sd-xa", "Xã vào cuộc thi đang chạy: chưa nói thêm người tranh giải", joined(says=False), "organiser"),
    Scene("sd-xa-gui", "Xã vào cuộc thi: đã gửi", joined(says=True), "organiser"),
    Scene("sd-xa-duyet", "Xã vào cuộc thi: người thứ hai đọc", asked("Thêm đơn vị"), "approver"),
    Scene("sd-xa-xong", "Trang cuộc thi, có hai sửa đổi", agreed("Thêm đơn vị", PUBLIC), "approver", after="sd-xa-gui"),
    Scene("cuoc-thi-sua-doi", "Thể lệ công khai có sửa đổi", at(PUBLIC), prints=True),
    Scene("sd-chot", "Chốt đợt còn phiếu giấy chưa nhập xong", at(CLOSE), "organiser"),
    Scene("sd-chot-chua", "Chốt đợt: chưa đánh dấu", closed_wrongly, "organiser"),
    Scene("sd-in-lai", "In lại phiếu giấy", at(f"{SHEETS}/in-lai"), "organiser"),
    Scene("sd-in-lai-khong", "In lại: không có phiếu nào in lại được", reprinted("1", "2"), "organiser"),
    Scene("sd-lan-mot", "Phiếu giấy: bỏ lần nhập một", second_reading, "organiser"),
    Scene("sd-lan-mot-bo", "Phiếu giấy: đã bỏ lần nhập một", discarded, "organiser"),
    Scene("sd-phieu-trung", "Phiếu giấy: người này ở phiếu khác đang chờ", person_on_two, "organiser"),
    Scene("phieu-giay-ghi-ten", "Phiếu giấy đã đăng ký bạn", question_about_sheet),
    Scene("phieu-giay-khong-phai", "Phiếu giấy không phải của bạn", refused_sheet),
    Scene("sd-phieu", "Phiếu giấy: có phiếu không được tính", at(SHEETS), "organiser"),
    Scene("sd-dong", "Một dòng danh sách, hai người nhận", at(LINES), "organiser"),
    Scene("sd-dong-mo", "Một dòng danh sách: đã mở số để gọi", lines_opened, "organiser"),
    Scene("sd-dong-viec", "Xác nhận một người: đang chạy", at("/quan-tri/viec/{villages.running}"), "organiser"),
    Scene("sd-dong-viec-xong", "Xác nhận một người: xong", at("/quan-tri/viec/{villages.done}"), "organiser"),
    Scene("sd-so-dan", "Đính chính số dân ở đợt cuối", at(HEADCOUNTS), "organiser"),
    Scene("sd-so-dan-gui", "Đính chính số dân: đã gửi", corrected, "organiser"),
    Scene("sd-so-dan-duyet", "Đính chính số dân: người thứ hai đọc", asked("số dân"), "approver"),
    Scene(
        "sd-so-dan-xong",
        "Trang cuộc thi sau đính chính số dân",
        agreed("số dân", f"/thi/{CORRECTED}"),
        "approver",
        after="sd-so-dan-gui",
    ),
    Scene("tuan-giai-tap-the-cho", "Giải tập thể: chưa có quyết định", at(f"/thi/{CORRECTED}/giai-tap-the")),
    Scene("sd-tap-the-cho", "Giải tập thể: chờ đợt cuối", at(f"{QUIZ}/{CORRECTED}/giai-tap-the"), "organiser"),
    Scene("sd-tap-the-hon", "Giải tập thể: số người hơn số dân", at(f"{QUIZ}/{OVER}/giai-tap-the"), "organiser"),
)
