"""The prizes of a contest: one a line, as plans write them."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField, TextAreaField, ValidationError
from wtforms.validators import Optional

from core.translation import gettext
from core.values.text import N_, clean
from core.web.forms import CountField, StaffForm, options
from quiz.contest.labels.terms import MEASURE
from quiz.contest.rules.prizes import Tier, read_tier
from quiz.contest.rules.terms import MOST_CAP, MOST_CLAIM_DAYS, MOST_OBJECTION_DAYS, CollectiveMeasure, PrizeTerms

LONGEST_TIER = 60
_SHAPE = N_("Dòng “%(line)s”: xin ghi như “01 giải Nhất: 1.000.000 đồng”, hoặc “Giải Nhất: 1”.")
_GROUP = N_("Dòng “%(line)s” là giải tập thể. Xin chuyển xuống ô Giải tập thể.")


class PrizesForm(StaffForm):
    """The prizes of each round for people, and those of the whole contest for units."""

    tiers = TextAreaField(N_("Giải cá nhân mỗi đợt"), default="Giải Nhất: 1\nGiải Nhì: 2\nGiải Ba: 3")
    collective = TextAreaField(N_("Giải tập thể của cả cuộc thi"), default="")
    measure = SelectField(
        N_("Giải tập thể xếp theo"),
        choices=options([("", N_("chưa đặt")), *MEASURE.items()]),
        default="",
    )
    cap = CountField(N_("Mỗi người tính nhiều nhất mấy lượt một đợt"), validators=[Optional()])
    objection_days = CountField(N_("Nhận khiếu nại mấy ngày sau công bố"), validators=[Optional()])
    claim_days = CountField(N_("Nhận giải trong mấy ngày sau công bố"), validators=[Optional()])
    read_tiers: Sequence[Tier] = ()
    read_collective: Sequence[Tier] = ()

    def validate_tiers(self, field: Any) -> None:
        """Read one prize of a person per line."""
        self.read_tiers = _read(field.data)
        group = next((tier for tier in self.read_tiers if "tập thể" in tier.name.casefold()), None)
        if group is not None:
            raise ValidationError(gettext(_GROUP, line=group.name))

    def validate_collective(self, field: Any) -> None:
        """Read one prize of a unit per line."""
        self.read_collective = _read(field.data)

    def validate_measure(self, field: Any) -> None:
        """Require a measure where units get prizes, and a cap where turns are capped."""
        if (self.collective.data or "").strip() and not field.data:
            raise ValidationError(N_("Xin chọn giải tập thể xếp theo gì."))

    def validate_cap(self, field: Any) -> None:
        """Require 1 to 1.000 turns with capped turns."""
        if self.measure.data == CollectiveMeasure.CAPPED:
            _within(1 if field.data is None else field.data, MOST_CAP)
            if field.data is None:
                raise ValidationError(N_("Xin nhập mức, ví dụ 1."))

    def validate_objection_days(self, field: Any) -> None:
        """Require 1 to 30 days, or nothing."""
        _within(field.data, MOST_OBJECTION_DAYS)

    def validate_claim_days(self, field: Any) -> None:
        """Require 1 to 365 days, or nothing."""
        _within(field.data, MOST_CLAIM_DAYS)

    @property
    def terms(self) -> PrizeTerms:
        """The terms that a valid form declares."""
        measure = CollectiveMeasure(self.measure.data) if self.measure.data else None
        cap = self.cap.data if measure is CollectiveMeasure.CAPPED else None
        return PrizeTerms(self.objection_days.data, self.claim_days.data, measure, cap)


def _within(number: int | None, most: int) -> None:
    if number is not None and not 1 <= number <= most:
        raise ValidationError(gettext("Xin nhập số từ 1 đến %(most)s.", most=most))


def _read(text: str | None) -> list[Tier]:
    """Return the prizes in *text*; raises ValidationError at the first line that is none, or names one twice."""
    tiers: list[Tier] = []
    for line in filter(None, map(clean, (text or "").splitlines())):
        tier = read_tier(line)
        if tier is None:
            raise ValidationError(gettext(_SHAPE, line=line))
        if len(tier.name) > LONGEST_TIER:
            long = {"match": tier.name, "longest_tier": LONGEST_TIER}
            raise ValidationError(
                gettext("Tên giải “%(match)s” dài quá %(longest_tier)s chữ. Xin rút ngắn lại.", **long)
            )
        if any(tier.name.casefold() == each.name.casefold() for each in tiers):
            raise ValidationError(gettext("“%(match)s” ghi hai lần. Xin gộp thành một dòng.", match=tier.name))
        tiers.append(tier)
    return tiers
