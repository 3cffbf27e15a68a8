"""The words of the consents to a contest, by version."""

from core.values.text import N_
from quiz.contest.rules.consent import Purpose

_GUARDIAN = N_("Cha, mẹ hoặc người giám hộ đã đọc trang này và cho phép tôi dự thi")
_NAMED = N_("Cho phép nêu họ tên và đơn vị của tôi trong danh sách người đạt giải")
_NAMED_WITH_PHONE = N_("Cho phép nêu họ tên, đơn vị và ba số cuối điện thoại của tôi trong danh sách người đạt giải")
_REACHED = N_("Cho phép gọi, nhắn cho tôi về cuộc thi này cả khi tôi không đạt giải")

CONSENT: dict[str, dict[str, str]] = {
    "2026-11": {
        Purpose.TAKING_PART: N_(
            "Tôi đồng ý để Ban Tổ chức giữ bốn thông tin trên (tên, số máy, tuổi, đơn vị) để tổ chức cuộc thi: nhận ra "
            "tôi mỗi tuần, xếp hạng, gọi báo khi đạt giải"
        ),
        Purpose.GUARDIAN: _GUARDIAN,
        Purpose.NAMED: _NAMED,
        Purpose.REACHED: _REACHED,
    },
    "2026-11-2": {
        Purpose.TAKING_PART: N_(
            "Tôi đồng ý để Ban Tổ chức giữ bốn thông tin trên (họ tên, số điện thoại, năm sinh, đơn vị) để tổ chức "
            "cuộc thi: nhận ra tôi mỗi tuần, xếp hạng, gọi báo khi đạt giải"
        ),
        Purpose.GUARDIAN: _GUARDIAN,
        Purpose.NAMED: _NAMED_WITH_PHONE,
        Purpose.REACHED: _REACHED,
    },
    "2026-12-2": {
        Purpose.TAKING_PART: N_(
            "Tôi đồng ý để Ban Tổ chức giữ họ tên, số điện thoại, năm sinh và đơn vị của tôi để tổ chức cuộc thi: nhận "
            "ra tôi mỗi tuần, xếp hạng, gọi báo khi đạt giải"
        ),
        Purpose.GUARDIAN: _GUARDIAN,
        Purpose.NAMED: _NAMED_WITH_PHONE,
        Purpose.REACHED: _REACHED,
    },
    "2026-12": {
        Purpose.TAKING_PART: N_(
            "Tôi đồng ý để Ban Tổ chức giữ các thông tin tôi ghi trên trang này để tổ chức cuộc thi: nhận ra tôi mỗi "
            "tuần, xếp hạng theo đối tượng, gọi báo khi đạt giải"
        ),
        Purpose.GUARDIAN: _GUARDIAN,
        Purpose.NAMED: _NAMED_WITH_PHONE,
        Purpose.REACHED: _REACHED,
    },
}
"""The text of each consent by version of the wording; a wording that anybody agreed to must never change."""
