"""Headcounts of units, each with its day and source."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from commune.models import Headcount


def latest_headcounts(session: Session, unit_ids: Collection[int], on: date) -> dict[int, Headcount]:
    """Return the latest headcount of each of *unit_ids* up to *on* (included); units without one are absent."""
    query = select(Headcount).where(Headcount.unit_id.in_(unit_ids), Headcount.as_of <= on).order_by(Headcount.as_of)
    return {count.unit_id: count for count in session.scalars(query)}


def headcounts_on(session: Session, days: Mapping[int, date]) -> dict[int, Headcount]:
    """Return by unit its headcount of exactly the day that *days* names for it; units without one are absent."""
    query = select(Headcount).where(Headcount.unit_id.in_(days), Headcount.as_of.in_(set(days.values())))
    return {count.unit_id: count for count in session.scalars(query) if count.as_of == days[count.unit_id]}
