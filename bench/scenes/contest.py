"""Scenes of setting up a contest by its plan: the schedule, the rules and the prizes."""

from typing import Any

from bench.scenes.scene import QUIZ, Scene, at, press
from bench.stage.instance import Stage

FILL = "Lập bảng để sửa từng đợt"


def rounds_as_table(page: Any, url: str, stage: Stage) -> None:
    """The rounds of a draft in the table."""
    at(QUIZ + "/{draft}/sua")(page, url, stage)
    press(page, FILL)


def overlapping_rounds(page: Any, url: str, stage: Stage) -> None:
    """A round that closes before it opens, as the page explains it."""
    rounds_as_table(page, url, stage)
    page.locator("[name=rounds-0-closes_day]").fill("2020-01-01")
    press(page, "Lưu")


def try_rules(page: Any, url: str, stage: Stage) -> None:
    """A published round by other rules."""
    at(QUIZ + "/{running}/tuan/1/thu-luat?thu=1&first=correct&second=guess&third=duration")(page, url, stage)


CONTEST_SCENES = [
    Scene("luat-nhap-mot", "Bản nháp: giải thưởng, thể lệ", at(QUIZ + "/{draft}"), "organiser"),
    Scene("luat-lap-cuoc-thi", "Lập cuộc thi", at(QUIZ + "/them"), "organiser"),
    Scene("luat-bang-dot", "Lịch thi theo bảng", rounds_as_table, "organiser"),
    Scene("luat-bang-loi", "Lịch thi: dòng chưa đúng", overlapping_rounds, "organiser"),
    Scene("luat-sua-doi", "Sửa đổi thể lệ từ một đợt chưa mở", at(QUIZ + "/{running}/sua-doi-the-le"), "organiser"),
    Scene("luat-thu-luat", "Thử luật khác trên đợt đã chốt", try_rules, "organiser", prints=True),
]
