"""Vietnamese words for what a rating is made of."""

from collections.abc import Sequence
from datetime import date

from core.values.numbers import percent
from core.values.text import N_
from survey.rules.actions import Action
from survey.rules.levels import Channel, Level, Reason
from survey.rules.trend import MonthPoint

LEVEL: dict[Level, str] = {
    Level.VERY_SATISFIED: N_("Rất hài lòng"),
    Level.SATISFIED: N_("Hài lòng"),
    Level.NEUTRAL: N_("Bình thường"),
    Level.DISSATISFIED: N_("Không hài lòng"),
    Level.VERY_DISSATISFIED: N_("Rất không hài lòng"),
}

CHANNEL: dict[Channel, str] = {
    Channel.OPEN: N_("Mã QR tại quầy"),
    Channel.CODE: N_("Mã đánh giá theo hồ sơ"),
    Channel.KIOSK: N_("Máy đánh giá tại quầy"),
    Channel.PHONE: N_("Phỏng vấn qua điện thoại"),
    Channel.PAPER: N_("Phiếu giấy"),
}

REASON: dict[Reason, str] = {
    Reason.ATTITUDE: N_("Thái độ phục vụ"),
    Reason.GUIDANCE: N_("Hướng dẫn thủ tục"),
    Reason.WAITING: N_("Thời gian chờ ở quầy"),
    Reason.PROCESSING: N_("Thời gian giải quyết hồ sơ"),
    Reason.TRIPS: N_("Số lần đi lại"),
    Reason.COST: N_("Phí, lệ phí và biên lai"),
    Reason.FACILITIES: N_("Chỗ ngồi và trang thiết bị"),
}

SHEET: dict[str, str] = {
    "a4": N_("Tờ treo A4"),
    "a5": N_("Tờ treo A5"),
    "the": N_("Thẻ để bàn"),
    "nhan": N_("Tờ nhãn dán"),
}

LANGUAGE: dict[str, str] = {"vi": N_("Tiếng Việt"), "en": N_("Tiếng Việt và tiếng Anh")}

TREND_TITLE = N_("Tỷ lệ hài lòng theo tháng: {name}")


def month(first: date) -> str:
    """A month on a chart's axis: T6/2026."""
    return f"T{first.month}/{first.year}"


def trend_alt(points: Sequence[MonthPoint]) -> str:
    """A trend told in words, for whoever can't see the picture."""
    said = [
        f"{month(point.month)}: {percent(point.share)} ({point.n} lượt)" for point in points if point.share is not None
    ]
    return "; ".join(said) or N_("Chưa tháng nào đủ 5 lượt để công bố")


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
"""Actions of the audit trail."""

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
"""Names of the values that the audit trail records with them."""
