"""The prizes of a contest: one a line, as plans write them."""

from collections.abc import Sequence
from typing import Any

from wtforms import TextAreaField, ValidationError

from core.translation import gettext
from core.values.text import N_, clean
from core.web.forms import StaffForm
from quiz.contest.rules.prizes import Tier, read_tier

LONGEST_TIER = 60
_SHAPE = N_("Dòng “%(line)s”: xin ghi như “01 giải Nhất: 1.000.000 đồng”, hoặc “Giải Nhất: 1”.")
_GROUP = N_("Dòng “%(line)s” là giải tập thể. Xin chuyển xuống ô Giải tập thể.")


class PrizesForm(StaffForm):
    """The prizes of each round for people, and those of the whole contest for units."""

    tiers = TextAreaField(N_("Giải cá nhân mỗi đợt"), default="Giải Nhất: 1\nGiải Nhì: 2\nGiải Ba: 3")
    collective = TextAreaField(N_("Giải tập thể của cả cuộc thi"), default="")
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
