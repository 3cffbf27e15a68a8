"""The forms of the villages, agencies and schools of a contest: a list of new ones, and the right name of one."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Self

from wtforms import BooleanField, SelectField, SelectMultipleField, TextAreaField, ValidationError
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from commune.files.unit_text import MOST_LINES, TypedList, count_lines, holds_headcounts, read_unit_text
from commune.files.units import LONGEST_NAME
from commune.forms import at_most, without_phone
from commune.labels import KIND_WORDS
from commune.models import OWN_KINDS, Unit
from core.translation import gettext
from core.values.dates import day
from core.values.numbers import thousands
from core.values.text import N_, fold
from core.web.forms import PickField, ReasonField, StaffForm, TextField, options
from quiz.contest.forms.round_row import OptionalDayField
from quiz.contest.rules.headcounts import HeadcountChange

FORMER = N_(
    "%(name)s từng là tên của đơn vị khác ở cùng xã, phường, đã có người dự thi: dùng lại thì số liệu bị đọc lẫn. "
    "Ai ghi nhầm đơn vị thì chuyển từng người."
)


class UnitListForm(StaffForm):
    """New units below one commune: a name a line, with its headcount after a semicolon."""

    parent = PickField(N_("Thuộc xã, phường"), missing=N_("Xin chọn xã, phường."))
    kind = SelectField(
        N_("Tên nào không ghi loại thì là"),
        choices=options((word, word) for word, kind in KIND_WORDS.items() if kind in OWN_KINDS),
    )
    names = TextAreaField(N_("Tên, mỗi dòng một đơn vị"), validators=[InputRequired(N_("Xin nhập ít nhất một tên."))])
    as_of = OptionalDayField(N_("Số dân tính đến ngày"), format="%Y-%m-%d")
    source = TextField(N_("Nguồn số dân"), validators=[at_most(200)])
    enters = BooleanField(N_("Cho người dự thi chọn các đơn vị này trong cuộc thi"), default=True)
    replaces = BooleanField(N_("Bỏ tên xã, phường khỏi danh sách chọn: ai cũng chọn thôn, cơ quan, trường"))
    add = BooleanField(default=False)
    """Whether the checked list is to be added; else it is shown."""

    def offer(self, communes: Sequence[Unit]) -> Self:
        """Set the communes that get the units."""
        self.parent.offer((unit.id, unit.name) for unit in communes)
        return self

    def propose(self, *, replaces: bool) -> None:
        """Set the boxes of a list that is shown for the first time."""
        self.enters.data, self.replaces.data = True, replaces

    def validate_names(self, field: Any) -> None:
        """Limit the lines."""
        if count_lines(field.data or "") > MOST_LINES:
            raise ValidationError(gettext("Mỗi lần nhiều nhất %(n)s dòng. Xin chia ra.", n=MOST_LINES))

    def validate_as_of(self, field: Any) -> None:
        """Require the day of the headcounts, if there are any."""
        if field.data is None and holds_headcounts(self.names.data or ""):
            raise ValidationError(N_("Có số dân thì xin chọn ngày của số dân."))

    def validate_source(self, field: Any) -> None:
        """Require the source of the headcounts, if there are any."""
        if not field.data and holds_headcounts(self.names.data or ""):
            raise ValidationError(N_("Có số dân thì xin ghi nguồn: văn bản hoặc cơ quan đã công bố."))

    def read(self, parent: Unit) -> TypedList:
        """Return what the lines ask to add below *parent*."""
        return read_unit_text(
            self.names.data or "",
            kind=self.kind.data,
            parent=parent.code,
            as_of=self.as_of.data,
            source=self.source.data or "",
        )


class UnitNameForm(StaffForm):
    """The right name of a unit that an office added."""

    name = TextField(
        N_("Tên đúng"), validators=[InputRequired(N_("Xin nhập tên.")), at_most(LONGEST_NAME), without_phone]
    )
    others: Collection[str] = ()
    former: Collection[str] = ()

    def keep_from(self, others: Collection[str], former: Collection[str] = ()) -> None:
        """Set the names of the other units in the same commune, under which the turns of this one would be theirs, and
        those that they had while people entered for them.
        """
        self.others, self.former = others, former

    def validate_name(self, field: Any) -> None:
        """Refuse the name of another unit."""
        taken = next((name for name in self.others if fold(name) == fold(field.data)), None)
        if taken:
            raise ValidationError(gettext("Đã có %(name)s ở cùng xã, phường.", name=taken))
        if any(fold(name) == fold(field.data) for name in self.former):
            raise ValidationError(gettext(FORMER, name=field.data))


class JoinForm(StaffForm):
    """The units that join a contest that has begun, and why."""

    units = SelectMultipleField(
        N_("Đơn vị vào thi"),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[InputRequired(N_("Xin chọn ít nhất một đơn vị."))],
    )
    why = ReasonField(
        N_("Lý do"), validators=[InputRequired(N_("Xin ghi lý do; ai cũng đọc được.")), at_most(500), without_phone]
    )

    says_rivals = BooleanField(N_("Tôi biết các đơn vị vào thi sẽ cùng tranh các giải đã công bố"))

    def offer(self, units: Iterable[Unit]) -> Self:
        """Set the units that may join: whole communes, and the villages, agencies and schools of those in it."""
        self.units.choices = [(unit.id, unit.label) for unit in units]
        return self


class HeadcountsForm(StaffForm):
    """The units of which a contest that has begun takes over the newer headcount, and why."""

    units = SelectMultipleField(
        N_("Nơi đổi số dân"),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[InputRequired(N_("Xin chọn ít nhất một nơi."))],
    )
    why = ReasonField(
        N_("Lý do"), validators=[InputRequired(N_("Xin ghi lý do; ai cũng đọc được.")), at_most(500), without_phone]
    )

    def offer(self, changes: Iterable[HeadcountChange]) -> Self:
        """Set the units that have a newer headcount, each with both figures."""
        self.units.choices = [(each.unit_id, _both(each)) for each in changes]
        return self


def _both(change: HeadcountChange) -> str:
    """Return the figures of *change*: "thôn Nà Tông: 412 → 430 người, ngày 01/12/2026, Công an xã"."""
    was = thousands(change.before.people) if change.before else gettext("chưa có")
    now, on = thousands(change.after.people), day(change.after.as_of)
    words = N_("%(unit)s: %(was)s → %(now)s người, ngày %(day)s, %(source)s")
    return gettext(words, unit=change.name, was=was, now=now, day=on, source=change.after.source)
