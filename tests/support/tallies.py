"""The tally of ratings, for comparison."""

from collections import Counter

from sqlalchemy import select

from survey.instrument.rules.quick import LEVEL
from survey.rating.models import OptionTally, Rating


def tally(session):
    """Return every count that is not 0, by counter, week, channel, item and option, the classes together."""
    counts = Counter()
    for row in session.scalars(select(OptionTally).where(OptionTally.count > 0)):
        counts[row.counter_id, row.week, row.channel, row.item, row.option] += row.count
    return dict(counts)


def classes(session, weeks=()):
    """Return how many ratings each class has, by the tally of levels, in *weeks* or in all; raises AssertionError if
    the rows differ.
    """
    tallied, stored = Counter(), Counter()
    for row in session.scalars(select(OptionTally).where(OptionTally.count > 0, OptionTally.item == LEVEL)):
        if not weeks or row.week in weeks:
            tallied[row.rating_class] += row.count
    for kind in session.scalars(select(Rating.rating_class).where(Rating.is_rehearsal.is_(False))):
        stored[kind] += 1
    assert tallied == stored
    return dict(tallied)
