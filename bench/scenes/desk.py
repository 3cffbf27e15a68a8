"""Scenes of an organiser's desk: objections, requests for another unit, sheets with blocs, helpers, own rules."""

from __future__ import annotations

from typing import Any

from bench.scenes.scene import QUIZ, Scene, Way, at, press, sent_empty
from bench.stage.desk import ASKED, SLUG
from bench.stage.instance import Stage

DESK = f"{QUIZ}/{SLUG}"
SHEETS = f"{DESK}/tuan/4/phieu-giay"


def keyed_otherwise(page: Any, url: str, stage: Stage) -> None:
    """Key in a sheet otherwise than the first did."""
    at(f"{SHEETS}/2")(page, url, stage)
    page.get_by_label("Họ và tên").fill("Vàng Seo Páo")
    page.get_by_label("Số điện thoại").first.fill("0977123402")
    page.get_by_label("Năm sinh").fill("1936")
    page.get_by_label("Đơn vị dự thi").select_option(index=1)
    page.get_by_label("Người dân").check()
    page.get_by_label("nông dân").check()
    page.locator("[name=q1]").fill("A")
    page.locator("[name=q2]").fill("C")
    page.locator("[name=guess]").fill("12")
    for box in page.locator("input[type=checkbox]").all()[:1]:
        box.check()
    press(page, "Lưu phiếu")


def asked_about_sheet(page: Any, url: str, stage: Stage) -> None:
    """Enter with the code of a participant whose name is on a paper sheet."""
    at(f"/thi/{SLUG}/vao-thi")(page, url, stage)
    page.get_by_label("Mã cá nhân").fill(ASKED)
    press(page, "Bắt đầu làm bài")


def answered_about_sheet(page: Any, url: str, stage: Stage) -> None:
    """Say that the sheet is one's own, once."""
    asked_about_sheet(page, url, stage)
    if page.get_by_role("button", name="Đúng, phiếu của tôi").count():
        press(page, "Đúng, phiếu của tôi")


def unit_kept_wrongly(page: Any, url: str, stage: Stage) -> None:
    at(f"{DESK}/doi-don-vi")(page, url, stage)
    press(page, "Giữ nguyên")


def amended_wrongly(page: Any, url: str, stage: Stage) -> None:
    """Send an amendment without a reason, everything unfolded."""
    at(f"{DESK}/sua-doi-the-le")(page, url, stage)
    page.get_by_role("button", name="sửa đổi").or_(page.get_by_role("button", name="Sửa đổi")).last.click()
    page.wait_for_load_state()
    page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")


def units_checked(page: Any, url: str, stage: Stage) -> None:
    """The lines of units to add, checked."""
    at(QUIZ + "/{draft}/don-vi")(page, url, stage)
    page.get_by_label("Thuộc xã, phường").select_option(index=1)
    page.locator("textarea[name=names]").fill(
        "thôn Nà Tông\nthôn Bản Luông\nthôn Ban Luong\ntrường Tiểu học Nà Tông\nthôn Nà Tông"
    )
    press(page, "Xem lại danh sách")


def own_rules(page: Any, url: str, stage: Stage) -> None:
    """The rules of a draft, each key of its own, unfolded."""
    at(QUIZ + "/{draft}/sua")(page, url, stage)
    page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")


def unfolded(path: str) -> Way:
    """Return the way to a page with everything unfolded."""

    def way(page: Any, url: str, stage: Stage) -> None:
        at(path)(page, url, stage)
        page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")

    return way


DESK_SCENES = (
    Scene("bd-cuoc-thi", "Cuộc thi có khối, khiếu nại, phiếu giấy", at(DESK), "organiser"),
    Scene("bd-sua-doi", "Sửa đổi thể lệ, giải, ngày giờ", unfolded(f"{DESK}/sua-doi-the-le"), "organiser"),
    Scene("bd-sua-doi-loi", "Sửa đổi thể lệ: còn thiếu", amended_wrongly, "organiser"),
    Scene("bd-don-vi-xem", "Thêm đơn vị: xem lại từng dòng", units_checked, "organiser"),
    Scene("bd-luat", "Tự đặt luật, mùa thi, khối, mục hỏi thêm", own_rules, "organiser"),
    Scene("bd-khieu-nai", "Khiếu nại của một đợt", at(f"{DESK}/tuan/2/khieu-nai"), "organiser"),
    Scene("bd-khieu-nai-chot", "Khiếu nại: chốt kết quả chính thức", at(f"{DESK}/tuan/1/khieu-nai"), "organiser"),
    Scene("bd-khieu-nai-mot", "Một khiếu nại: trả lời", at(f"{DESK}/tuan/2/khieu-nai/3"), "organiser"),
    Scene(
        "bd-khieu-nai-loi",
        "Một khiếu nại: còn thiếu",
        sent_empty(f"{DESK}/tuan/2/khieu-nai/3", "Gửi trả lời"),
        "organiser",
    ),
    Scene("bd-khieu-nai-xong", "Một khiếu nại đã trả lời", at(f"{DESK}/tuan/2/khieu-nai/1"), "organiser"),
    Scene("bd-doi-don-vi", "Yêu cầu đổi đơn vị đang chờ", at(f"{DESK}/doi-don-vi"), "organiser"),
    Scene("bd-doi-don-vi-loi", "Yêu cầu đổi đơn vị: chưa ghi trả lời", unit_kept_wrongly, "organiser"),
    Scene("bd-phieu", "Phiếu giấy: đã in, chờ người thứ hai", at(SHEETS), "organiser"),
    Scene("bd-phieu-khong", "Phiếu giấy: không có số ấy", at(f"{SHEETS}?so=999"), "organiser"),
    Scene("bd-phieu-nhap", "Nhập phiếu có khối, mục hỏi thêm", at(f"{SHEETS}/9"), "organiser"),
    Scene("bd-phieu-khac", "Nhập phiếu: hai lần khác nhau", keyed_otherwise, "organiser"),
    Scene("bd-phieu-xong", "Phiếu đã nhập xong", at(f"{SHEETS}/1"), "organiser"),
    Scene("bd-phieu-ten", "Phiếu giấy: in phiếu có tên", at(f"{SHEETS}/co-ten"), "organiser"),
    Scene(
        "bd-phieu-ten-loi", "Phiếu có tên: còn thiếu", sent_empty(f"{SHEETS}/co-ten", "Tải tệp PDF để in"), "organiser"
    ),
    Scene("bd-phieu-in-lai", "Phiếu giấy: in lại", at(f"{SHEETS}/in-lai"), "organiser"),
    Scene("bd-phieu-ma", "Nhập phiếu có tên: hỏi mã phiếu", at(f"{SHEETS}/41"), "organiser"),
    Scene("bd-phieu-chua-tinh", "Phiếu chờ người dự thi xác nhận", at(f"{SHEETS}/4"), "organiser"),
    Scene("phieu-giay-hoi", "Có một tờ bài giấy ghi tên bạn", asked_about_sheet),
    Scene("phieu-giay-cua-toi", "Tờ bài giấy được tính là bài của bạn", answered_about_sheet),
    Scene("bd-giup", "Rà soát: người giúp bấm hộ", at(f"{DESK}/tuan/3/ra-soat"), "organiser"),
    Scene("bd-cau-hoi", "Câu hỏi có hình", at(f"{DESK}/tuan/4/cau-hoi"), "organiser"),
    Scene("bd-tap-the", "Giải tập thể: xét, quyết định", unfolded(f"{DESK}/giai-tap-the"), "organiser"),
    Scene("bd-nhan-giai", "Nhận giải, có hạn", at(f"{DESK}/tuan/1/nhan-giai"), "organiser"),
    Scene("bd-tuan", "Đợt có khối, đã công bố", unfolded(f"{DESK}/tuan/2"), "organiser", prints=True),
    Scene("bd-ho-so", "Hồ sơ đợt có khiếu nại", at(f"{DESK}/tuan/2/ho-so"), "organiser"),
    Scene("bd-moi", "Đưa đến người dân", at(f"{DESK}/moi"), "organiser"),
)
