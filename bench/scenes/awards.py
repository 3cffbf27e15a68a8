"""Scenes of the files that leave the house: of a round, of a contest, and the page that verifies a certificate."""

from __future__ import annotations

from typing import Any

from bench.scenes.pages import looked_up
from bench.scenes.scene import QUIZ, Scene, at, press
from bench.stage.instance import Stage

COMPARE = QUIZ + "/{past}/tuan/1/doi-chieu"


def compared(page: Any, url: str, stage: Stage) -> None:
    """The first two of a published round, compared by their ranks."""
    at(COMPARE)(page, url, stage)
    page.get_by_label("Người thứ nhất").fill("1")
    page.get_by_label("Người thứ hai").fill("2")
    page.get_by_label("Lý do đối chiếu").fill("Đơn khiếu nại số 3")
    press(page, "Đối chiếu")


def units_compared(page: Any, url: str, stage: Stage) -> None:
    """The first two units of the list of a past contest, on the board of people."""
    at(QUIZ + "/{past}/giai-tap-the/doi-chieu")(page, url, stage)
    page.get_by_label("Đơn vị thứ nhất").select_option(index=1)
    page.get_by_label("Đơn vị thứ hai").select_option(index=2)
    press(page, "Đối chiếu")


EQUAL_UNITS = QUIZ + "/{drawn.units}/giai-tap-the"
DRAWS = QUIZ + "/{drawn.slug}/tuan/%s/boc-tham"


def to_draw(page: Any, url: str, stage: Stage) -> None:
    """The tickets of people who are equal, and the form of their draw."""
    at(DRAWS % 2)(page, url, stage)
    page.get_by_role("link", name="Danh sách phiếu").first.click()


def units_to_draw(page: Any, url: str, stage: Stage) -> None:
    """The tickets of units that are equal, and the form of their draw."""
    at(EQUAL_UNITS)(page, url, stage)
    page.get_by_role("link", name="Danh sách phiếu").first.click()


def wrongly_drawn(page: Any, url: str, stage: Stage) -> None:
    """The form of a draw with one ticket chosen twice."""
    to_draw(page, url, stage)
    page.get_by_label("Địa điểm").fill("Hội trường UBND xã")
    page.get_by_label("Giải Nhất").select_option("3")
    page.get_by_label("Giải Nhì, suất 1").select_option("3")
    page.get_by_role("button", name="kết quả").last.click()


SEASON = QUIZ + "/{season.%s}/giai-chung-cuoc"


def season_to_draw(page: Any, url: str, stage: Stage) -> None:
    """The tickets of people who are equal over a whole contest, and the form of their draw."""
    at(SEASON % "waiting")(page, url, stage)
    page.get_by_role("link", name="Danh sách phiếu").first.click()


def season_opened(page: Any, url: str, stage: Stage) -> None:
    """Those in line for the prizes of a whole contest with their numbers, to be called."""
    at(SEASON % "waiting")(page, url, stage)
    page.get_by_label("Lý do mở").fill("Gọi xác nhận người được giải chung cuộc")
    press(page, "Mở danh sách để gọi")


def compared_in_season(page: Any, url: str, stage: Stage) -> None:
    """The first two people over a whole contest, compared by their ranks."""
    at(f"{SEASON}/doi-chieu" % "done")(page, url, stage)
    page.get_by_label("Người thứ nhất").fill("1")
    page.get_by_label("Người thứ hai").fill("2")
    page.get_by_label("Lý do đối chiếu").fill("Đơn khiếu nại số 3")
    press(page, "Đối chiếu")


AWARDS_SCENES = [
    Scene("ql-chung-cuoc", "Giải chung cuộc: còn người phải gọi, bốc thăm", at(SEASON % "waiting"), "organiser"),
    Scene("ql-chung-cuoc-boc-tham", "Giải chung cuộc: danh sách phiếu", season_to_draw, "organiser"),
    Scene("ql-chung-cuoc-goi", "Giải chung cuộc: gọi xác nhận", season_opened, "organiser"),
    Scene("ql-chung-cuoc-xong", "Giải chung cuộc đã quyết định", at(SEASON % "done"), "organiser"),
    Scene("ql-chung-cuoc-nhan-giai", "Giải chung cuộc: nhận giải", at(f"{SEASON}/nhan-giai" % "done"), "organiser"),
    Scene("ql-chung-cuoc-doi-chieu", "Giải chung cuộc: vì sao hơn", compared_in_season, "organiser", prints=True),
    Scene("bang-vang-chung-cuoc", "Bảng vàng có giải chung cuộc", at("/thi/{season.done}/bang-vang"), prints=True),
    Scene("bang-vang-chung-cuoc-cho", "Bảng vàng chờ giải chung cuộc", at("/thi/{season.waiting}/bang-vang")),
    Scene("cuoc-thi-chung-cuoc", "Cuộc thi đã qua, có giải chung cuộc", at("/thi/{season.done}")),
    Scene("ql-chung-cuoc-luat", "Cuộc thi có giải chung cuộc", at(QUIZ + "/{season.done}"), "organiser"),
    Scene("ket-qua-chung-cuoc", "Kết quả của bạn: đạt giải chung cuộc", looked_up("season.receipt")),
    Scene(
        "ct-xac-minh-chung-cuoc",
        "Xác minh giấy chứng nhận giải chung cuộc",
        at("/thi/xac-minh?ma={season.certificate}"),
    ),
    Scene("ql-boc-tham", "Nhóm bằng nhau chờ bốc thăm", at(DRAWS % 2), "organiser"),
    Scene("ql-boc-tham-ghi", "Danh sách phiếu, ghi kết quả bốc thăm", to_draw, "organiser", prints=True),
    Scene("ql-boc-tham-sai", "Ghi kết quả bốc thăm: chọn một phiếu hai lần", wrongly_drawn, "organiser"),
    Scene("ql-boc-tham-xong", "Kết quả bốc thăm đã ghi", at(DRAWS % 1), "organiser"),
    Scene("ql-boc-tham-tap-the", "Đơn vị bằng nhau chờ bốc thăm", at(EQUAL_UNITS), "organiser"),
    Scene("ql-boc-tham-tap-the-ghi", "Danh sách phiếu của các đơn vị bằng nhau", units_to_draw, "organiser"),
    Scene("ct-boc-tham", "Kết quả tuần có bốc thăm", at("/thi/{drawn.slug}/tuan/1")),
    Scene("ct-boc-tham-so", "Kết quả tuần bốc thăm bằng số công khai", at("/thi/{drawn.units}/tuan/1")),
    Scene(
        "ql-boc-tham-so", "Kết quả bốc thăm bằng số đã ghi", at(QUIZ + "/{drawn.units}/tuan/1/boc-tham"), "organiser"
    ),
    Scene("ct-boc-tham-cho", "Kết quả tuần chờ bốc thăm", at("/thi/{drawn.slug}/tuan/2")),
    Scene("ct-boc-tham-cua-toi", "Kết quả của bạn: sau bốc thăm", looked_up("drawn.won")),
    Scene("ct-boc-tham-toi-cho", "Kết quả của bạn: chờ bốc thăm", looked_up("drawn.waits")),
    Scene("ql-ho-so", "Hồ sơ một tuần đã công bố", at(QUIZ + "/{past}/tuan/1/ho-so"), "organiser"),
    Scene("ql-ho-so-cho", "Hồ sơ một tuần chờ công bố", at(QUIZ + "/{running}/tuan/2/ho-so"), "organiser"),
    Scene("ql-ho-so-chua", "Hồ sơ một tuần chưa chốt", at(QUIZ + "/{running}/tuan/3/ho-so"), "organiser"),
    Scene("ql-ho-so-ca", "Hồ sơ cả cuộc thi", at(QUIZ + "/{past}/ho-so"), "organiser"),
    Scene("ql-doi-chieu", "Đối chiếu hai người", at(COMPARE), "organiser"),
    Scene("ql-doi-chieu-xong", "Vì sao người này hơn người kia", compared, "organiser", prints=True),
    Scene("ql-len-xuong", "Ai lên, ai xuống", at(QUIZ + "/{past}/tuan/1/len-xuong"), "organiser"),
    Scene("ql-nhan-giai", "Ghi ai đã nhận giải", at(QUIZ + "/{past}/tuan/1/nhan-giai"), "organiser"),
    Scene("ql-biet-danh", "Biệt danh của người đạt giải", at(QUIZ + "/{past}/tuan/1/biet-danh"), "organiser"),
    Scene("ql-tap-the-xong", "Giải tập thể đã quyết định", at(QUIZ + "/{apart.collective}/giai-tap-the"), "organiser"),
    Scene(
        "ql-tap-the-nhieu", "Giải tập thể theo hai cách xếp", at(QUIZ + "/{apart.several}/giai-tap-the"), "organiser"
    ),
    Scene("ql-tap-the-luat", "Thể lệ có giải tập thể theo hai cách xếp", at(QUIZ + "/{apart.several}"), "organiser"),
    Scene("ql-tap-the", "Xét giải tập thể", at(QUIZ + "/{past}/giai-tap-the"), "organiser"),
    Scene("ql-doi-chieu-don-vi", "Vì sao đơn vị này hơn đơn vị kia", units_compared, "organiser", prints=True),
    Scene("ct-xac-minh", "Xác minh giấy chứng nhận", at("/thi/xac-minh")),
    Scene("ct-xac-minh-sai", "Xác minh: không có giấy nào mang mã này", at("/thi/xac-minh?ma=7K3M-9QXZ")),
]
