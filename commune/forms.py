"""Fields and checks shared by forms of several rooms: names, an office's telephone, the host of a survey."""

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext
from wtforms import ValidationError
from wtforms.validators import Length

from commune.rules.host import is_own_committee
from core.translation import gettext
from core.values.phone import holds_mobile
from core.values.text import N_
from core.web.forms import TextField

NUMBER = re.compile(r"[0-9 .]+")
FEWEST_DIGITS = 6


def at_most(letters: int) -> Length:
    """Return a validator that limits a text to *letters* characters."""
    return Length(max=letters, message=lazy_gettext("Dài quá %(letters)s chữ. Xin rút ngắn lại.", letters=letters))


def without_phone(_form: Any, field: TextField) -> None:
    """Refuse a telephone number in words that stay in the audit trail, where nothing is deleted."""
    if holds_mobile(field.data or ""):
        raise ValidationError(N_("Xin bỏ số điện thoại: những lời này nằm lại trong nhật ký, không xóa được."))


def objection_to_host(host: str, units: Iterable[str]) -> str | None:
    """Return why *host* should not run a survey of an office in *units* (names); None without objection."""
    if not any(is_own_committee(host, unit) for unit in units):
        return None
    return gettext(
        "%(host)s là cơ quan cấp trên trực tiếp của cơ quan được đánh giá. Người dân dễ cho là tự mình chấm "
        "mình. Nên chọn Ủy ban Mặt trận Tổ quốc hoặc Hội đồng nhân dân.",
        host=host,
    )


class HotlineField(TextField):
    """An optional telephone number that is printed as it was typed."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, validators=[at_most(40)], **more)

    def pre_validate(self, form: Any) -> None:
        """Accept digits, spaces and dots, with at least six digits."""
        super().pre_validate(form)
        typed = self.data or ""
        if typed and (not NUMBER.fullmatch(typed) or sum(letter.isdigit() for letter in typed) < FEWEST_DIGITS):
            raise ValidationError(N_("Xin nhập số điện thoại bằng chữ số, ví dụ 0207 3830 123."))
