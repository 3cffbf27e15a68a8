"""Released figures by counter, office and channel."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from commune.models import Office
from core.values.week import monday_of, month_of
from survey.counter.models import Counter
from survey.figures.queries.newness import OfficeCounter
from survey.figures.queries.shown import shown_by_month, sum_of
from survey.figures.rules.coverage import Coverage, coverage
from survey.figures.rules.quarter import Quarter, newest_first
from survey.figures.rules.scorecard import Scorecard, combine, scorecard
from survey.figures.rules.trend import MonthPoint, trend
from survey.instrument.rules.levels import Level
from survey.instrument.rules.quick import LEVEL
from survey.rating.models import OptionTally
from survey.rating.queries.tally import ShownWeek, released_of, shown_of
from survey.rating.rules.channels import Channel
from survey.rating.rules.classes import ORDINARY


@dataclass(frozen=True)
class Figures:
    """The released figures of a counter or an office, in the open channel.

    Attributes:
        card: the headline: the ratings that count.
        trend: the same by month.
        raw: the figures of all ratings, those that the headline leaves out included.
        left_out: how many it leaves out.
        decided: how many of those in the headline an inspector has decided to count.
        coverage: the days that the headline covers.
    """

    card: Scorecard | None
    trend: list[MonthPoint]
    raw: Scorecard | None
    left_out: int
    decided: int
    coverage: Coverage | None

    @property
    def quarters(self) -> list[Quarter]:
        """The quarters with released ratings, the newest first."""
        return newest_first(point.month for point in self.trend if point.n)


def figures_of(
    session: Session, counters: Collection[Counter], today: date, channel: Channel = Channel.OPEN
) -> Figures:
    """Return the figures of *counters* taken together that are released *today*, in one channel (never pooled
    silently).
    """
    found = released_of(session, [counter.id for counter in counters], today, channel).values()
    return figures_from([row for rows in found for row in rows], today)


def figures_from(released: Collection[ShownWeek], today: date) -> Figures:
    """Return the figures of *released* weeks of one channel."""
    counted = [row for row in released if row.kind.is_counted]
    months: dict[date, list[ShownWeek]] = defaultdict(list)
    for row in counted:
        months[month_of(row.week)].append(row)
    return Figures(
        card=scorecard(sum_of(counted)),
        trend=trend({month: sum_of(rows) for month, rows in months.items()}),
        raw=scorecard(sum_of(released)),
        left_out=sum(row.n for row in released if not row.kind.is_counted),
        decided=sum(row.n for row in counted if row.kind not in ORDINARY),
        coverage=coverage({row.week for row in counted}, monday_of(today)),
    )


def cards_by_channel(
    session: Session, counters: Collection[Counter], today: date
) -> list[tuple[Channel, Scorecard | None]]:
    """Return the scorecard of *counters* together, in each channel with released ratings and in the open one.

    Channels are shown side by side, since people answer differently on paper, by phone and on their own device. A
    channel whose ratings all wait is not listed, since its line would show when its first rating came in.
    """
    ids = [counter.id for counter in counters]
    given = select(OptionTally.channel).where(OptionTally.counter_id.in_(ids), OptionTally.item == LEVEL)
    used = set(session.scalars(given.distinct()))
    cards = []
    for channel in (channel for channel in Channel if channel.value in used | {Channel.OPEN}):
        shown = shown_of(session, ids, today, channel)
        cards.append((channel, scorecard(sum_of([row for rows in shown.values() for row in rows]))))
    return [(channel, card) for channel, card in cards if card or channel is Channel.OPEN]


def cards_by_counter(session: Session, counters: Collection[Counter], today: date) -> dict[int, Scorecard | None]:
    """Return the scorecard of each counter released *today*, open channel, in at most two statements."""
    sums = _shown_sums(session, [counter.id for counter in counters], today)
    return {id: scorecard(counts) for id, counts in sums.items()}


def cards_by_office(
    session: Session, offices: Collection[Office], counters: Collection[OfficeCounter], today: date
) -> dict[int, Scorecard | None]:
    """Return the scorecard of each office released *today*, open channel; *counters* are all those of the offices.

    At most two statements.
    """
    home = {counter.id: counter.office_id for counter in counters}
    counts: dict[int, list[dict[Level, int]]] = {office.id: [] for office in offices}
    for counter_id, found in _shown_sums(session, list(home), today).items():
        counts[home[counter_id]].append(found)
    return {id: scorecard(combine(*found)) for id, found in counts.items()}


def _shown_sums(session: Session, counter_ids: Collection[int], today: date) -> dict[int, dict[Level, int]]:
    """Return the released ratings per level of each counter, open channel, all weeks together."""
    found = shown_by_month(session, counter_ids, today)
    return {id: combine(*shown.months.values()) for id, shown in found.items()}
