"""Vietnamese labels of units."""

from datetime import date, timedelta

from commune.rules.actions import UnitAction
from commune.rules.unit_list import LineState
from core.importing.words import DecisionWords, ImportWords
from core.translation import gettext
from core.values import dates
from core.values.language import DEFAULT, present
from core.values.numbers import thousands
from core.values.text import N_

KIND_WORDS = {
    "xã": "commune", "phường": "ward", "đặc khu": "special", "thị trấn": "township", "tỉnh": "province",
    "huyện": "district", "quận": "district", "thị xã": "district", "thành phố": "city",
    "thôn": "village", "bản": "village", "xóm": "village", "ấp": "village", "buôn": "village", "làng": "village",
    "tổ dân phố": "village", "khu phố": "village", "khu": "village", "tổ": "village",
    "cơ quan": "agency", "trường học": "school",
}  # fmt: skip
"""The label of each kind; "city" is a province or a district, according to its code."""


def era(valid_from: date, valid_to: date | None) -> str:
    """Return when a unit was or is in force, for display beside its name.

    >>> era(date(2004, 7, 1), date(2025, 7, 1)), era(date(2025, 7, 1), None)
    ('đến 30/6/2025', 'từ 1/7/2025')
    """
    if valid_to is None:
        return gettext("từ %(day)s", day=_day(valid_from))
    return gettext("đến %(day)s", day=_day(valid_to - timedelta(days=1)))


def former(name: str, valid_to: date) -> str:
    """Return the name of a unit that ended; the day is the territory's, since beside a role it would be read as the
    role's end.

    >>> former("tỉnh Tuyên Quang", date(2025, 7, 1))
    'tỉnh Tuyên Quang (địa giới trước 1/7/2025)'
    """
    return gettext("%(name)s (địa giới trước %(day)s)", name=name, day=_day(valid_to))


def loaded_words(units: int, successions: int, headcounts: int) -> str:
    """Return the sentence about what a load of the country added.

    >>> loaded_words(0, 0, 0)
    'Đơn vị hành chính cả nước: đã có đủ, không thay đổi gì.'
    """
    if not units and not successions and not headcounts:
        return gettext("Đơn vị hành chính cả nước: đã có đủ, không thay đổi gì.")
    return gettext(
        "Đơn vị hành chính cả nước: thêm %(units)s đơn vị (trước và sau 1/7/2025), %(successions)s liên hệ cũ – mới, "
        "%(headcounts)s số dân.",
        units=thousands(units),
        successions=thousands(successions),
        headcounts=thousands(headcounts),
    )


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}" if present() == DEFAULT else dates.day(day)


ACTION: dict[str, str] = {
    UnitAction.UNIT_ADD: N_("Thêm đơn vị hành chính"),
    UnitAction.UNIT_RENAME: N_("Sửa tên đơn vị"),
    UnitAction.UNIT_DELETE: N_("Xóa đơn vị thêm nhầm"),
    UnitAction.UNIT_IMPORT: N_("Nhập đơn vị từ bảng tính"),
    UnitAction.UNIT_LOAD: N_("Nạp đơn vị hành chính cả nước"),
    UnitAction.LOGO_SET: N_("Đặt biểu trưng của đơn vị"),
    UnitAction.LOGO_REMOVE: N_("Gỡ biểu trưng của đơn vị"),
}
"""Labels of the actions in the audit trail."""

FIELD: dict[str, str] = {
    "digest": N_("dấu kiểm"),
    "headcounts": N_("số dân"),
    "names": N_("tên"),
    "new": N_("dòng nhập mới"),
    "units": N_("số đơn vị"),
}
"""Names of the values that the audit trail records with them."""

UNIT_LINE: dict[str, str] = {
    LineState.NEW: N_("Thêm mới"),
    LineState.COUNTED: N_("Đã có, ghi số dân"),
    LineState.KNOWN: N_("Đã có"),
    LineState.REPEATED: N_("Lặp lại"),
    LineState.WRONG: N_("Cần sửa"),
}
"""The effect of a line of a typed list of units."""

UNIT_DECISION = DecisionWords(
    field="don_vi",
    label=N_("Đơn vị"),
    other=N_("Đơn vị khác, chọn bên dưới"),
    blank=N_("(chọn đơn vị)"),
    outside=N_("Không thuộc đơn vị nào: bỏ các dòng này"),
    missing=N_("Xin chọn đơn vị trong danh sách này."),
    other_label=N_("Đơn vị khác cho “%(spelled)s”"),
    heading=N_("Những cách ghi này là đơn vị nào?"),
    waiting=N_("Nút Nhập hiện ra khi mọi cách ghi đơn vị đã được xác định."),
    more=N_(
        "Còn %(n)s cách ghi nữa, sẽ hỏi tiếp sau khi bấm Đọc lại. Nhiều như vậy thì có thể cột đơn vị đang chọn nhầm."
    ),
    undecided=N_("Còn %(n)s cách ghi đơn vị chưa xác định."),
)
"""The texts of the review page for a spelling that may mean several units."""

IMPORT = ImportWords(
    title=N_("Nhập đơn vị"),
    heading=N_("Nhập đơn vị hành chính"),
    intro=N_("Tên và loại mới, số dân, thôn, cơ quan, trường. Nhập lại cùng một bảng thì không đổi gì."),
    review=N_("Xem lại trước khi nhập đơn vị"),
    done=N_("Đã nhập %(n)s dòng."),
    job=N_("Nhập đơn vị hành chính"),
    template_file="mau don vi",
    report_file="bao cao nhap don vi",
)
"""The texts of the import of units."""
