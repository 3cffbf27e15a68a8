"""The sheet of units as a kind of import: new villages, agencies and schools, changed names, headcounts."""

from __future__ import annotations

from collections.abc import Sequence

from commune.files.columns import COLUMNS
from commune.files.units import UnitWishes, read_units
from commune.labels import IMPORT
from commune.operations.unit_import import import_units
from commune.queries.directory import read_directory
from commune.rules.unit_import import UnitChange, plan
from core.importing.kind import GridKind, ImportPlan
from core.sheets.columns import require
from core.sheets.grids import Grid
from core.sheets.report import ImportReport, IssueSeverity, RowIssue
from core.sheets.template import template_xlsx
from core.translation import said


class UnitSheets(GridKind[None, UnitWishes, Sequence[UnitChange]]):
    """Sheets of units of the whole country."""

    purpose = "commune-units"
    words = IMPORT
    table = COLUMNS

    def unit_id(self) -> None:
        """Return None: columns are not remembered."""

    def read(self, sheet: Grid) -> UnitWishes:
        """Return the wish of each row; raises SheetError when no column names units."""
        places = self.context.choices.places
        require(places, COLUMNS)
        return read_units(sheet, places)

    def plan(self, rows: UnitWishes) -> ImportPlan[Sequence[UnitChange]]:
        """Return the changes that the wishes make, in order, and a sentence for each row."""
        made = plan(read_directory(self.context.session), rows.wishes, self.context.today)
        wrong = (RowIssue(row, said(text), IssueSeverity.ERROR) for row, text in (*rows.wrong, *made.wrong))
        changes = [RowIssue(row, said(text), IssueSeverity.CHANGE) for row, text in made.sentences]
        report = ImportReport(
            total=rows.total,
            new=len({change.row for change in changes}),
            known=made.same,
            issues=(*wrong, *changes),
            notes=rows.notes,
        )
        return ImportPlan(report, made.changes)

    def store(self, _owner: str, plan: ImportPlan[Sequence[UnitChange]]) -> int:
        """Make the planned changes as `import_units` does, which records the terminal as the actor."""
        import_units(self.context.session, plan.values, self.context.today, rows=plan.report.new)
        return plan.report.new


def template() -> bytes:
    """Return the workbook to fill in."""
    return template_xlsx(COLUMNS)
