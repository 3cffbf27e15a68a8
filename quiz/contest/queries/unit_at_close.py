"""The unit in which an ended round counts a person."""

from sqlalchemy import ColumnElement, func, select

from quiz.contest.models import Participant, ParticipantVersion, Round


def unit_at_close() -> ColumnElement[int]:
    """Return the unit of `Participant` at the close of `Round`: a later move leaves an ended round as it is.

    A query that names it joins both tables.
    """
    then = select(ParticipantVersion.unit_id).where(
        ParticipantVersion.participant_id == Participant.id, ParticipantVersion.until >= Round.closes_at
    )
    first = then.order_by(ParticipantVersion.version).limit(1).correlate(Participant, Round)
    return func.coalesce(first.scalar_subquery(), Participant.unit_id)
