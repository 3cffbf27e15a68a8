"""Vietnamese words of the files of a round."""

from core.values.text import N_
from quiz.awards.rules.bands import Band

BAND: dict[Band, str] = {
    Band.ALL: N_("Đúng 100 %"),
    Band.HIGH: N_("Đúng từ 75 % đến dưới 100 %"),
    Band.MIDDLE: N_("Đúng từ 25 % đến dưới 75 %"),
    Band.LOW: N_("Đúng dưới 25 %"),
}
WINNER_STATE: dict[str, str] = {
    "pending": N_("chờ gọi xác nhận"),
    "confirmed": N_("đã xác nhận"),
    "passed": N_("không liên lạc được, chuyển giải"),
}
