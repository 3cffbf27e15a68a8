"""Forms of the desk that answers requests of persons about their own data."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from commune.forms import at_most, without_phone
from core import clock
from core.crypto import read_codes
from core.translation import gettext
from core.values.phone import PhoneError, canonical
from core.values.text import N_, clean
from core.values.week import local_date
from core.web.forms import PickField, ReasonField, StaffForm, TextField, options
from core.web.person_fields import BirthYearField, PersonNameField
from privacy.labels import CHANNEL, KIND
from privacy.models.holder import HolderWords
from privacy.rules.age import OLDEST

LONGEST = 1000
PICKED = [DataRequired(N_("Xin chọn một mục."))]
BY_STAFF = [(channel, word) for channel, word in CHANNEL.items() if channel != "online"]
"""Channels of the requests that staff write down."""


class ReceiveForm(StaffForm):
    """A request received by phone, on paper or at a counter."""

    kind = SelectField(N_("Yêu cầu"), choices=options(KIND.items()), validators=PICKED)
    channel = SelectField(N_("Tiếp nhận qua"), choices=options(BY_STAFF), validators=PICKED)
    name = TextField(
        N_("Họ và tên người yêu cầu"), validators=[InputRequired(N_("Xin nhập họ và tên.")), Length(max=100)]
    )
    phone = TextField(N_("Số điện thoại"), validators=[Optional()])
    details = TextAreaField(
        N_("Nội dung yêu cầu"), filters=[lambda text: clean(text or "")],
        validators=[Length(max=LONGEST, message=lazy_gettext(
            "Dài quá %(longest)s chữ. Xin rút ngắn lại."
        , longest=LONGEST))],
    )  # fmt: skip
    unit = PickField(N_("Đơn vị tiếp nhận"), missing=N_("Xin chọn đơn vị tiếp nhận."))

    def validate_phone(self, field: Any) -> None:
        """A Vietnamese number, however it was typed."""
        _check_phone(field)


class IdentifyForm(StaffForm):
    """A code, or a name and a phone, to find the person by."""

    code = TextField(N_("Mã cá nhân"), validators=[Optional()])
    name = TextField(N_("Họ và tên khi đăng ký"), validators=[Optional(), Length(max=100)])
    phone = TextField(N_("Số điện thoại khi đăng ký"), validators=[Optional()])

    def validate_code(self, field: Any) -> None:
        """Sixteen letters, look-alikes forgiven."""
        if field.data and not read_codes(field.data):
            raise ValidationError(N_("Mã gồm 16 chữ và số, viết thành bốn nhóm. Xin xem lại."))

    def validate_phone(self, field: Any) -> None:
        """A Vietnamese number, however it was typed."""
        _check_phone(field)

    @property
    def readings(self) -> tuple[str, ...]:
        """Return the codes that may have been typed; none without one."""
        return read_codes(self.code.data or "")


class CorrectForm(StaffForm):
    """The correct name, birth year and unit of a person."""

    name = PersonNameField(N_("Họ và tên đúng"), validators=[InputRequired(N_("Xin nhập họ và tên.")), Length(max=100)])
    year = BirthYearField(N_("Năm sinh"), validators=[Optional()])
    unit = SelectField(N_("Đơn vị"), coerce=int, validators=PICKED)

    def offer(self, units: Mapping[int, str], label: str) -> "CorrectForm":
        """Offer the *units* that a correction may choose, under *label*; remove the field if there are none."""
        if units:
            self.unit.choices, self.unit.label.text = options(units.items()), label
        else:
            del self.unit
        return self

    @property
    def unit_id(self) -> int | None:
        """Return the chosen unit; None if there is none to choose."""
        return self.unit.data if "unit" in self else None

    def validate_year(self, field: Any) -> None:
        """Credible on the day of the correction; how old somebody must be was asked when they registered."""
        latest = local_date(clock.now()).year
        if field.data is not None and not latest - OLDEST <= field.data <= latest:
            raise ValidationError(
                gettext("Năm sinh từ %(latest)s đến %(latest2)s.", latest=latest - OLDEST, latest2=latest)
            )


class MistakeForm(StaffForm):
    """The reason why a request was written down by mistake."""

    reason = ReasonField(
        N_("Vì sao là ghi nhầm"),
        validators=[InputRequired(N_("Xin ghi vì sao là ghi nhầm.")), at_most(500), without_phone],
    )


class AmendForm(StaffForm):
    """The right kind of a request, whether its person is another, and the reason."""

    kind = SelectField(N_("Yêu cầu đúng là"), choices=options(KIND.items()), validators=PICKED)
    is_untied = BooleanField()
    reason = ReasonField(
        N_("Sai thế nào"), validators=[InputRequired(N_("Xin ghi sai thế nào.")), at_most(500), without_phone]
    )

    def speak_of(self, words: Sequence[HolderWords]) -> "AmendForm":
        """Name the people of the request as their holders do."""
        person = ", ".join(gettext(each.person) for each in words)
        self.is_untied.label.text = gettext(
            "%(person)s dưới đây không phải là người yêu cầu: bỏ ra để tìm lại", person=person
        )
        return self


class SureForm(StaffForm):
    """A box to confirm an act that cannot be undone."""

    sure = BooleanField(
        N_("Tôi đã đối chiếu đúng người và hiểu rằng không lấy lại được"),
        validators=[InputRequired(N_("Xin đánh dấu rằng đã đối chiếu đúng người."))],
    )


def _check_phone(field: StringField) -> None:
    if not field.data:
        return
    try:
        field.data = canonical(field.data)
    except PhoneError as error:
        raise ValidationError(str(error)) from error
