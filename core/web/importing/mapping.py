"""The mapping form of every import: which column means what, to be corrected and remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, SelectField, SubmitField
from xlsxwriter.utility import xl_col_to_name

from core.sheets.columns import SheetColumn
from core.values.text import N_
from core.web.forms import StaffForm, options

PREFIX = "cot_"
NOWHERE = ""
_NONE = N_("(bảng không có cột này)")
_TWICE = N_("Cột {letter} đang được chọn cho hai mục. Xin chọn lại.")
_NEEDED = N_("Xin chọn cột cho mục này.")
_SAMPLE = 24
"""Letters of a column's header and of its first cell that a list shows."""


class MappingForm(StaffForm):
    """What a person says the columns mean, and what to do; `mapping_form` adds a field a column."""

    skip_errors = BooleanField(N_("Bỏ qua các dòng có lỗi, nhập các dòng còn lại"))
    read_again = SubmitField(N_("Đọc lại"))
    bring_in = SubmitField(N_("Nhập"))
    drop = SubmitField(N_("Hủy, không nhập"))

    @property
    def places(self) -> dict[str, int]:
        """Meaning → place of its column, from 0; what stands nowhere is absent."""
        return {field.name.removeprefix(PREFIX): int(field.data) for field in self.columns() if field.data}

    @property
    def wants_drop(self) -> bool:
        """Whether the sheet is to be dropped, whatever its columns mean; only with a valid token."""
        return self.is_submitted() and bool(self.drop.data) and bool(self.csrf_token.validate(self))

    def may_leave_out(self, errors: int) -> bool:
        """Whether *errors* (how many rows can't come in) are none or are to be left out; else says so at the field."""
        if not errors or self.skip_errors.data:
            return True
        self.skip_errors.errors = [_("Còn %(n)s dòng có lỗi. Sửa trong bảng rồi tải lại, hoặc chọn bỏ qua.", n=errors)]
        return False

    def columns(self) -> Iterator[Any]:
        """The fields that say where a meaning stands."""
        return (field for field in self if field.name.startswith(PREFIX))

    def validate(self, extra_validators: Any = None) -> bool:
        """Each column of the sheet has one meaning, and what is needed stands somewhere."""
        if not super().validate(extra_validators):
            return False
        seen: set[str] = set()
        for field in self.columns():
            if field.data and field.data in seen:
                field.errors = [_TWICE.format(letter=xl_col_to_name(int(field.data)))]
            elif not field.data and field.flags.required:
                field.errors = [_NEEDED]
            seen.add(field.data)
        return not any(field.errors for field in self.columns())


def mapping_form(
    columns: Sequence[SheetColumn],
    header: Sequence[str],
    samples: Sequence[str],
    places: Mapping[str, int],
    **more: Any,
) -> MappingForm:
    """The form of one sheet: a list a meaning, *places* chosen beforehand; *more* are fields of the room's own."""
    offered = [(NOWHERE, _NONE), *_offers(header, samples)]
    fields: dict[str, Any] = dict(more)
    for column in columns:
        place = places.get(column.name)
        fields[PREFIX + column.name] = SelectField(
            column.title, choices=options(offered), default=NOWHERE if place is None else str(place),
            render_kw={"required": True} if column.is_required else None,
        )  # fmt: skip
    form: MappingForm = type("MappingForm", (MappingForm,), fields)()
    for column in columns:
        form[PREFIX + column.name].flags.required = column.is_required
    return form


def _offers(header: Sequence[str], samples: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place, (title, sample) in enumerate(zip(header, samples, strict=True)):
        shown = " · ".join(part for part in (_cut(title), _cut(sample)) if part)
        if shown:
            yield str(place), f"{xl_col_to_name(place)}: {shown}"


def _cut(text: str) -> str:
    return text if len(text) <= _SAMPLE else text[: _SAMPLE - 1] + "…"
