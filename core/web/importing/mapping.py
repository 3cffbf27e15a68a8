"""The mapping form of every import: the meaning of each column, to be corrected and remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, SelectField, SubmitField
from xlsxwriter.utility import xl_col_to_name

from core.sheets.columns import SheetColumn
from core.translation import gettext
from core.values.text import N_
from core.web.forms import StaffForm, options

PREFIX = "cot_"
NOWHERE = ""
_NONE = N_("(bảng không có cột này)")
_TWICE = N_("Cột %(letter)s đang được chọn cho hai mục. Xin chọn lại.")
_NEEDED = N_("Xin chọn cột cho mục này.")
_SAMPLE = 24
"""The number of letters of a column's header and of its first cell that a list shows."""


class MappingForm(StaffForm):
    """The chosen meanings of the columns and the chosen button; `mapping_form` adds a field for each column."""

    skip_errors = BooleanField(N_("Bỏ qua các dòng có lỗi, nhập các dòng còn lại"))
    read_again = SubmitField(N_("Đọc lại"))
    bring_in = SubmitField(N_("Nhập"))
    drop = SubmitField(N_("Hủy, không nhập"))

    @property
    def places(self) -> dict[str, int]:
        """Return meaning → place of its column, from 0; a meaning without a column is absent."""
        return {field.name.removeprefix(PREFIX): int(field.data) for field in self.columns() if field.data}

    @property
    def wants_drop(self) -> bool:
        """Whether the sheet is to be dropped, regardless of its columns; only with a valid token."""
        return self.is_submitted() and bool(self.drop.data) and bool(self.csrf_token.validate(self))

    def may_leave_out(self, errors: int) -> bool:
        """Whether *errors*, the number of rows with errors, is 0 or they are to be left out; else set the field's
        error.
        """
        if not errors or self.skip_errors.data:
            return True
        self.skip_errors.errors = [_("Còn %(n)s dòng có lỗi. Sửa trong bảng rồi tải lại, hoặc chọn bỏ qua.", n=errors)]
        return False

    def columns(self) -> Iterator[Any]:
        """Return the fields for the columns of the meanings."""
        return (field for field in self if field.name.startswith(PREFIX))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that each column has one meaning, and that every required meaning has a column."""
        if not super().validate(extra_validators):
            return False
        seen: set[str] = set()
        for field in self.columns():
            if field.data and field.data in seen:
                field.errors = [gettext(_TWICE, letter=xl_col_to_name(int(field.data)))]
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
    """Return the form of one sheet: a list for each meaning with *places* chosen; *more* are fields of the room."""
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
