"""Vietnamese labels for posters and their languages."""

from core.values.text import N_
from survey.counter.rules.actions import SurveyAction

SHEET: dict[str, str] = {
    "a4": N_("Tờ treo A4"),
    "a5": N_("Tờ treo A5"),
    "the": N_("Thẻ để bàn"),
    "nhan": N_("Tờ nhãn dán"),
}
LANGUAGE: dict[str, str] = {"vi": N_("Tiếng Việt"), "en": N_("Tiếng Việt và tiếng Anh")}

ACTION: dict[str, str] = {
    SurveyAction.OFFICE_CREATE: N_("Thêm cơ quan"),
    SurveyAction.OFFICE_EDIT: N_("Sửa cơ quan"),
    SurveyAction.COUNTER_EDIT: N_("Sửa quầy"),
    SurveyAction.COUNTER_CREATE: N_("Thêm quầy"),
    SurveyAction.COUNTER_CLOSE: N_("Đóng quầy"),
    SurveyAction.COUNTER_REOPEN: N_("Mở lại quầy"),
    SurveyAction.COUNTER_REISSUE: N_("Thay mã của quầy"),
    SurveyAction.RATING_IMPORT: N_("Nhập phiếu đánh giá từ bảng tính"),
    SurveyAction.RATING_EXPORT: N_("Tải từng lượt đánh giá"),
    SurveyAction.RATING_DECIDE: N_("Quyết định tính hay không tính lượt để riêng"),
    SurveyAction.RATING_RECOUNT: N_("Đếm lại số liệu đánh giá"),
    SurveyAction.REHEARSAL_BEGIN: N_("Bắt đầu diễn tập"),
    SurveyAction.REHEARSAL_END: N_("Kết thúc diễn tập"),
    SurveyAction.REHEARSAL_WIPE: N_("Xóa lượt diễn tập"),
}
"""Labels of the actions in the audit trail."""

FIELD: dict[str, str] = {
    "class": N_("loại lượt"),
    "closed_on": N_("đóng từ ngày"),
    "digest": N_("dấu kiểm"),
    "entries": N_("số mục"),
    "host": N_("cơ quan chủ trì"),
    "hotline": N_("số điện thoại hỗ trợ"),
    "known": N_("dòng đã có từ trước"),
    "left_out": N_("dòng bỏ qua"),
    "name": N_("tên"),
    "name_en": N_("tên tiếng Anh"),
    "host_en": N_("cơ quan chủ trì bằng tiếng Anh"),
    "networks": N_("mạng riêng của cán bộ"),
    "new": N_("dòng nhập mới"),
    "number": N_("số"),
    "revision": N_("bản in thứ"),
    "rating.decide:week": N_("tuần từ ngày"),
    "wiped": N_("lượt đã xóa"),
}
"""Labels of the values that these actions record."""
