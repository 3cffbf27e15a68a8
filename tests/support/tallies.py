"""The tally of ratings, for comparison."""

from sqlalchemy import select

from survey.rating.models import OptionTally


def tally(session):
    """Return every count that is not 0, by counter, week, channel, item and option."""
    rows = session.scalars(select(OptionTally).where(OptionTally.count > 0))
    return {(row.counter_id, row.week, row.channel, row.item, row.option): row.count for row in rows}
