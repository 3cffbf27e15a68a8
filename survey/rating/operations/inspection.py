"""Export the single ratings of an office for an inspector."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from commune.models import Office
from survey.counter.operations.audit_subjects import office_subject
from survey.counter.rules.actions import SurveyAction
from survey.rating.queries.rating import InspectedRating, count_rows, find_batches, stream_rows
from survey.rating.rules.release import release_day


def export_ratings(session: Session, actor: Actor, office: Office, *, now: datetime) -> Iterator[InspectedRating]:
    """Return the ratings of *office* that are in whole batches at *now*, to be read later, and audit the export."""
    batches = find_batches(session, office, release_day(now))
    entries = count_rows(session, office, batches)
    record(session, actor, SurveyAction.RATING_EXPORT, office_subject(office), after={"entries": entries}, now=now)
    return stream_rows(session, office.id, batches)
