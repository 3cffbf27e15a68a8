"""Remember which unit a spelling in a sheet means."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from commune.models import Spelling
from commune.rules.unit_match import NO_UNIT, may_be_kept, spelling_key


def remember_spellings(session: Session, owner_id: int, decisions: Mapping[str, int], units: Mapping[str, int]) -> None:
    """Remember those of *decisions* (spelling key → unit) that *units* (spelling → unit) used.

    A spelling that may be a person's number in the wrong column is not remembered.
    """
    used = {spelling_key(spelled): unit_id for spelled, unit_id in units.items()} if decisions else {}
    for key, unit_id in decisions.items():
        if unit_id != NO_UNIT and used.get(key) == unit_id and may_be_kept(key):
            session.merge(Spelling(owner_id=owner_id, spelling=key, unit_id=unit_id))
    session.flush()
