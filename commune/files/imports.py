"""A sheet of units from its bytes to the dry run, and the template to fill in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from commune.files.columns import COLUMNS
from commune.files.units import read_units
from commune.queries.directory import read_directory
from commune.rules.import_plan import Deed, plan
from core.sheets.columns import read_grid, require
from core.sheets.reading import Sheets
from core.sheets.report import ImportReport, RowFinding
from core.sheets.template import template_xlsx


@dataclass(frozen=True)
class Import:
    """A dry run: the report, what each row would do, and the deeds themselves."""

    report: ImportReport
    told: list[RowFinding]
    deeds: list[Deed]


def plan_import(session: Session, sheets: Sheets, today: date) -> Import:
    """What bringing a sheet in would do; nothing is written. Raises SheetError when no sheet names units."""
    grid = read_grid(sheets, COLUMNS)
    require(grid.places, COLUMNS)
    sheet = read_units(grid, grid.places)
    made = plan(read_directory(session), sheet.wishes, today)
    told = sorted((RowFinding(row, text) for row, text in made.told), key=lambda finding: finding.row)
    report = ImportReport(
        total=sheet.total,
        new=len({finding.row for finding in told}),
        known=made.same,
        errors=tuple(sorted(RowFinding(row, text) for row, text in (*sheet.wrong, *made.wrong))),
        notes=tuple(sheet.notes),
    )
    return Import(report, told, made.deeds)


def template() -> bytes:
    """The workbook to fill in."""
    return template_xlsx(COLUMNS)
