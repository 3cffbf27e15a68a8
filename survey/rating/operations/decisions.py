"""Decide whether a batch of ratings that was set apart counts in the figures, or stays left out."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.audit import Actor, Subject, record
from core.db import changed_rows
from core.values.kept import kept
from core.values.text import N_
from survey.counter.models import Counter
from survey.counter.operations.audit_subjects import counter_subject
from survey.counter.rules.actions import SurveyAction
from survey.rating.models import OptionTally, Rating
from survey.rating.queries.batches import ClassBatch, DecidedBatch, list_left_out
from survey.rating.rules.channels import Channel
from survey.rating.rules.classes import RatingClass

_BATCH = kept(N_("%(words)s, tuần từ %(first)s"))


class BatchChanged(Exception):
    """The batch is not as it was shown: another decision was first."""


def batch_subject(counter: Counter, batch: ClassBatch) -> Subject:
    """Return *batch* as a request for approval names it; two batches of a counter are two subjects."""
    about = counter_subject(counter)
    words = _BATCH % {"words": about.words, "first": f"{batch.first:%d/%m/%Y}"}
    return Subject("survey.batch", f"{counter.id} {batch.kind} {batch.first}", words, about.unit_id)


def decide_batch(
    session: Session,
    actor: Actor,
    counter: Counter,
    batch: ClassBatch,
    *,
    reason: str,
    now: datetime,
    approval: Approval | None = None,
) -> None:
    """Count *batch* in the figures, or leave it out again: its ratings and their tally take the opposite class.

    Whole batches alone, which hold five ratings or more, so that no figure moves by fewer. *approval* is the second
    person's, None where the printed figure does not move or one person decides alone.

    Raises:
        BatchChanged: the ratings are not of that class any more.
    """
    after = batch.kind.opposite
    _move(session, batch, after)
    _record(session, actor, counter, batch, after, reason=reason, now=now, approval=approval)


def leave_out_batch(
    session: Session, actor: Actor, counter: Counter, batch: ClassBatch, *, reason: str, now: datetime
) -> None:
    """Record the decision that *batch* stays left out; no figure changes, and it may still be counted later.

    Raises:
        BatchChanged: it counts, or was decided so already.
    """
    if batch.kind.is_counted or DecidedBatch.of(batch) in list_left_out(session, [counter.id]):
        raise BatchChanged
    _record(session, actor, counter, batch, batch.kind, reason=reason, now=now)


def _record(
    session: Session,
    actor: Actor,
    counter: Counter,
    batch: ClassBatch,
    after: RatingClass,
    *,
    reason: str,
    now: datetime,
    approval: Approval | None = None,
) -> None:
    """Record a decision on *batch*, by which a later reader knows that it was decided."""
    record(
        session,
        actor,
        SurveyAction.RATING_DECIDE,
        counter_subject(counter),
        before={"class": batch.kind.value},
        after={"class": after.value, "week": batch.first.isoformat(), "entries": batch.n, **agreement(approval)},
        reason=reason,
        now=now,
    )


def _move(session: Session, batch: ClassBatch, after: RatingClass) -> None:
    """Give the ratings of *batch* and their tally the class *after*."""
    for model in (Rating, OptionTally):
        moved = update(model).where(
            model.counter_id == batch.counter_id,
            model.channel == Channel.OPEN.value,
            model.rating_class == batch.kind.value,
            model.week.in_(batch.weeks),
        )
        moved = moved.values(rating_class=after.value).execution_options(synchronize_session=False)
        if not changed_rows(session, moved):
            raise BatchChanged
    session.expire_all()
