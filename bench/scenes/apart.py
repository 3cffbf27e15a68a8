"""Scenes of people ranked apart, of questions with pictures, of objections, of a paper kept for another device, of a
certificate that is found, and of units' prizes.
"""

from __future__ import annotations

from typing import Any

from bench.scenes.scene import Scene, Way, at, press
from bench.stage.instance import Stage

APART = "/thi/{apart.apart}"
PRACTICE = APART + "/tuan/1/luyen-tap"
UNIT = "/thi/{running}/doi-don-vi"
OBJECTION = APART + "/tuan/1/khieu-nai"


def paper(page: Any, url: str, stage: Stage) -> None:
    """Open a paper whose questions have pictures."""
    at(APART + "/vao-thi")(page, url, stage)
    page.get_by_label("Mã cá nhân").fill(stage.apart.apart_paper)
    press(page, "Bắt đầu làm bài")


def kept(page: Any, url: str, stage: Stage) -> None:
    """Keep an opened paper for another device."""
    paper(page, url, stage)
    page.locator("fieldset").first.get_by_role("radio").first.check()
    press(page, "Giữ bài")


def resumed(page: Any, url: str, stage: Stage) -> None:
    """Open a kept paper again, as on another device."""
    kept(page, url, stage)
    page.context.clear_cookies()
    page.evaluate("localStorage.clear()")
    paper(page, url, stage)


def result(receipt: str) -> Way:
    """Return the way to the own result of a receipt."""

    def way(page: Any, url: str, stage: Stage) -> None:
        page.goto(f"{url}/thi/tra-cuu")
        page.get_by_label("Mã").first.fill(getattr(stage.apart, receipt))
        press(page, "Xem kết quả")

    return way


def objected(code: str, text: str = "Câu 1 tôi chọn A, xin xem lại.") -> Way:
    """Return the way to the answer of an objection with a personal code."""

    def way(page: Any, url: str, stage: Stage) -> None:
        at(OBJECTION)(page, url, stage)
        page.get_by_label("Mã cá nhân").fill(getattr(stage.apart, code, code))
        page.locator("textarea").fill(text)
        press(page, "Gửi khiếu nại")

    return way


def asked_unit(page: Any, url: str, stage: Stage) -> None:
    """Ask for another unit."""
    at(UNIT)(page, url, stage)
    page.get_by_label("Mã cá nhân").first.fill(stage.personal_code)
    page.locator("select[name=unit]").select_option(label="xã Minh Quang")
    page.locator("textarea").fill("Tôi ở xã Minh Quang, bấm nhầm dòng trên.")
    press(page, "Gửi yêu cầu")


def seen_unit(page: Any, url: str, stage: Stage) -> None:
    """Look at one's own request for another unit."""
    asked_unit(page, url, stage)
    at(UNIT + "?xem=1")(page, url, stage)
    page.get_by_label("Mã cá nhân").fill(stage.personal_code)
    press(page, "Xem trả lời")


APART_SCENES = [
    Scene("cuoc-thi-doi-tuong", "Cuộc thi xếp hạng riêng từng đối tượng", at(APART)),
    Scene("dang-ky-doi-tuong", "Đăng ký: chọn đối tượng", at(APART + "/dang-ky")),
    Scene("bang-doi-tuong", "Bảng xếp hạng của một đối tượng", at(APART + "/bang?doi-tuong=1"), prints=True),
    Scene("bang-doi-tuong-ca", "Bảng xếp hạng, mọi đối tượng", at(APART + "/bang?tuan=1"), prints=True),
    Scene("bang-doi-tuong-nhung", "Bảng nhúng của một đối tượng", at("/embed" + APART + "/bang?doi-tuong=2")),
    Scene("hoi-truong-doi-tuong", "Bảng hội trường của một đối tượng", at(APART + "/bang?chieu&doi-tuong=1")),
    Scene("hoi-truong-doi-tuong-le", "Lễ công bố, hai đối tượng", at(APART + "/tuan/1?chieu=6")),
    Scene("tuan-doi-tuong", "Kết quả tuần, hai đối tượng", at(APART + "/tuan/1"), prints=True),
    Scene("bang-vang-doi-tuong", "Bảng vàng, hai đối tượng", at(APART + "/bang-vang")),
    Scene("bai-thi-hinh", "Bài thi có hình", paper),
    Scene("bai-thi-giu", "Đã giữ bài, chưa nộp", kept),
    Scene("bai-thi-lam-tiep", "Làm tiếp trên máy khác", resumed),
    Scene("bang-luyen-tap-hinh", "Luyện tập: câu có hình", at(PRACTICE)),
    Scene("bang-luyen-tap-hinh-xong", "Luyện tập: phương án là hình", at(PRACTICE + "?cau=2&chon=B&xem=1")),
    Scene("bang-luyen-tap-het", "Luyện tập: làm hết", at(PRACTICE + "?cau=3&chon=A&da=10-&xem=1")),
    Scene("ket-qua-cua-toi-hinh", "Kết quả của tôi, câu có hình", result("apart_receipt"), prints=True),
    Scene("ket-qua-cua-toi-tra-loi", "Kết quả của tôi, khiếu nại đã trả lời", result("answered_receipt")),
    Scene("da-khieu-nai-chua", "Khiếu nại kết quả", at(OBJECTION)),
    Scene("da-khieu-nai-sai", "Khiếu nại: sai mã", objected("7K3M-9QXD-2F4A-8BCE")),
    Scene("da-khieu-nai", "Đã nhận khiếu nại", objected("apart_code")),
    Scene("cuoc-thi-doi-don-vi-gui", "Đã xin đổi đơn vị", asked_unit),
    Scene("cuoc-thi-doi-don-vi-xem", "Xem yêu cầu đổi đơn vị", seen_unit),
    Scene("tuan-giai-tap-the", "Giải tập thể", at("/thi/{apart.collective}/giai-tap-the"), prints=True),
    Scene("tuan-giai-tap-the-nhieu", "Giải tập thể theo hai cách xếp", at("/thi/{apart.several}/giai-tap-the")),
    Scene("cuoc-thi-giai-nhieu-cach", "Cuộc thi có giải tập thể theo hai cách xếp", at("/thi/{apart.several}")),
    Scene("cuoc-thi-giai-tap-the", "Cuộc thi đã qua, có giải tập thể", at("/thi/{apart.collective}")),
    Scene(
        "cuoc-thi-xac-minh-thay",
        "Xác minh: giấy chứng nhận đúng",
        at("/thi/xac-minh?ma={apart.certificate}"),
        prints=True,
    ),
]
