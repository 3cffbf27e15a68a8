"""The state of one office or of a few, counter by counter, for the staff's home."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from core.charts.strips import Axis, StripRow
from core.values.numbers import thousands
from core.values.week import monday_of
from core.web.extensions import db
from survey.counter.models import Counter
from survey.counter.queries.counters import list_open_counters
from survey.figures.manage import vitals
from survey.figures.manage.frame import names_of
from survey.figures.manage.office import counter_strips
from survey.figures.manage.vitals import Vital
from survey.figures.queries.figures import cards_by_counter
from survey.figures.queries.office_list import ListedOffice, OfficeList
from survey.figures.rules.recent import NewRatings, silent_counters

FEW = 6
"""The most offices whose counters are shown one by one; of more, the offices are."""
MOST_COUNTERS = 8
"""The most counters on the home; the pages of the offices show all."""
COMMENTS = 3, 5
"""The least and the most comments on the home: about as many as there are counters beside them."""


@dataclass(frozen=True)
class CounterState:
    """The open counters of a few offices.

    Attributes:
        rows, axis: the counters, the least satisfied first.
        open: how many there are.
        silent: those without new ratings, the first day of their silence by counter.
        names: the short name of each office by its id; empty for one office.
    """

    rows: Sequence[StripRow]
    axis: Axis
    open: Sequence[Counter]
    silent: dict[int, date]
    names: dict[int, str]

    @property
    def comments(self) -> int:
        """How many comments stand beside the counters."""
        least, most = COMMENTS
        return max(least, min(most, len(self.rows)))

    @property
    def first_silent(self) -> Counter | None:
        """The first counter without new ratings."""
        return next((each for each in self.open if each.id in self.silent), None)


def counters_of(
    listed: Sequence[ListedOffice], every: OfficeList, batches: Collection[NewRatings], today: date
) -> CounterState:
    """Return the state of the open counters of *listed* offices. Beside the province only if all are part of it."""
    offices = [row.office for row in listed]
    counters = list_open_counters(db.session, [office.id for office in offices])
    open_ids = {each.id for each in counters}
    silent = {id: since for id, since in silent_counters(batches, monday_of(today)).items() if id in open_ids}
    names = names_of(offices) if len(offices) > 1 else {}
    whole = every.card if all(every.whole_of(office) for office in offices) else None
    cards = cards_by_counter(db.session, counters, today)
    rows, axis = counter_strips(counters, cards, whole, silent, names)
    return CounterState(rows[:MOST_COUNTERS], axis, counters, silent, names)


def silent_vital(state: CounterState) -> Vital:
    """Return how many open counters have no new ratings, and which is the first of them."""
    first = state.first_silent
    if first is None:
        note = _("mọi quầy thường có lượt đều có lượt mới")
    else:
        note = f"{vitals.counter_name(first.number)}: {vitals.silent_words(state.silent[first.id])}"
    unit = "\N{NO-BREAK SPACE}" + _("trong %(n)s", n=thousands(len(state.open)))
    return Vital(_("Quầy chưa có lượt mới"), thousands(len(state.silent)), unit, note)
