"""Export the single ratings of an office for an inspector."""

from datetime import datetime

from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from commune.models import Office
from survey.counter.operations.audit_subjects import office_subject
from survey.counter.rules.actions import SurveyAction
from survey.rating.queries.rating import InspectedRating, list_rows
from survey.rating.rules.release import release_day


def export_ratings(session: Session, actor: Actor, office: Office, *, now: datetime) -> list[InspectedRating]:
    """Return the ratings of *office* that are in whole batches at *now*, and audit the export."""
    rows = list_rows(session, office, release_day(now))
    record(session, actor, SurveyAction.RATING_EXPORT, office_subject(office), after={"entries": len(rows)}, now=now)
    return rows
