"""Vietnamese labels for posters and their languages."""

from core.values.text import N_
from survey.counter.rules.actions import Action

SHEET: dict[str, str] = {
    "a4": N_("Tờ treo A4"),
    "a5": N_("Tờ treo A5"),
    "the": N_("Thẻ để bàn"),
    "nhan": N_("Tờ nhãn dán"),
}
LANGUAGE: dict[str, str] = {"vi": N_("Tiếng Việt"), "en": N_("Tiếng Việt và tiếng Anh")}

ACTION: dict[str, str] = {
    Action.OFFICE_CREATE: N_("Thêm cơ quan"),
    Action.OFFICE_EDIT: N_("Sửa cơ quan"),
    Action.COUNTER_EDIT: N_("Sửa quầy"),
    Action.COUNTER_CREATE: N_("Thêm quầy"),
    Action.COUNTER_CLOSE: N_("Đóng quầy"),
    Action.COUNTER_REOPEN: N_("Mở lại quầy"),
    Action.COUNTER_REISSUE: N_("Thay mã của quầy"),
    Action.RATING_IMPORT: N_("Nhập phiếu đánh giá từ bảng tính"),
    Action.RATING_EXPORT: N_("Tải từng lượt đánh giá"),
    Action.RATING_RECOUNT: N_("Đếm lại số liệu đánh giá"),
    Action.REHEARSAL_BEGIN: N_("Bắt đầu diễn tập"),
    Action.REHEARSAL_END: N_("Kết thúc diễn tập"),
    Action.REHEARSAL_WIPE: N_("Xóa lượt diễn tập"),
}
"""Labels of the actions in the audit trail."""

FIELD: dict[str, str] = {
    "closed_on": N_("đóng từ ngày"),
    "digest": N_("dấu kiểm"),
    "entries": N_("số mục"),
    "host": N_("cơ quan chủ trì"),
    "hotline": N_("số điện thoại hỗ trợ"),
    "known": N_("dòng đã có từ trước"),
    "left_out": N_("dòng bỏ qua"),
    "name": N_("tên"),
    "new": N_("dòng nhập mới"),
    "number": N_("số"),
    "revision": N_("bản in thứ"),
    "wiped": N_("lượt đã xóa"),
}
"""Labels of the values that these actions record."""
