"""Scenes of questions: read from files, kept in the bank, mended in the open, reported by participants."""

from __future__ import annotations

from typing import Any

from bench.scenes.scene import QUIZ, Scene, Way, at, press, sent_empty
from bench.stage.instance import Stage

WEEK = QUIZ + "/{coming}/tuan/1/cau-hoi"
BANK = QUIZ + "/{coming}/cau-hoi"
GOOD = """Câu 1. Trung tâm Phục vụ hành chính công xã làm việc gì?
A. Thu thuế
B. Tiếp nhận hồ sơ và trả kết quả
C. Xét xử
Đáp án: B
Căn cứ: Nghị định 118/2025/NĐ-CP
Câu 2. Nộp hồ sơ trực tuyến ở đâu?
A. Cổng Dịch vụ công quốc gia     B. Chợ     C. Bưu điện => A
Chủ đề: Dịch vụ công trực tuyến
Câu 3. Giấy tờ nào dùng để đăng nhập?
A. VNeID
B. Thẻ căn cước
C. Hộ chiếu
Đáp án: A
Giải thích: Tài khoản định danh điện tử mức độ 2.
Mức độ: khó"""
WRONG = GOOD.replace("Đáp án: B", "Đáp án: D").replace(" => A", "").replace("Câu 3.", "Câu 4.")


def pasted(path: str, text: str) -> Way:
    """Return the way to the dry run of a pasted text."""

    def way(page: Any, url: str, stage: Stage) -> None:
        at(path)(page, url, stage)
        page.locator("textarea[name=text]").fill(text)
        press(page, "Đọc câu hỏi")

    return way


def one_of_the_bank(page: Any, url: str, stage: Stage) -> None:
    """Add questions to the bank, and open the newest."""
    pasted(BANK + "/nhap", GOOD)(page, url, stage)
    with page.expect_navigation():
        page.locator("[name=bring_in]").click()
    with page.expect_navigation():
        page.locator("table.bank th a").first.click()


def reported(place: str) -> Way:
    """Return the way to a report of the question at *place* of an open paper."""

    def way(page: Any, url: str, stage: Stage) -> None:
        at("/thi/bao-loi")(page, url, stage)
        page.get_by_label("Mã tra cứu").fill(stage.open_receipt)
        page.get_by_label("Câu số mấy trên bài của bạn").fill(place)
        page.get_by_label("Sai ở đâu").fill("Em nghĩ phương án B cũng đúng, xin xem lại.")
        press(page, "Gửi báo lỗi")

    return way


def with_a_report(page: Any, url: str, stage: Stage) -> None:
    """Report a question of the open week, then show the organiser's list of its questions."""
    reported("1")(page, url, stage)
    at(QUIZ + "/{running}/tuan/4/cau-hoi")(page, url, stage)


def mended_wrongly(page: Any, url: str, stage: Stage) -> None:
    """Try to change a question of an open week by more than a typing error."""
    at(QUIZ + "/{running}/tuan/4/cau-hoi/1/sua-loi")(page, url, stage)
    page.locator("textarea[name=text]").fill("Câu nào dưới đây không đúng?")
    press(page, "Lưu và công khai giờ sửa")


QUESTION_SCENES = [
    Scene("de-nhap", "Đưa câu hỏi vào tuần", at(WEEK + "/nhap"), "organiser"),
    Scene("de-nhap-loi", "Đưa câu hỏi: còn thiếu", sent_empty(WEEK + "/nhap", "Đọc câu hỏi"), "organiser"),
    Scene("de-doc-duoc", "Câu hỏi đọc được", pasted(WEEK + "/nhap", GOOD), "organiser"),
    Scene("de-doc-sai", "Câu hỏi phải sửa", pasted(WEEK + "/nhap", WRONG), "organiser"),
    Scene("de-ngan-hang", "Ngân hàng câu hỏi", at(BANK), "organiser"),
    Scene("de-ngan-hang-nhap", "Đưa câu hỏi vào ngân hàng", at(BANK + "/nhap"), "organiser"),
    Scene("de-ngan-hang-doc", "Câu hỏi đọc được, vào ngân hàng", pasted(BANK + "/nhap", GOOD), "organiser"),
    Scene("de-ngan-hang-mot", "Một câu của ngân hàng", one_of_the_bank, "organiser"),
    Scene("de-them-loi", "Thêm một câu: còn thiếu", sent_empty(BANK + "/them", "Lưu câu hỏi"), "organiser"),
    Scene("da-bao-loi-chua", "Báo lỗi câu hỏi", at("/thi/bao-loi")),
    Scene("da-bao-loi-sai", "Báo lỗi: không có câu ấy", reported("99")),
    Scene("da-bao-loi-roi", "Đã gửi báo lỗi", reported("1")),
    Scene("de-bao-loi-den", "Câu hỏi đã mở, có báo lỗi", with_a_report, "organiser"),
    Scene("de-sua-loi", "Sửa lỗi chính tả: đổi nghĩa", mended_wrongly, "organiser"),
]
