"""The workbook that an office fills in: an empty table, examples, and how each column is written."""

from core.sheets.template import template_xlsx
from quiz.bank.files.grid import COLUMNS


def template() -> bytes:
    """Return the workbook."""
    return template_xlsx(COLUMNS)
