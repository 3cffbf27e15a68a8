"""The quick rating: five levels, the reasons a citizen may tick, a comment.

Version 1 is in every database since migration 0022. The names of the reasons are neutral and the same list is shown
whatever the level, so that praise costs as many taps as blame; they follow M-Score's questions.
"""

from core.values.text import N_
from survey.instrument.rules.definition import Instrument, Item, ItemKind, Option
from survey.instrument.rules.levels import Level

NAME = "quick"
LEVEL, REASONS, COMMENT = "level", "reasons", "comment"
"""The codes of its items."""
ATTITUDE, GUIDANCE, WAITING, PROCESSING, TRIPS, COST, FACILITIES = (
    "attitude",
    "guidance",
    "waiting",
    "processing",
    "trips",
    "cost",
    "facilities",
)
"""The codes of its reasons."""
LONGEST_COMMENT = 1000
WRITTEN = "written"
"""The option code under which the tally counts a comment."""

LEVELS = {
    Level.VERY_SATISFIED: N_("Rất hài lòng"),
    Level.SATISFIED: N_("Hài lòng"),
    Level.NEUTRAL: N_("Bình thường"),
    Level.DISSATISFIED: N_("Không hài lòng"),
    Level.VERY_DISSATISFIED: N_("Rất không hài lòng"),
}
REASON_WORDS = {
    ATTITUDE: N_("Thái độ phục vụ"),
    GUIDANCE: N_("Hướng dẫn thủ tục"),
    WAITING: N_("Thời gian chờ ở quầy"),
    PROCESSING: N_("Thời gian giải quyết hồ sơ"),
    TRIPS: N_("Số lần đi lại"),
    COST: N_("Phí, lệ phí và biên lai"),
    FACILITIES: N_("Chỗ ngồi và trang thiết bị"),
}

QUICK = Instrument(
    title={"vi": N_("Đánh giá nhanh")},
    items=(
        Item(
            LEVEL,
            ItemKind.SCALE,
            {"vi": N_("Ông/bà hài lòng với dịch vụ ở quầy này không?")},
            options=tuple(Option(str(int(level)), {"vi": text}, int(level)) for level, text in LEVELS.items()),
            is_required=True,
        ),
        Item(
            REASONS,
            ItemKind.SEVERAL,
            {"vi": N_("Ông/bà muốn nói tới điều gì?")},
            options=tuple(Option(code, {"vi": text}) for code, text in REASON_WORDS.items()),
        ),
        Item(COMMENT, ItemKind.TEXT, {"vi": N_("Góp ý thêm")}, most=LONGEST_COMMENT),
    ),
)
