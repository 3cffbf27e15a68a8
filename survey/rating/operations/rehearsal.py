"""Delete the ratings of rehearsals."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from commune.models import Office
from core.db import changed_rows
from survey.counter.models import Counter
from survey.counter.operations.audit_subjects import office_subject
from survey.counter.rules.actions import SurveyAction
from survey.rating.models import Rating


def wipe_rehearsal(session: Session, actor: Actor, office: Office, *, now: datetime) -> int:
    """Delete the ratings of rehearsals at the counters of *office* and return how many; the switches stay.

    The counters are locked first, so that a concurrent rating is either deleted or refused.
    """
    counters = select(Counter.id).where(Counter.office_id == office.id)
    session.execute(update(Counter).where(Counter.office_id == office.id).values(is_rehearsal=Counter.is_rehearsal))
    wiped = changed_rows(session, delete(Rating).where(Rating.counter_id.in_(counters), Rating.is_rehearsal))
    session.expire_all()
    record(session, actor, SurveyAction.REHEARSAL_WIPE, office_subject(office), after={"wiped": wiped}, now=now)
    return wiped
