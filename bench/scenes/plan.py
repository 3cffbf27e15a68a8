"""Scenes of a contest's plan: its steps, the questions of a file spread over the rounds, the check."""

from __future__ import annotations

from typing import Any

from bench.scenes.question import GOOD
from bench.scenes.scene import QUIZ, Scene, Way, at, sent_empty
from bench.stage.instance import Stage

BY_TWO = ("01 giải Nhất về số lượt dự thi: 3.000.000 đồng", "01 giải Nhất về tổng số câu đúng: 3.000.000 đồng")


TITLES = {"ten": "Tìm hiểu Luật Hộ tịch", "lich": "Tìm hiểu Luật Cư trú"}
"""The names of plans whose page shows the name; the addresses of the others follow theirs."""


def begun(step: str) -> Way:
    """Return the way to *step* of a plan that has just begun."""

    def way(page: Any, url: str, stage: Stage) -> None:
        at(QUIZ + "/ke-hoach")(page, url, stage)
        page.get_by_label("Tên cuộc thi", exact=True).fill(TITLES.get(step, "Tìm hiểu pháp luật"))
        page.get_by_label("Ban Tổ chức", exact=True).fill("Ban Tổ chức Cuộc thi xã Lâm Bình")
        page.get_by_label("Đơn vị tổ chức").select_option(index=1)
        page.locator("details.folded summary").first.click()
        page.locator("[name=units]").first.check()
        with page.expect_navigation():
            page.locator("button.button", has_text="Lưu, sang bước").click()
        page.goto(page.url.replace("/ke-hoach/lich", f"/ke-hoach/{step}"))

    return way


def read(page: Any, url: str, stage: Stage) -> None:
    """Send questions in the step of a plan that has just begun."""
    begun("cau-hoi")(page, url, stage)
    page.locator("textarea[name=text]").fill(GOOD)
    with page.expect_navigation():
        page.locator("button.button", has_text="Đọc câu hỏi").click()


def read_headed(page: Any, url: str, stage: Stage) -> None:
    """Send questions under the headings of weeks, one of which the plan does not have."""
    begun("cau-hoi")(page, url, stage)
    weeks = "\n".join(f"TUẦN {week}\n{GOOD.replace('?', f' (tuần {week})?')}" for week in (1, 2, 9))
    page.locator("textarea[name=text]").fill(weeks)
    with page.expect_navigation():
        page.locator("button.button", has_text="Đọc câu hỏi").click()


def prized_by_several(page: Any, url: str, stage: Stage) -> None:
    """Declare prizes of units by two measures in a plan, and look it over."""
    begun("giai")(page, url, stage)
    page.get_by_text("Giải tập thể, xếp riêng từng khối").click()
    page.locator("textarea[name=collective]").fill("\n".join(BY_TWO))
    page.locator("select[name=measure]").select_option(index=1)
    with page.expect_navigation():
        page.locator("button.button", has_text="Lưu, sang bước").click()


PLAN_SCENES = [
    Scene("kh-ten", "Kế hoạch: tên và đơn vị", at(QUIZ + "/ke-hoach"), "organiser"),
    Scene(
        "kh-ten-loi", "Kế hoạch: còn thiếu", sent_empty(QUIZ + "/ke-hoach", "Lưu, sang bước 2: Lịch thi"), "organiser"
    ),
    Scene("kh-ten-sua", "Kế hoạch: sửa tên và đơn vị", begun("ten"), "organiser"),
    Scene("kh-lich", "Kế hoạch: lịch thi", begun("lich"), "organiser"),
    Scene("kh-the-le", "Kế hoạch: thể lệ", begun("the-le"), "organiser"),
    Scene("kh-cau-hoi", "Kế hoạch: câu hỏi", begun("cau-hoi"), "organiser"),
    Scene("kh-doc", "Kế hoạch: câu hỏi đọc được, chia cho các đợt", read, "organiser"),
    Scene("kh-doc-tuan", "Kế hoạch: câu hỏi theo tuần, chỗ không khớp", read_headed, "organiser"),
    Scene("kh-giai", "Kế hoạch: giải thưởng", begun("giai"), "organiser"),
    Scene("kh-giai-nhieu-cach", "Kế hoạch: giải tập thể theo hai cách xếp, xem lại", prized_by_several, "organiser"),
    Scene("kh-xem-lai", "Kế hoạch: xem lại, còn thiếu", begun("xem-lai"), "organiser"),
]
