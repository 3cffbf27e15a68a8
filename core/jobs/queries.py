"""Read jobs and workers."""

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from core.jobs.models import Job, State, WorkerBeat

EVERY = slice(None)


def find_job(session: Session, id: uuid.UUID, *, owner: str, units: Collection[int]) -> Job | None:
    """Return the job, if it is *owner*'s or of one of *units*."""
    return session.scalar(select(Job).where(Job.id == id, _seen_by(owner, units)))


def list_jobs(session: Session, *, owner: str, units: Collection[int], part: slice = EVERY) -> list[Job]:
    """Return jobs of *owner* and of *units*, the newest first."""
    query = select(Job).where(_seen_by(owner, units)).order_by(Job.created_at.desc(), Job.id)
    if part.stop is not None:
        query = query.offset(part.start).limit(part.stop - part.start)
    return list(session.scalars(query))


def count_jobs(session: Session, *, owner: str, units: Collection[int]) -> int:
    """Count what `list_jobs` lists."""
    return session.scalar(select(func.count()).select_from(Job).where(_seen_by(owner, units))) or 0


def count_failed(session: Session, since: datetime) -> int:
    """Count the jobs that have failed since then."""
    failed = select(func.count()).select_from(Job).where(Job.state == State.FAILED, Job.ended_at >= since)
    return session.scalar(failed) or 0


def last_beat(session: Session) -> datetime | None:
    """Return the last heartbeat of any worker; None if there was none."""
    return session.scalar(select(func.max(WorkerBeat.seen_at)))


def _seen_by(owner: str, units: Collection[int]) -> ColumnElement[bool]:
    return or_(Job.owner == owner, Job.unit_id.in_(units))
