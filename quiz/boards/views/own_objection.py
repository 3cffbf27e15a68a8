"""The objection to one's own published result, as its page shows it."""

from dataclasses import dataclass
from datetime import datetime

from core.web.extensions import db, keyring
from quiz.attempt.models import Attempt
from quiz.results.models import Objection, Result
from quiz.results.queries.objections import ObjectionPeriod, find_own_objection, find_period, read_texts


@dataclass(frozen=True)
class OwnObjection:
    """The period to object, and the newest objection of this person with its answer; its own text is not shown, since a
    receipt alone opens the page.
    """

    period: ObjectionPeriod
    made: Objection | None
    answer: str
    may_object: bool


def own_objection(attempt: Attempt, result: Result, now: datetime) -> OwnObjection | None:
    """Return what the page of *attempt* shows; None where the contest declares no objections."""
    period = find_period(db.session, attempt.round, now)
    if period is None:
        return None
    made = find_own_objection(db.session, attempt, result)
    answer = read_texts(db.session, keyring(), made).answer if made else ""
    is_new = made is None or made.version < result.version
    return OwnObjection(period, made, answer, period.is_open and is_new)
