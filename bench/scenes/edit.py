"""Scenes of correcting contests and offices."""

from typing import Any

from bench.scenes.scene import QUIZ, SURVEY, Scene, at, press, sent_empty
from bench.stage.instance import Stage

RENEWAL = QUIZ + "/{running}/ma-ca-nhan"


def own_committee(page: Any, url: str, stage: Stage) -> None:
    """The commune's own People's Committee as host of the survey of its own centre."""
    at(SURVEY + "/{office}/sua")(page, url, stage)
    page.get_by_label("Cơ quan chủ trì khảo sát").fill("UBND xã Khâu Tinh")
    press(page, "Lưu")


EDIT_SCENES = [
    Scene("sua-co-quan", "Sửa cơ quan", own_committee, "officer"),
    Scene("sua-quay", "Sửa quầy", at(SURVEY + "/{office}/quay/2/sua"), "officer"),
    Scene("sua-nhieu-quay", "Đóng nhiều quầy", at(SURVEY + "/{office}/nhieu-quay/dong?so=1&so=2&so=4"), "officer"),
    Scene("sua-cuoc-thi-da-huy", "Cuộc thi đã hủy", at("/thi/{off}")),
    Scene("sua-dang-ky-da-huy", "Đăng ký cuộc thi đã hủy", at("/thi/{off}/dang-ky")),
    Scene("sua-nhap-mot", "Bản nháp một cuộc thi", at(QUIZ + "/{draft}"), "organiser"),
    Scene("sua-nhap-sua", "Sửa bản nháp", at(QUIZ + "/{draft}/sua"), "organiser"),
    Scene("sua-nhap-cong-khai", "Công khai cuộc thi", at(QUIZ + "/{draft}/cong-khai"), "organiser"),
    Scene("sua-nhap-xoa", "Xóa bản nháp", at(QUIZ + "/{draft}/xoa"), "organiser"),
    Scene("sua-sua-loi-van", "Sửa cuộc thi đã có người đăng ký", at(QUIZ + "/{running}/sua"), "organiser"),
    Scene("cap-lai-ma", "Cấp lại mã cá nhân", at(RENEWAL), "organiser"),
    Scene("cap-lai-ma-loi", "Cấp lại mã: còn thiếu", sent_empty(RENEWAL, "Gửi yêu cầu phê duyệt"), "organiser"),
    Scene("sua-huy-loi", "Hủy cuộc thi", sent_empty(QUIZ + "/{coming}/huy", "Hủy cuộc thi"), "organiser"),
    Scene("sua-huy-roi", "Cuộc thi đã hủy", at(QUIZ + "/{off}"), "organiser"),
]
