"""Read the rows of a sheet into values, with an error for each row that is none."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from core.sheets.cells import quoted
from core.sheets.columns import Line
from core.sheets.datetimes import read_birth_year
from core.sheets.report import IssueSeverity, RowIssue
from core.values.phone import PhoneError, canonical
from core.values.text import N_

V = TypeVar("V")
_BAD_PHONE = N_("không đọc được số điện thoại {cell}; xin ghi lại.")
_BAD_YEAR = N_("không đọc được năm sinh {cell}; xin ghi lại.")


class RowError(ValueError):
    """The reason why a row is not imported, with the remedy, in plain Vietnamese."""


def read_rows(lines: Iterable[Line], read: Callable[[Line], V]) -> tuple[dict[int, V], list[RowIssue]]:
    """Return the values of *lines* by row, and an error for each line for which *read* raises RowError."""
    values: dict[int, V] = {}
    errors: list[RowIssue] = []
    for line in lines:
        try:
            values[line.number] = read(line)
        except RowError as error:
            errors.append(RowIssue(line.number, str(error), IssueSeverity.ERROR))
    return values, errors


def without_repeats(
    values: Mapping[int, V], key: Callable[[V], Hashable], repeated: str
) -> tuple[dict[int, V], list[RowIssue]]:
    """Return the first of *values* (by row) for each *key*, and an error with the text *repeated* for every other."""
    first: dict[Hashable, int] = {}
    repeats = {row: first[key(value)] for row, value in values.items() if first.setdefault(key(value), row) != row}
    errors = [RowIssue(row, repeated.format(row=earlier), IssueSeverity.ERROR) for row, earlier in repeats.items()]
    return {row: value for row, value in values.items() if row not in repeats}, errors


def read_phone(line: Line, name: str) -> str | None:
    """Return the canonical phone number in the column *name*, None if it is blank; raises RowError."""
    try:
        return canonical(line.text(name)) if line.text(name) else None
    except PhoneError as error:
        raise RowError(_BAD_PHONE.format(cell=quoted(line.cells[name]))) from error


def read_year(line: Line, name: str, latest: int) -> int | None:
    """Return the birth year in the column *name*, None if it is blank; raises RowError for one after *latest*."""
    year = read_birth_year(line.cells.get(name))
    if line.text(name) and (year is None or year > latest):
        raise RowError(_BAD_YEAR.format(cell=quoted(line.cells[name])))
    return year
