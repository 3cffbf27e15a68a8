"""Scenes of the review between the close and the calls: clusters, a decision by two people, the evidence."""

from __future__ import annotations

from typing import Any

from bench.scenes.scene import Scene, at, open_request, press
from bench.stage.instance import Stage

WEEK = "/quan-tri/cuoc-thi/{reviewed}/tuan/1"
CLUSTER = WEEK + "/ra-soat/1"
DEED = "Quyết định về cụm bài"
SEVERAL = WEEK + "/ra-soat/nhieu-cum?cum=tat-ca"


def reviewed(page: Any, url: str, stage: Stage) -> None:
    at(WEEK + "/ra-soat")(page, url, stage)
    page.locator("summary").last.click()


def cluster_wrongly(page: Any, url: str, stage: Stage) -> None:
    at(CLUSTER)(page, url, stage)
    press(page, "Gửi yêu cầu")


def evidence(page: Any, url: str, stage: Stage) -> None:
    at(CLUSTER)(page, url, stage)
    page.get_by_text("Xem dấu vết từng bài").click()
    page.get_by_label("Lý do xem").fill("Đối chiếu trước khi quyết định.")
    press(page, "Xem dấu vết")


def several_asked(page: Any, url: str, stage: Stage) -> None:
    at(SEVERAL)(page, url, stage)
    page.get_by_label("Giữ tất cả các cụm này").check()
    page.get_by_label("Lý do, căn cứ").fill("Đã hỏi trưởng thôn: người thật, dự thi ở nhà văn hóa.")
    press(page, "Gửi yêu cầu")


def several_read(page: Any, url: str, _stage: Stage) -> None:
    open_request(page, url, DEED)


def cluster_asked(page: Any, url: str, stage: Stage) -> None:
    at(WEEK + "/ra-soat")(page, url, stage)
    press(page, "Rút yêu cầu")
    at(CLUSTER)(page, url, stage)
    page.get_by_label("vi phạm thể lệ khi làm bài").check()
    page.get_by_label("Lý do, căn cứ").fill("Bốn mươi bài trong một phút, mỗi bài chưa tới một giây.")
    press(page, "Gửi yêu cầu")


def request_of_a_cluster(page: Any, url: str, _stage: Stage) -> None:
    open_request(page, url, DEED)


def decided(page: Any, url: str, stage: Stage) -> None:
    request_of_a_cluster(page, url, stage)
    press(page, "Đồng ý và thực hiện")


REVIEW_SCENES = [
    Scene("rs-tuan", "Tuần đã chốt: rà soát trước khi gọi", at(WEEK), "organiser"),
    Scene("rs-ra-soat", "Rà soát: các cụm", reviewed, "organiser"),
    Scene("rs-cum", "Một cụm: xem và quyết định", at(CLUSTER), "organiser"),
    Scene("rs-cum-loi", "Một cụm: còn thiếu", cluster_wrongly, "organiser"),
    Scene("rs-dau-vet", "Một cụm: dấu vết từng bài", evidence, "organiser"),
    Scene("rs-nhieu", "Nhiều cụm: xem và quyết định một lần", at(SEVERAL), "organiser"),
    Scene("rs-nhieu-gui", "Nhiều cụm: đã gửi, chờ người thứ hai", several_asked, "organiser"),
    Scene("rs-nhieu-duyet", "Nhiều cụm: người thứ hai đọc", several_read, "approver", after="rs-nhieu-gui"),
    Scene("rs-ra-soat-cho", "Rà soát: yêu cầu về nhiều cụm đang chờ", reviewed, "organiser", after="rs-nhieu-gui"),
    Scene("rs-cum-gui", "Một cụm: đã gửi, chờ người thứ hai", cluster_asked, "organiser", after="rs-nhieu-gui"),
    Scene("rs-duyet", "Một cụm: người thứ hai đọc", request_of_a_cluster, "approver", after="rs-cum-gui"),
    Scene("rs-xong", "Một cụm: đã phê duyệt", decided, "approver", after="rs-cum-gui"),
    Scene("rs-sau", "Rà soát sau quyết định", reviewed, "organiser", after="rs-xong"),
    Scene("rs-tuan-sau", "Tuần sau quyết định: số trước và sau", at(WEEK), "organiser", after="rs-xong"),
]
