"""The blocs and prizes of a contest: one a line, as plans write them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wtforms import SelectField, TextAreaField, ValidationError
from wtforms.validators import Optional

from core.translation import gettext
from core.values.text import N_, clean
from core.web.forms import CountField, StaffForm, options
from quiz.contest.labels.terms import MEASURE
from quiz.contest.rules.bloc_text import bloc_key, find_bloc
from quiz.contest.rules.measures import UnknownMeasure, beside, named_measure, settle_measures
from quiz.contest.rules.prizes import Tier, read_tier, same_grade
from quiz.contest.rules.season_prizes import split_season
from quiz.contest.rules.terms import (
    MOST_CAP,
    MOST_CLAIM_DAYS,
    MOST_OBJECTION_DAYS,
    CollectiveMeasure,
    PrizeTerms,
    as_measure,
)

LONGEST_TIER, LONGEST_BLOC, MOST_BLOCS = 60, 60, 8
_SHAPE = N_("Dòng “%(line)s”: xin ghi như “01 giải Nhất: 1.000.000 đồng”, hoặc “01 giải Nhất”.")
_SHAPE_IN_BLOCS = N_(
    "Dòng “%(line)s”: xin ghi như “01 giải Nhất: 1.000.000 đồng”, hoặc ghi tên khối đúng như ở ô trên."
)
_GROUP = N_("Dòng “%(line)s” là giải tập thể. Xin chuyển xuống ô Giải tập thể.")
_SAME_GRADE = N_(
    "“%(one)s” và “%(other)s” cùng là giải %(grade)s và xếp theo một cách. Kế hoạch xếp theo hai cách thì ghi cách xếp "
    "vào tên giải, ví dụ “01 giải Nhất về số lượt dự thi”, “01 giải Nhất về tổng số câu đúng”."
)
_UNKNOWN = N_("Giải “%(name)s”: không rõ xếp theo gì. Sau chữ “về” xin ghi một trong các cách: %(measures)s.")
_NO_PRIZES = N_("Khối “%(bloc)s” chưa có giải nào. Xin ghi giải chung ở đầu, hoặc giải dưới tên khối.")


class PrizesForm(StaffForm):
    """The blocs, the prizes of each round and of the whole contest for people, and those of units."""

    blocs = TextAreaField(N_("Khối, đối tượng dự thi xếp hạng riêng"), default="")
    tiers = TextAreaField(N_("Giải cá nhân"), default="01 giải Nhất\n02 giải Nhì\n03 giải Ba")
    collective = TextAreaField(N_("Giải tập thể của cả cuộc thi"), default="")
    measure = SelectField(
        N_("Giải tập thể xếp theo"),
        choices=options([("", N_("chưa đặt")), *MEASURE.items()]),
        default="",
    )
    cap = CountField(N_("Mỗi người tính nhiều nhất mấy lượt một đợt"), validators=[Optional()])
    objection_days = CountField(N_("Nhận khiếu nại mấy ngày sau công bố"), validators=[Optional()])
    claim_days = CountField(N_("Nhận giải trong mấy ngày sau công bố"), validators=[Optional()])
    read_blocs: Sequence[str] = ()
    read_tiers: Sequence[Tier] = ()
    read_season: Sequence[Tier] = ()
    read_collective: Sequence[Tier] = ()
    main_measure: CollectiveMeasure | None = None
    """That of the prizes which name none."""

    def validate_blocs(self, field: Any) -> None:
        """Read one bloc per line: none, or two and more with different names."""
        names = list(filter(None, (clean(line).rstrip(":;,. ") for line in (field.data or "").splitlines())))
        if len(names) == 1:
            raise ValidationError(N_("Chia khối thì cần ít nhất hai khối. Không chia thì để trống."))
        if len(names) > MOST_BLOCS:
            raise ValidationError(gettext("Nhiều nhất %(n)s khối. Xin gộp bớt.", n=MOST_BLOCS))
        for at, name in enumerate(names):
            if len(name) > LONGEST_BLOC:
                raise ValidationError(gettext("Tên khối “%(name)s” dài quá %(n)s chữ.", name=name, n=LONGEST_BLOC))
            if bloc_key(name) in map(bloc_key, names[:at]):
                raise ValidationError(gettext("Khối “%(name)s” ghi hai lần.", name=name))
        self.read_blocs = names

    def validate_tiers(self, field: Any) -> None:
        """Read one prize of a person per line; a line with a bloc's name begins the prizes of that bloc."""
        self.read_tiers, self.read_season = read_people_prizes(field.data, self.read_blocs)
        given = {tier.bloc for tier in self.read_tiers}
        without = [name for at, name in enumerate(self.read_blocs, 1) if at not in given]
        if given - {None} and None not in given and without:
            raise ValidationError(gettext(_NO_PRIZES, bloc=without[0]))

    def validate_collective(self, field: Any) -> None:
        """Read one prize of a unit per line; by one measure two can't be first prizes."""
        read = [replace(tier, measure=_measure(tier)) for tier in read_prizes(field.data, ())]
        self.main_measure, self.read_collective = settle_measures(read, as_measure(self.measure.data))
        _refuse_same_grade(self.read_collective)

    def validate_measure(self, field: Any) -> None:
        """Require a measure where units get prizes, and a cap where turns are capped."""
        if self.read_collective and self.main_measure is None and not field.data:
            raise ValidationError(N_("Xin chọn giải tập thể xếp theo gì."))

    def validate_cap(self, field: Any) -> None:
        """Require 1 to 1.000 turns with capped turns."""
        if self.main_measure is CollectiveMeasure.CAPPED:
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
        cap = self.cap.data if self.main_measure is CollectiveMeasure.CAPPED else None
        return PrizeTerms(self.objection_days.data, self.claim_days.data, self.main_measure, cap)


def _within(number: int | None, most: int) -> None:
    if number is not None and not 1 <= number <= most:
        raise ValidationError(gettext("Xin nhập số từ 1 đến %(most)s.", most=most))


def read_prizes(text: str | None, blocs: Sequence[str]) -> list[Tier]:
    """Return the prizes in *text*; raises ValidationError at the first line that is none, or names one twice."""
    tiers: list[Tier] = []
    bloc: int | None = None
    for line in filter(None, map(clean, (text or "").splitlines())):
        named = find_bloc(line, blocs)
        if named is None:
            tiers.append(_tier(line, bloc, tiers, has_blocs=bool(blocs)))
        bloc = named or bloc
    return tiers


def read_people_prizes(text: str | None, blocs: Sequence[str]) -> tuple[list[Tier], list[Tier]]:
    """Return the prizes of people in *text*: those of each round, and those whose names say the whole contest.

    Raises ValidationError as `read_prizes` does, and for a prize of units.
    """
    read = read_prizes(text, blocs)
    group = next((tier for tier in read if "tập thể" in tier.name.casefold()), None)
    if group is not None:
        raise ValidationError(gettext(_GROUP, line=group.name))
    return split_season(read)


def _measure(tier: Tier) -> CollectiveMeasure | None:
    """Return the measure that a prize's name says."""
    try:
        return named_measure(tier.name)
    except UnknownMeasure as error:
        offered = "; ".join(gettext(words) for each, words in MEASURE.items() if each != CollectiveMeasure.CAPPED)
        raise ValidationError(gettext(_UNKNOWN, name=tier.name, measures=offered)) from error


def _refuse_same_grade(tiers: Sequence[Tier]) -> None:
    """Refuse two first prizes of units by one measure, of which the second would go to the second unit."""
    twice = same_grade(tiers)
    if twice is not None:
        words = {"one": twice[0].name, "other": twice[1].name, "grade": twice[2]}
        raise ValidationError(gettext(_SAME_GRADE, **words))


def read_collective(text: str | None, before: Sequence[Tier], main: CollectiveMeasure | None) -> list[Tier]:
    """Return the prizes of units in *text*; one of a name that was there *before* keeps its measure.

    Two first prizes by one measure are refused; prizes that all stay are not looked at again.
    """
    kept = {tier.name: tier.measure for tier in before}
    tiers = [
        replace(tier, measure=kept[tier.name])
        if tier.name in kept
        else beside(replace(tier, measure=_measure(tier)), main)
        for tier in read_prizes(text, ())
    ]
    if tiers != list(before):
        _refuse_same_grade(tiers)
    return tiers


def _tier(line: str, bloc: int | None, before: Sequence[Tier], *, has_blocs: bool) -> Tier:
    """Return the prize in a *line* below the heading of *bloc*."""
    tier = read_tier(line)
    if tier is None:
        raise ValidationError(gettext(_SHAPE_IN_BLOCS if has_blocs else _SHAPE, line=line))
    if len(tier.name) > LONGEST_TIER:
        long = {"match": tier.name, "longest_tier": LONGEST_TIER}
        raise ValidationError(gettext("Tên giải “%(match)s” dài quá %(longest_tier)s chữ. Xin rút ngắn lại.", **long))
    same = (each for each in before if each.bloc in (None, bloc) and each.name.casefold() == tier.name.casefold())
    if any(same):
        raise ValidationError(gettext("“%(match)s” ghi hai lần. Xin gộp thành một dòng.", match=tier.name))
    return replace(tier, bloc=bloc)
