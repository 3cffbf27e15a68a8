"""Hand the single ratings of an office to an inspector."""

from datetime import datetime

from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from account.rules.actions import Action
from commune.models import Office
from survey.counter.operations.audit_subjects import office_subject
from survey.rating.queries.rating import Row, list_rows


def export_ratings(session: Session, actor: Actor, office: Office, *, now: datetime) -> list[Row]:
    """Return every rating of *office* that counts, and record that it was taken along."""
    rows = list_rows(session, office)
    record(session, actor, Action.RATING_EXPORT, office_subject(office), after={"entries": len(rows)}, now=now)
    return rows
