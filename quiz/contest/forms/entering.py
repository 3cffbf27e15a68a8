"""The unit that holds a contest, the units that may enter it, and how long a paper takes."""

from collections.abc import Sequence
from typing import Any, Self

from wtforms import RadioField, SelectMultipleField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from commune.models import OWN_KINDS, Unit
from commune.queries.units import ABOVE_COMMUNES
from core.translation import gettext
from core.values.text import N_
from core.web.forms import CountField, PickField, StaffForm, options
from quiz.contest.forms.own_rules import RulesForm
from quiz.contest.labels.fields import FIELD_MISTAKE
from quiz.contest.rules.fields import MOST_FIELDS, FieldError, RegistrationField, read_fields

MOST_ON_A_PHONE, PEOPLE_PER_PHONE = 50, 4
ALL, SOME = "tat-ca", "chon"


class EnteringForm(StaffForm):
    """The unit that holds a contest, and the units that may enter it."""

    unit = PickField(N_("Đơn vị tổ chức"), missing=N_("Xin chọn đơn vị tổ chức."))
    reach = RadioField(N_("Ai được dự thi"), choices=options([(ALL, ""), (SOME, "")]), default=SOME)
    units = SelectMultipleField(
        N_("Đơn vị dự thi"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        filters=[lambda ids: list(dict.fromkeys(ids or []))],
    )
    communes: tuple[int, ...] = ()

    def offer(self, units: Sequence[Unit]) -> Self:
        """Set the units that may hold a contest, a province before its communes, and those that may enter: all communes
        at once, or each by itself.
        """
        widest_first = sorted(units, key=lambda unit: unit.kind not in ABOVE_COMMUNES)
        self.unit.offer((unit.id, unit.label) for unit in widest_first)
        entering = [unit for unit in units if unit.kind not in ABOVE_COMMUNES]
        entering.sort(key=lambda unit: unit.kind in OWN_KINDS)
        self.units.choices = options((unit.id, unit.label) for unit in entering)
        self.communes = tuple(unit.id for unit in entering if unit.kind not in OWN_KINDS)
        if self.reach.raw_data is None and len(self.communes) > 1:  # nothing was sent: all is the usual choice
            self.reach.data = ALL
        each = N_("Chọn từng đơn vị trong danh sách")
        self.reach.choices = options(
            [(ALL, gettext("Tất cả %(communes)s xã, phường", communes=len(self.communes))), (SOME, each)]
        )
        return self

    @property
    def entering(self) -> list[int]:
        """The ids of the units that may enter; the choice of all overrides single ones."""
        return list(self.communes) if self.reach.data == ALL else self.units.data or []

    def show_entering(self, ids: Sequence[int]) -> None:
        """Choose all communes where *ids* are all of them, else each by itself."""
        self.reach.data = ALL if len(ids) > 1 and set(ids) == set(self.communes) else SOME

    def validate_units(self, field: Any) -> None:
        """Require at least one unit."""
        if not self.entering and not field.errors:
            raise ValidationError(N_("Xin chọn ít nhất một đơn vị."))


class TermsForm(RulesForm):
    """The rules of a contest, the minutes of a paper, what a registration asks, and how many people share a phone."""

    limit_minutes = CountField(N_("Số phút làm bài"), default=15, validators=[InputRequired(N_("Xin nhập số phút."))])
    people_per_phone = CountField(
        N_("Nhiều nhất bao nhiêu người được xác nhận trên một số điện thoại"),
        default=PEOPLE_PER_PHONE,
        validators=[Optional()],
    )
    fields = TextAreaField(N_("Hỏi thêm khi đăng ký"), default="")
    read_fields: Sequence[RegistrationField] = ()

    def validate_fields(self, field: Any) -> None:
        """Read one field of the registration per line."""
        try:
            self.read_fields = read_fields(field.data or "")
        except FieldError as error:
            words = gettext(FIELD_MISTAKE[error.mistake], line=error.line, n=MOST_FIELDS)
            raise ValidationError(words) from error

    def validate_limit_minutes(self, field: Any) -> None:
        """Require 1 to 180 minutes."""
        if field.data is not None and not 1 <= field.data <= 180:
            raise ValidationError(N_("Số phút từ 1 đến 180."))

    def validate_people_per_phone(self, field: Any) -> None:
        """Require 1 to 50 people."""
        if field.data is not None and not 1 <= field.data <= MOST_ON_A_PHONE:
            raise ValidationError(
                gettext(
                    "Một số điện thoại dùng chung cho 1 đến %(most_on_a_phone)s người.", most_on_a_phone=MOST_ON_A_PHONE
                )
            )
