"""Set up the offices that are rated, and correct their names."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from commune.models import Office, Unit
from commune.operations.offices import create_office, rename_office
from survey.counter.operations.audit_subjects import office_subject
from survey.counter.rules.actions import SurveyAction


def set_up_office(
    session: Session, actor: Actor, unit: Unit, *, slug: str, words: Mapping[str, str], now: datetime
) -> Office:
    """Create an office in *unit* with its *words* (name, host, hotline); raises IntegrityError for a taken slug."""
    office = create_office(session, unit, slug=slug, name=words["name"], host=words["host"], hotline=words["hotline"])
    record(session, actor, SurveyAction.OFFICE_CREATE, office_subject(office), now=now)
    return office


def correct_office(session: Session, actor: Actor, office: Office, words: Mapping[str, str], *, now: datetime) -> None:
    """Correct the *words* (name, host, hotline, networks) of *office*; its slug and its ratings stay.

    The audit entry holds the words that changed; the same words change nothing.
    """
    before = {name: getattr(office, name) or None for name in words}
    changed = {name: value for name, value in before.items() if (words[name] or None) != value}
    rename_office(office, **words)
    if changed:
        after = {name: words[name] or None for name in changed}
        record(session, actor, SurveyAction.OFFICE_EDIT, office_subject(office), before=changed, after=after, now=now)
