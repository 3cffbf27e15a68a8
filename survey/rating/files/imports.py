"""The sheet of ratings as a kind of import: from its rows to the ratings of a counter."""

from __future__ import annotations

import uuid
from collections import Counter as TallyCounter
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy.orm import Session

from account.operations.audit import actor_of
from core.crypto import new_code
from core.importing.kind import GridKind, ImportPlan, Opener
from core.sheets import memory
from core.sheets.columns import require
from core.sheets.grids import Grid, read_grid
from core.sheets.reading import Sheets
from core.sheets.report import ImportReport, IssueSeverity, RowIssue
from core.sheets.template import template_xlsx
from core.translation import gettext
from core.values.text import N_
from core.values.week import monday_of, month_of
from survey.counter.models import Counter
from survey.rating.files.columns import COLUMNS
from survey.rating.files.ratings import Defaults, Ratings, SheetRating, read_ratings
from survey.rating.files.ticks import with_level
from survey.rating.labels import IMPORT
from survey.rating.operations.many import PlannedRatings, Rated, import_ratings
from survey.rating.queries.tally import weekly_counts
from survey.rating.rules.channels import Channel
from survey.rating.rules.release import MINIMUM, give_away

PURPOSE = "survey-ratings"
_TOO_FEW = N_(
    "tháng %(month)s đã có số liệu được xem; để không lộ ý kiến của ai, xin gom từ %(least)s phiếu mới của tháng này "
    "trở lên rồi nhập một lần."
)


class RatingSheets(GridKind[Counter, Ratings, PlannedRatings]):
    """Sheets of ratings of one counter; the options `channel`, `day` and `other_forms` apply to rows without them."""

    purpose = PURPOSE
    job = "survey.ratings"
    words = IMPORT
    model = Counter
    table = COLUMNS

    def unit_id(self) -> int:
        """Return the unit of the counter's office."""
        return self.target.office.unit_id

    def facts(self) -> Mapping[str, object]:
        """Return the facts of a counter that the words name."""
        return {"number": self.target.number, "office": self.target.office.name}

    def open(self, read: Opener) -> Grid:
        """Return the sheet that holds the ratings."""
        return open_sheet(read())

    def read(self, sheet: Grid) -> Ratings:
        """Return the ratings; raises SheetError if no column holds the level of satisfaction."""
        places = self.context.choices.places
        require(places, COLUMNS)
        return read_ratings(sheet, dict(places), self._defaults())

    def plan(self, rows: Ratings) -> ImportPlan[PlannedRatings]:
        """Return the ratings that are not stored yet; those of published months only if there are enough."""
        counter, session = self.target, self.context.session
        lines = (each.line for each in rows.ratings)
        hashes = memory.line_hashes(self.context.keyring, f"survey-counter:{counter.id}", lines)
        known = memory.known_lines(session, hashes)
        new = [(each, hash) for each, hash in zip(rows.ratings, hashes, strict=True) if hash not in known]
        too_few = _too_few(session, counter, [each for each, _ in new], monday_of(self.context.today))
        report = ImportReport(
            total=rows.total,
            new=len(new) - len(too_few),
            known=len(rows.ratings) - len(new),
            issues=(*rows.issues, *too_few.values()),
            notes=rows.notes,
        )
        fresh = [(each, hash) for each, hash in new if each.row not in too_few]
        rated = [_rated(counter, each) for each, _ in fresh]
        return ImportPlan(report, PlannedRatings(report, rated, [hash for _, hash in fresh]))

    def store(self, owner: str, plan: ImportPlan[PlannedRatings]) -> int:
        """Store the ratings as `import_ratings` does."""
        context = self.context
        import_ratings(context.session, actor_of(owner), context.keyring, self.target, plan.values, now=context.now)
        return plan.report.new

    def _defaults(self) -> Defaults:
        """Return the values for rows without their own."""
        chosen = self.context.choices
        said = chosen.options
        return Defaults(
            self.target.number,
            self.context.today,
            Channel(said.get("channel") or Channel.PAPER),
            date.fromisoformat(said["day"]) if said.get("day") else None,
            chosen.batch if said.get("other_forms") else "",
        )


def open_sheet(sheets: Sheets) -> Grid:
    """Return the sheet that holds the ratings; raises SheetError if none can."""
    return with_level(read_grid(sheets, COLUMNS))


def _rated(counter: Counter, each: SheetRating) -> Rated:
    """Return the rating to store, with an id and a receipt that is given to no one."""
    return Rated(counter.id, each.opinion, each.channel, each.day, new_code(), uuid.uuid4())


def _too_few(session: Session, counter: Counter, new: Collection[SheetRating], current: date) -> dict[int, RowIssue]:
    """Return errors, by row number, for rows that would change a published figure by so few that one could be
    identified.
    """
    counts = weekly_counts(session, counter)
    added: dict[Channel, TallyCounter[date]] = defaultdict(TallyCounter)
    for each in new:
        added[each.channel][monday_of(each.day)] += 1
    months = {channel: give_away(counts[channel], weeks, current) for channel, weeks in added.items()}
    return {
        each.row: RowIssue(each.row, gettext(_TOO_FEW, month=f"{month:%m/%Y}", least=MINIMUM), IssueSeverity.ERROR)
        for each in new
        if (month := month_of(monday_of(each.day))) in months[each.channel]
    }


def template() -> bytes:
    """Return the workbook to fill in."""
    return template_xlsx(COLUMNS)
