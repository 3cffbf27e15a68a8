"""Scenes of logos: none yet, a file that is no picture, one that was set, and a page that shows it."""

from __future__ import annotations

from typing import Any

from bench.scenes.scene import Scene, at, press
from bench.stage.instance import Stage
from demo.logo import draw

LIST = "/quan-tri/bieu-trung/"
PROVINCE, COMMUNE = "vùng hồ Tuyên Quang", "xã Khâu Tinh"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def page_of(unit: str) -> Any:
    def way(page: Any, url: str, _stage: Stage) -> None:
        page.goto(url + LIST)
        page.get_by_role("link", name=unit, exact=True).click()

    return way


def sent(page: Any, url: str, stage: Stage, name: str, content: bytes) -> None:
    page_of(PROVINCE)(page, url, stage)
    page.get_by_label("Chọn hình").set_input_files({"name": name, "mimeType": "image/png", "buffer": content})
    press(page, "Đặt biểu trưng")


def refused(page: Any, url: str, stage: Stage) -> None:
    sent(page, url, stage, "quoc-huy.svg", SVG)


def taken(page: Any, url: str, stage: Stage) -> None:
    sent(page, url, stage, "bieu-trung.png", draw())


def removing(page: Any, url: str, stage: Stage) -> None:
    page_of(PROVINCE)(page, url, stage)
    page.get_by_role("link", name="Gỡ biểu trưng").click()


LOGO_SCENES = [
    Scene("bieu-trung-danh-sach-trong", "Biểu trưng: chưa có", at(LIST), "administrator"),
    Scene("bieu-trung-chua-co", "Biểu trưng của một đơn vị: chưa có", page_of(PROVINCE), "administrator"),
    Scene("bieu-trung-loi", "Biểu trưng: tệp không phải hình", refused, "administrator"),
    Scene("bieu-trung-da-dat", "Biểu trưng: đã đặt", taken, "administrator"),
    Scene("bieu-trung-danh-sach", "Biểu trưng của các đơn vị", at(LIST), "administrator"),
    Scene("bieu-trung-cap-tren", "Biểu trưng: dùng của cấp trên", page_of(COMMUNE), "administrator"),
    Scene("bieu-trung-go", "Gỡ biểu trưng", removing, "administrator"),
    Scene("bieu-trung-cham", "Chấm điểm, có biểu trưng", at("/q/{counter_code}")),
    Scene("bieu-trung-cuoc-thi", "Cuộc thi, có biểu trưng", at("/thi/{running}")),
]
