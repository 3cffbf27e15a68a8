"""Scenes of the pages that staff see of offices, of their search, of the contests' door, and of citizens' pages with
large letters, without a connection, and after a rating that was not stored.
"""

from __future__ import annotations

from typing import Any

from bench.scenes.pages import rate_chosen
from bench.scenes.scene import SURVEY, Scene, Way, at, press
from bench.stage.instance import Stage

SEARCH = "/quan-tri/tim/"
LOWEST = SURVEY + "/?sap-xep=ty-le"
LARGEST = "4"
"""The step of A+ at which letters are twice the usual."""


def large(path: str) -> Way:
    """Return the way to a page with the largest letters of A+."""

    def way(page: Any, url: str, stage: Stage) -> None:
        page.add_init_script(f"localStorage.setItem('textsize', '{LARGEST}')")
        at(path)(page, url, stage)

    return way


def rate_offline(page: Any, url: str, stage: Stage) -> None:
    """A rating that the browser keeps, since it has no connection."""
    page.add_init_script("SyncManager.prototype.register = () => Promise.resolve()")
    rate_chosen(page, url, stage)
    page.context.set_offline(True)
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.get_by_text("Đã giữ trong máy").wait_for()
    page.evaluate("() => { window.fetch = () => Promise.reject() }")  # so that it waits while its pictures are taken
    page.context.set_offline(False)


def rate_waiting(page: Any, url: str, stage: Stage) -> None:
    """The list of ratings that wait, unfolded."""
    rate_offline(page, url, stage)
    page.locator("[data-waiting] summary").click()


def rate_switched(page: Any, url: str, stage: Stage) -> None:
    """A rating whose counter ended its rehearsal after the page was opened."""
    rate_chosen(page, url, stage)
    page.locator("form").evaluate("form => { form.rehearsal.value = form.rehearsal.value === '1' ? '0' : '1' }")
    press(page, "Gửi")


def rate_unsaved(page: Any, url: str, stage: Stage) -> None:
    """A rating that the server could not store: what was chosen stands in the error page."""
    rate_chosen(page, url, stage)
    page.locator("form").evaluate("form => { form.action = '/q/pictures/503' }")
    press(page, "Gửi")


FACE_SCENES = (
    Scene("cuoc-thi-tat-ca", "Các cuộc thi", at("/thi/")),
    Scene("tra-cuu", "Tra cứu: bốn lối", at("/tra-cuu")),
    Scene("tro-nang", "Trợ năng", at("/tro-nang")),
    Scene("hom-nay-co-quan", "Hôm nay của cán bộ hai nơi", at("/quan-tri/"), "officer"),
    Scene("hom-nay-mot-co-quan", "Hôm nay của cán bộ một cửa", at("/quan-tri/"), "commune"),
    Scene("ql-mot-co-quan-tinh", "Một cơ quan, trong cả tỉnh", at(SURVEY + "/lam-binh"), "province"),
    Scene("ql-mot-co-quan-y-kien", "Một cơ quan: ý kiến", at(SURVEY + "/{office}/y-kien"), "officer"),
    Scene("ql-mot-co-quan-quay", "Một cơ quan: quầy và tờ treo", at(SURVEY + "/{office}/quay"), "officer"),
    Scene("ql-mot-co-quan-cai-dat", "Một cơ quan: cài đặt", at(SURVEY + "/{office}/sua"), "officer"),
    Scene("tim-khap", "Tìm khắp nơi", at(SEARCH + "?tim=lam"), "province"),
    Scene("tim-khap-khong", "Tìm khắp nơi: không thấy", at(SEARCH + "?tim=khong-co-gi"), "administrator"),
    Scene("ql-co-quan-tinh", "Danh sách cơ quan của tỉnh, thấp nhất trước", at(LOWEST), "province"),
    Scene("ql-co-quan-khong", "Danh sách cơ quan: không thấy", at(SURVEY + "/?tim=khong-co-gi"), "administrator"),
    Scene("ql-co-quan-im", "Danh sách cơ quan: không nơi nào im", at(SURVEY + "/?loc=im"), "administrator"),
    Scene("nhat-ky-khong", "Nhật ký: lọc không thấy", at("/quan-tri/nhat-ky/?ai=khong-co-ai"), "inspector"),
    Scene("nhat-ky-ngay-sai", "Nhật ký: ngày sai", at("/quan-tri/nhat-ky/?tu=2026-11-20&den=2026-11-01"), "inspector"),
    Scene("viec-phe-duyet", "Việc chạy nền: chưa có việc nào", at("/quan-tri/viec"), "approver"),
    Scene("tim-khap-trong", "Tìm khắp nơi: chưa gõ gì", at(SEARCH), "administrator"),
    Scene("cham-mat-mang", "Chấm điểm khi mất mạng: đã giữ trong máy", rate_offline),
    Scene("cham-cho-gui", "Chấm điểm: một lượt đang chờ gửi", rate_waiting),
    Scene("cham-vua-doi", "Chấm điểm: quầy vừa bắt đầu diễn tập", rate_switched),
    Scene("cham-chua-luu", "Chấm điểm: máy chủ chưa lưu được", rate_unsaved),
    Scene("cham-chu-to", "Chấm điểm, chữ to nhất", large("/q/{counter_code}")),
    Scene("trang-chu-chu-to", "Trang chủ, chữ to nhất", large("/")),
    Scene("cac-co-quan-chu-to", "Kết quả của các cơ quan, chữ to nhất", large("/ket-qua/")),
    Scene("so-lieu-chu-to", "Kết quả của xã Lâm Bình, chữ to nhất", large("/ket-qua/lam-binh")),
    Scene("so-lieu-quay-dau-tien", "Kết quả của một quầy xã Lâm Bình", at("/ket-qua/lam-binh/quay/2"), prints=True),
)
