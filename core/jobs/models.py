"""The tables of jobs: job, its result file in pieces, and heartbeats of workers."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class State(StrEnum):
    """The state of a job; the last three are final."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDS = (State.DONE, State.FAILED, State.CANCELLED)


class Job(Base):
    """A job that takes effect once. Its payload is sealed; its title names no citizen."""

    __tablename__ = "core_job"
    __table_args__ = (
        CheckConstraint(f"state IN {tuple(state.value for state in State)}", name="state_known"),
        CheckConstraint("(state = 'running') = (token IS NOT NULL)", name="running_is_claimed"),
        CheckConstraint("(state = 'running') = (lease_until IS NOT NULL)", name="running_is_leased"),
        Index("ix_core_job_state_due_at", "state", "due_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    payload: Mapped[bytes] = mapped_column(LargeBinary, info={"keyed": True})
    owner: Mapped[str] = mapped_column(String(40), index=True)
    unit_id: Mapped[int | None] = mapped_column(index=True)
    dedupe: Mapped[str | None] = mapped_column(String(120), unique=True)
    """Jobs with the same key are one job; enqueueing it again returns the first."""
    state: Mapped[str] = mapped_column(String(10), default=State.QUEUED.value)
    attempts: Mapped[int] = mapped_column(default=0)
    token: Mapped[uuid.UUID | None]
    """The holder of this token may finish the job; each claim makes a new one."""
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_cancel_asked: Mapped[bool] = mapped_column(default=False)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    word: Mapped[str] = mapped_column(String(120), default="")
    said: Mapped[str] = mapped_column(String(400), default="")
    """The result, or what went wrong and the remedy, in plain Vietnamese."""
    file_name: Mapped[str] = mapped_column(String(120), default="")
    file_type: Mapped[str] = mapped_column(String(100), default="")
    file_size: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_on: Mapped[date] = mapped_column(index=True)

    @property
    def is_over(self) -> bool:
        """Whether the state is final."""
        return self.state in ENDS

    @property
    def percent(self) -> int | None:
        """Progress from 0 to 100; None while the total is unknown."""
        return min(100, 100 * self.done // self.total) if self.total else None


class JobPart(Base):
    """A piece of a job's result file, sealed; several hosts share it through the database."""

    __tablename__ = "core_job_part"

    job_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("core_job.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary, info={"keyed": True})


class WorkerBeat(Base):
    """The last heartbeat of a worker, at `seen_at`."""

    __tablename__ = "core_worker_beat"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
