"""Jobs, messages, and facts of an installation."""

import sqlalchemy as sa
from alembic import op

from core.db import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create tables to which no other refers yet."""
    op.create_table(
        "core_job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("dedupe", sa.String(length=120), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("token", sa.Uuid(), nullable=True),
        sa.Column("lease_until", UtcDateTime(timezone=True), nullable=True),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("is_cancel_asked", sa.Boolean(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=120), nullable=False),
        sa.Column("said", sa.String(length=400), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("file_type", sa.String(length=100), nullable=False),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("started_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name=op.f("ck_core_job_state_known")
        ),
        sa.CheckConstraint("(state = 'running') = (token IS NOT NULL)", name=op.f("ck_core_job_running_is_claimed")),
        sa.CheckConstraint(
            "(state = 'running') = (lease_until IS NOT NULL)", name=op.f("ck_core_job_running_is_leased")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_job")),
        sa.UniqueConstraint("dedupe", name=op.f("uq_core_job_dedupe")),
    )
    op.create_index(op.f("ix_core_job_expires_on"), "core_job", ["expires_on"])
    op.create_index(op.f("ix_core_job_owner"), "core_job", ["owner"])
    op.create_index(op.f("ix_core_job_unit_id"), "core_job", ["unit_id"])
    op.create_index("ix_core_job_state_due_at", "core_job", ["state", "due_at"])
    op.create_table(
        "core_job_part",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["core_job.id"], name=op.f("fk_core_job_part_job_id_core_job"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("job_id", "number", name=op.f("pk_core_job_part")),
    )
    op.create_table(
        "core_worker_beat",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("started_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("seen_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_core_worker_beat")),
    )
    op.create_index(op.f("ix_core_worker_beat_seen_at"), "core_worker_beat", ["seen_at"])
    op.create_table(
        "core_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("token", sa.Uuid(), nullable=True),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("trouble", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.CheckConstraint("channel IN ('mail', 'sms', 'webhook')", name=op.f("ck_core_message_channel_known")),
        sa.CheckConstraint("state IN ('queued', 'sent', 'failed')", name=op.f("ck_core_message_state_known")),
        sa.CheckConstraint("(state = 'queued') = (expires_on IS NULL)", name=op.f("ck_core_message_ended_ones_expire")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_message")),
    )
    op.create_index(op.f("ix_core_message_expires_on"), "core_message", ["expires_on"])
    op.create_index("ix_core_message_state_due_at", "core_message", ["state", "due_at"])
    op.create_table(
        "core_instance_fact",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_core_instance_fact")),
    )


def downgrade() -> None:
    """Drop waiting jobs and unsent messages."""
    for table in ("core_instance_fact", "core_message", "core_worker_beat", "core_job_part", "core_job"):
        op.drop_table(table)
