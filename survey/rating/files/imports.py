"""A sheet of ratings from its bytes to the dry run, and from there into the counter's ratings."""

from __future__ import annotations

import uuid
from collections import Counter as TallyCounter
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.crypto import Keyring, new_code
from core.sheets import memory
from core.sheets.columns import Grid, read_grid, require
from core.sheets.reading import Sheets
from core.sheets.report import ImportReport, RowFinding
from core.sheets.template import template_xlsx
from core.values.text import N_
from core.values.week import monday_of, month_of
from survey.counter.models import Counter
from survey.rating.files.columns import COLUMNS
from survey.rating.files.ratings import Defaults, SheetRating, read_ratings
from survey.rating.files.ticks import with_level
from survey.rating.operations.many import Rated, Sheet
from survey.rating.queries.tally import weekly_counts
from survey.rating.rules.channels import Channel
from survey.rating.rules.release import MINIMUM, give_away

PURPOSE = "survey-ratings"
_TOO_FEW = N_(
    "tháng {month} đã có số liệu được xem; để không lộ ý kiến của ai, xin gom từ {least} phiếu mới của tháng này "
    "trở lên rồi nhập một lần."
)


@dataclass(frozen=True)
class Plan:
    """What an import would do: the report, and the ratings that are not there yet with the hashes of their lines."""

    report: ImportReport
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
    too_few = _too_few(session, counter, [each for each, _ in new], monday_of(defaults.today))
    report = ImportReport(
        total=found.total, new=len(new) - len(too_few), known=len(found.ratings) - len(new),
        errors=tuple(sorted([*found.errors, *too_few.values()])), warnings=tuple(found.warnings),
        notes=tuple(found.notes),
    )  # fmt: skip
    fresh = [(each, hash) for each, hash in new if each.row not in too_few]
    return Plan(report, [each for each, _ in fresh], [hash for _, hash in fresh])


def _too_few(session: Session, counter: Counter, new: Collection[SheetRating], current: date) -> dict[int, RowFinding]:
    """Rows that would move a figure that people have seen by so few that one could be told, by their numbers."""
    counts = weekly_counts(session, counter)
    added: dict[Channel, TallyCounter[date]] = defaultdict(TallyCounter)
    for each in new:
        added[each.channel][monday_of(each.day)] += 1
    months = {channel: give_away(counts[channel], weeks, current) for channel, weeks in added.items()}
    return {
        each.row: RowFinding(each.row, _TOO_FEW.format(month=f"{month:%m/%Y}", least=MINIMUM))
        for each in new
        if (month := month_of(monday_of(each.day))) in months[each.channel]
    }


def sheet_of(counter: Counter, planned: Plan, draft_id: uuid.UUID | None = None) -> Sheet:
    """Return the part of a sheet that was planned for import, with an id and a receipt for each new rating."""
    rated = [
        Rated(counter.id, each.opinion, each.channel, each.day, new_code(), uuid.uuid4()) for each in planned.fresh
    ]
    return Sheet(planned.report, rated, planned.hashes, draft_id)


def template() -> bytes:
    """The workbook to fill in."""
    return template_xlsx(COLUMNS)
