"""The batches of ratings that an inspector decides on: those of one class that are released together."""

import json
from collections import Counter as Tally
from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from account.models import AuditEntry
from commune.queries.offices import offices_of
from core.values.week import monday_of
from survey.counter.models import Counter
from survey.counter.rules.actions import SurveyAction
from survey.instrument.rules.quick import LEVEL
from survey.rating.models import OptionTally
from survey.rating.queries.tally import level_counts
from survey.rating.rules.channels import Channel
from survey.rating.rules.classes import ORDINARY, RatingClass
from survey.rating.rules.release import released_batches

WAITING = timedelta(days=28)
"""How long after its last week a batch is a task: one that is rightly left out needs no deed."""
READ = WAITING + timedelta(weeks=7)
"""How far back the weeks of such batches are read: beyond the beginning of the month of the oldest one."""


class ClassBatch(NamedTuple):
    """Ratings of one counter, class and batch of weeks (their Mondays): counts per level, from the lowest up."""

    counter_id: int
    kind: RatingClass
    weeks: tuple[date, ...]
    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        """The number of its ratings."""
        return sum(self.counts)

    @property
    def first(self) -> date:
        """The first day of its first week."""
        return self.weeks[0]

    @property
    def until(self) -> date:
        """The last day of its last week."""
        return self.weeks[-1] + timedelta(days=6)


def list_class_batches(
    session: Session, counter_ids: Collection[int] | Select[int], today: date, since: date = date.min
) -> list[ClassBatch]:
    """Return the released batches of all classes that do not count at once, decided or not, the newest first.

    Weeks before *since* are not read, so batches of the month in which it lies may be incomplete.
    """
    query = (
        select(OptionTally.counter_id, OptionTally.rating_class, OptionTally.week, *level_counts())
        .where(
            OptionTally.counter_id.in_(counter_ids),
            OptionTally.week >= since,
            OptionTally.channel == Channel.OPEN.value,
            OptionTally.item == LEVEL,
            OptionTally.rating_class.not_in([kind.value for kind in ORDINARY]),
        )
        .group_by(OptionTally.counter_id, OptionTally.rating_class, OptionTally.week)
    )
    places: dict[tuple[int, RatingClass], dict[date, tuple[int, ...]]] = {}
    for counter_id, kind, week, *counts in session.execute(query):
        places.setdefault((counter_id, RatingClass(kind)), {})[week] = tuple(counts)
    found = [
        ClassBatch(counter_id, kind, batch, tuple(map(sum, zip(*(weeks[week] for week in batch), strict=True))))
        for (counter_id, kind), weeks in places.items()
        for batch in released_batches({week: sum(counts) for week, counts in weeks.items()}, monday_of(today))
    ]
    return sorted(found, key=lambda batch: (batch.first, -batch.counter_id, batch.kind), reverse=True)


class DecidedBatch(NamedTuple):
    """A batch as an inspector decided to leave it out: its counter, class, first week and number of ratings."""

    counter_id: int
    kind: str
    first: str
    n: int

    @classmethod
    def of(cls, batch: ClassBatch) -> "DecidedBatch":
        """Return what the decision to leave *batch* out is found by; with more ratings it is another."""
        return cls(batch.counter_id, batch.kind.value, batch.first.isoformat(), batch.n)


def list_left_out(session: Session, counter_ids: Collection[int]) -> set[DecidedBatch]:
    """Return the batches of *counter_ids* that an inspector decided to leave out, read from the audit trail."""
    query = select(AuditEntry.subject_id, AuditEntry.after).where(
        AuditEntry.kind == "survey.counter",
        AuditEntry.subject_id.in_([str(id) for id in counter_ids]),
        AuditEntry.action == SurveyAction.RATING_DECIDE,
    )
    found = [(int(id), json.loads(after)) for id, after in session.execute(query)]
    return {DecidedBatch(id, after["class"], after["week"], after["entries"]) for id, after in found}


def count_undecided(session: Session, units: Collection[int], today: date) -> dict[int, int]:
    """Return how many batches of late wait for a decision, by id of the office; offices without one are left out."""
    counters = select(Counter.id).where(Counter.office_id.in_(offices_of(units)))
    batches = list_class_batches(session, counters, today, since=today - READ)
    late = [each for each in batches if not each.kind.is_counted and each.until >= today - WAITING]
    decided = list_left_out(session, {each.counter_id for each in late}) if late else set()
    undecided = [each for each in late if DecidedBatch.of(each) not in decided]
    return Tally(session.get_one(Counter, each.counter_id).office_id for each in undecided)


def find_class_batch(
    session: Session, counter_id: int, kind: RatingClass, first: date, today: date
) -> ClassBatch | None:
    """Return the released batch of *kind* that begins with the week *first*; None if there is none."""
    batches = list_class_batches(session, [counter_id], today)
    return next((each for each in batches if (each.kind, each.first) == (kind, first)), None)
