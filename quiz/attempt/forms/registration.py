"""The fields of a person who takes part, of the registration and of a paper sheet that staff key in."""

from collections.abc import Collection
from datetime import date
from typing import Any, Self

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, ValidationError
from wtforms.validators import InputRequired, Length

from core.values.phone import PhoneError, canonical
from core.web.forms import PickField, RehearsedForm, TextField, options
from core.web.person_fields import BirthYearField, PersonNameField
from privacy.rules.age import OLDEST, may_be_child
from quiz.attempt.forms.card import CardField
from quiz.attempt.forms.nickname import NicknameField
from quiz.contest.labels.consent import CONSENT
from quiz.contest.models import Bloc
from quiz.contest.operations.registration import Identity
from quiz.contest.rules.consent import WORDING, Purpose, wording_of
from quiz.contest.rules.nicknames import CHILD


class PersonFields:
    """The fields of a person who takes part: name, phone, birth year, unit, and a separate consent box per purpose."""

    today: date
    youngest: int
    canonical_phone: str
    asked_more: tuple[str, ...] = ()
    """The names of the fields that the contest asks besides; the fields are `more1`, `more2`, …"""

    name = PersonNameField(_("Họ và tên"), validators=[InputRequired(_("Xin nhập họ và tên.")), Length(max=100)])
    phone = TextField(_("Số điện thoại"), validators=[InputRequired(_("Xin nhập số điện thoại."))])
    birth_year = BirthYearField(_("Năm sinh"), validators=[InputRequired(_("Xin nhập năm sinh."))])
    unit = PickField(_("Đơn vị dự thi"), missing=_("Xin chọn đơn vị dự thi."))
    bloc = RadioField(_("Đối tượng dự thi"), coerce=int, validators=[InputRequired(_("Xin chọn đối tượng dự thi."))])
    consent = BooleanField(
        CONSENT[WORDING][Purpose.TAKING_PART],
        validators=[InputRequired(_("Cần bạn đồng ý thì Ban Tổ chức mới được giữ thông tin."))],
    )
    guardian = BooleanField(CONSENT[WORDING][Purpose.GUARDIAN])
    named = BooleanField(CONSENT[WORDING][Purpose.NAMED])
    reached = BooleanField(CONSENT[WORDING][Purpose.REACHED])

    def expect(self, *, today: date, youngest: int) -> Self:
        """Set the present day and the lowest age."""
        self.today, self.youngest = today, youngest
        return self

    def offer_blocs(self, blocs: Collection[Bloc], *, asks_more: bool = False) -> Self:
        """Set the blocs of the contest to choose from; without blocs nothing is asked. The consent names what is asked
        besides.
        """
        if blocs or asks_more:
            self.consent.label.text = gettext(CONSENT[wording_of(asks_more=True)][Purpose.TAKING_PART])
        if blocs:
            self.bloc.choices = options((bloc.position, bloc.name) for bloc in blocs)
        else:
            del self.bloc
        return self

    @property
    def chosen_bloc(self) -> int | None:
        """The chosen bloc; None in a contest without blocs."""
        return self.bloc.data if self.bloc else None

    def validate_phone(self, field: Any) -> None:
        """Require a Vietnamese number in any form; the typed text is kept for showing it again."""
        try:
            self.canonical_phone = canonical(field.data)
        except PhoneError as error:
            raise ValidationError(str(error)) from error

    def validate_birth_year(self, field: Any) -> None:
        """Require a credible year of somebody old enough for the contest."""
        if field.data is None:
            return
        latest = self.today.year - self.youngest
        if not self.today.year - OLDEST <= field.data <= self.today.year:
            raise ValidationError(
                gettext("Năm sinh từ %(first)s đến %(last)s.", first=self.today.year - OLDEST, last=latest)
            )
        if field.data > latest:
            raise ValidationError(
                gettext(
                    "Cuộc thi dành cho người từ %(age)s tuổi (sinh năm %(year)s trở về trước).",
                    age=self.youngest,
                    year=latest,
                )
            )

    def validate_guardian(self, field: Any) -> None:
        """Require a guardian's consent for a person who may be under 16."""
        year = self.birth_year.data
        if year is not None and not self.birth_year.errors and may_be_child(year, self.today.year) and not field.data:
            raise ValidationError(gettext("Người có thể chưa đủ 16 tuổi cần cha, mẹ hoặc người giám hộ cho phép."))

    @property
    def agreed(self) -> frozenset[Purpose]:
        """The purposes whose boxes are ticked; the guardian's box counts only where it is required."""
        boxes = {Purpose.TAKING_PART: self.consent, Purpose.NAMED: self.named, Purpose.REACHED: self.reached}
        if may_be_child(self.birth_year.data, self.today.year):
            boxes[Purpose.GUARDIAN] = self.guardian
        return frozenset(purpose for purpose, box in boxes.items() if box.data)

    @property
    def more_fields(self) -> list[Any]:
        """The fields that the contest asks besides."""
        return [getattr(self, f"more{at}") for at in range(1, len(self.asked_more) + 1)]

    @property
    def more(self) -> dict[str, str]:
        """The answers to them, by their names; blanks are left out."""
        pairs = zip(self.asked_more, self.more_fields, strict=True)
        return {name: field.data for name, field in pairs if field.data}

    @property
    def identity(self) -> Identity:
        """The identity, once the form is valid."""
        return Identity(name=self.name.data or "", phone=self.canonical_phone, birth_year=self.birth_year.data or 0)


class RegistrationForm(PersonFields, RehearsedForm):
    """Registration: the fields of a person, and the code of an entry card."""

    card = CardField(_("Mã thẻ dự thi"))
    nickname = NicknameField(_("Biệt danh"))

    def validate_nickname(self, field: Any) -> None:
        """Refuse a nickname for a person who may be under 16."""
        if field.data and may_be_child(self.birth_year.data, self.today.year):
            raise ValidationError(gettext(CHILD))

    def body(self) -> dict[str, Any]:
        """Return the values by which two submissions are the same registration."""
        identity = self.identity
        return {
            "name": identity.name,
            "phone": identity.phone,
            "year": identity.birth_year,
            "unit": self.unit.data,
            "card": self.card.read,
            "agreed": sorted(self.agreed),
            **({"nickname": self.nickname.data} if self.nickname.data else {}),
            **({"bloc": self.chosen_bloc} if self.bloc else {}),
            **({"more": self.more} if self.asked_more else {}),
        }
