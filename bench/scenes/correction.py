"""Scenes of corrections by two people: an excluded entry, a wrong key, a contest without activity."""

from __future__ import annotations

from typing import Any

from bench.scenes.scene import Scene, at, open_request, press
from bench.stage.instance import Stage

WEEK = "/quan-tri/cuoc-thi/{past}/tuan/1"


def paper(page: Any, url: str, stage: Stage) -> None:
    """The second entry of a published round."""
    at(WEEK)(page, url, stage)
    page.locator("details:has(.standings) > summary").first.click()
    page.locator(".standings a").nth(1).click()
    page.wait_for_load_state()


def paper_wrongly(page: Any, url: str, stage: Stage) -> None:
    paper(page, url, stage)
    press(page, "Gửi yêu cầu")


def paper_asked(page: Any, url: str, stage: Stage) -> None:
    paper(page, url, stage)
    page.get_by_label("một người dự thi dưới nhiều tên").check()
    page.get_by_label("Lý do, căn cứ").fill("Hai bài làm trên một máy, cùng người nhận là một hộ.")
    press(page, "Gửi yêu cầu")


def request_of_a_paper(page: Any, url: str, _stage: Stage) -> None:
    open_request(page, url, "Không công nhận kết quả")


def corrected(page: Any, url: str, stage: Stage) -> None:
    request_of_a_paper(page, url, stage)
    press(page, "Đồng ý và thực hiện")
    at("/thi/{past}/tuan/1")(page, url, stage)


def key_chosen(page: Any, url: str, stage: Stage) -> None:
    at(WEEK + "/cham-lai/2")(page, url, stage)
    for box in page.locator("fieldset input[type=checkbox]").all():
        box.set_checked(box.get_attribute("value") == "B")
    press(page, "Xem trước thay đổi")


CORRECTION_SCENES = [
    Scene("dc-bai", "Một bài: nếu không công nhận", paper, "organiser"),
    Scene("dc-bai-loi", "Không công nhận: còn thiếu", paper_wrongly, "organiser"),
    Scene("dc-bai-gui", "Không công nhận: đã gửi, chờ người thứ hai", paper_asked, "organiser"),
    Scene("dc-bai-duyet", "Không công nhận: người thứ hai đọc", request_of_a_paper, "approver", after="dc-bai-gui"),
    Scene("dc-cong-bo", "Trang công bố sau đính chính", corrected, "approver", after="dc-bai-gui"),
    Scene("dc-tuan", "Tuần đã đính chính", at(WEEK), "organiser", after="dc-cong-bo"),
    Scene("dc-dap-an", "Câu hỏi và đáp án: ai chọn gì", at(WEEK + "/cham-lai"), "organiser"),
    Scene("dc-dong", "Một tên, nhiều người đăng ký", at("/quan-tri/cuoc-thi/{running}/tuan/2/trung-dong"), "organiser"),
    Scene("dc-cham-lai", "Chấm lại: xem trước", key_chosen, "organiser"),
    Scene("dc-xoa", "Xóa dữ liệu cá nhân của cuộc thi", at("/quan-tri/cuoc-thi/{merged}/xoa-du-lieu"), "organiser"),
    Scene("dc-xoa-chua", "Xóa dữ liệu: chưa được", at("/quan-tri/cuoc-thi/{running}/xoa-du-lieu"), "organiser"),
]
