"""Vietnamese words for the levels and the reasons of the quick rating."""

from core.values.text import N_
from survey.instrument.rules import Level, Reason

LEVEL: dict[Level, str] = {
    Level.VERY_SATISFIED: N_("Rất hài lòng"),
    Level.SATISFIED: N_("Hài lòng"),
    Level.NEUTRAL: N_("Bình thường"),
    Level.DISSATISFIED: N_("Không hài lòng"),
    Level.VERY_DISSATISFIED: N_("Rất không hài lòng"),
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
