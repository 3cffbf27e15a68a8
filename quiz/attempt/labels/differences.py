"""Vietnamese words of the differences between what was stored and what a close or a daily check counts."""

import re
from collections.abc import Sequence

from core.translation import gettext
from core.values.text import N_

MENDED = "mended before the close: "
"""Begins a difference that a count before the close found and mended."""
_MORE = re.compile(r"(?P<n>\d+) more papers")
_SHAPES = (
    (
        re.compile(r"paper (?P<id>\S+): stored (?P<stored>\S+), marked (?P<marked>\S+)"),
        N_("Bài %(id)s: điểm đã lưu là %(stored)s, chấm lại được %(marked)s."),
    ),
    (
        re.compile(r"entry (?P<entry>.+?), (?P<binding>.+?): counted (?P<counted>.+?), (?P<guess>.+)"),
        N_(
            "Bài được tính là %(entry)s, dự đoán lấy ở %(binding)s; theo thể lệ phải là %(counted)s, dự đoán lấy ở "
            "%(guess)s."
        ),
    ),
    (
        re.compile(
            r"unit (?P<unit>\S+), (?P<day>[^\s,]+)(?P<bloc>|, bloc \d+): stored (?P<stored>.+), counted (?P<counted>.+)"
        ),
        N_("Đơn vị số %(unit)s, ngày %(day)s: đã lưu %(stored)s, đếm lại %(counted)s (lượt, người, người đúng hết)."),
    ),
    (_MORE, N_("Và %(n)s bài khác.")),
)


def difference_words(stored: str) -> str:
    """Return a stored difference as a sentence; one of another program as it is.

    >>> difference_words("12 more papers")
    'Và 12 bài khác.'
    """
    if stored.startswith(MENDED):
        return gettext("Đã sửa trước khi chốt: %(what)s", what=difference_words(stored.removeprefix(MENDED)))
    for shape, words in _SHAPES:
        match = shape.fullmatch(stored)
        if match is not None:
            given = {name: value.replace("None", gettext("không có")) for name, value in match.groupdict().items()}
            return gettext(words, **given)
    return stored


def count_mended(differences: Sequence[str]) -> int:
    """Return how many of a result's *differences* were mended before the close."""
    return sum(each.startswith(MENDED) for each in differences)


def count_at_close(differences: Sequence[str]) -> int:
    """Return how many *differences* the close itself found, with the papers that its last line counts.

    >>> count_at_close([f"{MENDED}unit 1", "paper a: stored 3, marked 4", "12 more papers"])
    13
    """
    found = [each for each in differences if not each.startswith(MENDED)]
    return sum(int(more[1]) if (more := _MORE.fullmatch(each)) else 1 for each in found)
