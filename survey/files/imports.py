"""A sheet of ratings from its bytes to the dry run, and from there into the counter's ratings."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.crypto import Keyring, new_code
from core.sheets import memory
from core.sheets.columns import Grid, read_grid, require
from core.sheets.reading import Sheets
from core.sheets.report import Report
from core.sheets.template import template_xlsx
from survey.files.columns import COLUMNS
from survey.files.ratings import Defaults, SheetRating, read_ratings
from survey.files.ticks import with_level
from survey.models import Counter
from survey.operations import Rated, import_ratings

PURPOSE = "survey-ratings"


@dataclass(frozen=True)
class Plan:
    """What an import would do: the report, and the ratings that are not there yet with the hashes of their lines."""

    report: Report
    fresh: list[SheetRating]
    hashes: list[bytes]


def open_sheet(sheets: Sheets) -> Grid:
    """The sheet that holds the ratings; raises SheetError where none can."""
    return with_level(read_grid(sheets, COLUMNS))


def plan(
    session: Session, keyring: Keyring, counter: Counter, grid: Grid, places: Mapping[str, int], defaults: Defaults
) -> Plan:
    """What bringing *grid* in to *counter* would do; nothing is written.

    Raises:
        SheetError: no column says how satisfied people were.
    """
    require(places, COLUMNS)
    found = read_ratings(grid, dict(places), defaults)
    hashes = memory.line_hashes(keyring, f"survey-counter:{counter.id}", (each.line for each in found.ratings))
    known = memory.known_lines(session, hashes)
    new = [(each, hash) for each, hash in zip(found.ratings, hashes, strict=True) if hash not in known]
    report = Report(
        total=found.total, new=len(new), known=len(found.ratings) - len(new), errors=tuple(found.errors),
        warnings=tuple(found.warnings), notes=tuple(found.notes),
    )  # fmt: skip
    return Plan(report, [each for each, _ in new], [hash for _, hash in new])


def carry_out(session: Session, keyring: Keyring, counter: Counter, planned: Plan) -> None:
    """Bring in what was planned; raises IntegrityError when somebody else did at the same moment."""
    rated = [
        Rated(counter.id, each.opinion, each.channel, each.day, new_code(), uuid.uuid4()) for each in planned.fresh
    ]
    import_ratings(session, keyring, rated, planned.hashes)


def template() -> bytes:
    """The workbook to fill in."""
    return template_xlsx(COLUMNS)
