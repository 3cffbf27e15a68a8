"""Set up the offices that are rated, and correct their names."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from commune.models import Office, Unit
from commune.operations.offices import create_office, rename_office
from core.content import ENGLISH, Changes, Texts, set_texts
from survey.counter.operations.audit_subjects import office_subject
from survey.counter.rules.actions import SurveyAction


def set_up_office(
    session: Session,
    actor: Actor,
    unit: Unit,
    *,
    slug: str,
    words: Mapping[str, str],
    english: Texts | None = None,
    now: datetime,
) -> Office:
    """Create an office in *unit* with its *words* (name, host, hotline), and its *english* if given; raises
    IntegrityError for a taken slug.
    """
    office = create_office(session, unit, slug=slug, name=words["name"], host=words["host"], hotline=words["hotline"])
    _before, after = set_texts(session, office, ENGLISH, english or {})
    record(session, actor, SurveyAction.OFFICE_CREATE, office_subject(office), after=after, now=now)
    return office


def correct_office(
    session: Session,
    actor: Actor,
    office: Office,
    words: Mapping[str, str],
    *,
    english: Texts | None = None,
    now: datetime,
) -> None:
    """Correct the *words* (name, host, hotline, networks) of *office*, and its *english* if given; its slug and its
    ratings stay.

    The audit entry holds the words that changed; the same words change nothing.
    """
    present = {name: getattr(office, name) or None for name in words}
    before: Changes = {name: value for name, value in present.items() if (words[name] or None) != value}
    after: Changes = {name: words[name] or None for name in before}
    rename_office(office, **words)
    was, text = set_texts(session, office, ENGLISH, english or {})
    before, after = before | was, after | text
    if before:
        record(session, actor, SurveyAction.OFFICE_EDIT, office_subject(office), before=before, after=after, now=now)
